//! What a list shows of an order: carried by the indexes, so that a page is one read.

use domain::ids::OrderNumber;
use domain::labels::PaymentMethod;
use domain::money::Currency;
use domain::order::{Item, Order, Standing};
use domain::refund::{Refund, RefundState};
use domain::returning::ReturnState;
use domain::text::excerpt;
use jiff::Timestamp;
use minicbor::{Decode, Encode};

use super::order::currency;
use super::{code, decode, decoded, encode, time, times};
use crate::failure::Failure;

/// Bytes of the customer's name that a list shows.
pub(super) const NAME_BYTES: usize = 30;
/// Bytes of what was bought that a list shows.
const ITEMS_BYTES: usize = 60;
/// Where orders stand, by stored places.
pub(super) const STANDINGS: [Standing; 3] = [Standing::ToShip, Standing::Shipped, Standing::Ended];
/// States in progress, the one that a person should see first before the others.
const URGENCY: [RefundState; 6] = [
    RefundState::Requested,
    RefundState::Proposed,
    RefundState::Failed,
    RefundState::Unknown,
    RefundState::Executing,
    RefundState::Approved,
];

/// One order in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderRow {
    /// Which one.
    pub number: OrderNumber,
    /// Its version.
    pub version: u32,
    /// The customer's name, cut.
    pub customer: String,
    /// What was bought, cut: `烏龍茶 ×2, 杯子`.
    pub items: String,
    /// The currency of its total.
    pub currency: Currency,
    /// What it costs in all, in minor units.
    pub total: u64,
    /// Where it stands.
    pub standing: Standing,
    /// When it was placed.
    pub created_at: Timestamp,
    /// The last instant at which it is shipped in time.
    pub ship_by: Timestamp,
    /// When it left the shop.
    pub shipped_at: Option<Timestamp>,
    /// How it is paid.
    pub payment_method: PaymentMethod,
    /// Whether somebody has to look at a refund of it.
    pub attention: bool,
    /// Where the most urgent of its refunds in progress stands.
    pub refund: Option<RefundState>,
    /// Where its return in progress stands.
    pub returned: Option<ReturnState>,
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct OrderRowItem {
    #[n(0)]
    version: u32,
    #[n(1)]
    customer: String,
    #[n(2)]
    items: String,
    #[n(3)]
    currency: String,
    #[n(4)]
    total: u64,
    #[n(5)]
    standing: u8,
    #[n(6)]
    created_at: i64,
    #[n(7)]
    ship_by: i64,
    #[n(8)]
    shipped_at: Option<i64>,
    #[n(9)]
    payment_method: u8,
    #[n(10)]
    attention: Option<bool>,
    #[n(11)]
    refund: Option<u8>,
    #[n(12)]
    returned: Option<u8>,
}

impl OrderRow {
    /// What a list shows of the order; when it is to be shipped depends on the shop, too.
    pub fn of(order: &Order, ship_by: Timestamp) -> Self {
        let in_progress = order.returns.iter().map(|it| it.state).find(|state| state.in_progress());
        Self {
            number: order.number.clone(),
            version: order.version,
            customer: excerpt(&order.customer.name, NAME_BYTES),
            items: bought(&order.items),
            currency: order.currency,
            total: order.total,
            standing: order.standing(),
            created_at: order.created_at,
            ship_by,
            shipped_at: order.shipped_at,
            payment_method: order.payment_method,
            attention: order.refunds.iter().any(Refund::needs_attention),
            refund: most_urgent(&order.refunds),
            returned: in_progress,
        }
    }

    /// Whether it is to be shipped and its time has passed.
    pub fn overdue(&self, now: Timestamp) -> bool {
        self.standing == Standing::ToShip && now > self.ship_by
    }

    /// As it is stored.
    pub fn encode(&self) -> Vec<u8> {
        encode(&OrderRowItem {
            version: self.version,
            customer: self.customer.clone(),
            items: self.items.clone(),
            currency: self.currency.code().to_owned(),
            total: self.total,
            standing: code(&STANDINGS, &self.standing),
            created_at: self.created_at.as_millisecond(),
            ship_by: self.ship_by.as_millisecond(),
            shipped_at: self.shipped_at.map(Timestamp::as_millisecond),
            payment_method: code(PaymentMethod::ALL, &self.payment_method),
            attention: Some(true).filter(|_| self.attention),
            refund: self.refund.as_ref().map(|state| code(RefundState::ALL, state)),
            returned: self.returned.as_ref().map(|state| code(ReturnState::ALL, state)),
        })
    }

    /// From what is stored.
    ///
    /// # Errors
    /// [`Failure::Unreadable`].
    pub fn decode(number: OrderNumber, bytes: &[u8]) -> Result<Self, Failure> {
        let item: OrderRowItem = decode(bytes)?;
        Ok(Self {
            number,
            version: item.version,
            customer: item.customer,
            items: item.items,
            currency: currency(&item.currency)?,
            total: item.total,
            standing: decoded(&STANDINGS, item.standing)?,
            created_at: time(item.created_at)?,
            ship_by: time(item.ship_by)?,
            shipped_at: times(item.shipped_at)?,
            payment_method: decoded(PaymentMethod::ALL, item.payment_method)?,
            attention: item.attention.unwrap_or_default(),
            refund: item.refund.map(|place| decoded(RefundState::ALL, place)).transpose()?,
            returned: item.returned.map(|place| decoded(ReturnState::ALL, place)).transpose()?,
        })
    }
}

/// What was bought, in one short line; one of a thing goes without saying.
fn bought(items: &[Item]) -> String {
    let words = items.iter().map(|item| match item.quantity {
        1 => item.title.clone(),
        many => format!("{} ×{many}", item.title),
    });
    excerpt(&words.collect::<Vec<_>>().join(", "), ITEMS_BYTES)
}

/// Of the refunds in progress one that somebody has to look at, else the one that waits for a decision,
/// else the one that is least far.
fn most_urgent(refunds: &[Refund]) -> Option<RefundState> {
    let in_progress = refunds.iter().filter(|refund| refund.state.in_progress());
    let urgency = |refund: &&Refund| (!refund.needs_attention(), code(&URGENCY, &refund.state));
    in_progress.min_by_key(urgency).map(|refund| refund.state)
}
