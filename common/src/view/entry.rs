//! A line of the timeline as staff see it.

use domain::actor::By;
use domain::event::{Event, Then, Why};
use domain::ids::AgentId;
use domain::inquiry::Inquiry;
use domain::question::Asked;
use domain::shop::Shop;
use serde::Serialize;
use utoipa::ToSchema;

use super::Moment;
use super::order::OrderEventView;
use crate::store::items::Line;

/// A line of the timeline. `event` says which of the other fields are there.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
#[schema(as = Entry)]
pub struct EntryView {
    /// Its number, from 1.
    pub seq: u32,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Option<Moment>,
    /// Who.
    pub by: ByView,
    /// What happened.
    pub event: &'static str,
    /// A message's or a note's text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What a reply did: `keep_open` or `done`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub then: Option<&'static str>,
    /// What it was before: an agent, a flag, a category, a priority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// What it is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What goes with a transfer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Why it ended or changed hands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// The reason, or the rating, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The other inquiry of a merge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inquiry: Option<String>,
    /// There if the other was unanswered when it was merged: this one waits for the answer now.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub waits: bool,
    /// The rating.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<&'static str>,
    /// What time raised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alarm: Option<&'static str>,
    /// When a snooze ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub until: Option<Moment>,
    /// The colleague who is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_agent: Option<String>,
    /// The department that is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_department: Option<String>,
    /// The number of the entry whose question is answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<u32>,
    /// Why the system gave it to that agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub routed: Option<RoutedView>,
    /// All tags after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// The order that something happened to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// What happened to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_event: Option<OrderEventView>,
    /// What became of the mail about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail: Option<MailView>,
}

/// Why the system gave an inquiry to an agent.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Routed)]
pub struct RoutedView {
    /// `had_it`, `only_one`, `on_duty`, `responsible`, `knows_customer`, `least_loaded` or `longest_without`.
    pub because: &'static str,
    /// What they are responsible for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<&'static str>,
    /// Their active inquiries, this one included.
    pub load: u32,
    /// Up to how many they get by themselves.
    pub capacity: u32,
}

/// Who is behind an entry.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
#[schema(as = By)]
pub struct ByView {
    /// `customer`, `agent`, `system` or `bot`.
    pub kind: &'static str,
    /// The agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// A name to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// What became of a mail.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = MailStatus)]
pub struct MailView {
    /// `queued`, `sent`, `failed`, or `dropped` where it was of no use any more.
    pub state: &'static str,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    pub at: Moment,
}

impl ByView {
    /// Who, with the name that the shop knows them by.
    pub fn of(by: &By, inquiry: &Inquiry, shop: &Shop) -> Self {
        Self::named(by, &inquiry.customer.name, shop)
    }

    /// The same where the customer has that name.
    pub fn named(by: &By, customer: &str, shop: &Shop) -> Self {
        match by {
            By::Customer => Self { kind: "customer", id: None, name: Some(customer.to_owned()) },
            By::Agent(id) => Self {
                kind: "agent",
                id: Some(id.to_string()),
                name: shop.member(id).map(|member| member.nickname.clone()),
            },
            By::System => Self { kind: "system", ..Self::default() },
            By::Bot => Self { kind: "bot", ..Self::default() },
        }
    }
}

impl EntryView {
    /// What staff of the shop see.
    pub fn of(line: &Line, inquiry: &Inquiry, shop: &Shop) -> Self {
        let entry = &line.entry;
        let it = Self {
            seq: entry.seq,
            at: Some(Moment(entry.at)),
            by: ByView::of(&entry.by, inquiry, shop),
            mail: line.mail.map(|mail| MailView { state: mail.state.as_str(), at: Moment(mail.at) }),
            ..Self::default()
        };
        it.with(&entry.event)
    }

    fn with(self, event: &Event) -> Self {
        let text = |text: &String| Some(text.clone());
        let name = |id: &Option<AgentId>| id.as_ref().map(ToString::to_string);
        match event {
            Event::Submitted { text: words } => Self { event: "submitted", text: text(words), ..self },
            Event::Confirmed => Self { event: "confirmed", ..self },
            Event::CustomerWrote { text: words } => {
                Self { event: "customer_wrote", text: text(words), ..self }
            }
            Event::AgentReplied { text: words, then } => {
                let then = if *then == Then::Done { "done" } else { "keep_open" };
                Self { event: "agent_replied", text: text(words), then: Some(then), ..self }
            }
            Event::NoteAdded { text: words } => Self { event: "note_added", text: text(words), ..self },
            Event::Assigned { from, to, why, note } => Self {
                event: "assigned",
                from: name(from),
                to: name(to),
                reason: Some(why_word(why)),
                routed: routed(why),
                note: note.clone(),
                ..self
            },
            Event::Closed { reason, detail } => {
                Self { event: "closed", reason: Some(reason.as_str()), detail: detail.clone(), ..self }
            }
            Event::Settled => Self { event: "settled", ..self },
            Event::Reopened => Self { event: "reopened", ..self },
            Event::Flagged { from, to } => Self {
                event: "flagged",
                from: from.map(|flag| flag.as_str().to_owned()),
                to: to.map(|flag| flag.as_str().to_owned()),
                ..self
            },
            Event::Tagged { tags } => Self { event: "tagged", tags: Some(tags.clone()), ..self },
            Event::Recategorized { from, to } => self.became("recategorized", from.as_str(), to.as_str()),
            Event::Reprioritized { from, to } => self.became("reprioritized", from.as_str(), to.as_str()),
            Event::Merged { into } => Self { event: "merged", inquiry: Some(into.to_string()), ..self },
            Event::Absorbed { inquiry, waits } => {
                Self { event: "absorbed", inquiry: Some(inquiry.to_string()), waits: *waits, ..self }
            }
            Event::Unmerged { from } => Self { event: "unmerged", inquiry: Some(from.to_string()), ..self },
            Event::Released { inquiry } => {
                Self { event: "released", inquiry: Some(inquiry.to_string()), ..self }
            }
            Event::Rated { score, comment } => {
                Self { event: "rated", rating: Some(score.as_str()), detail: comment.clone(), ..self }
            }
            Event::Raised { alarm } => Self { event: "raised", alarm: Some(alarm.as_str()), ..self },
            Event::TimedOut => Self { event: "timed_out", ..self },
            Event::CustomerReopened => Self { event: "customer_reopened", ..self },
            Event::Snoozed { until } => Self { event: "snoozed", until: Some(Moment(*until)), ..self },
            Event::Unsnoozed => Self { event: "unsnoozed", ..self },
            Event::QuestionAsked { to, text: words } => {
                let (to_agent, to_department) = match to {
                    Asked::Agent(id) => (Some(id.to_string()), None),
                    Asked::Department(name) => (None, Some(name.clone())),
                };
                Self { event: "question_asked", text: text(words), to_agent, to_department, ..self }
            }
            Event::QuestionAnswered { question, text } => {
                Self { event: "question_answered", question: Some(*question), text: text.clone(), ..self }
            }
            Event::Order { order, event } => Self {
                event: "order",
                order: Some(order.to_string()),
                order_event: Some(event.into()),
                ..self
            },
        }
    }

    fn became(self, event: &'static str, from: &str, to: &str) -> Self {
        Self { event, from: Some(from.to_owned()), to: Some(to.to_owned()), ..self }
    }
}

fn routed(why: &Why) -> Option<RoutedView> {
    let Why::Routed(routed) = why else { return None };
    Some(RoutedView {
        because: routed.because.as_str(),
        category: routed.category.map(|category| category.as_str()),
        load: routed.load,
        capacity: routed.capacity,
    })
}

const fn why_word(why: &Why) -> &'static str {
    match why {
        Why::OnlyAgent => "only_agent",
        Why::Taken => "taken",
        Why::ByHand => "by_hand",
        Why::PutBack => "put_back",
        Why::Replied => "replied",
        Why::AgentLeft => "agent_left",
        Why::Reopened => "reopened",
        Why::Routed(_) => "routed",
    }
}
