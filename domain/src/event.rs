//! Everything that can happen to an inquiry: one closed enum, which is timeline and audit log in one.

use jiff::Timestamp;

use crate::actor::By;
use crate::ids::{AgentId, InquiryId, OrderNumber};
use crate::labels::{Alarm, Category, EndReason, Flag, Priority, Score};
use crate::order_event::OrderEvent;
use crate::question::Asked;
use crate::routing::Routed;

/// One line of an inquiry's timeline. Immutable once stored (SPEC §1, message).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number, from 1; the inquiry's version is the last one's.
    pub seq: u32,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: By,
    /// What.
    pub event: Event,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The customer asked: the first message.
    Submitted {
        /// The whole text.
        text: String,
    },
    /// A guest confirmed the address; waiting time runs from here (SPEC §2.4).
    Confirmed,
    /// The customer wrote again.
    CustomerWrote {
        /// The whole text.
        text: String,
    },
    /// An agent answered.
    AgentReplied {
        /// The whole text.
        text: String,
        /// What became of the inquiry.
        then: Then,
    },
    /// 內部備註: only staff see it.
    NoteAdded {
        /// The whole text.
        text: String,
    },
    /// It changed hands.
    Assigned {
        /// Whose it was.
        from: Option<AgentId>,
        /// Whose it is; nobody's when it was put back.
        to: Option<AgentId>,
        /// Why.
        why: Why,
        /// What the sender wants the next agent to know.
        note: Option<String>,
    },
    /// 結案: an agent ended it without a message.
    Closed {
        /// Why.
        reason: EndReason,
        /// The reason in words.
        detail: Option<String>,
    },
    /// The customer says that it is settled.
    Settled,
    /// An agent took it back from history.
    Reopened,
    /// 標記 changed.
    Flagged {
        /// The colour before.
        from: Option<Flag>,
        /// The colour now.
        to: Option<Flag>,
    },
    /// The tags changed.
    Tagged {
        /// All tags now.
        tags: Vec<String>,
    },
    /// The category changed.
    Recategorized {
        /// Before.
        from: Category,
        /// Now.
        to: Category,
    },
    /// The priority changed.
    Reprioritized {
        /// Before.
        from: Priority,
        /// Now.
        to: Priority,
    },
    /// It became part of another (SPEC §3.9).
    Merged {
        /// The one that goes on.
        into: InquiryId,
    },
    /// Another became part of it.
    Absorbed {
        /// The duplicate.
        inquiry: InquiryId,
        /// Whether it was unanswered: this one waits for the answer now, also if it had ended.
        waits: bool,
    },
    /// The merge was undone: it stands on its own again.
    Unmerged {
        /// The one it was part of.
        from: InquiryId,
    },
    /// The merge was undone: the other left.
    Released {
        /// The duplicate.
        inquiry: InquiryId,
    },
    /// The customer rated it.
    Rated {
        /// One of five steps.
        score: Score,
        /// In words.
        comment: Option<String>,
    },
    /// A limit of time was reached.
    Raised {
        /// Which.
        alarm: Alarm,
    },
    /// Nobody answered for seven days: it went to history (SPEC §6.3).
    TimedOut,
    /// The customer re-opened it without a word, by the link of the mail.
    CustomerReopened,
    /// Put aside until a time.
    Snoozed {
        /// When it comes back.
        until: Timestamp,
    },
    /// Somebody took it back before that time.
    Unsnoozed,
    /// 轉介: a note that asks a colleague or a department; only staff see it.
    QuestionAsked {
        /// Who is asked.
        to: Asked,
        /// The whole text.
        text: String,
    },
    /// A question was answered, or marked so; only staff see it.
    QuestionAnswered {
        /// The number of the entry that asked.
        question: u32,
        /// The whole text, if there is one.
        text: Option<String>,
    },
    /// What happened to an order that the inquiry is about (SPEC §10).
    Order {
        /// The order.
        order: OrderNumber,
        /// What happened to it.
        event: OrderEvent,
    },
}

/// What a reply does to the inquiry (SPEC §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// Answered, and the agent will come back: 對話中.
    KeepOpen,
    /// Answered and done: 已回覆.
    Done,
}

/// Why an inquiry changed hands (SPEC §5.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The shop has only one agent.
    OnlyAgent,
    /// The agent took it.
    Taken,
    /// Another person gave it.
    ByHand,
    /// Put back to the unassigned.
    PutBack,
    /// The agent answered an unassigned one.
    Replied,
    /// Its agent no longer serves the shop.
    AgentLeft,
    /// It had ended and the customer came back: it arrives anew (SPEC §3.3).
    Reopened,
    /// The system gave it (SPEC §5.3).
    Routed(Routed),
}

impl Event {
    /// The text of a message that the customer may read, if this is one.
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Submitted { text } | Self::CustomerWrote { text } | Self::AgentReplied { text, .. } => {
                Some(text)
            }
            _ => None,
        }
    }
}
