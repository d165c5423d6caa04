//! An order as it is stored: one item with its refunds and returns, so that what money depends on is one
//! conditional write, and with the newest part of its timeline inside.

use domain::actor::{Customer, CustomerKind};
use domain::ids::{CustomerKey, OrderNumber, ShopId};
use domain::labels::PaymentMethod;
use domain::money::Currency;
use domain::order::{Delay, Item, Order, Tracking};
use domain::order_event::OrderEntry;
use domain::refund::Refund;
use domain::returning::Return;
use jiff::Timestamp;
use jiff::civil::Date;
use minicbor::{Decode, Encode};

use super::entry::inquiry;
use super::order_entry::OrderEntryItem;
use super::refund::RefundItem;
use super::returned::ReturnItem;
use super::{CommandKey, code, decode, decoded, encode, time, times, unreadable};
use crate::failure::Failure;

/// How the item's document is laid out; a reader upgrades what is older.
const FORMAT: u8 = 1;

/// An order and all that is stored with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderRecord {
    /// Where it stands.
    pub order: Order,
    /// The newest entries of its timeline, oldest first; older ones are on pages.
    pub entries: Vec<OrderEntry>,
    /// The last commands, so that a repeated one is recognised.
    pub commands: Vec<CommandKey>,
    /// How many pages hold older entries.
    pub pages: u32,
    /// How often the item was written: what a write is conditional on.
    pub writes: u64,
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct Document {
    #[n(0)]
    format: u8,
    #[n(1)]
    customer: String,
    #[n(2)]
    guest: bool,
    #[n(3)]
    name: String,
    #[n(4)]
    email: String,
    #[n(5)]
    phone: Option<String>,
    #[n(6)]
    items: Vec<BoughtItem>,
    #[n(7)]
    currency: String,
    #[n(8)]
    total: u64,
    #[n(9)]
    shipping: u64,
    #[n(10)]
    paid: u64,
    #[n(11)]
    payment_method: u8,
    #[n(12)]
    created_at: i64,
    #[n(13)]
    paid_at: Option<i64>,
    #[n(14)]
    days_to_ship: u32,
    #[n(15)]
    shipped_at: Option<i64>,
    #[n(16)]
    delivered_at: Option<i64>,
    #[n(17)]
    tracking: Option<TrackingItem>,
    #[n(18)]
    merchant_note: Option<String>,
    #[n(19)]
    cancelled_at: Option<i64>,
    #[n(20)]
    delay: Option<DelayItem>,
    #[n(21)]
    proposed_delay: Option<DelayItem>,
    #[n(22)]
    delay_raised: bool,
    #[n(23)]
    refunds: Vec<RefundItem>,
    #[n(24)]
    returns: Vec<ReturnItem>,
    #[n(25)]
    source_version: u64,
    #[n(26)]
    changed_at: i64,
    #[n(27)]
    version: u32,
    #[n(28)]
    entries: Vec<OrderEntryItem>,
    #[n(29)]
    commands: Vec<CommandKey>,
    #[n(30)]
    pages: u32,
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct BoughtItem {
    #[n(0)]
    product: String,
    #[n(1)]
    title: String,
    #[n(2)]
    quantity: u32,
    #[n(3)]
    unit_price: u64,
    #[n(4)]
    returnable: bool,
}

#[derive(Encode, Decode)]
#[cbor(array)]
pub(super) struct TrackingItem {
    #[n(0)]
    carrier: String,
    #[n(1)]
    number: String,
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct DelayItem {
    #[n(0)]
    date: String,
    #[n(1)]
    terms: String,
    #[n(2)]
    inquiry: String,
}

impl OrderRecord {
    /// One that is not stored yet.
    pub fn new(order: Order) -> Self {
        Self { order, entries: Vec::new(), commands: Vec::new(), pages: 0, writes: 0 }
    }

    /// The document as it is stored; shop, number and writes are stored beside it.
    pub fn encode(&self) -> Vec<u8> {
        let it = &self.order;
        encode(&Document {
            format: FORMAT,
            customer: it.customer.key.to_string(),
            guest: it.customer.kind == CustomerKind::Guest,
            name: it.customer.name.clone(),
            email: it.customer.email.clone(),
            phone: it.customer.phone.clone(),
            items: it.items.iter().map(BoughtItem::from).collect(),
            currency: it.currency.code().to_owned(),
            total: it.total,
            shipping: it.shipping,
            paid: it.paid,
            payment_method: code(PaymentMethod::ALL, &it.payment_method),
            created_at: it.created_at.as_millisecond(),
            paid_at: it.paid_at.map(Timestamp::as_millisecond),
            days_to_ship: it.days_to_ship,
            shipped_at: it.shipped_at.map(Timestamp::as_millisecond),
            delivered_at: it.delivered_at.map(Timestamp::as_millisecond),
            tracking: it.tracking.as_ref().map(TrackingItem::from),
            merchant_note: it.merchant_note.clone(),
            cancelled_at: it.cancelled_at.map(Timestamp::as_millisecond),
            delay: it.delay.as_ref().map(DelayItem::from),
            proposed_delay: it.proposed_delay.as_ref().map(DelayItem::from),
            delay_raised: it.delay_raised,
            refunds: it.refunds.iter().map(RefundItem::from).collect(),
            returns: it.returns.iter().map(ReturnItem::from).collect(),
            source_version: it.source_version,
            changed_at: it.changed_at.as_millisecond(),
            version: it.version,
            entries: self.entries.iter().map(OrderEntryItem::from).collect(),
            commands: self.commands.clone(),
            pages: self.pages,
        })
    }

    /// From what is stored: the document, and what stands beside it.
    ///
    /// # Errors
    /// [`Failure::Unreadable`].
    pub fn decode(shop: ShopId, number: OrderNumber, writes: u64, bytes: &[u8]) -> Result<Self, Failure> {
        let doc: Document = decode(bytes)?;
        if doc.format != FORMAT {
            return Err(unreadable(format!("format {} is newer than this program", doc.format)));
        }
        let kind = if doc.guest { CustomerKind::Guest } else { CustomerKind::Member };
        let customer = Customer {
            key: CustomerKey::parse(&doc.customer).map_err(|error| unreadable(error.to_string()))?,
            kind,
            name: doc.name,
            email: doc.email,
            phone: doc.phone,
        };
        let order = Order {
            shop,
            number,
            customer,
            items: doc.items.into_iter().map(Item::from).collect(),
            currency: currency(&doc.currency)?,
            total: doc.total,
            shipping: doc.shipping,
            paid: doc.paid,
            payment_method: decoded(PaymentMethod::ALL, doc.payment_method)?,
            created_at: time(doc.created_at)?,
            paid_at: times(doc.paid_at)?,
            days_to_ship: doc.days_to_ship,
            shipped_at: times(doc.shipped_at)?,
            delivered_at: times(doc.delivered_at)?,
            tracking: doc.tracking.map(Tracking::from),
            merchant_note: doc.merchant_note,
            cancelled_at: times(doc.cancelled_at)?,
            delay: doc.delay.map(Delay::try_from).transpose()?,
            proposed_delay: doc.proposed_delay.map(Delay::try_from).transpose()?,
            delay_raised: doc.delay_raised,
            refunds: doc.refunds.into_iter().map(Refund::try_from).collect::<Result<_, _>>()?,
            returns: doc.returns.into_iter().map(Return::try_from).collect::<Result<_, _>>()?,
            source_version: doc.source_version,
            changed_at: time(doc.changed_at)?,
            version: doc.version,
        };
        let entries = doc.entries.into_iter().map(OrderEntry::try_from).collect::<Result<_, _>>()?;
        Ok(Self { order, entries, commands: doc.commands, pages: doc.pages, writes })
    }
}

/// A page of older entries as it is stored.
pub(in crate::store) fn encode_order_page(entries: &[OrderEntry]) -> Vec<u8> {
    encode(&entries.iter().map(OrderEntryItem::from).collect::<Vec<_>>())
}

/// The entries of a stored page, oldest first.
pub(in crate::store) fn decode_order_page(bytes: &[u8]) -> Result<Vec<OrderEntry>, Failure> {
    decode::<Vec<OrderEntryItem>>(bytes)?.into_iter().map(OrderEntry::try_from).collect()
}

pub(super) fn currency(code: &str) -> Result<Currency, Failure> {
    Currency::parse(code).map_err(|error| unreadable(error.to_string()))
}

/// A day of the shop's calendar, from its text: `2026-11-25`.
pub(super) fn date(text: &str) -> Result<Date, Failure> {
    text.parse().map_err(|error: jiff::Error| unreadable(error.to_string()))
}

impl From<&Item> for BoughtItem {
    fn from(item: &Item) -> Self {
        Self {
            product: item.product.clone(),
            title: item.title.clone(),
            quantity: item.quantity,
            unit_price: item.unit_price,
            returnable: item.returnable,
        }
    }
}

impl From<BoughtItem> for Item {
    fn from(item: BoughtItem) -> Self {
        Self {
            product: item.product,
            title: item.title,
            quantity: item.quantity,
            unit_price: item.unit_price,
            returnable: item.returnable,
        }
    }
}

impl From<&Tracking> for TrackingItem {
    fn from(tracking: &Tracking) -> Self {
        Self { carrier: tracking.carrier.clone(), number: tracking.number.clone() }
    }
}

impl From<TrackingItem> for Tracking {
    fn from(item: TrackingItem) -> Self {
        Self { carrier: item.carrier, number: item.number }
    }
}

impl From<&Delay> for DelayItem {
    fn from(delay: &Delay) -> Self {
        Self { date: delay.date.to_string(), terms: delay.terms.clone(), inquiry: delay.inquiry.to_string() }
    }
}

impl TryFrom<DelayItem> for Delay {
    type Error = Failure;
    fn try_from(item: DelayItem) -> Result<Self, Failure> {
        Ok(Self { date: date(&item.date)?, terms: item.terms, inquiry: inquiry(&item.inquiry)? })
    }
}

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
