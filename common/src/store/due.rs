//! What happens without anybody asking: time is enforced (SPEC §6), unassigned inquiries find an
//! agent (SPEC §5). Both are changes like any other, decided by the same rules.

use domain::ids::{AgentId, InquiryId, ShopId};
use domain::refusal::Refusal;
use domain::routing::Routed;
use domain::shop::Shop;
use futures_util::future::try_join_all;
use jiff::{SignedDuration, Timestamp};

use super::commit::Step;
use super::items::{Record, Row};
use super::keys::{self, Index, Part};
use super::table::{Item, Query, Range, When, Write, Written};
use super::{ATTEMPTS, Done, Owed, Store, desks, row};
use crate::failure::Failure;

/// Why an inquiry was not given to the agent that was chosen.
#[derive(Debug)]
pub enum NotRouted {
    /// It is no longer to be given: somebody has it, or it ended.
    Gone,
    /// The agent is no longer online and receiving, or has no room any more: choose again.
    Full,
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
    /// Whether there are more.
    pub more: bool,
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

    /// The oldest unassigned inquiries, at most `most`. An index read.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn waiting(&self, shop: &ShopId, most: usize) -> Result<Waiting, Failure> {
        let parts = [Part::OverdueUnread, Part::Unread];
        let partitions: Vec<String> = parts.iter().map(|part| part.partition(shop, None)).collect();
        let read = |partition| {
            self.table.query(Query {
                index: Some(Index::Waiting),
                partition,
                range: Range::All,
                newest_first: false,
                limit: most,
            })
        };
        let pages = try_join_all(partitions.iter().map(|partition| read(partition))).await?;
        let mut more = pages.iter().any(|page| page.more);
        let items = pages.iter().flat_map(|page| &page.items);
        let mut rows = items.map(row).collect::<Result<Vec<_>, _>>()?;
        rows.sort_by(|one, other| {
            (one.waiting_since, one.id.own()).cmp(&(other.waiting_since, other.id.own()))
        });
        if rows.len() < most && !more {
            let put_back = read(&Part::Conversation.partition(shop, None)).await?;
            more = put_back.more;
            rows.extend(put_back.items.iter().map(row).collect::<Result<Vec<_>, _>>()?);
        }
        more |= rows.len() > most;
        rows.truncate(most);
        Ok(Waiting { rows, more })
    }

    /// Gives an unassigned inquiry to an agent, if they still can take it at that very moment: the
    /// inquiry and the agent's desk change together or not at all (SPEC §5.8).
    ///
    /// # Errors
    /// [`NotRouted`].
    pub async fn route(
        &self,
        shop: &Shop,
        id: &InquiryId,
        agent: &AgentId,
        routed: &Routed,
        now: Timestamp,
    ) -> Result<Done, NotRouted> {
        for _ in 0..ATTEMPTS {
            let record = self.inquiry(&shop.id, id, true).await?.ok_or(NotRouted::Gone)?;
            let due = record.inquiry.enforce(now);
            let decided = match due.after.unassigned() {
                true => due.after.route_to(agent, *routed, now),
                false => Err(Refusal::NotAssigned),
            };
            let Ok(change) = decided else { return Err(NotRouted::Gone) };
            let step = Step { record, change: due.then(change), once: None };
            let mut planned = self.planned(shop, step, now);
            let guarded = desks::take_if_free(shop, agent, id, now);
            let desk = planned.writes.iter().position(|write| matches!(write, Write::Update(_)));
            let Some(desk) = desk else { return Err(NotRouted::Gone) };
            planned.writes[desk] = guarded;
            match self.commit(planned.writes).await? {
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
