//! What staff see of an inquiry, in every answer that shows one. Customers see other shapes
//! ([`customer`]), which have no field for what is internal.

pub mod agent;
mod count;
pub mod customer;
mod entry;
pub mod my_order;
pub mod order;
pub mod picture;
pub mod settings;
pub mod week;

pub use count::CountView;
pub use entry::{ByView, EntryView, MailView};

use domain::actor::CustomerKind;
use domain::inquiry::Inquiry;
use domain::labels::Alarm;
use domain::question::{Asked, Question};
use domain::shop::Shop;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::{Code, Problem};
use crate::store::items::{Line, Record};
use crate::store::{Done, NotDone};
use crate::word::{
    CategoryWord, EndReasonWord, FlagWord, LocaleWord, PriorityWord, ScoreWord, SourceWord, StatusWord, Word,
};

/// An inquiry, without its timeline.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Inquiry)]
pub struct InquiryView {
    /// `inq_…`
    pub id: String,
    /// Short, for reading aloud.
    pub reference: String,
    /// The number of its last entry; name it in `If-Match`.
    pub version: u32,
    /// Where it stands.
    #[schema(inline)]
    pub status: StatusWord,
    /// Where from.
    #[schema(inline)]
    pub source: SourceWord,
    /// What about.
    #[schema(inline)]
    pub category: CategoryWord,
    /// How soon.
    #[schema(inline)]
    pub priority: PriorityWord,
    /// One line.
    pub subject: String,
    /// The order's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// The product's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The product's title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product_title: Option<String>,
    /// The customer's language.
    #[schema(inline)]
    pub locale: LocaleWord,
    /// What the form asked for up front.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<EvidenceView>,
    /// Who asked.
    pub customer: CustomerView,
    /// Whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee: Option<String>,
    /// Whether its agent has not seen the customer's last message.
    pub unread: bool,
    /// Its flag.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(inline)]
    pub flag: Option<FlagWord>,
    /// Its tags.
    pub tags: Vec<String>,
    /// When it was asked, or confirmed.
    #[schema(value_type = String, format = DateTime)]
    pub opened_at: Moment,
    /// Since when the customer waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub waiting_since: Option<Moment>,
    /// When the reply is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub reply_due_at: Option<Moment>,
    /// Whether the promised reply is late.
    pub overdue: bool,
    /// When it is closed if nobody answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub expires_at: Option<Moment>,
    /// Until when it is put aside.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub snoozed_until: Option<Moment>,
    /// Whether it was raised to its agent: in conversation without a further reply.
    pub forgotten: bool,
    /// Questions to colleagues that stand open, oldest first.
    pub questions: Vec<QuestionView>,
    /// Anybody's last message.
    #[schema(value_type = String, format = DateTime)]
    pub last_message_at: Moment,
    /// Whether an agent ever answered.
    pub answered: bool,
    /// Why and when it went to history.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<EndedView>,
    /// When nobody can write any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub locks_at: Option<Moment>,
    /// Whether nobody can write any more.
    pub locked: bool,
    /// The locked one that it goes on from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub follows: Option<String>,
    /// The one that it is part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<String>,
    /// What the customer thought of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<RatingView>,
}

/// A question to a colleague or a department that stands open.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Question)]
pub struct QuestionView {
    /// The number of the entry that asked.
    pub question: u32,
    /// Who asks.
    pub by: String,
    /// The colleague.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_agent: Option<String>,
    /// The department.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_department: Option<String>,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    pub at: Moment,
    /// Its beginning.
    pub text: String,
}

impl From<&Question> for QuestionView {
    fn from(question: &Question) -> Self {
        let (to_agent, to_department) = match &question.to {
            Asked::Agent(id) => (Some(id.to_string()), None),
            Asked::Department(name) => (None, Some(name.clone())),
        };
        Self {
            question: question.seq,
            by: question.by.to_string(),
            to_agent,
            to_department,
            at: Moment(question.at),
            text: question.excerpt.clone(),
        }
    }
}

/// A time on the wire: RFC 3339 in UTC, to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(pub Timestamp);

impl Serialize for Moment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.strftime("%Y-%m-%dT%H:%M:%SZ"))
    }
}

/// Who asked.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Customer)]
pub struct CustomerView {
    /// `member` or `guest`.
    pub kind: &'static str,
    /// Name.
    pub name: String,
    /// Where mail goes.
    pub email: String,
    /// Telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// What the form asked for up front.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Evidence)]
pub struct EvidenceView {
    /// The text of the error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_text: Option<String>,
    /// The browser.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser: Option<String>,
    /// When it happened, in the customer's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
}

/// Why and when an inquiry went to history.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Ended)]
pub struct EndedView {
    /// Why.
    #[schema(inline)]
    pub reason: EndReasonWord,
    /// In words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Moment,
}

/// What the customer thought of it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Rating)]
pub struct RatingView {
    /// One of five steps.
    #[schema(inline)]
    pub rating: ScoreWord,
    /// In words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Moment,
}

/// What a command of staff did.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Changed {
    /// The inquiry after it.
    pub inquiry: InquiryView,
    /// What it added to the timeline.
    pub entries: Vec<EntryView>,
}

impl InquiryView {
    /// What staff of the shop see.
    pub fn of(inquiry: &Inquiry, now: Timestamp) -> Self {
        let customer = &inquiry.customer;
        let waiting = inquiry.waiting_since();
        let evidence = &inquiry.evidence;
        let given = evidence.error_text.is_some() || evidence.browser.is_some() || evidence.time.is_some();
        Self {
            id: inquiry.id.to_string(),
            reference: inquiry.id.reference(),
            version: inquiry.version,
            status: Word(inquiry.status()),
            source: Word(inquiry.source),
            category: Word(inquiry.category),
            priority: Word(inquiry.priority),
            subject: inquiry.subject.clone(),
            order: inquiry.order.clone(),
            product: inquiry.product.as_ref().map(|product| product.id.clone()),
            product_title: inquiry.product.as_ref().and_then(|product| product.title.clone()),
            locale: Word(inquiry.locale),
            evidence: given.then(|| EvidenceView {
                error_text: evidence.error_text.clone(),
                browser: evidence.browser.clone(),
                time: evidence.time.clone(),
            }),
            customer: CustomerView {
                kind: if customer.kind == CustomerKind::Guest { "guest" } else { "member" },
                name: customer.name.clone(),
                email: customer.email.clone(),
                phone: customer.phone.clone(),
            },
            assignee: inquiry.assignee.as_ref().map(ToString::to_string),
            unread: inquiry.unread(),
            flag: inquiry.flag.map(Word),
            tags: inquiry.tags.clone(),
            opened_at: Moment(inquiry.opened_at),
            waiting_since: waiting.map(Moment),
            reply_due_at: inquiry.reply_due_at.filter(|_| waiting.is_some()).map(Moment),
            overdue: waiting.is_some() && inquiry.reply_due_at.is_some_and(|due| due <= now),
            expires_at: inquiry.expires_at().map(Moment),
            snoozed_until: inquiry.snoozed_until.filter(|until| now < *until).map(Moment),
            forgotten: inquiry.raised.has(Alarm::Forgotten) && inquiry.ended.is_none(),
            questions: inquiry.questions.iter().map(QuestionView::from).collect(),
            last_message_at: Moment(inquiry.last_message_at),
            answered: inquiry.first_answered_at.is_some(),
            ended: inquiry.ended.as_ref().map(|ended| EndedView {
                reason: Word(ended.reason),
                detail: ended.detail.clone(),
                at: Moment(ended.at),
            }),
            locks_at: inquiry.locks_at().map(Moment),
            locked: inquiry.locked(now),
            follows: inquiry.follows.as_ref().map(ToString::to_string),
            merged_into: inquiry.merged_into.as_ref().map(ToString::to_string),
            rating: inquiry.rating.as_ref().map(|rating| RatingView {
                rating: Word(rating.score),
                comment: rating.comment.clone(),
                at: Moment(rating.at),
            }),
        }
    }
}

impl Changed {
    /// What staff of the shop see of a command that was carried out.
    pub fn of(done: &Done, shop: &Shop, now: Timestamp) -> Self {
        let inquiry = InquiryView::of(&done.record.inquiry, now);
        Self { inquiry, entries: entries(&done.lines, &done.record, shop) }
    }
}

/// Entries as staff see them.
pub fn entries<'a>(
    lines: impl IntoIterator<Item = &'a Line>,
    record: &Record,
    shop: &Shop,
) -> Vec<EntryView> {
    lines.into_iter().map(|line| EntryView::of(line, &record.inquiry, shop)).collect()
}

/// What staff get when a command was not carried out: where the inquiry stands, and what
/// happened since the version that they saw (SPEC §3.6).
pub fn staff_problem(not_done: NotDone, seen: Option<u32>, shop: &Shop, now: Timestamp) -> Problem {
    let (mut problem, record) = match not_done {
        NotDone::Refused(refusal, record) => (Problem::from(refusal), record),
        NotDone::MovedOn(record) => (Problem::new(Code::InquiryMovedOn), record),
        other => return other.into(),
    };
    problem.current = Some(Box::new(InquiryView::of(&record.inquiry, now)));
    let new = record.lines.iter().filter(|line| seen.is_some_and(|seen| line.entry.seq > seen));
    problem.entries = entries(new, &record, shop);
    problem
}
