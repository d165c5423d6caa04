//! Everything that can happen to an order: its timeline, and the part of it that stands in the inquiry.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::actor::By;
use crate::ids::{AgentId, InquiryId};
use crate::labels::{RefundReason, ReturnKind};
use crate::money::Money;
use crate::order::{Order, OrderChange};

/// One line of an order's timeline. Immutable once stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderEntry {
    /// Its number, from 1; the order's version is the last one's.
    pub seq: u32,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: By,
    /// What.
    pub event: OrderEvent,
    /// The inquiry in which it is told, too.
    pub inquiry: Option<InquiryId>,
}

/// The customer's agreement, on record (SPEC §10.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Consent {
    /// A message that the customer wrote.
    Message {
        /// In this inquiry.
        inquiry: InquiryId,
        /// The number of its entry.
        seq: u32,
    },
    /// The customer's own "I agree" in the storefront.
    Click,
}

/// What happened to an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderEvent {
    /// The storefront pushed it for the first time.
    Placed,
    /// The storefront says that it was paid.
    Paid,
    /// The storefront changed something else of it.
    Updated,
    /// It left the shop.
    Shipped {
        /// Who carries it.
        carrier: String,
        /// Under which number.
        tracking: String,
    },
    /// It arrived.
    Delivered,
    /// It was cancelled.
    Cancelled {
        /// Whether money goes back for it, which is told by itself.
        refunded: bool,
    },
    /// 內部備註: only staff see it.
    NoteAdded {
        /// The whole text.
        text: String,
    },
    /// The customer was asked to agree to a later date.
    DelayProposed {
        /// The last day on which it is to be shipped.
        date: Date,
        /// What was agreed besides.
        terms: String,
    },
    /// The customer agreed to it: ship by moved.
    DelayAgreed {
        /// The last day on which it is to be shipped.
        date: Date,
        /// What was agreed besides; only staff see it.
        terms: String,
        /// The proof.
        proof: Consent,
    },
    /// The customer did not agree.
    DelayDeclined,
    /// The agreed date passed, and it was not shipped.
    DelayPassed,
    /// Money is asked for, offered, decided about or moved.
    Refund {
        /// Which refund.
        number: u32,
        /// How much.
        amount: Money,
        /// What happened to it.
        step: RefundStep,
    },
    /// Something goes back.
    Return {
        /// Which return.
        number: u32,
        /// Returned or exchanged.
        kind: ReturnKind,
        /// What happened to it.
        step: ReturnStep,
    },
}

/// What happened to a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundStep {
    /// The customer asked for it.
    Requested {
        /// Why.
        reason: RefundReason,
        /// In words.
        detail: Option<String>,
    },
    /// The shop offers it, and the customer has to agree.
    Proposed {
        /// Why.
        reason: RefundReason,
        /// In words.
        detail: Option<String>,
    },
    /// It is decided: the money goes back.
    Approved {
        /// Why.
        reason: RefundReason,
        /// In words.
        detail: Option<String>,
        /// The proof that the customer knows and agrees, where one is needed.
        proof: Option<Consent>,
    },
    /// The shop refused it, with the customer's consent.
    Rejected {
        /// Why, for the customer.
        reason: String,
        /// The proof of the consent.
        proof: Consent,
    },
    /// Taken back by whoever asked for it, declined by the customer, or overtaken by a parcel that left.
    Withdrawn {
        /// Why.
        why: Withdrawn,
    },
    /// The provider was asked to pay.
    Started {
        /// How often it was asked by now.
        attempt: u32,
    },
    /// Nobody knows whether the provider paid: it is asked.
    Unknown {
        /// Whether it was asked often by now: somebody has to look.
        lasting: bool,
    },
    /// The first of two persons confirmed that it was paid by hand.
    FirstConfirmed {
        /// The bank's reference.
        reference: String,
    },
    /// The money went back.
    Succeeded {
        /// The provider's or the bank's reference.
        reference: Option<String>,
    },
    /// The provider did not pay.
    Failed {
        /// Why, in its words.
        why: String,
    },
    /// Somebody tries it again.
    Retried,
    /// Somebody pays it by hand instead.
    ByHand,
    /// The provider says that it paid what was settled in another way: somebody has to look.
    Contradicted {
        /// The provider's reference.
        reference: Option<String>,
    },
    /// Somebody looked into what the provider contradicted.
    LookedInto {
        /// What they found and did.
        words: String,
    },
}

/// Why a refund ended without money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withdrawn {
    /// Who asked for it took it back.
    TakenBack,
    /// The customer did not agree.
    Declined,
    /// The order was shipped before anybody decided.
    Shipped,
    /// The customer cancelled the order.
    Cancelled,
    /// The shop took back what it offered instead; what the customer asked for stands again.
    OfferTakenBack,
}

/// What happened to a return or an exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReturnStep {
    /// Asked for.
    Requested {
        /// Why, in words; none is needed within 7 days of delivery where the products allow it.
        reason: Option<String>,
    },
    /// The shop takes it back.
    Accepted,
    /// The shop does not.
    Rejected {
        /// Why, for the customer.
        reason: String,
    },
    /// The customer or the shop took it back.
    Withdrawn,
    /// The shop arranged the pick-up, and bears its cost.
    PickUpArranged {
        /// When and by whom, for the customer.
        details: String,
    },
    /// The goods are back.
    Received,
    /// The money for it is on its way.
    Refunded {
        /// The refund.
        refund: u32,
    },
    /// The replacement left the shop.
    Replaced {
        /// Who carries it.
        carrier: String,
        /// Under which number.
        tracking: String,
    },
}

impl RefundStep {
    /// Whether it is a decision or an outcome, which the inquiry tells, too; how the provider is asked
    /// concerns the order only.
    pub const fn is_told(&self) -> bool {
        !matches!(
            self,
            Self::Started { .. }
                | Self::Unknown { lasting: false }
                | Self::FirstConfirmed { .. }
                | Self::Retried
                | Self::LookedInto { .. }
        )
    }
}

impl OrderChange {
    /// The change to `after` that has not recorded anything yet.
    pub fn to(after: Order) -> Self {
        Self { after, entries: Vec::new() }
    }

    /// This change and then another, which was decided on what this one leaves.
    #[must_use]
    pub fn then(mut self, mut next: Self) -> Self {
        self.entries.append(&mut next.entries);
        Self { after: next.after, ..self }
    }

    /// Records what happened; `inquiry` is where it is told, too.
    #[must_use]
    pub fn record(mut self, by: By, at: Timestamp, inquiry: Option<&InquiryId>, event: OrderEvent) -> Self {
        // A machine's clock may be behind the one that wrote before: the timeline never goes back.
        let at = at.max(self.after.changed_at);
        self.after.changed_at = at;
        self.after.version += 1;
        self.entries.push(OrderEntry { seq: self.after.version, at, by, event, inquiry: inquiry.cloned() });
        self
    }
}

/// An agent, as who acts.
pub(crate) fn by(agent: &AgentId) -> By {
    By::Agent(agent.clone())
}
