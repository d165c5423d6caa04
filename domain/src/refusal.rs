//! Every way a rule can say no.

use crate::ids::{AgentId, InquiryId};

/// A rule's no. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Locked for good: more than 30 days in history (SPEC §3.4).
    #[error("the inquiry is locked: it ended more than 30 days ago")]
    Locked,
    /// Part of another inquiry now; write there.
    #[error("the inquiry was merged into another one")]
    Merged {
        /// The one that goes on.
        into: InquiryId,
    },
    /// It already ended.
    #[error("the inquiry has already ended")]
    AlreadyEnded,
    /// It has not ended.
    #[error("the inquiry has not ended")]
    NotEnded,
    /// Closing with a customer's message unanswered needs a reason (SPEC §3.1).
    #[error("closing an unanswered inquiry needs a reason")]
    ReasonNeeded,
    /// The reason `other` needs words.
    #[error("the reason \"other\" needs a text")]
    DetailNeeded,
    /// It is already that agent's.
    #[error("the inquiry is already assigned to {to}")]
    AlreadyAssigned {
        /// Whose it is.
        to: AgentId,
    },
    /// It is nobody's already.
    #[error("the inquiry is not assigned to anybody")]
    NotAssigned,
    /// That person does not serve this shop.
    #[error("{agent} is not an agent of this shop")]
    NotAnAgent {
        /// Who.
        agent: AgentId,
    },
    /// In a shop with one agent everything is that agent's (SPEC §5.2).
    #[error("the shop has only one agent, who has every inquiry")]
    OnlyAgent,
    /// A customer rates once.
    #[error("the inquiry was already rated")]
    AlreadyRated,
    /// More tags than allowed.
    #[error("an inquiry has at most 10 tags")]
    TooManyTags,
    /// Only a waiting inquiry can be unread.
    #[error("only an inquiry that waits for a reply can be marked unread")]
    NothingToRead,
    /// Both must be of the same customer of the same shop, and different.
    #[error("only two inquiries of the same customer can be merged")]
    NotMergeable,
    /// It holds too many others.
    #[error("at most 20 inquiries can be merged into one")]
    TooManyMerged,
    /// A snooze has to end later.
    #[error("a snooze ends in the future")]
    SnoozeInThePast,
    /// A snooze has to end within 90 days.
    #[error("a snooze ends within 90 days")]
    SnoozeTooFar,
    /// The shop has no department of that name.
    #[error("the shop has no such department")]
    NoSuchDepartment,
    /// Whoever is asked would not be told: nobody in the department serves, or only who asks.
    #[error("nobody else would be told of the question")]
    NobodyToAsk,
    /// That question does not stand open.
    #[error("that question does not stand open")]
    NoSuchQuestion,
    /// Too many questions stand open.
    #[error("an inquiry has at most 10 open questions")]
    TooManyQuestions,
    /// It is not part of another.
    #[error("the inquiry is not merged")]
    NotMerged,
}
