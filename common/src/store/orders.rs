//! Orders: found by number, changed by one write path, together with the inquiries in which it is told.
//!
//! An order is one item with its refunds and returns inside, so that "never more than was paid" and
//! "shipped or refunded" are conditions of one write. What the lists of refunds show stands beside it and is
//! written in the same transaction; every decision reads the order itself (docs/data-model.md).

mod lists;
mod planning;

pub use lists::{ORDER_COUNT_LIMIT, OrderCursor, OrderList, OrdersPage, RefundTab, RefundsPage};

use domain::change::Change;
use domain::ids::{InquiryId, OrderNumber, ShopId};
use domain::inquiry::Inquiry;
use domain::order::{Order, OrderChange};
use domain::order_event::OrderEntry;
use domain::refund::{Errand, Report};
use domain::refusal::{OrderRefusal, Refusal};
use domain::shop::Shop;
use jiff::Timestamp;

use super::commit::repeated_among;
use super::items::{OrderRecord, decode_order_page};
use super::table::{Item, Query, Range, Written};
use super::{ATTEMPTS, Done, NotDone, Store, keys};
use crate::failure::Failure;
use crate::idempotency::Once;

/// Entries of an order's timeline that are shown.
const SHOWN_PAGES: usize = 20;

/// Which order a command is for, and how it was sent.
#[derive(Debug, Clone, Copy)]
pub struct OrderCommand<'a> {
    /// The tenant.
    pub shop: &'a Shop,
    /// The order.
    pub number: &'a OrderNumber,
    /// This sending.
    pub once: &'a Once,
    /// The version that the sender saw, where the command depends on it.
    pub seen: Option<u32>,
    /// When.
    pub now: Timestamp,
}

/// What is said in an inquiry together with a change of its order.
#[derive(Clone, Copy)]
pub enum Said<'a> {
    /// Nothing more than what happened to the order.
    Nothing,
    /// In one that is there: what its rule says.
    In(&'a InquiryId, &'a (dyn Fn(&Inquiry) -> Result<Change, Refusal> + Sync)),
    /// In a new one, which begins with this.
    Opens(&'a Change),
}

/// A command that was carried out, now or by an earlier sending.
#[derive(Debug, Clone)]
pub struct OrderDone {
    /// The order after it.
    pub record: OrderRecord,
    /// What it added to the order's timeline.
    pub entries: Vec<OrderEntry>,
    /// The inquiries that were changed with it.
    pub told: Vec<Done>,
}

/// Why a command was not carried out.
#[derive(Debug)]
pub enum OrderNotDone {
    /// There is no such order for whoever asks.
    Missing,
    /// A rule said no; the order as it stands.
    Refused(OrderRefusal, Box<OrderRecord>),
    /// The inquiry cannot be written into.
    InquiryRefused(Refusal),
    /// The order moved on since the sender saw it; as it stands.
    MovedOn(Box<OrderRecord>),
    /// The idempotency key was used for another command.
    KeyReused,
    /// A machine broke.
    Failed(Failure),
}

impl From<Failure> for OrderNotDone {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl Store {
    /// An order as it is now.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn order(&self, shop: &ShopId, number: &OrderNumber) -> Result<Option<OrderRecord>, Failure> {
        let item = self.table.get(&keys::order(shop, number), true).await?;
        item.map(|item| order_record(&item)).transpose()
    }

    /// The whole timeline of an order, oldest first.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn order_entries(&self, record: &OrderRecord) -> Result<Vec<OrderEntry>, Failure> {
        if record.pages == 0 {
            return Ok(record.entries.clone());
        }
        let partition = keys::order(&record.order.shop, &record.order.number).pk;
        let query = Query {
            index: None,
            partition: &partition,
            range: Range::Begins(keys::ORDER_PAGES),
            newest_first: true,
            limit: SHOWN_PAGES,
        };
        let mut entries = Vec::new();
        for item in self.table.query(query).await?.items.iter().rev() {
            entries.extend(decode_order_page(item.bytes("doc")?)?);
        }
        entries.extend(record.entries.iter().cloned());
        Ok(entries)
    }

    /// Stores an order that its source pushed: a new one, or what it changes of the one that is there.
    ///
    /// # Errors
    /// [`OrderNotDone`].
    pub async fn push_order(
        &self,
        shop: &Shop,
        number: &OrderNumber,
        pushed: &domain::order::Pushed,
        now: Timestamp,
    ) -> Result<OrderDone, OrderNotDone> {
        for _ in 0..ATTEMPTS {
            let found = self.order(&shop.id, number).await?;
            let decided = match &found {
                Some(record) => record.order.push(pushed.clone(), now),
                None => Ok(Order::place(shop.id.clone(), number.clone(), pushed.clone(), now)),
            };
            let (change, record) = match (decided, found) {
                (Ok(change), found) => {
                    let empty = OrderRecord::new(change.after.clone());
                    (change, found.unwrap_or(empty))
                }
                (Err(refusal), Some(record)) => return Err(OrderNotDone::Refused(refusal, Box::new(record))),
                (Err(_), None) => return Err(OrderNotDone::Missing),
            };
            if record.writes > 0 && change.after == record.order {
                return Ok(OrderDone { record, entries: Vec::new(), told: Vec::new() });
            }
            if let Some(done) = self.order_stored(shop, record, change, None, Said::Nothing, now).await? {
                return Ok(done);
            }
        }
        Err(Failure::Contended.into())
    }

    /// The one write path of orders: loads, asks the pure rule, stores its change together with what it says in
    /// the inquiries, under the condition that nobody wrote in between; else decides again.
    ///
    /// # Errors
    /// [`OrderNotDone`].
    pub async fn change_order(
        &self,
        command: OrderCommand<'_>,
        said: Said<'_>,
        decide: impl Fn(&Order) -> Result<OrderChange, OrderRefusal>,
    ) -> Result<OrderDone, OrderNotDone> {
        let (shop, now) = (command.shop, command.now);
        for _ in 0..ATTEMPTS {
            let record = self.order(&shop.id, command.number).await?.ok_or(OrderNotDone::Missing)?;
            if let Some(earlier) = repeated_among(&record.commands, command.once).map_err(reused)? {
                let entries = self.order_entries(&record).await?;
                let mut entries = entries;
                entries.retain(|entry| entry.seq > earlier.before && entry.seq <= earlier.after);
                return Ok(OrderDone { record, entries, told: Vec::new() });
            }
            if command.seen.is_some_and(|seen| seen != record.order.version) {
                return Err(OrderNotDone::MovedOn(Box::new(record)));
            }
            let due = record.order.enforce(shop, now);
            let change = match decide(&due.after) {
                Ok(change) => due.then(change),
                Err(refusal) => return Err(OrderNotDone::Refused(refusal, Box::new(record))),
            };
            if change.after == record.order {
                return Ok(OrderDone { record, entries: Vec::new(), told: Vec::new() });
            }
            let once = Some(command.once);
            if let Some(done) = self.order_stored(shop, record, change, once, said, now).await? {
                return Ok(done);
            }
        }
        Err(Failure::Contended.into())
    }

    /// Enforces what time demands of an order: an agreed date that passed (SPEC §6.5). `None` if nothing does.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn enforce_order(
        &self,
        shop: &Shop,
        number: &OrderNumber,
        now: Timestamp,
    ) -> Result<Option<OrderDone>, Failure> {
        self.by_system(shop, number, now, |order| order.enforce(shop, now)).await
    }

    /// Takes an errand about a refund: what the provider is to be asked, with the order stored as it has to be
    /// before. `None` if nothing is due, or somebody else took it.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn take_errand(
        &self,
        shop: &Shop,
        number: &OrderNumber,
        refund: u32,
        now: Timestamp,
    ) -> Result<Option<(OrderRecord, Errand)>, Failure> {
        let Some(record) = self.order(&shop.id, number).await? else { return Ok(None) };
        let Some((change, errand)) = record.order.begin_errand(refund, now) else { return Ok(None) };
        if change.after == record.order {
            return Ok(Some((record, errand)));
        }
        let stored = self.order_stored(shop, record, change, None, Said::Nothing, now).await;
        match stored {
            Ok(done) => Ok(done.map(|done| (done.record, errand))),
            Err(OrderNotDone::Failed(failure)) => Err(failure),
            Err(_) => Ok(None),
        }
    }

    /// Stores what the provider said about a refund; what it says again changes nothing.
    ///
    /// # Errors
    /// [`OrderNotDone`]; a call-back of which one of the `heard` fingerprints is known is [`OrderRefusal::Replayed`].
    pub async fn report_refund(
        &self,
        shop: &Shop,
        (number, refund): (&OrderNumber, u32),
        (report, heard): (&Report, &[u64]),
        now: Timestamp,
    ) -> Result<OrderDone, OrderNotDone> {
        for _ in 0..ATTEMPTS {
            let record = self.order(&shop.id, number).await?.ok_or(OrderNotDone::Missing)?;
            let mut order = Ok(record.order.clone());
            for fingerprint in heard {
                order = order.and_then(|order| order.hear(refund, *fingerprint));
            }
            let change = match order.and_then(|order| order.report(refund, report.clone(), now)) {
                Ok(change) => change,
                Err(refusal) => return Err(OrderNotDone::Refused(refusal, Box::new(record))),
            };
            if change.after == record.order {
                return Ok(OrderDone { record, entries: Vec::new(), told: Vec::new() });
            }
            if let Some(done) = self.order_stored(shop, record, change, None, Said::Nothing, now).await? {
                return Ok(done);
            }
        }
        Err(Failure::Contended.into())
    }

    async fn by_system(
        &self,
        shop: &Shop,
        number: &OrderNumber,
        now: Timestamp,
        decide: impl Fn(&Order) -> OrderChange,
    ) -> Result<Option<OrderDone>, Failure> {
        for _ in 0..ATTEMPTS {
            let Some(record) = self.order(&shop.id, number).await? else { return Ok(None) };
            let change = decide(&record.order);
            if change.after == record.order {
                return Ok(None);
            }
            match self.order_stored(shop, record, change, None, Said::Nothing, now).await {
                Ok(Some(done)) => return Ok(Some(done)),
                Ok(None) => {}
                Err(OrderNotDone::Failed(failure)) => return Err(failure),
                Err(_) => return Ok(None),
            }
        }
        Err(Failure::Contended)
    }

    /// Stores one step; `None` if somebody wrote in between.
    async fn order_stored(
        &self,
        shop: &Shop,
        record: OrderRecord,
        change: OrderChange,
        once: Option<&Once>,
        said: Said<'_>,
        now: Timestamp,
    ) -> Result<Option<OrderDone>, OrderNotDone> {
        let planned = self.planned_order(shop, record, change, once, said, now).await?;
        match self.commit_moved(shop, planned.writes, &planned.moves, now).await? {
            Written::Done => {
                if !planned.done.told.is_empty() {
                    self.tallies.forget(&shop.id);
                }
                Ok(Some(planned.done))
            }
            Written::Refused(_) | Written::Conflict => Ok(None),
        }
    }
}

pub(super) fn order_record(item: &Item) -> Result<OrderRecord, Failure> {
    let unreadable = || Failure::Unreadable("an order's key".to_owned());
    let (shop, number) = keys::order_of(item.text("pk")?).ok_or_else(unreadable)?;
    OrderRecord::decode(shop, number, item.number("n")?, item.bytes("doc")?)
}

fn reused(not_done: NotDone) -> OrderNotDone {
    match not_done {
        NotDone::Failed(failure) => OrderNotDone::Failed(failure),
        _ => OrderNotDone::KeyReused,
    }
}
