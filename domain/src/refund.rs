//! Refunds: how money goes back, exactly once (SPEC §10.3–10.6).
//!
//! ```text
//! requested ──▶ approved ──▶ executing ──▶ succeeded
//!   │   ▲          ▲            │  │   ▲      │
//!   ▼   │          │ retry      │  ▼   │      ▼ (the provider takes it back)
//! proposed       failed ◀───────┘ unknown ─▶ failed
//! rejected, withdrawn: no money
//! ```
//!
//! The provider gets one idempotency key per refund, its [`Order::refund_key`], however often it is asked.
//! An outcome that nobody knows is asked for, never repeated under another key. Until a refund is refused,
//! its amount is held, so that all refunds together never exceed what was paid.

mod by_hand;
mod consent;
mod deciding;
mod executing;
mod finding;
mod outcome;
mod requesting;

pub use consent::is_proof;
pub use executing::{Errand, Outcome, Report, Source, UNDER_WAY};
pub use requesting::{Offer, Wish};

use jiff::Timestamp;

use crate::actor::By;
use crate::ids::{AgentId, InquiryId};
use crate::labels::RefundReason;
use crate::order::{Order, OrderChange};
use crate::order_event::{Consent, OrderEvent, RefundStep};
use crate::refusal::OrderRefusal;

/// The fewest characters of a reason in words (SPEC §10.4: clear).
pub const REASON_CHARACTERS: usize = 10;
/// The most refunds of an order.
pub const MOST_REFUNDS: usize = 50;

/// One refund of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// Its number within the order, from 1.
    pub number: u32,
    /// How it came to be.
    pub kind: RefundKind,
    /// How much, in minor units of the order's currency.
    pub amount: u64,
    /// Why.
    pub reason: RefundReason,
    /// In words.
    pub detail: Option<String>,
    /// Where it stands.
    pub state: RefundState,
    /// The inquiry that it is talked about in.
    pub inquiry: InquiryId,
    /// Who asked for it.
    pub by: By,
    /// When.
    pub at: Timestamp,
    /// When it last changed.
    pub changed_at: Timestamp,
    /// The customer's agreement.
    pub consent: Option<Consent>,
    /// Why it was rejected.
    pub rejection: Option<String>,
    /// Who pays.
    pub payer: Payer,
    /// How far paying is.
    pub execution: Execution,
    /// How often it was changed: an answer counts only for the refund that was asked about.
    pub changes: u32,
}

/// How a refund came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundKind {
    /// The shop offers it (SPEC §10.3).
    Merchant,
    /// The customer asks, since the order is overdue (SPEC §10.4).
    Overdue,
    /// The customer asks to cancel an order that is not overdue (SPEC §10.4).
    Cancel,
    /// The customer cancelled an overdue order (SPEC §10.5).
    Cancelled,
    /// For a return, with its number (SPEC §10.10).
    Return(u32),
}

/// Where a refund stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefundState {
    /// The customer asked; the shop decides.
    Requested,
    /// The shop offers; the customer agrees or not.
    Proposed,
    /// The shop refused.
    Rejected,
    /// Nobody wants it any more.
    Withdrawn,
    /// Decided; the money has not been asked for.
    Approved,
    /// The provider was asked.
    Executing,
    /// Nobody knows what became of it: the provider is asked.
    Unknown,
    /// The money went back.
    Succeeded,
    /// The provider did not pay.
    Failed,
}

/// Who pays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Payer {
    /// The shop's backend, asked by a signed webhook.
    #[default]
    Webhook,
    /// A person, who confirms it.
    ByHand,
}

/// How far paying is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Execution {
    /// How often the provider was asked to pay, always under the same key.
    pub attempts: u32,
    /// How often it was asked what became of it since then.
    pub asked: u32,
    /// When it was last asked to pay.
    pub started_at: Option<Timestamp>,
    /// When somebody looks again.
    pub next_at: Option<Timestamp>,
    /// The provider's or the bank's reference.
    pub reference: Option<String>,
    /// Why it failed, in the provider's words.
    pub problem: Option<String>,
    /// The first of two persons who confirm that it was paid by hand.
    pub first_confirmed_by: Option<AgentId>,
    /// The last attempt that is known to have failed.
    pub failed_attempt: u32,
    /// The attempt by which the money went back.
    pub paid_attempt: u32,
    /// The last attempt that the provider took: it knows of it, and will pay or not.
    pub accepted_attempt: u32,
    /// Fingerprints of the provider's call-backs that were heard.
    pub heard: Vec<u64>,
    /// Whether the provider said that it paid what was settled in another way.
    pub contradicted: bool,
}

impl RefundState {
    /// Every state; stored as places in this list.
    pub const ALL: &'static [Self] = &[
        Self::Requested,
        Self::Proposed,
        Self::Rejected,
        Self::Withdrawn,
        Self::Approved,
        Self::Executing,
        Self::Unknown,
        Self::Succeeded,
        Self::Failed,
    ];

    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Proposed => "proposed",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Approved => "approved",
            Self::Executing => "executing",
            Self::Unknown => "unknown",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
        }
    }

    /// Whether it takes, or may still take, money of the order. An offer or a wish holds it too, so that
    /// two of them can never be agreed to one after the other for more than there is.
    pub const fn holds_money(self) -> bool {
        !matches!(self, Self::Rejected | Self::Withdrawn)
    }

    /// Whether it was decided that the money goes back.
    pub const fn decided(self) -> bool {
        matches!(self, Self::Approved | Self::Executing | Self::Unknown | Self::Succeeded | Self::Failed)
    }

    /// Whether something is still to come.
    pub const fn in_progress(self) -> bool {
        !matches!(self, Self::Rejected | Self::Withdrawn | Self::Succeeded)
    }

    /// Whether somebody has to decide it first.
    pub const fn open(self) -> bool {
        matches!(self, Self::Requested | Self::Proposed)
    }
}

impl Refund {
    /// Whether it takes, or may still take, money of the order; also where it ended without money, and the
    /// provider says that it paid it all the same.
    pub const fn holds_money(&self) -> bool {
        self.state.holds_money() || self.execution.contradicted
    }
}

impl Order {
    /// What every call to the provider about a refund carries: one key per refund.
    pub fn refund_key(&self, number: u32) -> String {
        format!("{}-R{number}", self.number)
    }

    /// The number of the refund that a key names, and its order's.
    pub fn parse_refund_key(key: &str) -> Option<(&str, u32)> {
        let (order, number) = key.rsplit_once("-R")?;
        Some((order, number.parse().ok()?))
    }

    fn needed_refund(&self, number: u32) -> Result<&Refund, OrderRefusal> {
        self.refund(number).ok_or(OrderRefusal::NoSuchRefund)
    }
}

impl OrderChange {
    /// Changes one refund and records the step, in the order's timeline and in its inquiry.
    fn step(
        mut self,
        number: u32,
        by: By,
        now: Timestamp,
        step: RefundStep,
        change: impl FnOnce(&mut Refund),
    ) -> Self {
        let now = now.max(self.after.changed_at);
        let Some(refund) = self.after.refunds.iter_mut().find(|refund| refund.number == number) else {
            return self;
        };
        change(refund);
        refund.changes += 1;
        refund.changed_at = now;
        let (amount, inquiry) = (refund.amount, refund.inquiry.clone());
        let (amount, told) = (self.after.money(amount), Some(&inquiry).filter(|_| step.is_told()));
        self.record(by, now, told, OrderEvent::Refund { number, amount, step })
    }

    /// Ends every refund that nobody has decided: the parcel left, or the order was cancelled.
    pub(crate) fn overtaken(mut self, why: crate::order_event::Withdrawn, now: Timestamp) -> Self {
        let open: Vec<u32> =
            self.after.refunds.iter().filter(|it| it.state.open()).map(|it| it.number).collect();
        for number in open {
            self = self.step(number, By::System, now, RefundStep::Withdrawn { why }, |refund| {
                refund.state = RefundState::Withdrawn;
            });
        }
        self
    }
}

/// A reason in words that says something: 10 characters at least.
pub(crate) fn clear_reason(text: &str) -> Result<String, OrderRefusal> {
    let text = text.trim();
    if text.chars().count() < REASON_CHARACTERS {
        Err(OrderRefusal::ReasonTooShort)
    } else {
        Ok(text.to_owned())
    }
}

/// The words that a reason needs: `other` says nothing by itself.
fn reasoned(reason: RefundReason, detail: Option<&str>) -> Result<Option<String>, OrderRefusal> {
    match detail.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) if reason == RefundReason::Other => clear_reason(text).map(Some),
        None if reason == RefundReason::Other => Err(OrderRefusal::ReasonTooShort),
        detail => Ok(detail.map(str::to_owned)),
    }
}

#[cfg(test)]
#[path = "refund/tests.rs"]
mod tests;

#[cfg(test)]
mod model;
