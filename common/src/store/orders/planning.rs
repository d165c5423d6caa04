//! What storing a change of an order takes: the order, what lists show of its refunds, and the inquiries in
//! which it is told, each with its desk and its alerts. All of it is stored together or not at all.

use domain::change::Change;
use domain::ids::InquiryId;
use domain::order::{Order, OrderChange, Standing};
use domain::order_event::OrderEntry;
use domain::refund::{Payer, Refund, RefundState};
use domain::shop::Shop;
use jiff::Timestamp;

use super::{OrderDone, OrderNotDone, Said};
use crate::idempotency::Once;
use crate::store::commit::Step;
use crate::store::desks::moving::Move;
use crate::store::items::{CommandKey, OrderRecord, OrderRow, Record, RefundRow, encode_order_page};
use crate::store::keys::{self, Index, OrderPart};
use crate::store::table::{Item, Value, When, Write};
use crate::store::{NotDone, Store};

/// How many of the last commands an order remembers.
const REMEMBERED_COMMANDS: usize = 8;
/// Bytes of an order's document from which its timeline moves to a page.
const INLINE_BYTES: usize = 4_000;

/// The writes of a change, and what is done once they are stored.
pub(super) struct Planned {
    pub writes: Vec<Write>,
    pub moves: Vec<Move>,
    pub done: OrderDone,
}

impl Store {
    pub(super) async fn planned_order(
        &self,
        shop: &Shop,
        record: OrderRecord,
        change: OrderChange,
        once: Option<&Once>,
        said: Said<'_>,
        now: Timestamp,
    ) -> Result<Planned, OrderNotDone> {
        let when = if record.writes == 0 { When::Absent } else { When::Written(record.writes) };
        let before = record.order.clone();
        let entries = change.entries.clone();
        let record = applied(record, change, once);
        let (mut writes, record) = order_writes(shop, record, when);
        writes.extend(refund_rows(shop, &before, &record.order));
        let (mut told, mut moves) = (Vec::new(), Vec::new());
        for (inquiry, entries) in by_inquiry(&entries, said) {
            let Some(step) = self.told(shop, (&record.order, &inquiry, &entries), said, now).await? else {
                continue;
            };
            let planned = self.planned(shop, step, now);
            writes.extend(planned.writes);
            moves.extend(planned.moves);
            told.push(planned.done);
        }
        Ok(Planned { writes, moves, done: OrderDone { record, entries, told } })
    }

    /// What an inquiry says and hears; `None` if there is no such inquiry any more.
    async fn told<'a>(
        &self,
        shop: &Shop,
        (order, id, entries): (&Order, &InquiryId, &[OrderEntry]),
        said: Said<'_>,
        now: Timestamp,
    ) -> Result<Option<Step<'a>>, OrderNotDone> {
        if let Said::Opens(change) = said
            && change.after.id == *id
        {
            let heard = change.after.hear_of_order(&order.number, entries);
            let record = Record::new(change.after.clone());
            return Ok(Some(Step { record, change: change.clone().then(heard), once: None }));
        }
        let Some(record) = self.inquiry(&shop.id, id, true).await? else {
            let needed = matches!(said, Said::In(named, _) if named == id);
            return if needed { Err(OrderNotDone::Missing) } else { Ok(None) };
        };
        let mut change: Change = record.inquiry.enforce(now);
        if let Said::In(named, rule) = said
            && named == id
        {
            let spoken = rule(&change.after).map_err(OrderNotDone::InquiryRefused)?;
            change = change.then(spoken);
        }
        let heard = change.after.hear_of_order(&order.number, entries);
        Ok(Some(Step { record, change: change.then(heard), once: None }))
    }
}

/// The entries of each inquiry in which some are told, in order; the one that is spoken in comes first.
fn by_inquiry(entries: &[OrderEntry], said: Said<'_>) -> Vec<(InquiryId, Vec<OrderEntry>)> {
    let mut all: Vec<(InquiryId, Vec<OrderEntry>)> = Vec::new();
    match said {
        Said::Nothing => {}
        Said::In(id, _) => all.push((id.clone(), Vec::new())),
        Said::Opens(change) => all.push((change.after.id.clone(), Vec::new())),
    }
    for entry in entries {
        let Some(id) = &entry.inquiry else { continue };
        match all.iter_mut().find(|(inquiry, _)| inquiry == id) {
            Some((_, theirs)) => theirs.push(entry.clone()),
            None => all.push((id.clone(), vec![entry.clone()])),
        }
    }
    all
}

fn applied(mut record: OrderRecord, change: OrderChange, once: Option<&Once>) -> OrderRecord {
    let after = change.after.version;
    let before = after - u32::try_from(change.entries.len()).unwrap_or_default();
    if let Some(once) = once.filter(|_| !change.entries.is_empty()) {
        record.commands.push(CommandKey { key: once.key, body: once.body, before, after });
        let forgotten = record.commands.len().saturating_sub(REMEMBERED_COMMANDS);
        record.commands.drain(..forgotten);
    }
    record.order = change.after;
    record.entries.extend(change.entries);
    record.writes += 1;
    record
}

/// The writes that store an order: one, or two when its timeline has grown out of it.
fn order_writes(shop: &Shop, mut record: OrderRecord, when: When) -> (Vec<Write>, OrderRecord) {
    let document = record.encode();
    if document.len() <= INLINE_BYTES || record.entries.is_empty() {
        let item = order_item(shop, &record, document);
        return (vec![Write::put(item, when)], record);
    }
    let entries = std::mem::take(&mut record.entries);
    record.pages += 1;
    let first = entries.first().map_or(1, |entry| entry.seq);
    let key = keys::order_page(&record.order.shop, &record.order.number, first);
    let page = Item::at(key).with("doc", Value::Bytes(encode_order_page(&entries)));
    let item = order_item(shop, &record, record.encode());
    (vec![Write::put(item, when), Write::put(page, When::Absent)], record)
}

fn order_item(shop: &Shop, record: &OrderRecord, document: Vec<u8>) -> Item {
    let order = &record.order;
    let row = OrderRow::of(order, order.ship_by(shop));
    let mut item = Item::at(keys::order(&order.shop, &order.number))
        .with("n", Value::Number(record.writes))
        .with("row", Value::Bytes(row.encode()))
        .with("doc", Value::Bytes(document));
    for (index, partition, position) in order_indexed(shop, order) {
        item = item.with(index.name(), Value::Text(partition)).with(index.sort(), Value::Text(position));
    }
    item
}

/// Where an order stands in the indexes, as (index, partition, position).
fn order_indexed(shop: &Shop, order: &Order) -> Vec<(Index, String, String)> {
    let number = Some(order.number.as_str());
    let shard = keys::order_shard(&order.number);
    let customers = keys::orders_of(&order.shop, &order.customer.key);
    let mut all = vec![(Index::Latest, customers, keys::moment(order.created_at, number))];
    let listed = match order.standing() {
        Standing::ToShip => Some((OrderPart::ToShip, order.ship_by(shop))),
        Standing::Shipped => order.shipped_at.map(|at| (OrderPart::Shipped, at)),
        Standing::Ended => None,
    };
    let reversed =
        order.refunds.iter().map(|it| it.changed_at).chain(order.returns.iter().map(|it| it.changed_at));
    let reversed = reversed.max().map(|at| (OrderPart::Reverse, at));
    for (part, at) in listed.into_iter().chain(reversed) {
        all.push((part.index(), part.partition(&order.shop), keys::moment(at, number)));
    }
    if let Some(at) = order.errand_at() {
        all.push((Index::Due, keys::errands(shard), keys::moment(at, number)));
    }
    if let Some(at) = order.delay_passes_at(shop) {
        all.push((Index::Deadline, keys::agreed_dates(shard), keys::moment(at, number)));
    }
    all
}

/// What the lists show of the refunds that changed, or whose order did.
fn refund_rows(shop: &Shop, before: &Order, after: &Order) -> Vec<Write> {
    let changed = |refund: &&Refund| {
        let same = before.refund(refund.number).is_some_and(|it| it.changes == refund.changes);
        !same || refund.state.in_progress()
    };
    let write = |refund: &Refund| {
        let part = tab_of(refund);
        let position = keys::moment(refund.changed_at, Some(&after.refund_key(refund.number)));
        let row = RefundRow::of(after, refund, after.ship_by(shop));
        let item = Item::at(keys::refund_row(&after.shop, &after.number, refund.number))
            .with("row", Value::Bytes(row.encode()))
            .with(part.index().name(), Value::Text(part.partition(&after.shop)))
            .with(part.index().sort(), Value::Text(position));
        Write::put(item, When::Always)
    };
    after.refunds.iter().filter(changed).map(write).collect()
}

/// Under which tab a refund stands: what a person has to do comes first.
fn tab_of(refund: &Refund) -> OrderPart {
    if refund.needs_attention() {
        return OrderPart::RefundsAttention;
    }
    match refund.state {
        RefundState::Requested | RefundState::Proposed => OrderPart::RefundsPending,
        RefundState::Approved if refund.payer == Payer::ByHand => OrderPart::RefundsAttention,
        RefundState::Approved | RefundState::Executing | RefundState::Unknown => OrderPart::RefundsRunning,
        RefundState::Succeeded => OrderPart::RefundsAgreed,
        RefundState::Failed => OrderPart::RefundsAttention,
        RefundState::Rejected | RefundState::Withdrawn => OrderPart::RefundsRejected,
    }
}

impl From<NotDone> for OrderNotDone {
    fn from(not_done: NotDone) -> Self {
        match not_done {
            NotDone::Missing => Self::Missing,
            NotDone::Refused(refusal, _) => Self::InquiryRefused(refusal),
            NotDone::MovedOn(_) | NotDone::KeyReused => Self::KeyReused,
            NotDone::Failed(failure) => Self::Failed(failure),
        }
    }
}
