//! The storefront's backend pushes an order (SPEC §10.1): the newest version of its source holds, whatever
//! order pushes arrive in, and however often.

use jiff::Timestamp;

use super::{Item, Order, OrderChange, Tracking};
use crate::actor::{By, Customer};
use crate::ids::{OrderNumber, ShopId};
use crate::labels::PaymentMethod;
use crate::money::Currency;
use crate::order_event::{OrderEvent, Withdrawn};
use crate::refusal::OrderRefusal;

/// An order as its source has it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are the order's own fields")]
pub struct Pushed {
    pub customer: Customer,
    pub items: Vec<Item>,
    pub currency: Currency,
    pub total: u64,
    pub shipping: u64,
    pub paid: u64,
    pub payment_method: PaymentMethod,
    pub created_at: Timestamp,
    pub paid_at: Option<Timestamp>,
    pub days_to_ship: u32,
    pub shipped_at: Option<Timestamp>,
    pub delivered_at: Option<Timestamp>,
    pub tracking: Option<Tracking>,
    pub merchant_note: Option<String>,
    pub cancelled_at: Option<Timestamp>,
    /// The source's version or time: only a greater one changes anything.
    pub version: u64,
}

impl Order {
    /// An order that is pushed for the first time.
    pub fn place(shop: ShopId, number: OrderNumber, pushed: Pushed, now: Timestamp) -> OrderChange {
        let order = Self {
            shop,
            number,
            customer: pushed.customer,
            items: pushed.items,
            currency: pushed.currency,
            total: pushed.total,
            shipping: pushed.shipping,
            paid: pushed.paid,
            payment_method: pushed.payment_method,
            created_at: pushed.created_at,
            paid_at: pushed.paid_at,
            days_to_ship: pushed.days_to_ship,
            shipped_at: pushed.shipped_at,
            delivered_at: pushed.delivered_at,
            tracking: pushed.tracking,
            merchant_note: pushed.merchant_note,
            cancelled_at: pushed.cancelled_at,
            delay: None,
            proposed_delay: None,
            delay_raised: false,
            refunds: Vec::new(),
            returns: Vec::new(),
            source_version: pushed.version,
            changed_at: now,
            version: 0,
        };
        OrderChange::to(order).record(By::System, now, None, OrderEvent::Placed)
    }

    /// A push of an order that is there. What an older or the same version says changes nothing. What Kefu
    /// decided stays: a parcel that left has left, a refund is a refund, and what ended does not begin again.
    ///
    /// # Errors
    /// [`OrderRefusal::OrderEnded`] for a parcel of an order that is cancelled or refunded in full, or is
    /// cancelled by the same push; [`OrderRefusal::CurrencyDiffers`], [`OrderRefusal::PaidLessThanRefunded`],
    /// [`OrderRefusal::CustomerDiffers`] once something was agreed with its customer, or is proposed to them.
    pub fn push(&self, pushed: Pushed, now: Timestamp) -> Result<OrderChange, OrderRefusal> {
        if pushed.version <= self.source_version {
            return Ok(OrderChange::to(self.clone()));
        }
        if pushed.currency != self.currency {
            return Err(OrderRefusal::CurrencyDiffers { currency: self.currency });
        }
        if pushed.paid < self.going_back() {
            return Err(OrderRefusal::PaidLessThanRefunded { refunded: self.money(self.going_back()) });
        }
        let later = self.delay.is_some() || self.proposed_delay.is_some();
        let talked_about = !self.refunds.is_empty() || !self.returns.is_empty() || later;
        if pushed.customer.key != self.customer.key && talked_about {
            return Err(OrderRefusal::CustomerDiffers);
        }
        let ships = pushed.shipped_at.is_some() && self.shipped_at.is_none();
        let cancels = pushed.cancelled_at.is_some() && self.cancelled_at.is_none();
        // By what was paid until now: a payment that arrives with the parcel does not re-open anything.
        let ended = self.closed_to_shipping() && self.shipped_at.is_none();
        if (ended && self.hears_of_a_parcel(&pushed)) || (ships && cancels) {
            return Err(OrderRefusal::OrderEnded);
        }
        let after = Self {
            customer: pushed.customer,
            items: pushed.items,
            total: pushed.total,
            shipping: pushed.shipping,
            paid: pushed.paid,
            payment_method: pushed.payment_method,
            created_at: pushed.created_at,
            paid_at: pushed.paid_at,
            days_to_ship: pushed.days_to_ship,
            shipped_at: self.shipped_at.or(pushed.shipped_at),
            delivered_at: pushed.delivered_at.or(self.delivered_at),
            tracking: pushed.tracking.or_else(|| self.tracking.clone()),
            merchant_note: pushed.merchant_note,
            cancelled_at: self.cancelled_at.or(pushed.cancelled_at),
            proposed_delay: self.proposed_delay.clone().filter(|_| !ships && !cancels),
            source_version: pushed.version,
            ..self.clone()
        };
        let mut change = self.pushed_to(after, now);
        // Nor does one that comes later: it stays ended, of which everybody was told before.
        if ended && !change.after.closed_to_shipping() {
            change.after.cancelled_at = Some(now);
        }
        Ok(change)
    }

    /// Whether a push says of a parcel what is not known: that it left or arrived, or how it can be followed.
    fn hears_of_a_parcel(&self, pushed: &Pushed) -> bool {
        let new = |said: Option<Timestamp>, known: Option<Timestamp>| said.is_some() && said != known;
        new(pushed.shipped_at, self.shipped_at)
            || new(pushed.delivered_at, self.delivered_at)
            || (pushed.tracking.is_some() && pushed.tracking != self.tracking)
    }

    /// The steps between what was and what is.
    fn pushed_to(&self, after: Self, now: Timestamp) -> OrderChange {
        let mut events = Vec::new();
        if after.paid_at.is_some() && self.paid_at.is_none() {
            events.push(OrderEvent::Paid);
        }
        let ships = after.shipped_at.is_some() && self.shipped_at.is_none();
        if ships {
            let Tracking { carrier, number } = after.tracking.clone().unwrap_or_default();
            events.push(OrderEvent::Shipped { carrier, tracking: number });
        }
        if after.delivered_at.is_some() && self.delivered_at.is_none() {
            events.push(OrderEvent::Delivered);
        }
        let cancels = after.cancelled_at.is_some() && self.cancelled_at.is_none();
        if cancels {
            events.push(OrderEvent::Cancelled { refunded: false });
        }
        let same = Self { source_version: self.source_version, ..after.clone() } == *self;
        if events.is_empty() && !same {
            events.push(OrderEvent::Updated);
        }
        let mut change = OrderChange::to(after);
        for event in events {
            change = change.record(By::System, now, None, event);
        }
        if ships { change.overtaken(Withdrawn::Shipped, now) } else { change }
    }
}
