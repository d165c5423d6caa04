//! How a refund begins: the customer asks (SPEC §10.4), the shop offers or decides (SPEC §10.3).

use jiff::Timestamp;

use super::{Execution, MOST_REFUNDS, Refund, RefundKind, RefundState, reasoned};
use crate::actor::{Agent, By};
use crate::ids::InquiryId;
use crate::labels::RefundReason;
use crate::money::Money;
use crate::order::{Order, OrderChange};
use crate::order_event::{Consent, OrderEvent, RefundStep, by};
use crate::refusal::OrderRefusal;
use crate::shop::Shop;

/// What a customer wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Why.
    pub reason: RefundReason,
    /// In words.
    pub detail: Option<String>,
    /// The inquiry that it opens or joins.
    pub inquiry: InquiryId,
}

/// What the shop offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// How much.
    pub amount: Money,
    /// Why.
    pub reason: RefundReason,
    /// In words.
    pub detail: Option<String>,
    /// The inquiry in which the customer was told, or is asked.
    pub inquiry: InquiryId,
    /// The proof that the customer knows and agrees; without it the customer is asked.
    pub proof: Option<Consent>,
}

impl Order {
    /// The customer asks for all that is left: for an overdue order a refund, for another one that has not
    /// been shipped to cancel it.
    ///
    /// # Errors
    /// [`OrderRefusal::AlreadyShipped`]: ask for a return. [`OrderRefusal::RefundOpen`],
    /// [`OrderRefusal::NothingLeft`], [`OrderRefusal::ReasonTooShort`].
    pub fn request_refund(
        &self,
        shop: &Shop,
        wish: Wish,
        now: Timestamp,
    ) -> Result<OrderChange, OrderRefusal> {
        if self.shipped_at.is_some() {
            return Err(OrderRefusal::AlreadyShipped);
        }
        let amount = self.refundable()?;
        let detail = reasoned(wish.reason, wish.detail.as_deref())?;
        let kind = if self.overdue(shop, now) { RefundKind::Overdue } else { RefundKind::Cancel };
        let step = RefundStep::Requested { reason: wish.reason, detail: detail.clone() };
        let refund = self.begun((kind, RefundState::Requested), amount, By::Customer, wish.inquiry, now);
        Ok(self.with(Refund { reason: wish.reason, detail, ..refund }, step, now))
    }

    /// The shop gives money back for an order that is still to be shipped; part of it for a defect of one
    /// that was (SPEC §10.3, §10.4). With proof it is decided, without it the customer is asked.
    ///
    /// # Errors
    /// [`OrderRefusal::CurrencyDiffers`], [`OrderRefusal::MoreThanLeft`], [`OrderRefusal::NothingLeft`],
    /// [`OrderRefusal::AlreadyShipped`], [`OrderRefusal::RefundOpen`], [`OrderRefusal::ReasonTooShort`].
    pub fn offer_refund(
        &self,
        shop: &Shop,
        agent: &Agent,
        offer: Offer,
        now: Timestamp,
    ) -> Result<OrderChange, OrderRefusal> {
        let amount = self.checked(offer.amount)?;
        let part_for_a_defect = offer.reason == RefundReason::Defect && amount < self.paid;
        if self.shipped_at.is_some() && !part_for_a_defect {
            return Err(OrderRefusal::AlreadyShipped);
        }
        let (reason, detail) = (offer.reason, reasoned(offer.reason, offer.detail.as_deref())?);
        let state = if offer.proof.is_some() { RefundState::Approved } else { RefundState::Proposed };
        let begun = self.begun((RefundKind::Merchant, state), amount, by(&agent.id), offer.inquiry, now);
        let refund = Refund { reason, detail: detail.clone(), consent: offer.proof.clone(), ..begun };
        let (number, approved) = (refund.number, offer.proof.is_some());
        let step = match offer.proof {
            Some(proof) => RefundStep::Approved { reason, detail, proof: Some(proof) },
            None => RefundStep::Proposed { reason, detail },
        };
        let change = self.with(refund, step, now);
        Ok(if approved { change.handed_to_payer(shop, number, now) } else { change })
    }

    /// What is left, where no other refund waits for a decision.
    pub(crate) fn refundable(&self) -> Result<u64, OrderRefusal> {
        if self.refunds.iter().any(|refund| refund.state.open()) {
            return Err(OrderRefusal::RefundOpen);
        }
        if self.refunds.len() >= MOST_REFUNDS {
            return Err(OrderRefusal::TooManyRefunds);
        }
        Some(self.left()).filter(|left| *left > 0).ok_or(OrderRefusal::NothingLeft)
    }

    /// An amount that can go back: of this order's currency, and no more than is left.
    pub(crate) fn checked(&self, amount: Money) -> Result<u64, OrderRefusal> {
        let left = self.refundable()?;
        self.within(amount, left)
    }

    /// The same of what somebody else bounds.
    pub(crate) fn within(&self, amount: Money, most: u64) -> Result<u64, OrderRefusal> {
        if amount.currency != self.currency {
            return Err(OrderRefusal::CurrencyDiffers { currency: self.currency });
        }
        if amount.minor == 0 {
            return Err(OrderRefusal::NoAmount);
        }
        if amount.minor > most {
            return Err(OrderRefusal::MoreThanLeft { left: self.money(most) });
        }
        Ok(amount.minor)
    }

    pub(crate) fn begun(
        &self,
        (kind, state): (RefundKind, RefundState),
        amount: u64,
        by: By,
        inquiry: InquiryId,
        now: Timestamp,
    ) -> Refund {
        Refund {
            number: self.refunds.last().map_or(1, |refund| refund.number + 1),
            kind,
            amount,
            reason: RefundReason::Late,
            detail: None,
            state,
            inquiry,
            by,
            at: now,
            changed_at: now,
            consent: None,
            rejection: None,
            payer: super::Payer::default(),
            execution: Execution::default(),
            changes: 0,
        }
    }

    pub(crate) fn with(&self, refund: Refund, step: RefundStep, now: Timestamp) -> OrderChange {
        let mut after = self.clone();
        let (number, amount) = (refund.number, self.money(refund.amount));
        let (by, inquiry) = (refund.by.clone(), refund.inquiry.clone());
        after.refunds.push(refund);
        OrderChange::to(after).record(by, now, Some(&inquiry), OrderEvent::Refund { number, amount, step })
    }
}
