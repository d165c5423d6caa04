//! The inbox lists (SPEC §4.2, §4.3): pages by cursor, in both sorts, at a cost that does not
//! grow with what is stored.
//!
//! A short list (one person's, up to 100) is read whole and sorted in memory, counts included.
//! A long one is read in the order of an index: each part of it is a stream, the streams are
//! merged, and a page is one round trip of one query a stream. Both give the same rows and
//! cursors, so that a list may grow while somebody pages through it.

mod filter;
mod merge;

pub use filter::{Filter, Quick};

use domain::deadline;
use domain::ids::{AgentId, ShopId};
use domain::labels::Status;
use futures_util::future::try_join_all;
use jiff::Timestamp;

use self::merge::{Phase, Stream};
use super::items::Row;
use super::keys::{self, Index, Part};
use super::table::{Query, Range};
use super::{Store, Tally, row};
use crate::failure::Failure;

/// The most of each part that is read whole and sorted in memory.
pub(super) const SHORT: usize = 100;
/// Rows that are read of each stream at once where a filter may refuse many.
const FILTERED: usize = 100;
/// How often a filtered page reads on when it found too little.
const ROUNDS: usize = 3;

/// Which list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Active ones of these people; `None` is unassigned.
    Active(Vec<Option<AgentId>>),
    /// 歷史會話
    History,
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Longest waiting first, then what is in conversation by latest message.
    Waiting,
    /// Latest message of the customer first; in history, of anybody.
    Latest,
}

/// A page that somebody asks for.
#[derive(Debug, Clone)]
pub struct ListQuery {
    /// The tenant.
    pub shop: ShopId,
    /// Which list.
    pub scope: Scope,
    /// In which order.
    pub sort: Sort,
    /// What it is narrowed to.
    pub filter: Filter,
    /// The most rows.
    pub limit: usize,
    /// Where the page before ended.
    pub after: Option<Cursor>,
}

/// A page of a list.
#[derive(Debug, Default)]
pub struct ListPage {
    /// The rows, in order.
    pub rows: Vec<Row>,
    /// Where the next page begins, if there may be one.
    pub next: Option<Cursor>,
    /// The counts of the list, where reading the page told them.
    pub tally: Option<Tally>,
}

/// Where a page ended: a place in the order, valid whatever changed since.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// 0 for what waits (or the only part), 1 for what is in conversation behind it.
    pub phase: usize,
    /// The sort key of the last row read.
    pub position: String,
}

impl Cursor {
    /// Reads a cursor as it was handed out.
    pub fn parse(text: &str) -> Option<Self> {
        let (phase, position) = text.split_once('.')?;
        let (ms, own) = position.split_once('_')?;
        let fits = matches!(phase, "0" | "1")
            && ms.len() == 13
            && ms.bytes().all(|b| b.is_ascii_digit())
            && own.len() <= 13
            && own.bytes().all(|b| b.is_ascii_alphanumeric());
        fits.then(|| Self { phase: usize::from(phase == "1"), position: format!("{ms}#{own}") })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.phase, self.position.replace('#', "_"))
    }
}

impl Store {
    /// A page of a list.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn list(&self, query: &ListQuery, now: Timestamp) -> Result<ListPage, Failure> {
        if let Scope::Active(whose) = &query.scope
            && let [one] = whose.as_slice()
            && !self.tallies.is_long(&query.shop, one.as_ref())
        {
            if let Some(rows) = self.whole(&query.shop, one.as_ref()).await? {
                return Ok(in_memory(rows, query, now));
            }
            self.tallies.set_long(&query.shop, one.as_ref());
        }
        self.merged(query, now).await
    }

    /// All active inquiries of somebody, if they are few.
    async fn whole(&self, shop: &ShopId, whose: Option<&AgentId>) -> Result<Option<Vec<Row>>, Failure> {
        let parts: &[Part] =
            if whose.is_some() { &[Part::Awaiting, Part::Conversation] } else { &[Part::Awaiting] };
        let streams = parts.iter().map(|part| Stream {
            index: part.index(),
            partition: part.partition(shop, whose),
            newest_first: true,
        });
        let pages = self.read(&streams.collect::<Vec<_>>(), None, None, SHORT).await?;
        if pages.iter().any(|page| page.more) {
            return Ok(None);
        }
        let items = pages.iter().flat_map(|page| &page.items);
        items.map(row).collect::<Result<_, _>>().map(Some)
    }

    /// A page from the order of the indexes.
    async fn merged(&self, query: &ListQuery, now: Timestamp) -> Result<ListPage, Failure> {
        let mut page = ListPage::default();
        let chunk = if query.filter.refuses_some() { FILTERED } else { query.limit + 1 };
        let mut at = query.after.clone();
        let phases = phases(query, now);
        let first = at.as_ref().map_or(0, |cursor| cursor.phase);
        for (number, phase) in phases.iter().enumerate().skip(first) {
            let mut after = at.take().filter(|cursor| cursor.phase == number).map(|cursor| cursor.position);
            for _ in 0..ROUNDS {
                let read = self.read(&phase.streams, after.as_deref(), phase.until.as_deref(), chunk).await?;
                let wanted = query.limit - page.rows.len();
                let merged = merge::merge(&read, phase, wanted, |row| query.filter.admits(row, now))?;
                page.rows.extend(merged.rows);
                after = merged.last.or(after);
                if page.rows.len() == query.limit || !merged.more {
                    let more_here = merged.more;
                    if page.rows.len() == query.limit && (more_here || number + 1 < phases.len()) {
                        page.next = after.map(|position| Cursor { phase: number, position });
                        return Ok(page);
                    }
                    after = None;
                    break;
                }
            }
            if let Some(position) = after {
                // A filter refused nearly all that was read: the page is short, and goes on.
                page.next = Some(Cursor { phase: number, position });
                return Ok(page);
            }
        }
        Ok(page)
    }

    async fn read(
        &self,
        streams: &[Stream],
        after: Option<&str>,
        until: Option<&str>,
        limit: usize,
    ) -> Result<Vec<super::table::Page>, Failure> {
        // No key has this sign, so it stands right behind the last row.
        let behind = after.map(|after| format!("{after}!"));
        if behind.as_deref().zip(until).is_some_and(|(behind, until)| behind > until) {
            // A range that ends before it begins is nothing; the table would refuse to look.
            return Ok(streams.iter().map(|_| super::table::Page::default()).collect());
        }
        let queries = streams.iter().map(|stream| {
            let range = match (after, until, stream.newest_first) {
                (None, None, _) => Range::All,
                (None, Some(until), false) => Range::Before(until),
                (Some(after), None, false) => Range::After(after),
                (Some(_), Some(until), false) => Range::Between(behind.as_deref().unwrap_or_default(), until),
                (Some(after), _, true) => Range::Before(after),
                (None, Some(_), true) => Range::All,
            };
            self.table.query(Query {
                index: Some(stream.index),
                partition: &stream.partition,
                range,
                newest_first: stream.newest_first,
                limit,
            })
        });
        try_join_all(queries).await
    }
}

/// The parts of a list in the order in which a page goes through them.
fn phases(query: &ListQuery, now: Timestamp) -> Vec<Phase> {
    let whose = match &query.scope {
        Scope::History => return vec![Phase::of(Index::Latest, vec![keys::history(&query.shop)], true)],
        Scope::Active(whose) => whose,
    };
    let partitions = |parts: &[Part]| -> Vec<String> {
        let of = |who: &Option<AgentId>| {
            let who = who.clone();
            parts
                .iter()
                .filter(|part| who.is_some() || part.has_unassigned())
                .map(|part| part.partition(&query.shop, who.as_ref()))
                .collect::<Vec<_>>()
        };
        whose.iter().flat_map(of).collect()
    };
    let awaiting_only = query.filter.status == Some(Status::AwaitingReply)
        || matches!(
            query.filter.quick,
            Some(Quick::Unreplied | Quick::Expiring | Quick::Unread | Quick::Overdue)
        );
    if query.filter.quick == Some(Quick::Flagged) {
        return vec![Phase::of(Index::Flagged, partitions(&[Part::Flagged]), true)];
    }
    if query.sort == Sort::Latest {
        let parts: &[Part] =
            if awaiting_only { &[Part::Awaiting] } else { &[Part::Awaiting, Part::Conversation] };
        return vec![Phase::of(Index::Latest, partitions(parts), true)];
    }
    let parts: &[Part] = match query.filter.quick {
        Some(Quick::Unread) => &[Part::Unread, Part::OverdueUnread],
        Some(Quick::Overdue) => &[Part::OverdueUnread, Part::OverdueSeen],
        _ => &[Part::Unread, Part::Seen, Part::OverdueUnread, Part::OverdueSeen],
    };
    let mut waiting = Phase::of(Index::Waiting, partitions(parts), false);
    if query.filter.quick == Some(Quick::Expiring) {
        waiting.until = Some(keys::moment(deadline::expiring_before(now), None));
    }
    if awaiting_only {
        return vec![waiting];
    }
    if query.filter.status == Some(Status::InConversation) {
        // Nobody waits in it; the second phase stays the second, so that cursors hold.
        waiting.streams.clear();
    }
    let mut talking = Phase::of(Index::Latest, partitions(&[Part::Conversation]), true);
    if whose.contains(&None) {
        let partition = Part::Conversation.partition(&query.shop, None);
        talking.streams.push(Stream { index: Index::Waiting, partition, newest_first: true });
    }
    vec![waiting, talking]
}

/// A page of a list that is in memory, with the list's counts.
fn in_memory(rows: Vec<Row>, query: &ListQuery, now: Timestamp) -> ListPage {
    let tally = Tally::of(&rows, now);
    let mut placed: Vec<(Cursor, Row)> = rows
        .into_iter()
        .filter(|row| query.filter.admits(row, now))
        .map(|row| (place(&row, query), row))
        .collect();
    let flagged = query.filter.quick == Some(Quick::Flagged);
    placed.sort_by(|(one, _), (other, _)| order(one, other, query.sort, flagged));
    let after = |cursor: &Cursor| {
        query.after.as_ref().is_none_or(|last| order(cursor, last, query.sort, flagged).is_gt())
    };
    let mut rest = placed.into_iter().filter(|(cursor, _)| after(cursor));
    let page: Vec<(Cursor, Row)> = rest.by_ref().take(query.limit).collect();
    let next = page.last().map(|(cursor, _)| cursor.clone()).filter(|_| rest.next().is_some());
    ListPage { rows: page.into_iter().map(|(_, row)| row).collect(), next, tally: Some(tally) }
}

fn place(row: &Row, query: &ListQuery) -> Cursor {
    let own = Some(row.id.own());
    let latest = |phase| Cursor { phase, position: keys::moment(row.last_customer_message_at, own) };
    if query.sort == Sort::Latest || query.filter.quick == Some(Quick::Flagged) {
        return latest(0);
    }
    match row.waiting_since {
        Some(since) => Cursor { phase: 0, position: keys::moment(since, own) },
        None => latest(1),
    }
}

fn order(one: &Cursor, other: &Cursor, sort: Sort, flagged: bool) -> std::cmp::Ordering {
    let newest_first = sort == Sort::Latest || flagged || one.phase == 1;
    let within = one.position.cmp(&other.position);
    one.phase.cmp(&other.phase).then(if newest_first { within.reverse() } else { within })
}
