//! A line of the timeline as it is stored: the entry and the mail that it owed.

use domain::actor::By;
use domain::event::{Entry, Event, Then, Why};
use domain::ids::{AgentId, InquiryId, OrderNumber};
use domain::labels::{Alarm, Category, EndReason, Flag, Priority, Score};
use domain::question::Asked;
use domain::routing::{Because, Routed};
use jiff::Timestamp;
use minicbor::{Decode, Encode};

use super::order_entry::OrderEventItem;
use super::{code, decoded, time, unreadable};
use crate::failure::Failure;

/// An entry of the timeline with what became of its mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What happened.
    pub entry: Entry,
    /// The mail about it, if it owed one.
    pub mail: Option<Mail>,
}

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mail {
    /// How far it is.
    pub state: MailState,
    /// Since when.
    pub at: Timestamp,
}

/// How far a mail is (SPEC §7.3). Only `Queued` is still owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailState {
    /// Not yet accepted by the mail service.
    Queued,
    /// Accepted by the mail service.
    Sent,
    /// Refused for good.
    Failed,
    /// No longer of use when it was to be sent.
    Dropped,
}

impl MailState {
    const ALL: [Self; 4] = [Self::Queued, Self::Sent, Self::Failed, Self::Dropped];

    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
        }
    }
}

#[derive(Encode, Decode)]
#[cbor(array)]
pub(super) struct MailItem {
    #[n(0)]
    state: u8,
    #[n(1)]
    at: i64,
}

#[derive(Encode, Decode)]
#[cbor(array)]
pub(super) struct LineItem {
    #[n(0)]
    pub seq: u32,
    #[n(1)]
    at: i64,
    #[n(2)]
    by: ByItem,
    #[n(3)]
    event: EventItem,
    #[n(4)]
    mail: Option<MailItem>,
}

#[derive(Encode, Decode)]
pub(super) enum ByItem {
    #[n(0)]
    Customer,
    #[n(1)]
    Agent(#[n(0)] String),
    #[n(2)]
    System,
    #[n(3)]
    Bot,
}

#[derive(Encode, Decode)]
enum EventItem {
    #[n(0)]
    Submitted(#[n(0)] String),
    #[n(1)]
    Confirmed,
    #[n(2)]
    CustomerWrote(#[n(0)] String),
    #[n(3)]
    AgentReplied(#[n(0)] String, #[n(1)] bool),
    #[n(4)]
    NoteAdded(#[n(0)] String),
    #[n(5)]
    Assigned(
        #[n(0)] Option<String>,
        #[n(1)] Option<String>,
        #[n(2)] u8,
        #[n(3)] Option<String>,
        #[n(4)] Option<RoutedItem>,
    ),
    #[n(6)]
    Closed(#[n(0)] u8, #[n(1)] Option<String>),
    #[n(7)]
    Settled,
    #[n(8)]
    Reopened,
    #[n(9)]
    Flagged(#[n(0)] Option<u8>, #[n(1)] Option<u8>),
    #[n(10)]
    Tagged(#[n(0)] Vec<String>),
    #[n(11)]
    Recategorized(#[n(0)] u8, #[n(1)] u8),
    #[n(12)]
    Reprioritized(#[n(0)] u8, #[n(1)] u8),
    #[n(13)]
    Merged(#[n(0)] String),
    #[n(14)]
    Absorbed(#[n(0)] String, #[n(1)] Option<bool>),
    #[n(15)]
    Unmerged(#[n(0)] String),
    #[n(16)]
    Released(#[n(0)] String),
    #[n(17)]
    Rated(#[n(0)] u8, #[n(1)] Option<String>),
    #[n(18)]
    Raised(#[n(0)] u8),
    #[n(19)]
    TimedOut,
    #[n(20)]
    CustomerReopened,
    #[n(21)]
    Snoozed(#[n(0)] i64),
    #[n(22)]
    Unsnoozed,
    #[n(23)]
    QuestionAsked(#[n(0)] Option<String>, #[n(1)] Option<String>, #[n(2)] String),
    #[n(24)]
    QuestionAnswered(#[n(0)] u32, #[n(1)] Option<String>),
    #[n(25)]
    Order(#[n(0)] String, #[n(1)] OrderEventItem),
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct RoutedItem {
    #[n(0)]
    because: u8,
    #[n(1)]
    category: Option<u8>,
    #[n(2)]
    load: u32,
    #[n(3)]
    capacity: u32,
}

/// The reasons without more to them, by their stored places; what the system decided has a
/// shape of its own.
const WHYS: [Why; 7] =
    [Why::OnlyAgent, Why::Taken, Why::ByHand, Why::PutBack, Why::Replied, Why::AgentLeft, Why::Reopened];

fn routed_item(why: &Why) -> Option<RoutedItem> {
    let Why::Routed(routed) = why else { return None };
    Some(RoutedItem {
        because: code(Because::ALL, &routed.because),
        category: routed.category.as_ref().map(|category| code(Category::ALL, category)),
        load: routed.load,
        capacity: routed.capacity,
    })
}

fn why(place: u8, routed: Option<RoutedItem>) -> Result<Why, Failure> {
    let Some(item) = routed else { return decoded(&WHYS, place) };
    Ok(Why::Routed(Routed {
        because: decoded(Because::ALL, item.because)?,
        category: item.category.map(|place| decoded(Category::ALL, place)).transpose()?,
        load: item.load,
        capacity: item.capacity,
    }))
}

pub(super) fn asked_parts(to: &Asked) -> (Option<String>, Option<String>) {
    match to {
        Asked::Agent(id) => (Some(id.to_string()), None),
        Asked::Department(name) => (None, Some(name.clone())),
    }
}

pub(super) fn asked(id: Option<&str>, department: Option<String>) -> Result<Asked, Failure> {
    match (id, department) {
        (Some(id), _) => agent(id).map(Asked::Agent),
        (None, Some(name)) => Ok(Asked::Department(name)),
        (None, None) => Err(unreadable("a question to nobody")),
    }
}

pub(super) fn agent(text: &str) -> Result<AgentId, Failure> {
    AgentId::parse(text).map_err(|error| unreadable(error.to_string()))
}

fn order_number(text: &str) -> Result<OrderNumber, Failure> {
    OrderNumber::parse(text).map_err(|error| unreadable(error.to_string()))
}

pub(super) fn inquiry(text: &str) -> Result<InquiryId, Failure> {
    InquiryId::parse(text).map_err(|error| unreadable(error.to_string()))
}

impl From<&Mail> for MailItem {
    fn from(mail: &Mail) -> Self {
        Self { state: code(&MailState::ALL, &mail.state), at: mail.at.as_millisecond() }
    }
}

impl TryFrom<MailItem> for Mail {
    type Error = Failure;
    fn try_from(item: MailItem) -> Result<Self, Failure> {
        Ok(Self { state: decoded(&MailState::ALL, item.state)?, at: time(item.at)? })
    }
}

impl From<&By> for ByItem {
    fn from(by: &By) -> Self {
        match by {
            By::Customer => Self::Customer,
            By::Agent(id) => Self::Agent(id.to_string()),
            By::System => Self::System,
            By::Bot => Self::Bot,
        }
    }
}

impl TryFrom<ByItem> for By {
    type Error = Failure;
    fn try_from(item: ByItem) -> Result<Self, Failure> {
        Ok(match item {
            ByItem::Customer => Self::Customer,
            ByItem::Agent(id) => Self::Agent(agent(&id)?),
            ByItem::System => Self::System,
            ByItem::Bot => Self::Bot,
        })
    }
}

impl From<&Line> for LineItem {
    fn from(line: &Line) -> Self {
        let entry = &line.entry;
        Self {
            seq: entry.seq,
            at: entry.at.as_millisecond(),
            by: ByItem::from(&entry.by),
            event: EventItem::from(&entry.event),
            mail: line.mail.as_ref().map(MailItem::from),
        }
    }
}

impl TryFrom<LineItem> for Line {
    type Error = Failure;
    fn try_from(item: LineItem) -> Result<Self, Failure> {
        let (by, event) = (item.by.try_into()?, item.event.try_into()?);
        let entry = Entry { seq: item.seq, at: time(item.at)?, by, event };
        Ok(Self { entry, mail: item.mail.map(Mail::try_from).transpose()? })
    }
}

impl From<&Event> for EventItem {
    fn from(event: &Event) -> Self {
        let names = |id: &Option<AgentId>| id.as_ref().map(ToString::to_string);
        let colour = |flag: &Option<Flag>| flag.as_ref().map(|flag| code(Flag::ALL, flag));
        match event {
            Event::Submitted { text } => Self::Submitted(text.clone()),
            Event::Confirmed => Self::Confirmed,
            Event::CustomerWrote { text } => Self::CustomerWrote(text.clone()),
            Event::AgentReplied { text, then } => Self::AgentReplied(text.clone(), *then == Then::Done),
            Event::NoteAdded { text } => Self::NoteAdded(text.clone()),
            Event::Assigned { from, to, why, note } => {
                Self::Assigned(names(from), names(to), code(&WHYS, why), note.clone(), routed_item(why))
            }
            Event::Closed { reason, detail } => Self::Closed(code(EndReason::ALL, reason), detail.clone()),
            Event::Settled => Self::Settled,
            Event::Reopened => Self::Reopened,
            Event::Flagged { from, to } => Self::Flagged(colour(from), colour(to)),
            Event::Tagged { tags } => Self::Tagged(tags.clone()),
            Event::Recategorized { from, to } => {
                Self::Recategorized(code(Category::ALL, from), code(Category::ALL, to))
            }
            Event::Reprioritized { from, to } => {
                Self::Reprioritized(code(Priority::ALL, from), code(Priority::ALL, to))
            }
            Event::Merged { into } => Self::Merged(into.to_string()),
            Event::Absorbed { inquiry, waits } => Self::Absorbed(inquiry.to_string(), waits.then_some(true)),
            Event::Unmerged { from } => Self::Unmerged(from.to_string()),
            Event::Released { inquiry } => Self::Released(inquiry.to_string()),
            Event::Rated { score, comment } => Self::Rated(code(Score::ALL, score), comment.clone()),
            Event::Raised { alarm } => Self::Raised(code(Alarm::ALL, alarm)),
            Event::TimedOut => Self::TimedOut,
            Event::CustomerReopened => Self::CustomerReopened,
            Event::Snoozed { until } => Self::Snoozed(until.as_millisecond()),
            Event::Unsnoozed => Self::Unsnoozed,
            Event::QuestionAsked { to, text } => {
                let (agent, department) = asked_parts(to);
                Self::QuestionAsked(agent, department, text.clone())
            }
            Event::QuestionAnswered { question, text } => Self::QuestionAnswered(*question, text.clone()),
            Event::Order { order, event } => Self::Order(order.to_string(), event.into()),
        }
    }
}

impl TryFrom<EventItem> for Event {
    type Error = Failure;
    fn try_from(item: EventItem) -> Result<Self, Failure> {
        let names = |id: Option<String>| id.as_deref().map(agent).transpose();
        let colour = |flag: Option<u8>| flag.map(|flag| decoded(Flag::ALL, flag)).transpose();
        Ok(match item {
            EventItem::Submitted(text) => Self::Submitted { text },
            EventItem::Confirmed => Self::Confirmed,
            EventItem::CustomerWrote(text) => Self::CustomerWrote { text },
            EventItem::AgentReplied(text, done) => {
                Self::AgentReplied { text, then: if done { Then::Done } else { Then::KeepOpen } }
            }
            EventItem::NoteAdded(text) => Self::NoteAdded { text },
            EventItem::Assigned(from, to, place, note, routed) => {
                Self::Assigned { from: names(from)?, to: names(to)?, why: why(place, routed)?, note }
            }
            EventItem::Closed(reason, detail) => {
                Self::Closed { reason: decoded(EndReason::ALL, reason)?, detail }
            }
            EventItem::Settled => Self::Settled,
            EventItem::Reopened => Self::Reopened,
            EventItem::Flagged(from, to) => Self::Flagged { from: colour(from)?, to: colour(to)? },
            EventItem::Tagged(tags) => Self::Tagged { tags },
            EventItem::Recategorized(from, to) => {
                Self::Recategorized { from: decoded(Category::ALL, from)?, to: decoded(Category::ALL, to)? }
            }
            EventItem::Reprioritized(from, to) => {
                Self::Reprioritized { from: decoded(Priority::ALL, from)?, to: decoded(Priority::ALL, to)? }
            }
            EventItem::Merged(into) => Self::Merged { into: inquiry(&into)? },
            EventItem::Absorbed(id, waits) => {
                Self::Absorbed { inquiry: inquiry(&id)?, waits: waits.unwrap_or_default() }
            }
            EventItem::Unmerged(from) => Self::Unmerged { from: inquiry(&from)? },
            EventItem::Released(id) => Self::Released { inquiry: inquiry(&id)? },
            EventItem::Rated(score, comment) => Self::Rated { score: decoded(Score::ALL, score)?, comment },
            EventItem::Raised(alarm) => Self::Raised { alarm: decoded(Alarm::ALL, alarm)? },
            EventItem::TimedOut => Self::TimedOut,
            EventItem::CustomerReopened => Self::CustomerReopened,
            EventItem::Snoozed(until) => Self::Snoozed { until: time(until)? },
            EventItem::Unsnoozed => Self::Unsnoozed,
            EventItem::QuestionAsked(agent, department, text) => {
                Self::QuestionAsked { to: asked(agent.as_deref(), department)?, text }
            }
            EventItem::QuestionAnswered(question, text) => Self::QuestionAnswered { question, text },
            EventItem::Order(number, event) => {
                Self::Order { order: order_number(&number)?, event: event.try_into()? }
            }
        })
    }
}
