//! The counts beside the lists: exact to 999, then "999+" (SPEC §4.2).
//!
//! A short list's counts come with its rows. A long one's are bounded counts of its parts,
//! kept for ten seconds in the process, so that their cost is flat too.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use domain::deadline;
use domain::ids::{AgentId, ShopId};
use futures_util::future::try_join_all;
use jiff::Timestamp;

use super::Store;
use super::items::Row;
use super::keys::{self, Part};
use super::lists::SHORT;
use super::table::{Query, Range};
use crate::failure::Failure;

/// The largest count: it stands for "999+".
pub const COUNT_LIMIT: usize = 1_000;
/// How long a long list's counts, and that it is long, are kept.
const KEPT: Duration = Duration::from_secs(10);

/// The counts of one person's active inquiries, or of the unassigned; each at most [`COUNT_LIMIT`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub active: usize,
    /// 未讀
    pub unread: usize,
    /// 未回復
    pub unreplied: usize,
    /// 即將過期
    pub expiring: usize,
    /// 逾期
    pub overdue: usize,
    /// 標記
    pub flagged: usize,
}

impl Tally {
    /// The counts of rows that are all there.
    pub fn of(rows: &[Row], now: Timestamp) -> Self {
        let count = |admits: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| admits(row)).count();
        let expiring = |row: &Row| row.waiting_since.is_some_and(|since| deadline::is_expiring(since, now));
        Self {
            active: rows.len(),
            unread: count(&Row::unread),
            unreplied: count(&|row| row.waiting_since.is_some()),
            expiring: count(&expiring),
            overdue: count(&Row::overdue),
            flagged: count(&|row| row.flag.is_some()),
        }
    }
}

type Whose = (ShopId, Option<AgentId>);

/// What the process remembers of long lists.
#[derive(Debug, Clone, Default)]
pub(super) struct Cache(Arc<Mutex<HashMap<Whose, Remembered>>>);

#[derive(Debug, Default)]
struct Remembered {
    long_since: Option<Instant>,
    tally: Option<(Tally, Instant)>,
}

impl Cache {
    fn with<T>(&self, shop: &ShopId, whose: Option<&AgentId>, use_it: impl Fn(&mut Remembered) -> T) -> T {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        use_it(all.entry((shop.clone(), whose.cloned())).or_default())
    }

    pub(super) fn is_long(&self, shop: &ShopId, whose: Option<&AgentId>) -> bool {
        self.with(shop, whose, |it| it.long_since.is_some_and(|since| since.elapsed() < KEPT))
    }

    pub(super) fn set_long(&self, shop: &ShopId, whose: Option<&AgentId>) {
        self.with(shop, whose, |it| it.long_since = Some(instant()));
    }

    fn tally(&self, shop: &ShopId, whose: Option<&AgentId>) -> Option<Tally> {
        self.with(shop, whose, |it| it.tally.filter(|(_, at)| at.elapsed() < KEPT).map(|(tally, _)| tally))
    }

    fn keep(&self, shop: &ShopId, whose: Option<&AgentId>, tally: Tally) {
        self.with(shop, whose, |it| it.tally = Some((tally, instant())));
    }

    /// After a write: this process counts anew, except what is far beyond "999+".
    pub(super) fn forget(&self, shop: &ShopId) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for ((of, _), it) in all.iter_mut().filter(|((of, _), _)| of == shop) {
            debug_assert_eq!(of, shop);
            it.tally = it.tally.filter(|(tally, _)| tally.active >= COUNT_LIMIT);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "how long something is kept is not Kefu's time")]
fn instant() -> Instant {
    Instant::now()
}

impl Store {
    /// The counts of somebody's active inquiries, or of the unassigned.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn tally(
        &self,
        shop: &ShopId,
        whose: Option<&AgentId>,
        now: Timestamp,
    ) -> Result<Tally, Failure> {
        if let Some(kept) = self.tallies.tally(shop, whose) {
            return Ok(kept);
        }
        let expiring = keys::moment(deadline::expiring_before(now), None);
        let until = Range::Before(&expiring);
        let count = |part: Part, range| async move {
            let partition = part.partition(shop, whose);
            self.table
                .tally(Query {
                    index: Some(part.index()),
                    partition: &partition,
                    range,
                    newest_first: false,
                    limit: COUNT_LIMIT,
                })
                .await
        };
        let nobodys = whose.is_none();
        let part = |part: Part, range| async move {
            let empty = nobodys && !part.has_unassigned();
            if empty { Ok(0) } else { count(part, range).await }
        };
        let waiting = [Part::Unread, Part::OverdueUnread, Part::Seen, Part::OverdueSeen];
        let others = [if nobodys { Part::Awaiting } else { Part::Conversation }, Part::Flagged];
        let all = waiting.iter().chain(&others).map(|it| part(*it, Range::All));
        let expiring = waiting.iter().map(|it| part(*it, until));
        let (all, expiring) = tokio::try_join!(try_join_all(all), try_join_all(expiring))?;
        let [unread, late_unread, seen, late_seen, rest, flagged] = all[..] else {
            return Ok(Tally::default());
        };
        let unreplied = (unread + late_unread + seen + late_seen).min(COUNT_LIMIT);
        let tally = Tally {
            active: if nobodys { rest } else { (unreplied + rest).min(COUNT_LIMIT) },
            unread: (unread + late_unread).min(COUNT_LIMIT),
            unreplied,
            expiring: expiring.iter().sum::<usize>().min(COUNT_LIMIT),
            overdue: (late_unread + late_seen).min(COUNT_LIMIT),
            flagged,
        };
        if tally.active > SHORT {
            self.tallies.keep(shop, whose, tally);
        }
        Ok(tally)
    }

    /// How many active inquiries somebody has: two bounded counts.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn active(&self, shop: &ShopId, agent: &AgentId) -> Result<usize, Failure> {
        if let Some(kept) = self.tallies.tally(shop, Some(agent)) {
            return Ok(kept.active);
        }
        let count = |part: Part| async move {
            let partition = part.partition(shop, Some(agent));
            let index = Some(part.index());
            let query = Query {
                index,
                partition: &partition,
                range: Range::All,
                newest_first: false,
                limit: COUNT_LIMIT,
            };
            self.table.tally(query).await
        };
        let (awaiting, talking) = tokio::try_join!(count(Part::Awaiting), count(Part::Conversation))?;
        Ok((awaiting + talking).min(COUNT_LIMIT))
    }

    /// How many active inquiries are unassigned: one bounded count.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn unassigned(&self, shop: &ShopId) -> Result<usize, Failure> {
        if let Some(kept) = self.tallies.tally(shop, None) {
            return Ok(kept.active);
        }
        let partition = Part::Awaiting.partition(shop, None);
        let active = self
            .table
            .tally(Query {
                index: Some(Part::Awaiting.index()),
                partition: &partition,
                range: Range::All,
                newest_first: false,
                limit: COUNT_LIMIT,
            })
            .await?;
        if active >= COUNT_LIMIT {
            self.tallies.keep(shop, None, Tally { active, ..Tally::default() });
        }
        Ok(active)
    }
}
