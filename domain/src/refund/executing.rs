//! Asking the provider, and believing its answers (SPEC §10.6): one key per refund, and an outcome that
//! nobody knows is asked for, not repeated.
//!
//! Every call to pay has a number, its *attempt*, which the provider repeats in whatever it says: what is true
//! of an earlier attempt says nothing about the present one. Within one attempt `failed` is the last word: money
//! that was sent may come back. Call-backs come late, twice and in any order, so where one contradicts what
//! is known the provider is asked; answers count only for the refund that was asked about.

use jiff::{SignedDuration, Timestamp};

use super::{Payer, Refund, RefundState};
use crate::actor::{Agent, By};
use crate::deadline::after;
use crate::money::Money;
use crate::order::{Order, OrderChange};
use crate::order_event::{RefundStep, by};
use crate::refusal::OrderRefusal;

/// So long a call to pay may be under way: until then nobody asks what became of it.
pub const UNDER_WAY: SignedDuration = SignedDuration::from_secs(60);
/// The most call-backs whose fingerprints are remembered.
const HEARD: usize = 16;

/// What the provider is to be asked about a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errand {
    /// To pay. It may be asked only after the order was stored as it is after this.
    Pay {
        /// The idempotency key.
        key: String,
        /// How much.
        amount: Money,
        /// How often it was asked by now, this time included.
        attempt: u32,
    },
    /// What became of it.
    Ask {
        /// The idempotency key.
        key: String,
        /// The attempt that is asked about.
        attempt: u32,
    },
}

/// What the provider says, or does not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It will pay, and tells later.
    Accepted,
    /// It paid.
    Succeeded {
        /// Its reference.
        reference: Option<String>,
    },
    /// It did not pay, and will not.
    Failed {
        /// Why.
        why: String,
    },
    /// It knows nothing of that key.
    NotFound,
    /// No answer, or none that says whether it paid.
    Unknown,
}

/// An outcome, and which attempt it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The attempt.
    pub attempt: u32,
    /// What is said of it.
    pub outcome: Outcome,
    /// How it was heard.
    pub source: Source,
}

/// How an outcome was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// As the answer to an errand, about the refund as it was then: [`Refund::changes`].
    Answer {
        /// How often it had been changed.
        changes: u32,
    },
    /// In a call-back, whenever that was sent.
    CallBack,
}

impl Order {
    /// When the provider is to be asked about some refund next.
    pub fn errand_at(&self) -> Option<Timestamp> {
        self.refunds.iter().filter_map(|refund| refund.execution.next_at).min()
    }

    /// Refunds about which the provider is to be asked now.
    pub fn errands(&self, now: Timestamp) -> impl Iterator<Item = u32> + '_ {
        let due = move |refund: &&Refund| refund.execution.next_at.is_some_and(|at| at <= now);
        self.refunds.iter().filter(due).map(|refund| refund.number)
    }

    /// What the provider is to be asked about a refund now, and the order as it has to be stored before;
    /// `None` if nothing is due.
    pub fn begin_errand(&self, number: u32, now: Timestamp) -> Option<(OrderChange, Errand)> {
        let refund = self.refund(number)?;
        let key = self.refund_key(number);
        if refund.payer != Payer::Webhook || refund.execution.next_at.is_none_or(|at| now < at) {
            return None;
        }
        let change = OrderChange::to(self.clone());
        match refund.state {
            RefundState::Approved => {
                let attempt = refund.execution.attempts + 1;
                let errand = Errand::Pay { key, amount: self.money(refund.amount), attempt };
                let change =
                    change.step(number, By::System, now, RefundStep::Started { attempt }, |refund| {
                        refund.state = RefundState::Executing;
                        refund.execution.attempts = attempt;
                        refund.execution.asked = 0;
                        refund.execution.started_at = Some(now);
                        refund.execution.next_at = Some(after(now, UNDER_WAY));
                    });
                Some((change, errand))
            }
            // Asking changes nothing, so nothing has to be stored before.
            RefundState::Executing | RefundState::Unknown => {
                Some((change, Errand::Ask { key, attempt: refund.execution.attempts }))
            }
            _ => None,
        }
    }

    /// What the provider said, in its answer or in a call-back. What it says again changes nothing.
    ///
    /// # Errors
    /// [`OrderRefusal::NoSuchRefund`], [`OrderRefusal::NeverAsked`] if it was not asked to pay, or not so often.
    pub fn report(&self, number: u32, report: Report, now: Timestamp) -> Result<OrderChange, OrderRefusal> {
        let refund = self.needed_refund(number)?;
        if !(1..=refund.execution.attempts).contains(&report.attempt) {
            return Err(OrderRefusal::NeverAsked);
        }
        let change = OrderChange::to(self.clone());
        if matches!(report.source, Source::Answer { changes } if changes != refund.changes) {
            // Something else was heard meanwhile; what is still open is asked about again.
            return Ok(change);
        }
        // What went back by one attempt can only come back from that one.
        let bound = if refund.state == RefundState::Succeeded {
            refund.execution.paid_attempt
        } else {
            refund.execution.attempts
        };
        let present = report.attempt >= bound;
        let past = report.source == Source::CallBack && report.attempt <= refund.execution.failed_attempt;
        Ok(match report.outcome {
            Outcome::Succeeded { .. } if past => change.contradicted(refund, report.attempt, now),
            // Money that moved has moved, whichever attempt it was.
            Outcome::Succeeded { reference } => change.paid(refund, (report.attempt, reference), now),
            _ if refund.payer != Payer::Webhook => change,
            Outcome::NotFound => change.not_found(refund, now),
            // Asked, it knows an earlier attempt only: the present one has not arrived.
            _ if !present && report.source != Source::CallBack => change.not_found(refund, now),
            Outcome::Failed { .. } if !present => change.failed_before(refund, report.attempt),
            _ if !present => change,
            Outcome::Failed { why } => change.failed(refund, (report.attempt, why), now),
            Outcome::Accepted => change.accepted(refund, now),
            Outcome::Unknown => change.unknown(refund, now),
        })
    }

    /// Notes a call-back by its fingerprint.
    ///
    /// # Errors
    /// [`OrderRefusal::Replayed`] if it was heard before, [`OrderRefusal::NoSuchRefund`].
    pub fn hear(&self, number: u32, fingerprint: u64) -> Result<Self, OrderRefusal> {
        if self.needed_refund(number)?.execution.heard.contains(&fingerprint) {
            return Err(OrderRefusal::Replayed);
        }
        let mut after = self.clone();
        for refund in after.refunds.iter_mut().filter(|refund| refund.number == number) {
            refund.execution.heard.push(fingerprint);
            let forgotten = refund.execution.heard.len().saturating_sub(HEARD);
            refund.execution.heard.drain(..forgotten);
        }
        Ok(after)
    }

    /// Tries a failed refund again, under the same key.
    ///
    /// # Errors
    /// [`OrderRefusal::NoSuchRefund`], [`OrderRefusal::RefundDecided`] if it did not fail.
    pub fn retry_refund(
        &self,
        agent: &Agent,
        number: u32,
        now: Timestamp,
    ) -> Result<OrderChange, OrderRefusal> {
        let failed = self.failed_refund(number)?;
        let change = OrderChange::to(self.clone());
        Ok(change.step(failed, by(&agent.id), now, RefundStep::Retried, |refund| {
            refund.state = RefundState::Approved;
            refund.payer = Payer::Webhook;
            refund.execution.problem = None;
            refund.execution.next_at = Some(now);
        }))
    }

    pub(super) fn failed_refund(&self, number: u32) -> Result<u32, OrderRefusal> {
        match self.needed_refund(number)? {
            refund if refund.state == RefundState::Failed => Ok(number),
            refund => Err(OrderRefusal::RefundDecided { state: refund.state }),
        }
    }
}
