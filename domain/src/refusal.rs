//! Every way a rule can say no.

use jiff::Timestamp;

use crate::ids::{AgentId, InquiryId};
use crate::money::{Currency, Money};
use crate::refund::RefundState;
use crate::returning::ReturnState;

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

/// A rule's no about an order. Neither it nor any money was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrderRefusal {
    /// More than what is left to refund (SPEC §10.6).
    #[error("at most {left} is left to refund")]
    MoreThanLeft {
        /// What is left.
        left: Money,
    },
    /// Nothing is left to refund, or nothing was paid.
    #[error("nothing is left to refund")]
    NothingLeft,
    /// An amount of nothing.
    #[error("a refund is of more than nothing")]
    NoAmount,
    /// Another currency than the order's.
    #[error("the order is in {}", currency.code())]
    CurrencyDiffers {
        /// The order's.
        currency: Currency,
    },
    /// A reason in words needs 10 characters.
    #[error("a reason has at least 10 characters")]
    ReasonTooShort,
    /// The customer's consent is needed, on record (SPEC §10.3, §10.4).
    #[error("the customer's consent is needed")]
    ConsentNeeded,
    /// What is named as proof is not a message of this order's customer.
    #[error("the proof is a message that the order's customer wrote")]
    NotAProof,
    /// Another refund of the order waits for a decision.
    #[error("another refund of this order waits for a decision")]
    RefundOpen,
    /// Too many refunds of one order.
    #[error("an order has at most 50 refunds")]
    TooManyRefunds,
    /// The order has no refund with that number.
    #[error("there is no such refund")]
    NoSuchRefund,
    /// The refund is no longer where that can be done.
    #[error("the refund is {}", state.as_str())]
    RefundDecided {
        /// Where it stands.
        state: RefundState,
    },
    /// It is not paid by hand.
    #[error("the refund is not paid by hand")]
    NotByHand,
    /// A second person confirms a large amount.
    #[error("another person has to confirm it")]
    AnotherPerson,
    /// A call-back about a refund that nobody was asked to pay.
    #[error("the provider was not asked to pay this refund")]
    NeverAsked,
    /// A call-back that was heard before.
    #[error("this call-back was heard before")]
    Replayed,
    /// The order is not overdue.
    #[error("the order is not overdue: it is to be shipped by {ship_by}")]
    NotOverdue {
        /// By when it is to be shipped.
        ship_by: Timestamp,
    },
    /// It left the shop: what was shipped goes through a return.
    #[error("the order was shipped")]
    AlreadyShipped,
    /// It is cancelled or refunded in full: no tracking number any more (SPEC §10.8).
    #[error("the order was cancelled or refunded in full")]
    OrderEnded,
    /// Only what is still to be shipped can be delayed.
    #[error("the order is not to be shipped")]
    NotToShip,
    /// A delay has to be later than the promise.
    #[error("a later date lies after {ship_by}")]
    NotLater {
        /// The promise.
        ship_by: Timestamp,
    },
    /// A delay is within 180 days.
    #[error("a later date lies within 180 days")]
    TooFar,
    /// The customer was not asked.
    #[error("nothing was proposed")]
    NothingProposed,
    /// It has not been shipped.
    #[error("the order was not shipped")]
    NotShipped,
    /// A return of the order is in progress.
    #[error("a return of this order is in progress")]
    ReturnOpen,
    /// No such items, or not so many.
    #[error("these items cannot go back")]
    NoSuchItem,
    /// The order has no return with that number.
    #[error("there is no such return")]
    NoSuchReturn,
    /// The return is not where that can be done.
    #[error("the return is {}", state.as_str())]
    ReturnElsewhere {
        /// Where it stands.
        state: ReturnState,
    },
    /// A replacement is shipped in an exchange only.
    #[error("this is a return, not an exchange")]
    NotAnExchange,
    /// Older than 60 days, and nothing of it is in progress (SPEC §2.8).
    #[error("the order is older than 60 days")]
    TooOldToContact,
    /// The source says that less was paid than goes back.
    #[error("{refunded} of it goes back already")]
    PaidLessThanRefunded {
        /// What goes back.
        refunded: Money,
    },
    /// The source gives the order to another customer, after something was agreed with this one.
    #[error("the order's customer cannot change any more")]
    CustomerDiffers,
}
