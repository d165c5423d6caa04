//! The store: inquiries found by id, changed by one write path, listed by purpose.
//!
//! An inquiry is one item, with the newest part of its timeline inside; a change is one
//! conditional write of it. Message, event, outbox row and idempotency record are in that
//! one write, so they are stored together or not at all (docs/data-model.md).

mod alerts;
mod commit;
mod customers;
mod desks;
mod due;
pub mod items;
pub mod keys;
mod lists;
mod orders;
mod outbox;
mod people;
mod products;
mod questions;
mod quotas;
mod shops;
pub mod table;
mod tallies;
mod timeline;

pub use alerts::{AlertItem, AlertsPage, Undigested};
pub use customers::CustomersPage;
pub use desks::arranging::Arrangement;
pub use desks::staffing::Unplaced;
pub use desks::{Beat, Desk};
pub use due::{DuePage, NotRouted, Waiting};
pub use lists::{Cursor, Filter, ListPage, ListQuery, Quick, Scope, Sort};
pub use orders::{
    ORDER_COUNT_LIMIT, OrderCommand, OrderCursor, OrderDone, OrderList, OrderNotDone, OrdersPage, RefundTab,
    RefundsPage, Said,
};
pub use outbox::Owed;
pub use people::{Picture, Proposal};
pub use products::{ProductItem, ProductsPage};
pub use quotas::{Admission, Limits, Refused as QuotaRefused};
pub use shops::backend::{ApiKey, Backend};
pub use shops::secrets::{SecretRefusal, SecretRole, WebhookSecrets};
pub use shops::settings::{SpanItem, span_items, week};
pub use shops::{Membership, ShopRecord, SigningKey};
pub use tallies::{COUNT_LIMIT, Tally};

use domain::change::Change;
use domain::event::Event;
use domain::ids::{InquiryId, ShopId};
use domain::inquiry::Inquiry;
use domain::refusal::Refusal;
use domain::shop::Shop;
use jiff::Timestamp;

use crate::clock::Clock;
use crate::failure::Failure;
use crate::idempotency::Once;
use commit::{Planned, Step, repeated};
use items::{Line, MailState, Record, Row};
use table::{Item, Table, Write, Written};

/// How often a write is decided again when somebody else wrote in between.
const ATTEMPTS: usize = 8;

/// Everything that Kefu stores.
#[derive(Debug, Clone)]
pub struct Store {
    table: Table,
    shops: shops::Cache,
    tallies: tallies::Cache,
    clock: Clock,
}

/// Which inquiry a command is for, and how it was sent.
#[derive(Debug, Clone, Copy)]
pub struct Command<'a> {
    /// The tenant.
    pub shop: &'a Shop,
    /// The inquiry.
    pub id: &'a InquiryId,
    /// This sending.
    pub once: &'a Once,
    /// The version that the sender saw, where the command depends on it.
    pub seen: Option<u32>,
    /// Whether staff sent it: they do not see what a guest has not confirmed.
    pub by_staff: bool,
    /// When: what came due before is enforced first (SPEC §6.6).
    pub now: Timestamp,
}

/// A command that was carried out, now or by an earlier sending.
#[derive(Debug, Clone)]
pub struct Done {
    /// The inquiry after it.
    pub record: Record,
    /// What it added to the timeline.
    pub lines: Vec<Line>,
    /// False if an earlier sending had done it.
    pub fresh: bool,
    /// Whether an inquiry may wait for somebody now who could have it: it arrived, or somebody
    /// has room again.
    pub distribute: bool,
}

/// Why a command was not carried out.
#[derive(Debug)]
pub enum NotDone {
    /// There is no such inquiry for whoever asks.
    Missing,
    /// A rule said no; the inquiry as it stands.
    Refused(Refusal, Box<Record>),
    /// The inquiry moved on since the sender saw it; as it stands.
    MovedOn(Box<Record>),
    /// The idempotency key was used for another command.
    KeyReused,
    /// A machine broke.
    Failed(Failure),
}

impl From<Failure> for NotDone {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl Done {
    /// Numbers of the new entries whose mail is owed.
    pub fn owed(&self) -> impl Iterator<Item = u32> + '_ {
        let owed = |line: &&Line| line.mail.is_some_and(|mail| mail.state == MailState::Queued);
        self.lines.iter().filter(owed).filter(|_| self.fresh).map(|line| line.entry.seq)
    }
}

impl Store {
    /// The store in that table.
    pub fn new(table: Table) -> Self {
        let (shops, tallies) = (shops::Cache::default(), tallies::Cache::default());
        Self { table, shops, tallies, clock: Clock::system() }
    }

    /// The same store by another clock: it says how old a shop is that the process remembers.
    pub fn by(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    /// The table itself, for setting up and for tests.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// An inquiry, as it was a moment ago; `consistent` sees every acknowledged write, for
    /// twice the units.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn inquiry(
        &self,
        shop: &ShopId,
        id: &InquiryId,
        consistent: bool,
    ) -> Result<Option<Record>, Failure> {
        let item = self.table.get(&keys::inquiry(shop, id), consistent).await?;
        item.map(|item| record(&item)).transpose()
    }

    /// Several inquiries of a shop, in no order.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn inquiries(&self, shop: &ShopId, ids: &[InquiryId]) -> Result<Vec<Record>, Failure> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let keys: Vec<_> = ids.iter().map(|id| keys::inquiry(shop, id)).collect();
        self.table.get_many(&keys).await?.iter().map(record).collect()
    }

    /// Stores a new inquiry with the desk that it goes to and the alerts that it causes, and `beside` in the
    /// same transaction. If it is there already, the earlier sending made it.
    ///
    /// # Errors
    /// [`NotDone::KeyReused`], [`NotDone::Failed`]; a refused write of `beside` is
    /// [`Failure::Contended`].
    pub async fn open(
        &self,
        shop: &Shop,
        change: Change,
        once: &Once,
        beside: Vec<Write>,
    ) -> Result<Done, NotDone> {
        let record = Record::new(change.after.clone());
        let now = change.after.changed_at;
        let step = Step { record, change, once: Some(once) };
        let Planned { mut writes, moves, done } = self.planned(shop, step, now);
        writes.extend(beside);
        match self.commit_moved(shop, writes, &moves, now).await? {
            Written::Done => {
                self.tallies.forget(&shop.id);
                Ok(done)
            }
            Written::Refused(0) => self.opened_before(&done.record, once).await,
            Written::Refused(_) | Written::Conflict => Err(NotDone::Failed(Failure::Contended)),
        }
    }

    /// What an earlier sending opened.
    async fn opened_before(&self, record: &Record, once: &Once) -> Result<Done, NotDone> {
        let found = self.inquiry(&record.inquiry.shop, &record.inquiry.id, true).await?;
        let found = found.ok_or(NotDone::Failed(Failure::Contended))?;
        // Later commands may have pushed the first one out of memory; its id still tells.
        let other = |first: &items::CommandKey| first.before == 0 && first.body != once.body;
        if found.commands.iter().any(other) {
            return Err(NotDone::KeyReused);
        }
        let found = self.with_entries_since(found, 0).await?;
        Ok(Done { lines: found.lines.clone(), record: found, fresh: false, distribute: false })
    }

    /// The one write path: loads, enforces what came due, asks the pure rule, stores its change
    /// under the condition that nobody wrote in between; else decides again. What came due is stored
    /// also where the command is refused: `beside` tells of it then.
    ///
    /// # Errors
    /// [`NotDone`].
    pub async fn change(
        &self,
        command: Command<'_>,
        decide: impl Fn(&Inquiry) -> Result<Change, Refusal>,
        beside: &mut Option<Done>,
    ) -> Result<Done, NotDone> {
        let mut consistent = false;
        for _ in 0..ATTEMPTS {
            let found = self.inquiry(&command.shop.id, command.id, consistent).await?;
            let found = found.filter(|record| record.inquiry.confirmed || !command.by_staff);
            // A read that may be stale is never the ground for a refusal: it is repeated.
            let again = !consistent;
            let Some(record) = found else {
                if again {
                    consistent = true;
                    continue;
                }
                return Err(NotDone::Missing);
            };
            if let Some(earlier) = repeated(&record, command.once)? {
                return self.done_before(record, earlier).await;
            }
            let due = record.inquiry.enforce(command.now);
            let decided = match command.seen {
                Some(seen) if record.moved_on_since(seen) || ended_by_time(&due) => Err(None),
                _ => decide(&due.after).map_err(Some),
            };
            match decided {
                Err(_) if again => consistent = true,
                Err(refusal) => {
                    *beside = self.enforced(command.shop, record.clone(), due, command.now).await?;
                    let record = beside.as_ref().map_or(record, |done| done.record.clone());
                    return Err(self.not_done(record, command.seen, refusal).await?);
                }
                Ok(change) => {
                    let change = due.then(change);
                    if change.after == record.inquiry {
                        return Ok(Done { record, lines: Vec::new(), fresh: true, distribute: false });
                    }
                    let step = Step { record, change, once: Some(command.once) };
                    if let Ok(done) = self.stored(command.shop, step, command.now).await? {
                        return Ok(done);
                    }
                    consistent = true;
                }
            }
        }
        Err(NotDone::Failed(Failure::Contended))
    }

    /// Changes two inquiries of one customer together: the command's and `other`.
    ///
    /// # Errors
    /// [`NotDone`], about the command's inquiry.
    pub async fn change_pair(
        &self,
        command: Command<'_>,
        other: &InquiryId,
        decide: impl Fn(&Inquiry, &Inquiry) -> Result<(Change, Change), Refusal>,
    ) -> Result<Done, NotDone> {
        let (shop, now) = (command.shop, command.now);
        for _ in 0..ATTEMPTS {
            let one = self.inquiry(&shop.id, command.id, true).await?;
            let record = one.filter(|record| record.inquiry.confirmed).ok_or(NotDone::Missing)?;
            if let Some(earlier) = repeated(&record, command.once)? {
                return self.done_before(record, earlier).await;
            }
            let two = self.inquiry(&shop.id, other, true).await?;
            let second = two.filter(|record| record.inquiry.confirmed).ok_or(NotDone::Missing)?;
            let (due, second_due) = (record.inquiry.enforce(now), second.inquiry.enforce(now));
            if command.seen.is_some_and(|seen| record.moved_on_since(seen) || ended_by_time(&due)) {
                return Err(self.not_done(record, command.seen, None).await?);
            }
            let (change, second_change) = match decide(&due.after, &second_due.after) {
                Ok((change, second_change)) => (due.then(change), second_due.then(second_change)),
                Err(refusal) => return Err(self.not_done(record, command.seen, Some(refusal)).await?),
            };
            let first = self.planned(shop, Step { record, change, once: Some(command.once) }, now);
            let second = Step { record: second, change: second_change, once: None };
            let second = self.planned(shop, second, now);
            let writes = first.writes.into_iter().chain(second.writes).collect();
            let moves = [first.moves, second.moves].concat();
            if self.commit_moved(shop, writes, &moves, now).await? == Written::Done {
                self.tallies.forget(&shop.id);
                let distribute = first.done.distribute || second.done.distribute;
                return Ok(Done { distribute, ..first.done });
            }
        }
        Err(NotDone::Failed(Failure::Contended))
    }
}

fn record(item: &Item) -> Result<Record, Failure> {
    let shop = keys::shop_of(item.text("pk")?);
    let shop = shop.ok_or_else(|| Failure::Unreadable("not a shop's item".to_owned()))?;
    Record::decode(shop, row(item)?, item.bytes("doc")?, item.number("n")?)
}

fn row(item: &Item) -> Result<Row, Failure> {
    let id = keys::inquiry_id(item.text("pk")?, item.text("sk")?);
    let id = id.ok_or_else(|| Failure::Unreadable("not an inquiry's item".to_owned()))?;
    Row::decode(id, item.bytes("row")?)
}

/// Whether what came due ended the inquiry: whoever names a version from before has not seen that, whether or
/// not the schedule has run.
fn ended_by_time(due: &Change) -> bool {
    due.entries.iter().any(|entry| entry.event == Event::TimedOut)
}
