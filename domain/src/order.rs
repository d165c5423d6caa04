//! An order of a customer, as the storefront's backend pushed it, and what happened to it since (SPEC §10).
//!
//! Everything that money depends on is in this one value: what was paid, every refund, whether it was
//! shipped. So "never more than was paid" and "shipped or refunded, never both" are conditions of one write.

mod cancelling;
mod delaying;
mod noting;
mod pushing;
mod shipping;

pub use delaying::{Delay, FURTHEST_DELAY_DAYS};
pub use pushing::Pushed;
pub use shipping::Tracking;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::actor::Customer;
use crate::ids::{OrderNumber, ShopId};
use crate::labels::PaymentMethod;
use crate::money::{Currency, Money};
use crate::order_event::OrderEntry;
use crate::refund::{Refund, RefundState};
use crate::returning::Return;
use crate::shop::Shop;

/// Days after its creation in which an agent may contact the buyer (SPEC §2.8).
pub const CONTACT_DAYS: i64 = 60;

/// An order. Its timeline is beside it, not here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The tenant.
    pub shop: ShopId,
    /// The storefront's number.
    pub number: OrderNumber,
    /// Who bought.
    pub customer: Customer,
    /// What was bought.
    pub items: Vec<Item>,
    /// The currency of every amount of it.
    pub currency: Currency,
    /// What it costs in all, shipping included, in minor units.
    pub total: u64,
    /// The part of it that is shipping.
    pub shipping: u64,
    /// What was paid; 0 while it is unpaid, and for cash on delivery until it is delivered.
    pub paid: u64,
    /// How it is paid.
    pub payment_method: PaymentMethod,
    /// When it was placed.
    pub created_at: Timestamp,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// Within how many days it is to be shipped.
    pub days_to_ship: u32,
    /// When it left the shop.
    pub shipped_at: Option<Timestamp>,
    /// When it arrived.
    pub delivered_at: Option<Timestamp>,
    /// How it can be followed.
    pub tracking: Option<Tracking>,
    /// What the storefront noted for the merchant.
    pub merchant_note: Option<String>,
    /// When it was cancelled.
    pub cancelled_at: Option<Timestamp>,
    /// The later date that the customer agreed to, if there is one.
    pub delay: Option<Delay>,
    /// A later date that the customer was asked to agree to.
    pub proposed_delay: Option<Delay>,
    /// Whether the agreed date passed unshipped and was raised.
    pub delay_raised: bool,
    /// Every refund, in order; the first has number 1.
    pub refunds: Vec<Refund>,
    /// Every return and exchange, in order; the first has number 1.
    pub returns: Vec<Return>,
    /// The source's version of the newest push: older ones change nothing.
    pub source_version: u64,
    /// The time of its last entry.
    pub changed_at: Timestamp,
    /// The number of its last entry.
    pub version: u32,
}

/// Something that was bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The storefront's id of the product.
    pub product: String,
    /// Its title.
    pub title: String,
    /// How many.
    pub quantity: u32,
    /// What one of them costs, in minor units.
    pub unit_price: u64,
    /// Whether it may be returned without a reason within 7 days of delivery (SPEC §10.10).
    pub returnable: bool,
}

/// Where an order stands, as lists show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// 待出貨
    ToShip,
    /// 已出貨
    Shipped,
    /// Cancelled, or refunded in full before it was shipped.
    Ended,
}

impl Order {
    /// An amount of this order's money.
    pub fn money(&self, minor: u64) -> Money {
        Money { minor, currency: self.currency }
    }

    /// What refunds have taken or may still take: all but those that were refused or taken back.
    pub fn committed(&self) -> u64 {
        self.refunds.iter().filter(|refund| refund.holds_money()).map(|refund| refund.amount).sum()
    }

    /// What goes back or has gone: it was decided, or the provider says that it paid it all the same.
    pub fn going_back(&self) -> u64 {
        let goes = |refund: &&Refund| refund.state.decided() || refund.execution.contradicted;
        self.refunds.iter().filter(goes).map(|refund| refund.amount).sum()
    }

    /// What has gone back.
    pub fn refunded(&self) -> u64 {
        let settled = self.refunds.iter().filter(|refund| refund.state == RefundState::Succeeded);
        settled.map(|refund| refund.amount).sum()
    }

    /// What is left to refund; all refunds together never exceed what was paid (SPEC §10.6).
    pub fn left(&self) -> u64 {
        self.paid.saturating_sub(self.committed())
    }

    /// Whether a tracking number is refused: cancelled, or all that was paid goes back (SPEC §10.8).
    pub fn closed_to_shipping(&self) -> bool {
        self.cancelled_at.is_some() || (self.paid > 0 && self.going_back() >= self.paid)
    }

    /// Where it stands.
    pub fn standing(&self) -> Standing {
        if self.shipped_at.is_some() {
            Standing::Shipped
        } else if self.closed_to_shipping() {
            Standing::Ended
        } else {
            Standing::ToShip
        }
    }

    /// The last instant at which it is shipped in time (SPEC §10.1, §10.7): the end of a day in the shop's
    /// zone; the agreed later one where there is one. An agreed date is never the earlier of both: a payment
    /// that came after the agreement moves the promise behind it.
    pub fn ship_by(&self, shop: &Shop) -> Timestamp {
        let promised = self.promised_ship_by(shop);
        self.delay.as_ref().map_or(promised, |delay| end_of_day(shop, delay.date).max(promised))
    }

    /// The same without a delay: days to ship after payment; for unpaid and cash on delivery after creation.
    pub fn promised_ship_by(&self, shop: &Shop) -> Timestamp {
        let on_delivery = self.payment_method == PaymentMethod::CashOnDelivery;
        let from = self.paid_at.filter(|_| !on_delivery).unwrap_or(self.created_at);
        let placed = shop.zone().to_datetime(from).date();
        end_of_day(shop, shop.days_later(placed, self.days_to_ship))
    }

    /// When it should have arrived: ship by and the shop's transit days (SPEC §10.1).
    pub fn latest_delivery(&self, shop: &Shop) -> Timestamp {
        let ships = shop.zone().to_datetime(self.ship_by(shop)).date();
        end_of_day(shop, shop.days_later(ships, shop.order_settings.transit_days))
    }

    /// Whether it is to be shipped and its time has passed: from the first instant of the next day on.
    pub fn overdue(&self, shop: &Shop, now: Timestamp) -> bool {
        self.standing() == Standing::ToShip && now > self.ship_by(shop)
    }

    /// Whether an agent may write to its buyer first (SPEC §2.8).
    pub fn may_contact(&self, now: Timestamp) -> bool {
        let days = now.duration_since(self.created_at).as_hours() / 24;
        let last = now.duration_since(self.created_at) == jiff::SignedDuration::from_hours(24 * CONTACT_DAYS);
        days < CONTACT_DAYS || last || self.reverse_flow_in_progress()
    }

    /// Whether a refund or a return of it is in progress.
    pub fn reverse_flow_in_progress(&self) -> bool {
        self.refunds.iter().any(|refund| refund.state.in_progress())
            || self.returns.iter().any(|it| it.state.in_progress())
    }

    /// The refund with that number.
    pub fn refund(&self, number: u32) -> Option<&Refund> {
        self.refunds.iter().find(|refund| refund.number == number)
    }

    /// The return or exchange with that number.
    pub fn returned(&self, number: u32) -> Option<&Return> {
        self.returns.iter().find(|it| it.number == number)
    }
}

/// An order as somebody changed it: the order after, and what happened, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderChange {
    /// The order after it.
    pub after: Order,
    /// What happened; empty when nothing did.
    pub entries: Vec<OrderEntry>,
}

/// The last millisecond of a day on the shop's clocks: time is stored in milliseconds.
fn end_of_day(shop: &Shop, date: Date) -> Timestamp {
    let next = date.tomorrow().unwrap_or(date);
    let begins = next.to_zoned(shop.zone()).map_or(Timestamp::MAX, |begins| begins.timestamp());
    begins.saturating_sub(jiff::SignedDuration::from_millis(1)).unwrap_or(begins)
}

#[cfg(test)]
#[path = "order/tests.rs"]
mod tests;
