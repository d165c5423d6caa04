//! Paid by hand (SPEC §10.6): an agent confirms the bank transfer; above the shop's limit a second person
//! confirms it, too.

use jiff::Timestamp;

use super::{Payer, Refund, RefundState};
use crate::actor::Agent;
use crate::order::{Order, OrderChange};
use crate::order_event::{RefundStep, by};
use crate::refusal::OrderRefusal;
use crate::shop::Shop;

impl Order {
    /// Whether two persons confirm that a refund was paid by hand: with all that was paid by hand for this order it
    /// is above the shop's limit, or in another currency than the limit is.
    pub fn needs_two(&self, shop: &Shop, number: u32) -> bool {
        let by_hand = |refund: &&Refund| {
            refund.number == number
                || (refund.payer == Payer::ByHand && refund.state == RefundState::Succeeded)
        };
        let together: u64 = self.refunds.iter().filter(by_hand).map(|refund| refund.amount).sum();
        let same_currency = self.currency.code() == shop.currency;
        shop.order_settings.second_person_above.is_some_and(|limit| !same_currency || together > limit)
    }

    /// A failed refund is settled by hand instead of by the provider.
    ///
    /// # Errors
    /// [`OrderRefusal::NoSuchRefund`], [`OrderRefusal::RefundDecided`] if it did not fail: where nobody knows
    /// whether the provider paid, paying by hand could pay twice.
    pub fn settle_by_hand(
        &self,
        agent: &Agent,
        number: u32,
        now: Timestamp,
    ) -> Result<OrderChange, OrderRefusal> {
        let failed = self.failed_refund(number)?;
        Ok(OrderChange::to(self.clone()).step(failed, by(&agent.id), now, RefundStep::ByHand, |refund| {
            refund.state = RefundState::Approved;
            refund.payer = Payer::ByHand;
            refund.execution.next_at = None;
            refund.execution.first_confirmed_by = None;
        }))
    }

    /// Confirms that it was paid by hand.
    ///
    /// # Errors
    /// [`OrderRefusal::NotByHand`], [`OrderRefusal::AnotherPerson`] where the same person confirms twice,
    /// [`OrderRefusal::RefundDecided`], [`OrderRefusal::NoSuchRefund`].
    pub fn confirm_by_hand(
        &self,
        shop: &Shop,
        agent: &Agent,
        (number, reference): (u32, &str),
        now: Timestamp,
    ) -> Result<OrderChange, OrderRefusal> {
        let refund = self.needed_refund(number)?;
        if refund.state != RefundState::Approved {
            return Err(OrderRefusal::RefundDecided { state: refund.state });
        }
        if refund.payer != Payer::ByHand {
            return Err(OrderRefusal::NotByHand);
        }
        let needs_two = self.needs_two(shop, number);
        let change = OrderChange::to(self.clone());
        let reference = reference.to_owned();
        match &refund.execution.first_confirmed_by {
            None if needs_two => {
                let step = RefundStep::FirstConfirmed { reference: reference.clone() };
                Ok(change.step(number, by(&agent.id), now, step, |refund| {
                    refund.execution.first_confirmed_by = Some(agent.id.clone());
                    refund.execution.reference = Some(reference);
                }))
            }
            Some(first) if needs_two && *first == agent.id => Err(OrderRefusal::AnotherPerson),
            _ => {
                let step = RefundStep::Succeeded { reference: Some(reference.clone()) };
                Ok(change.step(number, by(&agent.id), now, step, |refund| {
                    refund.state = RefundState::Succeeded;
                    refund.execution.reference = Some(reference);
                    refund.execution.next_at = None;
                }))
            }
        }
    }
}
