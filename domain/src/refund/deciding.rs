//! Agree, reject, take back (SPEC §10.4): what was asked for or offered is decided once.

use jiff::Timestamp;

use super::{Payer, Refund, RefundKind, RefundState, clear_reason};
use crate::actor::{Agent, By};
use crate::money::Money;
use crate::order::{Order, OrderChange};
use crate::order_event::{Consent, RefundStep, Withdrawn, by};
use crate::refusal::OrderRefusal;
use crate::returning::ReturnState;
use crate::shop::Shop;

impl Order {
    /// 同意退款: the shop agrees to what the customer asked for; the refund then runs by itself. A smaller
    /// amount needs the customer's consent: with a proof it is decided, without it the customer is asked.
    ///
    /// # Errors
    /// [`OrderRefusal::NoSuchRefund`], [`OrderRefusal::RefundDecided`], [`OrderRefusal::AlreadyShipped`],
    /// [`OrderRefusal::CurrencyDiffers`], [`OrderRefusal::MoreThanLeft`], [`OrderRefusal::NoAmount`].
    pub fn agree_to_refund(
        &self,
        shop: &Shop,
        agent: &Agent,
        number: u32,
        (amount, proof): (Money, Option<Consent>),
        now: Timestamp,
    ) -> Result<OrderChange, OrderRefusal> {
        let refund = self.needed_refund(number)?;
        if refund.state != RefundState::Requested {
            return Err(OrderRefusal::RefundDecided { state: refund.state });
        }
        if self.shipped_at.is_some() {
            return Err(OrderRefusal::AlreadyShipped);
        }
        let (asked, reason, detail) = (refund.amount, refund.reason, refund.detail.clone());
        let amount = self.within(amount, asked.min(self.left_for(number)))?;
        let change = OrderChange::to(self.clone());
        if amount < asked && proof.is_none() {
            let step = RefundStep::Proposed { reason, detail };
            return Ok(change.step_with_amount(number, amount, by(&agent.id), now, step, |refund| {
                refund.state = RefundState::Proposed;
            }));
        }
        let step = RefundStep::Approved { reason, detail, proof: proof.clone() };
        let approved = change.step_with_amount(number, amount, by(&agent.id), now, step, |refund| {
            refund.state = RefundState::Approved;
            refund.consent = proof;
        });
        Ok(approved.handed_to_payer(shop, number, now))
    }

    /// 拒絕退款: needs the customer's consent and a clear reason, both on record (SPEC §10.4). So does giving up
    /// a refund that failed; what was to be paid for a return is open again then. Of an order that the customer
    /// cancelled the money goes back in any case (SPEC §10.5).
    ///
    /// # Errors
    /// [`OrderRefusal::ConsentNeeded`], [`OrderRefusal::ReasonTooShort`], [`OrderRefusal::NoSuchRefund`],
    /// [`OrderRefusal::RefundDecided`].
    pub fn reject_refund(
        &self,
        agent: &Agent,
        number: u32,
        (reason, proof): (&str, Option<Consent>),
        now: Timestamp,
    ) -> Result<OrderChange, OrderRefusal> {
        let refund = self.needed_refund(number)?;
        let given_up = refund.state == RefundState::Failed && refund.kind != RefundKind::Cancelled;
        if refund.state != RefundState::Requested && !given_up {
            return Err(OrderRefusal::RefundDecided { state: refund.state });
        }
        let reason = clear_reason(reason)?;
        let proof = proof.ok_or(OrderRefusal::ConsentNeeded)?;
        let step = RefundStep::Rejected { reason: reason.clone(), proof: proof.clone() };
        let mut change = OrderChange::to(self.clone());
        if let RefundKind::Return(returned) = refund.kind {
            let goods = change.after.returns.iter_mut().find(|it| it.number == returned);
            if let Some(goods) = goods {
                (goods.state, goods.refund) = (ReturnState::Received, None);
            }
        }
        Ok(change.step(number, by(&agent.id), now, step, |refund| {
            refund.state = RefundState::Rejected;
            refund.rejection = Some(reason);
            refund.consent = Some(proof);
        }))
    }

    /// The customer answers an offer in the storefront: "I agree" is the proof. No means no money, and what they
    /// had asked for themselves is to be decided as before.
    ///
    /// # Errors
    /// [`OrderRefusal::NoSuchRefund`], [`OrderRefusal::RefundDecided`], [`OrderRefusal::MoreThanLeft`] where
    /// less was paid than the shop believed.
    pub fn answer_offer(
        &self,
        shop: &Shop,
        number: u32,
        agrees: bool,
        now: Timestamp,
    ) -> Result<OrderChange, OrderRefusal> {
        let refund = self.needed_refund(number)?;
        if refund.state != RefundState::Proposed {
            return Err(OrderRefusal::RefundDecided { state: refund.state });
        }
        if !agrees {
            return Ok(self.end_offer(refund, (By::Customer, Withdrawn::Declined), now));
        }
        let change = OrderChange::to(self.clone());
        self.within(self.money(refund.amount), self.left_for(number))?;
        let (reason, detail, proof) = (refund.reason, refund.detail.clone(), Some(Consent::Click));
        let step = RefundStep::Approved { reason, detail, proof: proof.clone() };
        let approved = change.step(number, By::Customer, now, step, |refund| {
            refund.state = RefundState::Approved;
            refund.consent = proof;
        });
        Ok(approved.handed_to_payer(shop, number, now))
    }

    /// What may go back at the most by one refund: what was paid, less all that the others hold.
    fn left_for(&self, number: u32) -> u64 {
        let held = self.refund(number).filter(|it| it.holds_money()).map_or(0, |it| it.amount);
        (self.paid + held).saturating_sub(self.committed())
    }

    /// Takes back what is not decided yet: the customer a wish, the shop an offer. What the customer asked for
    /// cannot be ended in this way (SPEC §10.4): it is to be decided as before.
    ///
    /// # Errors
    /// [`OrderRefusal::NoSuchRefund`], [`OrderRefusal::RefundDecided`].
    pub fn take_refund_back(&self, by: By, number: u32, now: Timestamp) -> Result<OrderChange, OrderRefusal> {
        let refund = self.needed_refund(number)?;
        let theirs = match by {
            By::Customer => RefundState::Requested,
            _ => RefundState::Proposed,
        };
        if refund.state != theirs {
            return Err(OrderRefusal::RefundDecided { state: refund.state });
        }
        if by == By::Customer {
            return Ok(OrderChange::to(self.clone()).withdraw(number, by, Withdrawn::TakenBack, now));
        }
        let theirs = refund.by == By::Customer;
        let why = if theirs { Withdrawn::OfferTakenBack } else { Withdrawn::TakenBack };
        Ok(self.end_offer(refund, (by, why), now))
    }

    /// An offer ends; what the customer had asked for stands again, for all that is left.
    fn end_offer(&self, refund: &Refund, (by, why): (By, Withdrawn), now: Timestamp) -> OrderChange {
        let (number, reason, detail) = (refund.number, refund.reason, refund.detail.clone());
        let change = OrderChange::to(self.clone()).withdraw(number, by, why, now);
        let asked = change.after.left_for(number);
        if refund.by != By::Customer || asked == 0 {
            return change;
        }
        let step = RefundStep::Requested { reason, detail };
        change.step_with_amount(number, asked, By::System, now, step, |refund| {
            refund.state = RefundState::Requested;
        })
    }
}

impl OrderChange {
    pub(super) fn withdraw(self, number: u32, by: By, why: Withdrawn, now: Timestamp) -> Self {
        self.step(number, by, now, RefundStep::Withdrawn { why }, |refund| {
            refund.state = RefundState::Withdrawn;
            refund.execution.next_at = None;
        })
    }

    /// The same as a step, of another amount.
    fn step_with_amount(
        mut self,
        number: u32,
        amount: u64,
        by: By,
        now: Timestamp,
        step: RefundStep,
        change: impl FnOnce(&mut Refund),
    ) -> Self {
        if let Some(refund) = self.after.refunds.iter_mut().find(|refund| refund.number == number) {
            refund.amount = amount;
        }
        self.step(number, by, now, step, change)
    }

    /// What was decided is paid by whom the shop's settings name.
    pub(crate) fn handed_to_payer(mut self, shop: &Shop, number: u32, now: Timestamp) -> Self {
        let payer = shop.order_settings.payer;
        if let Some(refund) = self.after.refunds.iter_mut().find(|refund| refund.number == number) {
            refund.payer = payer;
            refund.execution.next_at = (payer == Payer::Webhook).then_some(now);
        }
        self
    }
}
