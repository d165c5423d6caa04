//! One inquiry in a list. Kept small: a page of 25 is under 8 KB.

use common::store::items::Row;
use common::view::Moment;
use common::word::{CategoryWord, EndReasonWord, FlagWord, PriorityWord, StatusWord, Word};
use domain::labels::Alarm;
use serde::Serialize;
use utoipa::ToSchema;

/// One inquiry in a list; what is absent is empty.
#[derive(Debug, Serialize, ToSchema)]
pub struct InquiryRow {
    /// `inq_…`
    id: String,
    /// Name it in `If-Match`.
    version: u32,
    /// The customer's name, cut.
    customer: String,
    /// The subject, cut.
    subject: String,
    /// The last message, cut; absent where it only repeats the subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    preview: Option<String>,
    #[schema(inline)]
    status: StatusWord,
    #[schema(inline)]
    category: CategoryWord,
    #[schema(inline)]
    priority: PriorityWord,
    /// Since when the customer waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    waiting_since: Option<Moment>,
    /// Anybody's last message; absent where it is the one that waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    last_message_at: Option<Moment>,
    /// There if the promised reply is late.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    overdue: bool,
    /// Until when it is put aside.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    snoozed_until: Option<Moment>,
    /// There if a question to a colleague stands open.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    question: bool,
    /// There if it was raised to its agent: in conversation without a further reply.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    forgotten: bool,
    /// There if its agent has not seen the customer's last message.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    unread: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(inline)]
    flag: Option<FlagWord>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    tags: Vec<String>,
    /// The order's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<String>,
    /// Whose it is; absent in `mine`, and where it is nobody's.
    #[serde(skip_serializing_if = "Option::is_none")]
    assignee: Option<String>,
    /// Why it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(inline)]
    ended: Option<EndReasonWord>,
}

impl InquiryRow {
    /// As it is sent; in `mine` everything is the caller's.
    pub fn of(row: Row, mine: bool) -> Self {
        Self {
            id: row.id.to_string(),
            version: row.version,
            unread: row.unread(),
            overdue: row.overdue(),
            snoozed_until: row.snoozed_until.map(Moment),
            question: row.question,
            forgotten: row.ended.is_none() && row.raised.has(Alarm::Forgotten),
            customer: row.customer,
            subject: row.subject,
            preview: row.preview,
            status: Word(row.status),
            category: Word(row.category),
            priority: Word(row.priority),
            waiting_since: row.waiting_since.map(Moment),
            last_message_at: Some(row.last_message_at)
                .filter(|at| row.waiting_since != Some(*at))
                .map(Moment),
            flag: row.flag.map(Word),
            tags: row.tags,
            order: row.order,
            assignee: row.assignee.filter(|_| !mine).map(|agent| agent.to_string()),
            ended: row.ended.map(Word),
        }
    }
}
