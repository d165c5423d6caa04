//! A customer's own list: one partition, no index.

use domain::ids::{CustomerKey, ShopId};

use super::items::Record;
use super::table::{Query, Range};
use super::{Store, keys, record};
use crate::failure::Failure;

/// The most inquiries that are read at once.
const AT_ONCE: usize = 50;

/// A customer's inquiries, newest message first within what was read.
#[derive(Debug)]
pub struct CustomersPage {
    /// The inquiries.
    pub records: Vec<Record>,
    /// Where to go on, if there are more.
    pub next: Option<String>,
}

impl Store {
    /// A customer's inquiries of a shop. Up to 50 are read together and sorted by their latest
    /// message; whoever has more gets them in further pages.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn customers(
        &self,
        shop: &ShopId,
        customer: &CustomerKey,
        after: Option<&str>,
        consistent_with_writes: bool,
    ) -> Result<CustomersPage, Failure> {
        let partition = keys::customer(shop, customer);
        let range = match after {
            // `J` follows `I`, what every inquiry's sort key begins with.
            Some(own) => &format!("{}{own}~", keys::INQUIRIES),
            None => keys::INQUIRIES,
        };
        let query = Query {
            index: None,
            partition: &partition,
            range: Range::Between(range, "J"),
            newest_first: false,
            limit: AT_ONCE,
        };
        let page = if consistent_with_writes {
            self.table.query_consistent(query).await?
        } else {
            self.table.query(query).await?
        };
        let mut records = page.items.iter().map(record).collect::<Result<Vec<_>, _>>()?;
        let last = records.last().map(|record| record.inquiry.id.own().to_owned());
        records.sort_by_key(|record| std::cmp::Reverse(record.inquiry.last_message_at));
        Ok(CustomersPage { records, next: last.filter(|_| page.more) })
    }
}
