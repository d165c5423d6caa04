//! A desk is compared with the inquiries themselves, and what differs is put right: where one agent became
//! several, since nothing was counted before; and from time to time, whatever went wrong.
//!
//! It can be done at any time, by several at once and again after it broke off: each difference is read anew,
//! and put right in a transaction with the inquiry as it was read.

use std::collections::BTreeSet;

use domain::deadline::after;
use domain::ids::{AgentId, InquiryId};
use domain::shop::Shop;
use jiff::{SignedDuration, Timestamp};

use super::moving::{MOST_HELD, release};
use super::{Desk, moment};
use crate::failure::Failure;
use crate::store::keys::{self, Part};
use crate::store::table::{ConditionFailed, Query, Range, Update, Value, When, Write, Written};
use crate::store::{Store, row};

/// How long a desk is trusted that was compared.
const TRUSTED: SignedDuration = SignedDuration::from_hours(1);
/// The same after the first time: other processes may go on for a minute as if the shop had one agent.
const TRUSTED_AT_FIRST: SignedDuration = SignedDuration::from_mins(2);
/// Differences that are put right together: a transaction holds 100 items.
const TOGETHER: usize = 50;
/// How often that is tried while others write.
const TRIES: usize = 4;
/// Rows that are read at once.
const ROWS: usize = 250;

impl Desk {
    /// Whether it was ever compared with the inquiries: before, nobody knows what its agent has.
    pub fn counted(&self) -> bool {
        self.recount_at.is_some()
    }

    /// Whether it is to be compared again.
    pub fn recount_due(&self, now: Timestamp) -> bool {
        self.recount_at.is_none_or(|at| at <= now)
    }
}

impl Store {
    /// Compares a desk with the inquiries, and puts right what differs.
    ///
    /// # Errors
    /// [`Failure`]: what was put right stays so.
    pub async fn recount(&self, shop: &Shop, agent: &AgentId, now: Timestamp) -> Result<(), Failure> {
        let (ids, more) = self.active_of(shop, agent, MOST_HELD).await?;
        let listed: BTreeSet<String> = ids.iter().map(ToString::to_string).collect();
        // Read after the lists: what came since is in neither, or in both.
        let desk = self.desk(&shop.id, agent).await?;
        let room = MOST_HELD.saturating_sub(desk.held.len());
        let surplus: Vec<String> = desk.held.difference(&listed).cloned().collect();
        let missing: Vec<String> = listed.difference(&desk.held).take(room).cloned().collect();
        for (differing, theirs) in [(surplus, false), (missing, true)] {
            for some in differing.chunks(TOGETHER) {
                self.put_right(shop, agent, some, theirs).await?;
            }
        }
        let span = if desk.counted() { TRUSTED } else { TRUSTED_AT_FIRST };
        let mut actions = "SET recount_at = :next".to_owned();
        let mut values = vec![(":next", moment(after(now, span)))];
        match (more, desk.held_more) {
            (true, _) => {
                actions.push_str(", held_more = :yes");
                values.push((":yes", Value::Truth(true)));
            }
            (false, true) => actions.push_str(" REMOVE held_more"),
            (false, false) => {}
        }
        let update = Update { key: keys::desk(&shop.id, agent), actions, condition: None, values };
        let _: Result<_, ConditionFailed> = self.table.update(update).await?;
        Ok(())
    }

    /// Puts those of them on the desk, or takes them off, of which that is right now.
    async fn put_right(
        &self,
        shop: &Shop,
        agent: &AgentId,
        ids: &[String],
        theirs: bool,
    ) -> Result<(), Failure> {
        for _ in 0..TRIES {
            let (mut writes, mut wrong) = (Vec::new(), BTreeSet::new());
            for id in ids {
                let Ok(id) = InquiryId::parse(id) else { continue };
                let found = self.inquiry(&shop.id, &id, true).await?;
                let holds = found.as_ref().is_some_and(|it| it.inquiry.holder() == Some(agent));
                if holds == theirs {
                    let when = found.map_or(When::Absent, |it| When::Written(it.writes));
                    writes.push(Write::Check(keys::inquiry(&shop.id, &id), when));
                    wrong.insert(id.to_string());
                }
            }
            if wrong.is_empty() {
                return Ok(());
            }
            tracing::info!(shop = %shop.id, %agent, count = wrong.len(), theirs, "a desk is put right");
            let mut update = release(shop, agent, wrong);
            if theirs {
                update.actions = "ADD held_ids :ids".to_owned();
            }
            writes.push(Write::Update(update));
            if self.table.put_all(writes).await? == Written::Done {
                return Ok(());
            }
        }
        Err(Failure::Contended)
    }

    /// Ids of somebody's active inquiries, at most `most`, and whether there are more. An index read.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn active_of(
        &self,
        shop: &Shop,
        agent: &AgentId,
        most: usize,
    ) -> Result<(Vec<InquiryId>, bool), Failure> {
        let mut ids = Vec::new();
        for part in [Part::Awaiting, Part::Conversation] {
            let partition = part.partition(&shop.id, Some(agent));
            let mut last = String::new();
            loop {
                let range = if last.is_empty() { Range::All } else { Range::After(&last) };
                let index = Some(part.index());
                let query = Query { index, partition: &partition, range, newest_first: false, limit: ROWS };
                let page = self.table.query(query).await?;
                for item in &page.items {
                    ids.push(row(item)?.id);
                }
                if ids.len() > most {
                    ids.truncate(most);
                    return Ok((ids, true));
                }
                match page.items.last().filter(|_| page.more) {
                    Some(item) => last = item.text(part.index().sort())?.to_owned(),
                    None => break,
                }
            }
        }
        Ok((ids, false))
    }
}
