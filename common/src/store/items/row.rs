//! What a list shows of an inquiry: carried by the indexes, so that a page is one read.

use domain::ids::{AgentId, InquiryId};
use domain::inquiry::{EXCERPT_BYTES, Inquiry, Raised};
use domain::labels::{Alarm, Category, EndReason, Flag, Priority, Source, Status};
use domain::text::excerpt;
use jiff::Timestamp;
use minicbor::{Decode, Encode};

use super::{code, decode, decoded, encode, entry, time, times};
use crate::failure::Failure;

/// Bytes of the customer's name that a list shows.
const NAME_BYTES: usize = 30;

/// One inquiry in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Which one.
    pub id: InquiryId,
    /// Its version.
    pub version: u32,
    /// Where it stands.
    pub status: Status,
    /// What about.
    pub category: Category,
    /// How soon.
    pub priority: Priority,
    /// Where from.
    pub source: Source,
    /// The customer's name, cut.
    pub customer: String,
    /// The subject, cut.
    pub subject: String,
    /// The last message, cut; `None` where it only repeats the subject.
    pub preview: Option<String>,
    /// Since when the customer waits.
    pub waiting_since: Option<Timestamp>,
    /// The customer's last message.
    pub last_customer_message_at: Timestamp,
    /// Anybody's last message.
    pub last_message_at: Timestamp,
    /// Whether its agent has seen it.
    pub seen: bool,
    /// Its flag.
    pub flag: Option<Flag>,
    /// Its tags.
    pub tags: Vec<String>,
    /// The order's number.
    pub order: Option<String>,
    /// Whose it is.
    pub assignee: Option<AgentId>,
    /// Why it ended.
    pub ended: Option<EndReason>,
    /// What time has raised.
    pub raised: Raised,
    /// When the reply is due.
    pub reply_due_at: Option<Timestamp>,
    /// Until when it is put aside.
    pub snoozed_until: Option<Timestamp>,
    /// Whether the snooze still hides it.
    pub put_aside: bool,
    /// Whether a question stands open.
    pub question: bool,
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct RowItem {
    #[n(0)]
    version: u32,
    #[n(1)]
    status: u8,
    #[n(2)]
    category: u8,
    #[n(3)]
    priority: u8,
    #[n(4)]
    source: u8,
    #[n(5)]
    customer: String,
    #[n(6)]
    subject: String,
    #[n(7)]
    preview: Option<String>,
    #[n(8)]
    waiting_since: Option<i64>,
    #[n(9)]
    last_customer_message_at: i64,
    #[n(10)]
    last_message_at: Option<i64>,
    #[n(11)]
    seen: bool,
    #[n(12)]
    flag: Option<u8>,
    #[n(13)]
    tags: Option<Vec<String>>,
    #[n(14)]
    order: Option<String>,
    #[n(15)]
    assignee: Option<String>,
    #[n(16)]
    ended: Option<u8>,
    #[n(17)]
    raised: Option<u8>,
    #[n(18)]
    reply_due_at: Option<i64>,
    #[n(19)]
    snoozed_until: Option<i64>,
    #[n(20)]
    put_aside: Option<bool>,
    #[n(21)]
    question: Option<bool>,
}

impl Row {
    /// What a list shows of the inquiry.
    pub fn of(inquiry: &Inquiry) -> Self {
        let subject = excerpt(&inquiry.subject, EXCERPT_BYTES);
        let preview = Some(inquiry.preview.clone()).filter(|preview| *preview != subject);
        Self {
            id: inquiry.id.clone(),
            version: inquiry.version,
            status: inquiry.status(),
            category: inquiry.category,
            priority: inquiry.priority,
            source: inquiry.source,
            customer: excerpt(&inquiry.customer.name, NAME_BYTES),
            subject,
            preview,
            waiting_since: inquiry.waiting_since(),
            last_customer_message_at: inquiry.last_customer_message_at,
            last_message_at: inquiry.last_message_at,
            seen: inquiry.seen,
            flag: inquiry.flag,
            tags: inquiry.tags.clone(),
            order: inquiry.order.clone(),
            assignee: inquiry.assignee.clone(),
            ended: inquiry.ended.as_ref().map(|ended| ended.reason),
            raised: inquiry.raised,
            reply_due_at: inquiry.reply_due_at,
            snoozed_until: inquiry.snoozed_until,
            put_aside: inquiry.put_aside,
            question: !inquiry.questions.is_empty(),
        }
    }

    /// 逾期: waiting beyond the promise, as time has raised it.
    pub fn overdue(&self) -> bool {
        self.waiting_since.is_some() && self.raised.has(Alarm::Overdue)
    }

    /// Whether the plain list leaves it out: put aside, and nothing was raised since.
    pub fn is_aside(&self, now: Timestamp) -> bool {
        self.put_aside && self.snoozed_until.is_some_and(|until| now < until)
    }

    /// 未讀: waiting, and not seen by its agent.
    pub fn unread(&self) -> bool {
        !self.seen && self.waiting_since.is_some()
    }

    /// As it is stored.
    pub fn encode(&self) -> Vec<u8> {
        encode(&RowItem {
            version: self.version,
            status: code(Status::ALL, &self.status),
            category: code(Category::ALL, &self.category),
            priority: code(Priority::ALL, &self.priority),
            source: code(Source::ALL, &self.source),
            customer: self.customer.clone(),
            subject: self.subject.clone(),
            preview: self.preview.clone(),
            waiting_since: self.waiting_since.map(Timestamp::as_millisecond),
            last_customer_message_at: self.last_customer_message_at.as_millisecond(),
            last_message_at: Some(self.last_message_at.as_millisecond())
                .filter(|at| *at != self.last_customer_message_at.as_millisecond()),
            seen: self.seen,
            flag: self.flag.as_ref().map(|flag| code(Flag::ALL, flag)),
            tags: Some(self.tags.clone()).filter(|tags| !tags.is_empty()),
            order: self.order.clone(),
            assignee: self.assignee.as_ref().map(ToString::to_string),
            ended: self.ended.as_ref().map(|reason| code(EndReason::ALL, reason)),
            raised: Some(self.raised.bits()).filter(|bits| *bits != 0),
            reply_due_at: self.reply_due_at.map(Timestamp::as_millisecond),
            snoozed_until: self.snoozed_until.map(Timestamp::as_millisecond),
            put_aside: Some(true).filter(|_| self.put_aside),
            question: Some(true).filter(|_| self.question),
        })
    }

    /// From what is stored.
    ///
    /// # Errors
    /// [`Failure::Unreadable`].
    pub fn decode(id: InquiryId, bytes: &[u8]) -> Result<Self, Failure> {
        let item: RowItem = decode(bytes)?;
        Ok(Self {
            id,
            version: item.version,
            status: decoded(Status::ALL, item.status)?,
            category: decoded(Category::ALL, item.category)?,
            priority: decoded(Priority::ALL, item.priority)?,
            source: decoded(Source::ALL, item.source)?,
            customer: item.customer,
            subject: item.subject,
            preview: item.preview,
            waiting_since: times(item.waiting_since)?,
            last_customer_message_at: time(item.last_customer_message_at)?,
            last_message_at: time(item.last_message_at.unwrap_or(item.last_customer_message_at))?,
            seen: item.seen,
            flag: item.flag.map(|flag| decoded(Flag::ALL, flag)).transpose()?,
            tags: item.tags.unwrap_or_default(),
            order: item.order,
            assignee: item.assignee.as_deref().map(entry::agent).transpose()?,
            ended: item.ended.map(|reason| decoded(EndReason::ALL, reason)).transpose()?,
            raised: Raised::from_bits(item.raised.unwrap_or_default()),
            reply_due_at: times(item.reply_due_at)?,
            snoozed_until: times(item.snoozed_until)?,
            put_aside: item.put_aside.unwrap_or_default(),
            question: item.question.unwrap_or_default(),
        })
    }
}
