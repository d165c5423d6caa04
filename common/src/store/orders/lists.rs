//! The lists of orders and refunds: one bounded query of an index each, at a cost that follows the page.

use domain::ids::{CustomerKey, OrderNumber, ShopId};
use domain::order::Order;
use futures_util::future::try_join_all;
use jiff::Timestamp;

use crate::failure::Failure;
use crate::store::Store;
use crate::store::items::{OrderRow, RefundRow};
use crate::store::keys::{self, DUE_SHARDS, Index, OrderPart};
use crate::store::table::{Item, Query, Range};

/// Orders and refunds are counted up to this: a hundred rows are read at the most, however many there are.
pub const ORDER_COUNT_LIMIT: usize = 100;

/// A list of a shop's orders (SPEC §10.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderList {
    /// 待出貨, soonest first.
    ToShip,
    /// 已逾期, longest overdue first.
    Overdue,
    /// 已出貨, newest first.
    Shipped,
    /// 退換貨, last changed first.
    Reverse,
}

/// A tab of the refunds (SPEC §10.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundTab {
    /// Somebody has to decide; oldest first.
    Pending,
    /// Being paid; oldest first.
    Running,
    /// Paid, newest first.
    Agreed,
    /// Ended without money, newest first.
    Rejected,
    /// Somebody has to look; oldest first.
    Attention,
}

/// Where a page ended: a position in an index, valid whatever changed since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderCursor(String);

impl OrderCursor {
    /// Reads a cursor as it was handed out: at an order, or at a refund, which its key names.
    pub fn parse(text: &str) -> Option<Self> {
        let (ms, place) = text.split_once('~')?;
        let is_order = |number: &str| OrderNumber::parse(number).is_ok();
        let is_place =
            is_order(place) || Order::parse_refund_key(place).is_some_and(|(order, _)| is_order(order));
        let fits = ms.len() == 13 && ms.bytes().all(|b| b.is_ascii_digit()) && is_place;
        fits.then(|| Self(format!("{ms}#{place}")))
    }
}

impl std::fmt::Display for OrderCursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.replacen('#', "~", 1))
    }
}

/// A page of orders.
#[derive(Debug, Default)]
pub struct OrdersPage {
    /// The rows, in order.
    pub rows: Vec<OrderRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<OrderCursor>,
}

/// A page of refunds.
#[derive(Debug, Default)]
pub struct RefundsPage {
    /// The rows, in order.
    pub rows: Vec<RefundRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<OrderCursor>,
}

impl RefundTab {
    fn part(self) -> (OrderPart, bool) {
        match self {
            Self::Pending => (OrderPart::RefundsPending, false),
            Self::Running => (OrderPart::RefundsRunning, false),
            Self::Attention => (OrderPart::RefundsAttention, false),
            Self::Agreed => (OrderPart::RefundsAgreed, true),
            Self::Rejected => (OrderPart::RefundsRejected, true),
        }
    }
}

impl Store {
    /// A page of a shop's orders.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn orders(
        &self,
        shop: &ShopId,
        list: OrderList,
        (after, limit): (Option<&OrderCursor>, usize),
        now: Timestamp,
    ) -> Result<OrdersPage, Failure> {
        let overdue = keys::moment(now, None);
        let (part, newest_first, until) = match list {
            OrderList::ToShip => (OrderPart::ToShip, false, None),
            OrderList::Overdue => (OrderPart::ToShip, false, Some(overdue.as_str())),
            OrderList::Shipped => (OrderPart::Shipped, true, None),
            OrderList::Reverse => (OrderPart::Reverse, true, None),
        };
        let (items, next) = self.part(shop, (part, newest_first), (after, until), limit).await?;
        Ok(OrdersPage { rows: order_rows(&items)?, next })
    }

    /// A page of a shop's refunds.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn refunds(
        &self,
        shop: &ShopId,
        tab: RefundTab,
        (after, limit): (Option<&OrderCursor>, usize),
    ) -> Result<RefundsPage, Failure> {
        let (items, next) = self.part(shop, tab.part(), (after, None), limit).await?;
        let row = |item: &Item| {
            let (_, number) = keys::order_of(item.text("pk")?).ok_or_else(unreadable)?;
            let refund = keys::refund_number(item.text("sk")?).ok_or_else(unreadable)?;
            RefundRow::decode(number, refund, item.bytes("row")?)
        };
        Ok(RefundsPage { rows: items.iter().map(row).collect::<Result<_, _>>()?, next })
    }

    async fn part(
        &self,
        shop: &ShopId,
        (part, newest_first): (OrderPart, bool),
        (after, until): (Option<&OrderCursor>, Option<&str>),
        limit: usize,
    ) -> Result<(Vec<Item>, Option<OrderCursor>), Failure> {
        let partition = part.partition(shop);
        // Just behind the cursor: no position of the index lies between it and this.
        let behind = after.map(|cursor| format!("{}!", cursor.0));
        if behind.as_deref().zip(until).is_some_and(|(behind, until)| behind > until) {
            // A range that ends before it begins is nothing; the table would refuse to look.
            return Ok((Vec::new(), None));
        }
        let range = match (behind.as_deref(), after, until) {
            (Some(behind), _, Some(until)) => Range::Between(behind, until),
            (Some(behind), _, None) if !newest_first => Range::After(behind),
            (_, Some(cursor), None) => Range::Before(&cursor.0),
            (_, _, Some(until)) => Range::Before(until),
            (_, None, None) => Range::All,
        };
        let index = part.index();
        let query = Query { index: Some(index), partition: &partition, range, newest_first, limit };
        let page = self.table.query(query).await?;
        let last = page.items.last().filter(|_| page.more);
        let next = last.map(|item| item.text(index.sort()).map(|position| OrderCursor(position.to_owned())));
        Ok((page.items, next.transpose()?))
    }

    /// A customer's orders, newest first.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn orders_of(
        &self,
        shop: &ShopId,
        customer: &CustomerKey,
        limit: usize,
    ) -> Result<Vec<OrderRow>, Failure> {
        let partition = keys::orders_of(shop, customer);
        let query = Query {
            index: Some(Index::Latest),
            partition: &partition,
            range: Range::All,
            newest_first: true,
            limit,
        };
        order_rows(&self.table.query(query).await?.items)
    }

    /// How many stand in a part of the orders' lists, at most [`ORDER_COUNT_LIMIT`]; only those before `until`
    /// where it is given.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn count_orders(
        &self,
        shop: &ShopId,
        part: OrderPart,
        until: Option<Timestamp>,
    ) -> Result<usize, Failure> {
        let partition = part.partition(shop);
        let until = until.map(|until| keys::moment(until, None));
        let range = until.as_deref().map_or(Range::All, Range::Before);
        let index = Some(part.index());
        let query =
            Query { index, partition: &partition, range, newest_first: false, limit: ORDER_COUNT_LIMIT };
        self.table.tally(query).await
    }

    /// Orders about whose refunds a provider is to be asked at `now`, at most `most`. An index read: each is
    /// looked at again.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn errands_due(
        &self,
        now: Timestamp,
        most: usize,
    ) -> Result<Vec<(ShopId, OrderNumber)>, Failure> {
        self.order_work(Index::Due, keys::errands, now, most).await
    }

    /// Orders whose agreed date passed at `now`, at most `most`. An index read.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn agreed_dates_passed(
        &self,
        now: Timestamp,
        most: usize,
    ) -> Result<Vec<(ShopId, OrderNumber)>, Failure> {
        self.order_work(Index::Deadline, keys::agreed_dates, now, most).await
    }

    async fn order_work(
        &self,
        index: Index,
        partition: fn(u8) -> String,
        now: Timestamp,
        most: usize,
    ) -> Result<Vec<(ShopId, OrderNumber)>, Failure> {
        let behind = now.saturating_add(jiff::SignedDuration::from_millis(1)).unwrap_or(now);
        let until = keys::moment(behind, None);
        let partitions: Vec<String> = (0..DUE_SHARDS).map(partition).collect();
        let queries = partitions.iter().map(|partition| {
            let range = Range::Before(&until);
            self.table.query(Query { index: Some(index), partition, range, newest_first: false, limit: most })
        });
        let items = try_join_all(queries).await?.into_iter().flat_map(|page| page.items);
        let mut found = Vec::new();
        for item in items {
            let order = keys::order_of(item.text("pk")?);
            found.extend(order.map(|order| (item.text(index.sort()).unwrap_or_default().to_owned(), order)));
        }
        found.sort_by(|one, other| one.0.cmp(&other.0));
        found.truncate(most);
        Ok(found.into_iter().map(|(_, order)| order).collect())
    }
}

fn order_rows(items: &[Item]) -> Result<Vec<OrderRow>, Failure> {
    let row = |item: &Item| {
        let (_, number) = keys::order_of(item.text("pk")?).ok_or_else(unreadable)?;
        OrderRow::decode(number, item.bytes("row")?)
    };
    items.iter().map(row).collect()
}

fn unreadable() -> Failure {
    Failure::Unreadable("an order's key".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_handed_out() {
        let long = "9".repeat(64);
        for place in ["A-1", "#1", "A-1-R1", "A-R2-R1", &long, &format!("{long}-R50")] {
            let handed_out = OrderCursor(format!("1803862800000#{place}")).to_string();
            let read = OrderCursor::parse(&handed_out);
            assert_eq!(read.map(|it| it.to_string()), Some(handed_out), "{place}");
        }
        for place in ["", "客", "客-R1", &format!("{long}9"), &format!("{long}9-R1"), &format!("{long}-R")]
        {
            assert_eq!(OrderCursor::parse(&format!("1803862800000~{place}")), None, "{place}");
        }
        for moment in ["", "180386280000", "18038628000000", "180386280000x"] {
            assert_eq!(OrderCursor::parse(&format!("{moment}~A-1")), None, "{moment}");
        }
    }
}
