//! Returns and exchanges (SPEC §10.10): requested → pick-up arranged → received → refunded, or a replacement
//! shipped. The shop arranges the pick-up and bears all its cost; each step is told to the customer.

mod goods;

use jiff::{SignedDuration, Timestamp};

use crate::actor::{Agent, By};
use crate::deadline::after;
use crate::ids::InquiryId;
use crate::labels::RefundReason;
use crate::labels::ReturnKind;
use crate::money::Money;
use crate::order::{Order, OrderChange, Tracking};
use crate::order_event::{Consent, OrderEvent, RefundStep, ReturnStep, by};
use crate::refund::{Refund, RefundKind, RefundState};
use crate::refusal::OrderRefusal;
use crate::shop::Shop;

/// From delivery on a return needs no reason where the products allow it (SPEC §10.10).
pub const WITHOUT_REASON: SignedDuration = SignedDuration::from_hours(7 * 24);
/// The most returns of an order.
pub const MOST_RETURNS: usize = 20;

/// A return or an exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Return {
    /// Its number within the order, from 1.
    pub number: u32,
    /// Returned for money, or exchanged.
    pub kind: ReturnKind,
    /// What goes back.
    pub items: Vec<ReturnedItem>,
    /// Why, in words.
    pub reason: Option<String>,
    /// Where it stands.
    pub state: ReturnState,
    /// The inquiry that it is talked about in.
    pub inquiry: InquiryId,
    /// When it was asked for.
    pub at: Timestamp,
    /// When it last changed.
    pub changed_at: Timestamp,
    /// Why it was rejected.
    pub rejection: Option<String>,
    /// When and by whom it is picked up.
    pub pick_up: Option<String>,
    /// The refund for it.
    pub refund: Option<u32>,
    /// How the replacement can be followed.
    pub replacement: Option<Tracking>,
}

/// Something that goes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnedItem {
    /// The storefront's id of the product.
    pub product: String,
    /// How many.
    pub quantity: u32,
}

/// Where a return stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReturnState {
    /// The shop decides.
    Requested,
    /// The shop takes it back.
    Accepted,
    /// The shop does not.
    Rejected,
    /// Nobody wants it any more.
    Withdrawn,
    /// The pick-up is arranged.
    PickUpArranged,
    /// The goods are back.
    Received,
    /// The money is on its way.
    Refunded,
    /// The replacement left.
    Replaced,
}

impl ReturnState {
    /// Every state; stored as places in this list.
    pub const ALL: &'static [Self] = &[
        Self::Requested,
        Self::Accepted,
        Self::Rejected,
        Self::Withdrawn,
        Self::PickUpArranged,
        Self::Received,
        Self::Refunded,
        Self::Replaced,
    ];

    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::PickUpArranged => "pick_up_arranged",
            Self::Received => "received",
            Self::Refunded => "refunded",
            Self::Replaced => "replaced",
        }
    }

    /// Whether something is still to come.
    pub const fn in_progress(self) -> bool {
        matches!(self, Self::Requested | Self::Accepted | Self::PickUpArranged | Self::Received)
    }
}

/// What is to go back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnWish {
    /// For money, or for another.
    pub kind: ReturnKind,
    /// What.
    pub items: Vec<ReturnedItem>,
    /// Why, in words.
    pub reason: Option<String>,
    /// The inquiry that it opens or joins.
    pub inquiry: InquiryId,
}

impl Order {
    /// The customer asks, or an agent opens it for them.
    ///
    /// # Errors
    /// [`OrderRefusal::NotShipped`], [`OrderRefusal::ReturnOpen`], [`OrderRefusal::NoSuchItem`],
    /// [`OrderRefusal::ReasonTooShort`] where a reason is needed: [`Order::needs_reason_to_return`].
    pub fn request_return(
        &self,
        who: By,
        wish: ReturnWish,
        now: Timestamp,
    ) -> Result<OrderChange, OrderRefusal> {
        if self.shipped_at.is_none() {
            return Err(OrderRefusal::NotShipped);
        }
        if self.returns.len() >= MOST_RETURNS || self.returns.iter().any(|it| it.state.in_progress()) {
            return Err(OrderRefusal::ReturnOpen);
        }
        self.returnable(&wish.items)?;
        let reason = match wish.reason.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) if self.needs_reason_to_return(&wish.items, now) => {
                Some(crate::refund::clear_reason(text)?)
            }
            Some(text) => Some(text.to_owned()),
            None if self.needs_reason_to_return(&wish.items, now) => {
                return Err(OrderRefusal::ReasonTooShort);
            }
            None => None,
        };
        let number = self.returns.last().map_or(1, |it| it.number + 1);
        let (kind, inquiry) = (wish.kind, wish.inquiry);
        let mut after = self.clone();
        after.returns.push(Return {
            number,
            kind,
            items: wish.items,
            reason: reason.clone(),
            state: ReturnState::Requested,
            inquiry: inquiry.clone(),
            at: now,
            changed_at: now,
            rejection: None,
            pick_up: None,
            refund: None,
            replacement: None,
        });
        let event = OrderEvent::Return { number, kind, step: ReturnStep::Requested { reason } };
        Ok(OrderChange::to(after).record(who, now, Some(&inquiry), event))
    }

    /// Whether returning these needs a reason: not within 7 days of delivery where each product allows it.
    pub fn needs_reason_to_return(&self, items: &[ReturnedItem], now: Timestamp) -> bool {
        let in_time = self.delivered_at.is_some_and(|at| now < after(at, WITHOUT_REASON));
        let allowed = |wanted: &ReturnedItem| {
            self.items.iter().any(|item| item.product == wanted.product && item.returnable)
        };
        !(in_time && items.iter().all(allowed))
    }

    /// The shop takes it back.
    ///
    /// # Errors
    /// [`OrderRefusal::ReturnElsewhere`] names where it stands, [`OrderRefusal::NoSuchReturn`].
    pub fn accept_return(
        &self,
        agent: &Agent,
        number: u32,
        now: Timestamp,
    ) -> Result<OrderChange, OrderRefusal> {
        self.stands(number, &[ReturnState::Requested])?;
        Ok(self
            .moved(number, by(&agent.id), ReturnStep::Accepted, now, |it| it.state = ReturnState::Accepted))
    }

    /// The shop does not take it back, and says why.
    ///
    /// # Errors
    /// [`OrderRefusal::ReasonTooShort`], and as [`Order::accept_return`].
    pub fn reject_return(
        &self,
        agent: &Agent,
        (number, reason): (u32, &str),
        now: Timestamp,
    ) -> Result<OrderChange, OrderRefusal> {
        self.stands(number, &[ReturnState::Requested])?;
        let reason = crate::refund::clear_reason(reason)?;
        let step = ReturnStep::Rejected { reason: reason.clone() };
        Ok(self.moved(number, by(&agent.id), step, now, |it| {
            it.state = ReturnState::Rejected;
            it.rejection = Some(reason);
        }))
    }

    /// The customer, or the shop for them, takes it back before the goods are. What is only asked for the
    /// shop rejects, with a reason.
    ///
    /// # Errors
    /// As [`Order::accept_return`].
    pub fn withdraw_return(&self, who: By, number: u32, now: Timestamp) -> Result<OrderChange, OrderRefusal> {
        let all = [ReturnState::Accepted, ReturnState::PickUpArranged, ReturnState::Requested];
        let theirs = if who == By::Customer { &all[..] } else { &all[..2] };
        self.stands(number, theirs)?;
        Ok(self.moved(number, who, ReturnStep::Withdrawn, now, |it| it.state = ReturnState::Withdrawn))
    }

    /// The pick-up is arranged, at the shop's cost; again, where it has to be arranged anew.
    ///
    /// # Errors
    /// As [`Order::accept_return`].
    pub fn arrange_pick_up(
        &self,
        agent: &Agent,
        (number, details): (u32, &str),
        now: Timestamp,
    ) -> Result<OrderChange, OrderRefusal> {
        self.stands(number, &[ReturnState::Accepted, ReturnState::PickUpArranged])?;
        let details = details.to_owned();
        let step = ReturnStep::PickUpArranged { details: details.clone() };
        Ok(self.moved(number, by(&agent.id), step, now, |it| {
            it.state = ReturnState::PickUpArranged;
            it.pick_up = Some(details);
        }))
    }

    /// The goods are back.
    ///
    /// # Errors
    /// As [`Order::accept_return`].
    pub fn receive_return(
        &self,
        agent: &Agent,
        number: u32,
        now: Timestamp,
    ) -> Result<OrderChange, OrderRefusal> {
        self.stands(number, &[ReturnState::Accepted, ReturnState::PickUpArranged])?;
        Ok(self
            .moved(number, by(&agent.id), ReturnStep::Received, now, |it| it.state = ReturnState::Received))
    }

    /// The money for what came back; less than it cost only with the customer's consent.
    ///
    /// # Errors
    /// [`OrderRefusal::ConsentNeeded`] for less than the goods cost, the refusals of an amount, and as
    /// [`Order::accept_return`].
    pub fn refund_return(
        &self,
        shop: &Shop,
        agent: &Agent,
        (number, amount, proof): (u32, Money, Option<Consent>),
        now: Timestamp,
    ) -> Result<OrderChange, OrderRefusal> {
        let returned = self.stands(number, &[ReturnState::Received])?;
        let amount = self.checked(amount)?;
        let worth = self.worth(returned).min(self.left());
        if amount < worth && proof.is_none() {
            return Err(OrderRefusal::ConsentNeeded);
        }
        let inquiry = returned.inquiry.clone();
        let kind = (RefundKind::Return(number), RefundState::Approved);
        let begun = self.begun(kind, amount, by(&agent.id), inquiry, now);
        let reason = RefundReason::Return;
        let refund = Refund { reason, consent: proof.clone(), ..begun };
        let refund_number = refund.number;
        let change = self.with(refund, RefundStep::Approved { reason, detail: None, proof }, now);
        let change = change.handed_to_payer(shop, refund_number, now);
        let step = ReturnStep::Refunded { refund: refund_number };
        let done = change.after.moved(number, by(&agent.id), step, now, |it| {
            it.state = ReturnState::Refunded;
            it.refund = Some(refund_number);
        });
        Ok(OrderChange { after: done.after, entries: [change.entries, done.entries].concat() })
    }

    /// The replacement left the shop.
    ///
    /// # Errors
    /// As [`Order::accept_return`]; [`OrderRefusal::NotAnExchange`].
    pub fn ship_replacement(
        &self,
        agent: &Agent,
        (number, tracking): (u32, Tracking),
        now: Timestamp,
    ) -> Result<OrderChange, OrderRefusal> {
        let returned = self.stands(number, &[ReturnState::Received])?;
        if returned.kind != ReturnKind::Exchange {
            return Err(OrderRefusal::NotAnExchange);
        }
        let step =
            ReturnStep::Replaced { carrier: tracking.carrier.clone(), tracking: tracking.number.clone() };
        Ok(self.moved(number, by(&agent.id), step, now, |it| {
            it.state = ReturnState::Replaced;
            it.replacement = Some(tracking);
        }))
    }

    fn stands(&self, number: u32, allowed: &[ReturnState]) -> Result<&Return, OrderRefusal> {
        let returned = self.returned(number).ok_or(OrderRefusal::NoSuchReturn)?;
        if allowed.contains(&returned.state) {
            Ok(returned)
        } else {
            Err(OrderRefusal::ReturnElsewhere { state: returned.state })
        }
    }

    fn moved(
        &self,
        number: u32,
        who: By,
        step: ReturnStep,
        now: Timestamp,
        change: impl FnOnce(&mut Return),
    ) -> OrderChange {
        let mut order = OrderChange::to(self.clone());
        let now = now.max(self.changed_at);
        let Some(returned) = order.after.returns.iter_mut().find(|it| it.number == number) else {
            return order;
        };
        change(returned);
        returned.changed_at = now;
        let (kind, inquiry) = (returned.kind, returned.inquiry.clone());
        order.record(who, now, Some(&inquiry), OrderEvent::Return { number, kind, step })
    }
}

#[cfg(test)]
mod tests;
