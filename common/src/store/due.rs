//! What happens without anybody asking: time is enforced (SPEC §6), unassigned inquiries find an
//! agent (SPEC §5). Both are changes like any other, decided by the same rules.

use domain::ids::{AgentId, InquiryId, ShopId};
use domain::routing::{Arrival, Routed};
use domain::shop::Shop;
use futures_util::future::try_join_all;
use jiff::{SignedDuration, Timestamp};

use super::commit::Step;
use super::desks::moving::{Move, take_if_free};
use super::items::{Record, Row};
use super::keys::{self, Index, Part};
use super::table::{Item, Query, Range, When, Write, Written};
use super::{ATTEMPTS, Cursor, Done, Owed, Store, row};
use crate::failure::Failure;

/// Why an inquiry was not given to the agent that was chosen.
#[derive(Debug)]
pub enum NotRouted {
    /// It is no longer to be given: somebody has it, or it ended.
    Gone,
    /// The agent is no longer online and receiving, or has no room any more: choose again.
    Full,
    /// The inquiry is no longer what the choice went by; as it is now: choose again.
    Changed(Box<Record>),
    /// A machine broke.
    Failed(Failure),
}

impl From<Failure> for NotRouted {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// The oldest unassigned inquiries of a shop.
#[derive(Debug, Default)]
pub struct Waiting {
    /// Those who wait for a reply, longest first; then those that were put back in conversation.
    pub rows: Vec<Row>,
    /// Where the next ones begin, if there may be more.
    pub next: Option<Cursor>,
}

/// Inquiries to which an index points.
#[derive(Debug, Default)]
pub struct DuePage {
    /// Them, the longest due first.
    pub owed: Vec<Owed>,
    /// Where the next page begins, if there may be one.
    pub next: Option<String>,
}

impl Store {
    /// A page of what an index points at in one of [`DUE_SHARDS`](keys::DUE_SHARDS) before `until`, what came due first
    /// first, behind the place where the page before ended: what cannot be done there does not stand in
    /// the way of what is behind it. Each is to be looked at again. The cost follows what is due.
    pub(super) async fn due_page(
        &self,
        index: Index,
        shard: u8,
        after: Option<&str>,
        until: &str,
        most: usize,
    ) -> Result<DuePage, Failure> {
        let (partition, start) = (keys::due(shard), format!("{}!", after.unwrap_or_default()));
        let range = if start.as_str() < until {
            Range::Between(&start, until)
        } else {
            return Ok(DuePage::default());
        };
        let query =
            Query { index: Some(index), partition: &partition, range, newest_first: false, limit: most };
        let page = self.table.query(query).await?;
        let last = page.items.last().filter(|_| page.more).map(|item| item.text(index.sort())).transpose()?;
        let next = last.map(str::to_owned);
        let place = |item: &Item| {
            keys::shop_of(item.text("pk").ok()?)
                .zip(keys::inquiry_id(item.text("pk").ok()?, item.text("sk").ok()?))
        };
        let owed = page.items.iter().filter_map(place);
        Ok(DuePage { owed: owed.map(|(shop, inquiry)| Owed { shop, inquiry }).collect(), next })
    }

    /// Inquiries to which time has something to do at `now`, a page of one of [`DUE_SHARDS`](keys::DUE_SHARDS).
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn due(
        &self,
        shard: u8,
        after: Option<&str>,
        now: Timestamp,
        most: usize,
    ) -> Result<DuePage, Failure> {
        let behind = now.saturating_add(SignedDuration::from_millis(1)).unwrap_or(now);
        self.due_page(Index::Deadline, shard, after, &keys::moment(behind, None), most).await
    }

    /// Enforces what is due of one inquiry; `None` if nothing is.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn enforce(
        &self,
        shop: &Shop,
        id: &InquiryId,
        now: Timestamp,
    ) -> Result<Option<Done>, Failure> {
        let mut consistent = false;
        for _ in 0..ATTEMPTS {
            let Some(record) = self.inquiry(&shop.id, id, consistent).await? else { return Ok(None) };
            let change = record.inquiry.enforce(now);
            if change.entries.is_empty() {
                if consistent {
                    self.place_anew(record, now).await?;
                    return Ok(None);
                }
            } else if let Ok(done) = self.stored(shop, Step { record, change, once: None }, now).await? {
                return Ok(Some(done));
            }
            consistent = true;
        }
        Err(Failure::Contended)
    }

    /// The index says that something is due, the inquiry does not: it was answered since, and
    /// stayed where it was. Writing it again puts it where it belongs.
    async fn place_anew(&self, mut record: Record, now: Timestamp) -> Result<(), Failure> {
        if record.look_at.is_none_or(|at| now < at) {
            // Only the index lags: nothing is due any more, or later.
            return Ok(());
        }
        record.look_in_time(now);
        let when = When::Written(record.writes);
        record.writes += 1;
        let writes: Vec<Write> = self.writes(&record, when);
        // Whoever wrote in between has placed it.
        let _: Written = self.commit(writes).await?;
        Ok(())
    }

    /// Puts an active inquiry into the hands in which it belongs, the shop's staff being as it is now
    /// (SPEC §5.2); `None` if it is.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn place(&self, shop: &Shop, id: &InquiryId, now: Timestamp) -> Result<Option<Done>, Failure> {
        for _ in 0..ATTEMPTS {
            let Some(record) = self.inquiry(&shop.id, id, true).await? else { return Ok(None) };
            let due = record.inquiry.enforce(now);
            let placed = due.after.placed(shop, now);
            if placed.entries.is_empty() {
                return Ok(None);
            }
            let step = Step { record, change: due.then(placed), once: None };
            if let Ok(done) = self.stored(shop, step, now).await? {
                return Ok(Some(done));
            }
        }
        Err(Failure::Contended)
    }

    /// The oldest unassigned inquiries behind that place, at most `most`. An index read.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn waiting(
        &self,
        shop: &ShopId,
        after: Option<&Cursor>,
        most: usize,
    ) -> Result<Waiting, Failure> {
        let phase = after.map_or(0, |cursor| cursor.phase);
        let position = after.map(|cursor| cursor.position.as_str()).filter(|position| !position.is_empty());
        let parts: &[Part] =
            if phase == 0 { &[Part::OverdueUnread, Part::Unread] } else { &[Part::Conversation] };
        let partitions: Vec<String> = parts.iter().map(|part| part.partition(shop, None)).collect();
        let read = |partition| {
            self.table.query(Query {
                index: Some(Index::Waiting),
                partition,
                range: position.map_or(Range::All, Range::After),
                newest_first: false,
                limit: most,
            })
        };
        let pages = try_join_all(partitions.iter().map(|partition| read(partition))).await?;
        let mut placed = Vec::new();
        for item in pages.iter().flat_map(|page| &page.items) {
            placed.push((item.text(Index::Waiting.sort())?.to_owned(), row(item)?));
        }
        placed.sort_by(|one, other| one.0.cmp(&other.0));
        let more = placed.len() > most || pages.iter().any(|page| page.more);
        placed.truncate(most);
        let next = match placed.last().filter(|_| more) {
            Some((position, _)) => Some(Cursor { phase, position: position.clone() }),
            // What was put back in conversation comes last.
            None => (phase == 0).then(|| Cursor { phase: 1, position: String::new() }),
        };
        Ok(Waiting { rows: placed.into_iter().map(|(_, row)| row).collect(), next })
    }

    /// Gives an unassigned inquiry to an agent, if they still can take it at that very moment: the
    /// inquiry and the agent's desk change together or not at all (SPEC §5.8). `arrival` is what the
    /// choice went by.
    ///
    /// # Errors
    /// [`NotRouted`].
    pub async fn route(
        &self,
        shop: &Shop,
        id: &InquiryId,
        arrival: &Arrival<'_>,
        (agent, routed): (&AgentId, &Routed),
        now: Timestamp,
    ) -> Result<Done, NotRouted> {
        for _ in 0..ATTEMPTS {
            let record = self.inquiry(&shop.id, id, true).await?.ok_or(NotRouted::Gone)?;
            let due = record.inquiry.enforce(now);
            if !due.after.unassigned() {
                return Err(NotRouted::Gone);
            }
            if !due.after.arrives_as(arrival) {
                return Err(NotRouted::Changed(Box::new(record)));
            }
            let Ok(change) = due.after.route_to(agent, *routed, now) else { return Err(NotRouted::Gone) };
            let step = Step { record, change: due.then(change), once: None };
            let planned = self.planned(shop, step, now);
            if planned.moves != [Move::Take(agent.clone(), id.clone())] {
                return Err(NotRouted::Gone);
            }
            let mut writes = planned.writes;
            let desk = writes.len();
            writes.push(take_if_free(shop, agent, id, now));
            match self.commit(writes).await? {
                Written::Done => {
                    self.tallies.forget(&shop.id);
                    return Ok(planned.done);
                }
                Written::Refused(place) if place == desk => return Err(NotRouted::Full),
                Written::Refused(_) | Written::Conflict => {}
            }
        }
        Err(NotRouted::Failed(Failure::Contended))
    }
}
