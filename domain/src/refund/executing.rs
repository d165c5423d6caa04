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
use crate::order_event::{RefundStep, Withdrawn, by};
use crate::refusal::OrderRefusal;

/// So long a call to pay may be under way: until then nobody asks what became of it.
pub const UNDER_WAY: SignedDuration = SignedDuration::from_secs(60);
/// A provider that accepted a refund tells by itself; after this it is asked.
const ACCEPTED_WAIT: SignedDuration = SignedDuration::from_mins(5);
/// The first pause between two questions; each is twice as long as the one before.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_secs(5);
/// The longest pause between two questions.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(1);
/// After so many questions without an answer people are told.
const ASKED_OFTEN: u32 = 6;
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

impl Refund {
    /// Whether somebody has to look at it: it failed, nobody knows for long, or the provider contradicts.
    pub fn needs_attention(&self) -> bool {
        let unknown = self.state == RefundState::Unknown && self.execution.asked >= ASKED_OFTEN;
        self.state == RefundState::Failed || unknown || self.execution.contradicted
    }
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
    /// [`OrderRefusal::NoSuchRefund`], [`OrderRefusal::NeverAsked`] if it was not asked to pay.
    pub fn report(&self, number: u32, report: Report, now: Timestamp) -> Result<OrderChange, OrderRefusal> {
        let refund = self.needed_refund(number)?;
        if refund.execution.attempts == 0 {
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

    /// Gives a failed refund up: its amount is free again.
    ///
    /// # Errors
    /// [`OrderRefusal::NoSuchRefund`], [`OrderRefusal::RefundDecided`] if it did not fail.
    pub fn give_refund_up(
        &self,
        agent: &Agent,
        number: u32,
        now: Timestamp,
    ) -> Result<OrderChange, OrderRefusal> {
        let failed = self.failed_refund(number)?;
        Ok(OrderChange::to(self.clone()).withdraw(failed, by(&agent.id), Withdrawn::GivenUp, now))
    }

    pub(super) fn failed_refund(&self, number: u32) -> Result<u32, OrderRefusal> {
        match self.needed_refund(number)? {
            refund if refund.state == RefundState::Failed => Ok(number),
            refund => Err(OrderRefusal::RefundDecided { state: refund.state }),
        }
    }
}

impl OrderChange {
    fn paid(self, refund: &Refund, (attempt, reference): (u32, Option<String>), now: Timestamp) -> Self {
        let number = refund.number;
        let by_hand = refund.payer == Payer::ByHand;
        match refund.state {
            RefundState::Succeeded if !by_hand => self,
            RefundState::Succeeded | RefundState::Withdrawn | RefundState::Rejected => {
                self.paid_besides(refund, reference, now)
            }
            _ => {
                let step = RefundStep::Succeeded { reference: reference.clone() };
                self.step(number, By::System, now, step, |refund| {
                    refund.state = RefundState::Succeeded;
                    refund.payer = Payer::Webhook;
                    refund.execution.paid_attempt = attempt;
                    refund.execution.reference = reference;
                    refund.execution.problem = None;
                    refund.execution.next_at = None;
                })
            }
        }
    }

    /// It was settled in another way, and the provider says that it paid: a person has to look.
    fn paid_besides(self, refund: &Refund, reference: Option<String>, now: Timestamp) -> Self {
        if refund.execution.contradicted {
            return self;
        }
        let step = RefundStep::Contradicted { reference };
        self.step(refund.number, By::System, now, step, |refund| refund.execution.contradicted = true)
    }

    /// A call-back says that an attempt succeeded which is known to have failed: an old one that comes late, or
    /// the failure was none. Before anybody pays in another way the provider is asked.
    fn contradicted(self, refund: &Refund, attempt: u32, now: Timestamp) -> Self {
        let by_hand = refund.payer == Payer::ByHand;
        match refund.state {
            RefundState::Succeeded if by_hand => self.paid_besides(refund, None, now),
            RefundState::Withdrawn => self.paid_besides(refund, None, now),
            RefundState::Failed => self.asked_about(refund, attempt, now),
            RefundState::Approved if by_hand => self.asked_about(refund, attempt, now),
            _ => self,
        }
    }

    fn asked_about(self, refund: &Refund, attempt: u32, now: Timestamp) -> Self {
        if attempt < refund.execution.attempts {
            return self;
        }
        self.step(refund.number, By::System, now, RefundStep::Unknown { lasting: false }, |refund| {
            refund.state = RefundState::Unknown;
            refund.payer = Payer::Webhook;
            refund.execution.asked = 0;
            refund.execution.next_at = Some(now);
        })
    }

    /// An earlier attempt failed: an old word that comes late, kept so that an even older one is known as such.
    fn failed_before(mut self, refund: &Refund, attempt: u32) -> Self {
        let found = self.after.refunds.iter_mut().find(|it| it.number == refund.number);
        if let Some(refund) = found.filter(|it| it.execution.failed_attempt < attempt) {
            refund.execution.failed_attempt = attempt;
        }
        self
    }

    /// It did not pay; also where it had said before that it did, and the bank sent the money back.
    fn failed(self, refund: &Refund, (attempt, why): (u32, String), now: Timestamp) -> Self {
        if !matches!(refund.state, RefundState::Executing | RefundState::Unknown | RefundState::Succeeded) {
            return self;
        }
        let step = RefundStep::Failed { why: why.clone() };
        self.step(refund.number, By::System, now, step, |refund| {
            refund.state = RefundState::Failed;
            refund.execution.failed_attempt = refund.execution.failed_attempt.max(attempt);
            refund.execution.problem = Some(why);
            refund.execution.next_at = None;
        })
    }

    fn accepted(self, refund: &Refund, now: Timestamp) -> Self {
        let wait = pause(refund.execution.asked).max(ACCEPTED_WAIT);
        self.quietly(refund, now, |refund| {
            refund.state = RefundState::Executing;
            refund.execution.asked += 1;
            refund.execution.next_at = Some(after(now, wait));
        })
    }

    fn unknown(self, refund: &Refund, now: Timestamp) -> Self {
        let asked = refund.execution.asked + 1;
        let next = Some(after(now, pause(refund.execution.asked)));
        let change = move |refund: &mut Refund| {
            refund.state = RefundState::Unknown;
            refund.execution.asked = asked;
            refund.execution.next_at = next;
        };
        // People are told when it begins to be unknown, and once more when that lasts.
        let told = refund.state == RefundState::Executing || asked == ASKED_OFTEN;
        match refund.state {
            RefundState::Executing | RefundState::Unknown if told => self.step(
                refund.number,
                By::System,
                now,
                RefundStep::Unknown { lasting: asked == ASKED_OFTEN },
                change,
            ),
            _ => self.quietly(refund, now, change),
        }
    }

    /// The call never arrived: it is sent again under the same key, once it cannot be under way any more.
    fn not_found(self, refund: &Refund, now: Timestamp) -> Self {
        let arrived_by = refund.execution.started_at.map(|at| after(at, UNDER_WAY));
        let lost = arrived_by.is_none_or(|by| now >= by);
        self.quietly(refund, now, |refund| {
            refund.state = if lost { RefundState::Approved } else { RefundState::Unknown };
            refund.execution.next_at = if lost { Some(now) } else { arrived_by };
        })
    }

    /// Changes how far paying is without a word in the timeline; only while the outcome is open.
    fn quietly(mut self, refund: &Refund, now: Timestamp, change: impl FnOnce(&mut Refund)) -> Self {
        let open = matches!(refund.state, RefundState::Executing | RefundState::Unknown);
        let found = self.after.refunds.iter_mut().find(|it| it.number == refund.number);
        if let Some(refund) = found.filter(|_| open) {
            change(refund);
            refund.changes += 1;
            refund.changed_at = now.max(refund.changed_at);
        }
        self
    }
}

fn pause(asked: u32) -> SignedDuration {
    let doubled = 1i32.checked_shl(asked.min(20)).unwrap_or(i32::MAX);
    FIRST_PAUSE.checked_mul(doubled).map_or(LONGEST_PAUSE, |pause| pause.min(LONGEST_PAUSE))
}
