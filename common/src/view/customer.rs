//! What a customer sees of an inquiry. Nothing internal has a field here: no notes, no
//! labels, no assignment.

use domain::actor::By;
use domain::inquiry::Inquiry;
use domain::labels::EndReason;
use domain::shop::Shop;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::Moment;
use crate::store::items::Line;
use crate::word::{CategoryWord, EndReasonWord, ScoreWord, SourceWord, StatusWord, Word};

/// An inquiry in the customer's list.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MyInquiryRow {
    /// `inq_…`
    pub id: String,
    /// Short, for reading aloud.
    pub reference: String,
    /// Where from: the tab that it is found under.
    #[schema(inline)]
    pub source: SourceWord,
    /// What about.
    #[schema(inline)]
    pub category: CategoryWord,
    /// One line.
    pub subject: String,
    /// Where it stands.
    #[schema(inline)]
    pub status: StatusWord,
    /// The order's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// The product's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The product's title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product_title: Option<String>,
    /// When it was asked.
    #[schema(value_type = String, format = DateTime)]
    pub opened_at: Moment,
    /// Anybody's last message.
    #[schema(value_type = String, format = DateTime)]
    pub last_message_at: Moment,
    /// Why and when it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<MyEnd>,
    /// What the customer thought of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(inline)]
    pub rating: Option<ScoreWord>,
    /// Whether it can be rated now.
    pub can_rate: bool,
}

/// Why and when it ended.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MyEnd {
    /// Why.
    #[schema(inline)]
    pub reason: EndReasonWord,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Moment,
}

/// An inquiry with its messages.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MyInquiry {
    /// What the list shows of it.
    #[serde(flatten)]
    pub row: MyInquiryRow,
    /// How Kefu knows the customer.
    pub customer: MyContact,
    /// Whether nobody can write any more: a message opens a new inquiry then.
    pub locked: bool,
    /// When that will be.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub locks_at: Option<Moment>,
    /// The locked one that it goes on from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub follows: Option<String>,
    /// The one in which it goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<String>,
    /// Its messages, oldest first.
    pub messages: Vec<MyMessage>,
    /// Whether there are older messages.
    pub older: bool,
}

/// How Kefu knows the customer.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MyContact {
    /// Name.
    pub name: String,
    /// Where mail goes.
    pub email: String,
    /// Telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MyMessage {
    /// Its number in the inquiry.
    pub seq: u32,
    /// `customer`, `agent`, `system` or `bot`.
    pub from: &'static str,
    /// A name to show.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Moment,
}

impl MyInquiryRow {
    /// What its customer sees in the list.
    pub fn of(inquiry: &Inquiry) -> Self {
        Self {
            id: inquiry.id.to_string(),
            reference: inquiry.id.reference(),
            source: Word(inquiry.source),
            category: Word(inquiry.category),
            subject: inquiry.subject.clone(),
            status: Word(inquiry.status()),
            order: inquiry.order.clone(),
            product: inquiry.product.as_ref().map(|product| product.id.clone()),
            product_title: inquiry.product.as_ref().and_then(|product| product.title.clone()),
            opened_at: Moment(inquiry.opened_at),
            last_message_at: Moment(inquiry.last_message_at),
            ended: inquiry
                .ended
                .as_ref()
                .map(|ended| MyEnd { reason: Word(shown(ended.reason)), at: Moment(ended.at) }),
            rating: inquiry.rating.as_ref().map(|rating| Word(rating.score)),
            can_rate: inquiry.can_rate(),
        }
    }
}

/// A customer is not told that they were taken for spam or a test.
const fn shown(reason: EndReason) -> EndReason {
    match reason {
        EndReason::Spam | EndReason::Test | EndReason::Duplicate | EndReason::FeedbackOnly => {
            EndReason::Other
        }
        other => other,
    }
}

impl MyInquiry {
    /// What its customer sees of it, with these lines of its timeline.
    pub fn of(inquiry: &Inquiry, lines: &[Line], older: bool, shop: &Shop, now: Timestamp) -> Self {
        let customer = &inquiry.customer;
        Self {
            row: MyInquiryRow::of(inquiry),
            customer: MyContact {
                name: customer.name.clone(),
                email: customer.email.clone(),
                phone: customer.phone.clone(),
            },
            locked: inquiry.locked(now),
            locks_at: inquiry.locks_at().map(Moment),
            follows: inquiry.follows.as_ref().map(ToString::to_string),
            merged_into: inquiry.merged_into.as_ref().map(ToString::to_string),
            messages: lines.iter().filter_map(|line| message(line, inquiry, shop)).collect(),
            older,
        }
    }
}

fn message(line: &Line, inquiry: &Inquiry, shop: &Shop) -> Option<MyMessage> {
    let entry = &line.entry;
    let text = entry.event.message()?.to_owned();
    let (from, name) = match &entry.by {
        By::Customer => ("customer", inquiry.customer.name.clone()),
        By::Agent(id) => {
            let nickname = shop.member(id).map(|member| member.nickname.clone());
            ("agent", nickname.unwrap_or_else(|| shop.name.clone()))
        }
        By::System => ("system", shop.name.clone()),
        By::Bot => ("bot", shop.name.clone()),
    };
    Some(MyMessage { seq: entry.seq, from, name, text, at: Moment(entry.at) })
}
