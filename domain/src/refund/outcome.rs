//! What an outcome makes of a refund: paid, failed, promised, unknown, or a call that never arrived.

use jiff::{SignedDuration, Timestamp};

use super::executing::UNDER_WAY;
use super::{Payer, Refund, RefundState};
use crate::actor::By;
use crate::deadline::after;
use crate::order::OrderChange;
use crate::order_event::RefundStep;

/// A provider that accepted a refund tells by itself; after this it is asked.
const ACCEPTED_WAIT: SignedDuration = SignedDuration::from_mins(5);
/// The first pause between two questions; each is twice as long as the one before.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_secs(5);
/// The longest pause between two questions.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(1);
/// After so many questions without an answer, or calls that never arrived, people are told.
const ASKED_OFTEN: u32 = 6;
/// The same where the provider says each time that it will pay: after about three days.
const PROMISED_OFTEN: u32 = 80;
/// So long a provider that knows nothing of a call is believed; later it may have forgotten (RELIABILITY F7).
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);

impl Refund {
    /// Whether somebody has to look at it: it failed, nobody knows for long, or the provider contradicts.
    pub fn needs_attention(&self) -> bool {
        self.state == RefundState::Failed || self.open_for_long() || self.execution.contradicted
    }

    /// Whether the outcome has been open for so long that somebody has to look.
    pub(super) const fn open_for_long(&self) -> bool {
        match self.state {
            RefundState::Unknown => self.execution.asked >= ASKED_OFTEN,
            RefundState::Executing => self.execution.asked >= PROMISED_OFTEN,
            _ => false,
        }
    }
}

impl OrderChange {
    pub(super) fn paid(
        self,
        refund: &Refund,
        (attempt, reference): (u32, Option<String>),
        now: Timestamp,
    ) -> Self {
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
    pub(super) fn contradicted(self, refund: &Refund, attempt: u32, now: Timestamp) -> Self {
        let by_hand = refund.payer == Payer::ByHand;
        match refund.state {
            RefundState::Succeeded if by_hand => self.paid_besides(refund, None, now),
            RefundState::Withdrawn | RefundState::Rejected => self.paid_besides(refund, None, now),
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
    pub(super) fn failed_before(mut self, refund: &Refund, attempt: u32) -> Self {
        let found = self.after.refunds.iter_mut().find(|it| it.number == refund.number);
        if let Some(refund) = found.filter(|it| it.execution.failed_attempt < attempt) {
            refund.execution.failed_attempt = attempt;
        }
        self
    }

    /// It did not pay; also where it had said before that it did, and the bank sent the money back.
    pub(super) fn failed(self, refund: &Refund, (attempt, why): (u32, String), now: Timestamp) -> Self {
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

    pub(super) fn accepted(self, refund: &Refund, now: Timestamp) -> Self {
        let wait = pause(refund.execution.asked).max(ACCEPTED_WAIT);
        let asked = if refund.state == RefundState::Unknown { 1 } else { refund.execution.asked + 1 };
        let change = move |refund: &mut Refund| {
            refund.state = RefundState::Executing;
            refund.execution.accepted_attempt = refund.execution.attempts;
            refund.execution.asked = asked;
            refund.execution.next_at = Some(after(now, wait));
        };
        match refund.state {
            RefundState::Executing if asked == PROMISED_OFTEN => {
                self.step(refund.number, By::System, now, RefundStep::Unknown { lasting: true }, change)
            }
            _ => self.quietly(refund, now, change),
        }
    }

    pub(super) fn unknown(self, refund: &Refund, now: Timestamp) -> Self {
        let asked = if refund.state == RefundState::Executing { 1 } else { refund.execution.asked + 1 };
        self.unknown_after(refund, asked, now)
    }

    fn unknown_after(self, refund: &Refund, asked: u32, now: Timestamp) -> Self {
        let next = Some(after(now, pause(asked - 1)));
        let change = move |refund: &mut Refund| {
            refund.state = RefundState::Unknown;
            refund.execution.asked = asked;
            refund.execution.next_at = next;
        };
        // People are told when it begins to be unknown, and once more when that lasts.
        let lasting = asked >= ASKED_OFTEN && !refund.open_for_long();
        match refund.state {
            RefundState::Executing | RefundState::Unknown
                if lasting || refund.state == RefundState::Executing =>
            {
                self.step(refund.number, By::System, now, RefundStep::Unknown { lasting }, change)
            }
            _ => self.quietly(refund, now, change),
        }
    }

    /// The call never arrived: it is sent again under the same key, once it cannot be under way any more. Where the
    /// provider should know of it, it has forgotten, and a person has to find out whether it paid.
    pub(super) fn not_found(self, refund: &Refund, now: Timestamp) -> Self {
        let execution = &refund.execution;
        let taken = execution.accepted_attempt == execution.attempts;
        let long_ago = execution.started_at.is_some_and(|at| now >= after(at, REMEMBERED));
        let sent = execution.attempts.saturating_sub(execution.failed_attempt);
        if taken || long_ago || sent >= ASKED_OFTEN {
            return self.unknown_after(refund, (execution.asked + 1).max(ASKED_OFTEN), now);
        }
        let arrived_by = execution.started_at.map(|at| after(at, UNDER_WAY));
        let lost = arrived_by.is_none_or(|by| now >= by);
        let again = if sent > 1 { after(now, pause(sent)) } else { now };
        self.quietly(refund, now, |refund| {
            refund.state = if lost { RefundState::Approved } else { RefundState::Unknown };
            refund.execution.next_at = if lost { Some(again) } else { arrived_by };
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
