//! Keys of orders, their refunds and products.

use domain::ids::{CustomerKey, OrderNumber, ShopId};

use super::{DUE_SHARDS, Index, Key, NOBODY};

/// An order.
pub fn order(shop: &ShopId, number: &OrderNumber) -> Key {
    Key { pk: format!("order#{shop}#{number}"), sk: ORDER.to_owned() }
}

const ORDER: &str = "order";

/// An older part of an order's timeline, by the number of its first entry.
pub fn order_page(shop: &ShopId, number: &OrderNumber, first: u32) -> Key {
    Key { sk: format!("{ORDER_PAGES}{first:08}"), ..order(shop, number) }
}

/// What the sort keys of all pages of an order begin with.
pub const ORDER_PAGES: &str = "page#";

/// What the list of refunds shows of one.
pub fn refund_row(shop: &ShopId, number: &OrderNumber, refund: u32) -> Key {
    Key { sk: format!("refund#{refund:04}"), ..order(shop, number) }
}

/// The number of the refund that such a sort key names.
pub fn refund_number(sk: &str) -> Option<u32> {
    sk.strip_prefix("refund#")?.parse().ok()
}

/// The shop and the number of the order that an item belongs to.
pub fn order_of(pk: &str) -> Option<(ShopId, OrderNumber)> {
    let (shop, number) = pk.strip_prefix("order#")?.split_once('#')?;
    Some((ShopId::parse(shop).ok()?, OrderNumber::parse(number).ok()?))
}

/// A product of a shop.
pub fn product(shop: &ShopId, id: &str) -> Key {
    Key { pk: format!("product#{shop}#{id}"), sk: "product".to_owned() }
}

/// The partition of the `latest` index with a shop's active products, by title.
pub fn products(shop: &ShopId) -> String {
    format!("{shop}#{NOBODY}products")
}

/// The partition of the `latest` index with a customer's orders, by creation.
pub fn orders_of(shop: &ShopId, customer: &CustomerKey) -> String {
    format!("{shop}#{customer}#orders")
}

/// A list of a shop's orders or refunds: one partition of an index. No agent's id can hold its `*`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrderPart {
    /// 待出貨, by when they are to be shipped: the overdue ones stand at its beginning.
    ToShip,
    /// 已出貨, by when they were.
    Shipped,
    /// 退換貨: with a refund or a return, by its last change.
    Reverse,
    /// Refunds that somebody has to decide.
    RefundsPending,
    /// Refunds that are being paid.
    RefundsRunning,
    /// Refunds that went back.
    RefundsAgreed,
    /// Refunds that ended without money.
    RefundsRejected,
    /// Refunds that somebody has to look at, or to pay by hand.
    RefundsAttention,
}

impl OrderPart {
    /// The index that it is in.
    pub const fn index(self) -> Index {
        match self {
            Self::ToShip | Self::Shipped => Index::Waiting,
            _ => Index::Flagged,
        }
    }
    /// Its partition.
    pub fn partition(self, shop: &ShopId) -> String {
        let word = match self {
            Self::ToShip => "to-ship",
            Self::Shipped => "shipped",
            Self::Reverse => "reverse",
            Self::RefundsPending => "refunds-pending",
            Self::RefundsRunning => "refunds-running",
            Self::RefundsAgreed => "refunds-agreed",
            Self::RefundsRejected => "refunds-rejected",
            Self::RefundsAttention => "refunds-attention",
        };
        format!("{shop}#{NOBODY}{word}")
    }
}

/// The partition of one of the shards of orders about whose refunds a provider is to be asked.
pub fn errands(shard: u8) -> String {
    format!("execute#{shard}")
}

/// The partition of one of the shards of orders whose agreed date passes.
pub fn agreed_dates(shard: u8) -> String {
    format!("ship#{shard}")
}

/// Over which shard an order's work is spread.
pub fn order_shard(number: &OrderNumber) -> u8 {
    number.as_str().bytes().fold(0u8, u8::wrapping_add) % DUE_SHARDS
}
