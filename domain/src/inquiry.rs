//! One conversation between a customer and a shop about one matter (SPEC §3).
//!
//! Each capability is one file below, its tests at the bottom. What can be derived is
//! derived: the status follows from what is unanswered and whether it ended.

mod arriving;
mod asking;
mod assigning;
mod closing;
mod confirming;
mod contacting;
mod enforcing;
mod following_up;
mod hearing;
mod labelling;
mod merging;
mod noting;
mod rating;
mod reopening;
mod replying;
mod routing;
mod seeing;
mod settling;
mod snoozing;
mod submitting;

pub use asking::MOST_QUESTIONS;
pub use closing::Closing;
pub use contacting::Contact;
pub use enforcing::{Due, Raised};
pub use labelling::{FlagChange, Labels, MOST_TAGS, TAG_CHARACTERS};
pub use snoozing::FURTHEST_SNOOZE;
pub use submitting::Submission;

use jiff::Timestamp;

use crate::actor::Customer;
use crate::deadline;
use crate::ids::{AgentId, InquiryId, ShopId};
use crate::labels::{Category, EndReason, Flag, Locale, Priority, Score, Source, Status};
use crate::question::Question;
use crate::refusal::Refusal;
use crate::shop::Shop;

/// Bytes of the excerpts that a list shows of the subject and of the last message: 18 Chinese
/// characters. A page of 25 rows stays under 8 KB.
pub const EXCERPT_BYTES: usize = 54;

/// Where an inquiry stands. Its messages are in the timeline, not here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inquiry {
    /// Which one.
    pub id: InquiryId,
    /// The tenant.
    pub shop: ShopId,
    /// Who asked.
    pub customer: Customer,
    /// Where from.
    pub source: Source,
    /// What about.
    pub category: Category,
    /// How soon.
    pub priority: Priority,
    /// Whether a person chose the priority, so that the category no longer decides it.
    pub priority_by_hand: bool,
    /// One line; the beginning of the text where the customer gave none.
    pub subject: String,
    /// The order's number, as the customer gave it.
    pub order: Option<String>,
    /// The product.
    pub product: Option<Product>,
    /// The customer's language.
    pub locale: Locale,
    /// What the form asked for up front.
    pub evidence: GivenEvidence,
    /// Whose it is.
    pub assignee: Option<AgentId>,
    /// Whether its agent has seen the customer's last message.
    pub seen: bool,
    /// 標記
    pub flag: Option<Flag>,
    /// Tags.
    pub tags: Vec<String>,
    /// When it was asked; for a guest, when it was confirmed.
    pub opened_at: Timestamp,
    /// False while a guest has not confirmed the address: nobody of the shop sees it (SPEC §2.4).
    pub confirmed: bool,
    /// The oldest customer message that no agent has answered; kept through an end.
    pub unanswered_since: Option<Timestamp>,
    /// When the reply to it is due, as promised then: a later change of settings does not move it.
    pub reply_due_at: Option<Timestamp>,
    /// When it is raised to its agent while in conversation (SPEC §3.7).
    pub remind_at: Option<Timestamp>,
    /// What time has raised already.
    pub raised: Raised,
    /// When it comes back; put aside until then.
    pub snoozed_until: Option<Timestamp>,
    /// Whether the snooze still hides it: an alarm or a message shows it again.
    pub put_aside: bool,
    /// Questions to colleagues that stand open, oldest first.
    pub questions: Vec<Question>,
    /// Whose it was before it ended and the customer came back.
    pub had_by: Option<AgentId>,
    /// Who put it back to the unassigned: it is not given to them again by itself.
    pub put_back_by: Option<AgentId>,
    /// When staff took it back from history, until somebody writes: the seven days count from here.
    pub reopened_at: Option<Timestamp>,
    /// The time of its last entry.
    pub changed_at: Timestamp,
    /// The customer's last message.
    pub last_customer_message_at: Timestamp,
    /// Anybody's last message.
    pub last_message_at: Timestamp,
    /// One line of the last message.
    pub preview: String,
    /// When an agent first answered.
    pub first_answered_at: Option<Timestamp>,
    /// Who answered last: a rating is theirs (SPEC §11).
    pub last_answered_by: Option<AgentId>,
    /// When they did: whoever served a customer last knows them (SPEC §5.3).
    pub last_answered_at: Option<Timestamp>,
    /// Why and when it went to history.
    pub ended: Option<Ended>,
    /// The locked inquiry that this one goes on from.
    pub follows: Option<InquiryId>,
    /// The inquiry that this one is part of.
    pub merged_into: Option<InquiryId>,
    /// Inquiries that are part of this one.
    pub absorbed: Vec<InquiryId>,
    /// What the customer thought of it.
    pub rating: Option<Rating>,
    /// The number of its last entry.
    pub version: u32,
}

/// A product as the storefront named it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// The storefront's id.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
}

/// Evidence in words (SPEC §2.6).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GivenEvidence {
    /// The text of the error.
    pub error_text: Option<String>,
    /// The browser.
    pub browser: Option<String>,
    /// When it happened, in the customer's words.
    pub time: Option<String>,
}

/// Why and when an inquiry went to history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Why.
    pub reason: EndReason,
    /// In words.
    pub detail: Option<String>,
    /// When; the 30 days count from here.
    pub at: Timestamp,
}

/// What the customer thought of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// One of five steps.
    pub score: Score,
    /// In words.
    pub comment: Option<String>,
    /// When.
    pub at: Timestamp,
}

impl Inquiry {
    /// Its status (SPEC §3).
    pub fn status(&self) -> Status {
        match (&self.ended, self.unanswered_since) {
            (Some(_), _) => Status::Replied,
            (None, Some(_)) => Status::AwaitingReply,
            (None, None) => Status::InConversation,
        }
    }

    /// Since when the customer waits; nobody waits in history (SPEC §3.2).
    pub fn waiting_since(&self) -> Option<Timestamp> {
        self.unanswered_since.filter(|_| self.ended.is_none())
    }

    /// 未讀: a waiting message that its agent has not seen.
    pub fn unread(&self) -> bool {
        !self.seen && self.waiting_since().is_some()
    }

    /// Whether it stands in the shop's lists: confirmed, and not part of another.
    pub fn listed(&self) -> bool {
        self.confirmed && self.merged_into.is_none()
    }

    /// Whose active inquiry it is: what counts against somebody's capacity (SPEC §5.8).
    pub fn holder(&self) -> Option<&AgentId> {
        self.assignee.as_ref().filter(|_| self.active_and_listed())
    }

    /// Whether it waits for somebody to have it.
    pub fn unassigned(&self) -> bool {
        self.assignee.is_none() && self.active_and_listed()
    }

    fn active_and_listed(&self) -> bool {
        self.ended.is_none() && self.listed()
    }

    /// Whether nobody can write any more (SPEC §3.4): from exactly 30 days after it ended.
    pub fn locked(&self, now: Timestamp) -> bool {
        self.locks_at().is_some_and(|at| now >= at)
    }

    /// When it will be locked, if it ended.
    pub fn locks_at(&self) -> Option<Timestamp> {
        self.ended.as_ref().map(|ended| deadline::locks_at(ended.at))
    }

    /// Whether the customer may rate it: it ended and was not rated (SPEC §11).
    pub fn can_rate(&self) -> bool {
        self.ended.is_some() && self.rating.is_none() && self.merged_into.is_none()
    }

    /// Refuses to write where nobody can: into a merged or a locked one.
    fn writable(&self, now: Timestamp) -> Result<(), Refusal> {
        if let Some(into) = &self.merged_into {
            return Err(Refusal::Merged { into: into.clone() });
        }
        if self.locked(now) { Err(Refusal::Locked) } else { Ok(()) }
    }

    /// Refuses what only an inquiry outside history can do.
    fn active(&self, now: Timestamp) -> Result<(), Refusal> {
        self.writable(now)?;
        if self.ended.is_some() { Err(Refusal::AlreadyEnded) } else { Ok(()) }
    }

    fn end(&mut self, reason: EndReason, detail: Option<String>, at: Timestamp) {
        self.ended = Some(Ended { reason, detail, at });
        self.come_back();
        self.remind_at = None;
    }

    /// Ends a snooze without a word.
    fn come_back(&mut self) {
        self.snoozed_until = None;
        self.put_aside = false;
    }

    /// The customer waits from now on: a new promise, and nothing of the old one is left.
    fn start_waiting(&mut self, shop: &Shop, now: Timestamp) {
        self.unanswered_since = Some(now);
        self.reply_due_at = Some(shop.reply_due(now, self.priority));
        self.remind_at = None;
        self.raised = Raised::default();
    }
}
