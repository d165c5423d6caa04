//! What staff see of an order (SPEC §10.2). Amounts within an order are minor units of its currency.

mod entry;
mod reverse;
mod rows;

pub use entry::{OrderEntryView, OrderEventView, ProofView};
pub use reverse::{RefundView, ReturnView, ReturnedItemView, payer_word};
pub use rows::{OrderRowView, RefundRowView};

use domain::actor::CustomerKind;
use domain::money::{Currency, MOST_MINOR, Money};
use domain::order::{Delay, Item, Order, Standing, Tracking};
use domain::order_event::OrderEntry;
use domain::shop::Shop;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::my_order::ArrivalView;
use super::{CustomerView, Moment};
use crate::http::Fields;
use crate::problem::FieldCode;
use crate::word::{PaymentMethodWord, Word};

/// An amount of money in whole minor units: `{"minor": 128000, "currency": "TWD"}` is NT$1,280.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Money)]
#[serde(deny_unknown_fields)]
pub struct MoneyView {
    /// In the currency's smallest unit.
    pub minor: u64,
    /// ISO 4217.
    pub currency: String,
}

/// Something that was bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = OrderItem)]
pub struct OrderItemView {
    /// The storefront's id of the product.
    pub product: String,
    /// Its title.
    pub title: String,
    /// How many.
    pub quantity: u32,
    /// What one of them costs.
    pub unit_price: u64,
    /// Whether it may be returned without a reason within 7 days of delivery.
    pub returnable: bool,
}

/// How a parcel can be followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Tracking)]
pub struct TrackingView {
    /// Who carries it.
    pub carrier: String,
    /// Under which number.
    pub number: String,
}

/// A later date, agreed or proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Delay)]
pub struct DelayView {
    /// The last day, `2026-12-01`.
    pub date: String,
    /// What was agreed besides.
    pub terms: String,
    /// The inquiry in which it was.
    pub inquiry: String,
}

/// An order, without its timeline.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Order)]
pub struct OrderView {
    /// The storefront's number.
    pub number: String,
    /// The number of its last entry; name it in `If-Match`.
    pub version: u32,
    /// Who bought.
    pub customer: CustomerView,
    /// What was bought.
    pub items: Vec<OrderItemView>,
    /// The currency of every amount of it.
    pub currency: String,
    /// What it costs in all.
    pub total: u64,
    /// The part of it that is shipping.
    pub shipping: u64,
    /// What was paid.
    pub paid: u64,
    /// What went back.
    pub refunded: u64,
    /// What is left to refund.
    pub left: u64,
    /// How it is paid.
    #[schema(inline)]
    pub payment_method: PaymentMethodWord,
    /// When it was placed.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Moment,
    /// When it was paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub paid_at: Option<Moment>,
    /// Within how many days it is to be shipped.
    pub days_to_ship: u32,
    /// The last second in which it is shipped in time.
    #[schema(value_type = String, format = DateTime)]
    pub ship_by: Moment,
    /// The same as it was promised at first.
    #[schema(value_type = String, format = DateTime)]
    pub promised_ship_by: Moment,
    /// When it should have arrived.
    #[schema(value_type = String, format = DateTime)]
    pub latest_delivery: Moment,
    /// Whether it is to be shipped and late.
    pub overdue: bool,
    /// `to_ship`, `shipped` or `ended`.
    pub standing: &'static str,
    /// When it left.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub shipped_at: Option<Moment>,
    /// When it arrived.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub delivered_at: Option<Moment>,
    /// How it can be followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking: Option<TrackingView>,
    /// What the storefront noted for the merchant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merchant_note: Option<String>,
    /// When it was cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub cancelled_at: Option<Moment>,
    /// The later date that the customer agreed to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delay: Option<DelayView>,
    /// A later date that the customer was asked to agree to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposed_delay: Option<DelayView>,
    /// When money arrives that goes back the way it was paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrival: Option<ArrivalView>,
    /// Whether its buyer may be written to first.
    pub may_contact: bool,
    /// Whether a tracking number is refused: cancelled or refunded in full.
    pub closed_to_shipping: bool,
    /// Every refund, in order.
    pub refunds: Vec<RefundView>,
    /// Every return and exchange, in order.
    pub returns: Vec<ReturnView>,
}

/// What a command of staff did to an order.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OrderChanged {
    /// The order after it.
    pub order: OrderView,
    /// What it added to the timeline.
    pub entries: Vec<OrderEntryView>,
}

impl From<Money> for MoneyView {
    fn from(money: Money) -> Self {
        Self { minor: money.minor, currency: money.currency.code().to_owned() }
    }
}

impl MoneyView {
    /// The amount, if its currency is one and it is not beyond all bounds.
    pub fn checked(&self, field: &str, fields: &mut Fields) -> Option<Money> {
        let currency = Currency::parse(&self.currency);
        if currency.is_err() {
            fields.wrong(&format!("{field}.currency"), FieldCode::UnknownValue);
        }
        if self.minor > MOST_MINOR {
            fields.wrong(&format!("{field}.minor"), FieldCode::TooLargeNumber);
            return None;
        }
        Some(Money { minor: self.minor, currency: currency.ok()? })
    }
}

impl From<&Item> for OrderItemView {
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

impl From<&Tracking> for TrackingView {
    fn from(tracking: &Tracking) -> Self {
        Self { carrier: tracking.carrier.clone(), number: tracking.number.clone() }
    }
}

impl From<&Delay> for DelayView {
    fn from(delay: &Delay) -> Self {
        let (date, terms) = (delay.date.to_string(), delay.terms.clone());
        Self { date, terms, inquiry: delay.inquiry.to_string() }
    }
}

/// The word of where an order stands.
pub const fn standing_word(standing: Standing) -> &'static str {
    match standing {
        Standing::ToShip => "to_ship",
        Standing::Shipped => "shipped",
        Standing::Ended => "ended",
    }
}

impl OrderView {
    /// What staff of the shop see.
    pub fn of(order: &Order, shop: &Shop, now: Timestamp) -> Self {
        let customer = &order.customer;
        Self {
            number: order.number.to_string(),
            version: order.version,
            customer: CustomerView {
                kind: if customer.kind == CustomerKind::Guest { "guest" } else { "member" },
                name: customer.name.clone(),
                email: customer.email.clone(),
                phone: customer.phone.clone(),
            },
            items: order.items.iter().map(OrderItemView::from).collect(),
            currency: order.currency.code().to_owned(),
            total: order.total,
            shipping: order.shipping,
            paid: order.paid,
            refunded: order.refunded(),
            left: order.left(),
            payment_method: Word(order.payment_method),
            created_at: Moment(order.created_at),
            paid_at: order.paid_at.map(Moment),
            days_to_ship: order.days_to_ship,
            ship_by: Moment(order.ship_by(shop)),
            promised_ship_by: Moment(order.promised_ship_by(shop)),
            latest_delivery: Moment(order.latest_delivery(shop)),
            overdue: order.overdue(shop, now),
            standing: standing_word(order.standing()),
            shipped_at: order.shipped_at.map(Moment),
            delivered_at: order.delivered_at.map(Moment),
            tracking: order.tracking.as_ref().map(TrackingView::from),
            merchant_note: order.merchant_note.clone(),
            cancelled_at: order.cancelled_at.map(Moment),
            delay: order.delay.as_ref().map(DelayView::from),
            proposed_delay: order.proposed_delay.as_ref().map(DelayView::from),
            arrival: shop.arrival(order.payment_method).map(ArrivalView::from),
            may_contact: order.may_contact(now),
            closed_to_shipping: order.closed_to_shipping(),
            refunds: order.refunds.iter().map(|refund| RefundView::of(order, refund, shop)).collect(),
            returns: order.returns.iter().map(|it| ReturnView::of(order, it)).collect(),
        }
    }
}

impl OrderChanged {
    /// What staff of the shop see of a command that was carried out.
    pub fn of(order: &Order, entries: &[OrderEntry], shop: &Shop, now: Timestamp) -> Self {
        let entry = |entry: &OrderEntry| OrderEntryView::of(entry, order, shop);
        Self { order: OrderView::of(order, shop, now), entries: entries.iter().map(entry).collect() }
    }
}
