//! What people find out where the provider does not tell: whether it paid (RELIABILITY F7: a human queue). They look
//! at its own books; nothing is sent to anybody by this.

use jiff::Timestamp;

use super::{Payer, Refund, RefundState, clear_reason};
use crate::actor::Agent;
use crate::order::{Order, OrderChange};
use crate::order_event::{RefundStep, by};
use crate::refusal::OrderRefusal;

impl Order {
    /// Somebody found that the provider paid: an outcome that was open for long, or what had ended without money.
    ///
    /// # Errors
    /// [`OrderRefusal::NoSuchRefund`], [`OrderRefusal::RefundDecided`] where the provider may still tell by itself.
    pub fn find_paid(
        &self,
        agent: &Agent,
        (number, reference): (u32, &str),
        now: Timestamp,
    ) -> Result<OrderChange, OrderRefusal> {
        let refund = self.needed_refund(number)?;
        let ended = matches!(refund.state, RefundState::Withdrawn | RefundState::Rejected);
        let paid_after_all = ended && refund.execution.contradicted;
        if !refund.open_for_long() && !paid_after_all {
            return Err(OrderRefusal::RefundDecided { state: refund.state });
        }
        let step = RefundStep::Succeeded { reference: Some(reference.to_owned()) };
        Ok(OrderChange::to(self.clone()).step(number, by(&agent.id), now, step, |refund| {
            refund.state = RefundState::Succeeded;
            refund.payer = Payer::Webhook;
            // Which attempt it was is not known: whatever comes back of any that had not failed counts.
            refund.execution.paid_attempt = refund.execution.failed_attempt + 1;
            refund.execution.reference = Some(reference.to_owned());
            refund.execution.problem = None;
            refund.execution.next_at = None;
            refund.execution.contradicted = false;
        }))
    }

    /// Somebody found that it was not paid: by the provider, after the outcome was open for long, or by hand. It
    /// failed, then, and is tried again or settled in another way.
    ///
    /// # Errors
    /// [`OrderRefusal::ReasonTooShort`], and as [`Order::find_paid`].
    pub fn find_unpaid(
        &self,
        agent: &Agent,
        (number, reason): (u32, &str),
        now: Timestamp,
    ) -> Result<OrderChange, OrderRefusal> {
        let refund = self.needed_refund(number)?;
        let by_hand = refund.state == RefundState::Approved && refund.payer == Payer::ByHand;
        if !refund.open_for_long() && !by_hand {
            return Err(OrderRefusal::RefundDecided { state: refund.state });
        }
        let why = clear_reason(reason)?;
        let step = RefundStep::Failed { why: why.clone() };
        Ok(OrderChange::to(self.clone()).step(number, by(&agent.id), now, step, |refund| {
            refund.state = RefundState::Failed;
            refund.execution.failed_attempt = refund.execution.attempts;
            refund.execution.problem = Some(why);
            refund.execution.first_confirmed_by = None;
            refund.execution.next_at = None;
        }))
    }

    /// Somebody looked into what the provider contradicted, and says what they found and did.
    ///
    /// # Errors
    /// [`OrderRefusal::ReasonTooShort`], [`OrderRefusal::NoSuchRefund`], [`OrderRefusal::RefundDecided`] where
    /// nothing was contradicted.
    pub fn look_into(
        &self,
        agent: &Agent,
        (number, words): (u32, &str),
        now: Timestamp,
    ) -> Result<OrderChange, OrderRefusal> {
        let refund: &Refund = self.needed_refund(number)?;
        if !refund.execution.contradicted {
            return Err(OrderRefusal::RefundDecided { state: refund.state });
        }
        let step = RefundStep::LookedInto { words: clear_reason(words)? };
        Ok(OrderChange::to(self.clone()).step(number, by(&agent.id), now, step, |refund| {
            refund.execution.contradicted = false;
        }))
    }
}
