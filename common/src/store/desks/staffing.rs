//! Who serves a shop changes: what its former agents have is to be placed anew. Their desks are marked for it
//! in the transaction that stores the shop, and stay in an index until it is done (outbox), so that no crash
//! loses it.

use std::collections::BTreeSet;

use domain::deadline::after;
use domain::ids::{AgentId, ShopId};
use domain::shop::Shop;
use jiff::{SignedDuration, Timestamp};

use super::moment;
use crate::failure::Failure;
use crate::store::Store;
use crate::store::keys::{self, Index};
use crate::store::table::{ConditionFailed, Item, Query, Range, Update, Value, Write};

/// So long other processes may act on the shop as it was before.
const SETTLES: SignedDuration = SignedDuration::from_mins(2);

/// A desk whose agent came or left: there may be inquiries in the wrong hands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unplaced {
    /// Whose.
    pub agent: AgentId,
    since: Timestamp,
}

impl Unplaced {
    pub(super) fn read(agent: AgentId, item: &Item) -> Option<Self> {
        let ms = item.number("unplaced_since").ok()?;
        let since = Timestamp::from_millisecond(i64::try_from(ms).ok()?).ok()?;
        Some(Self { agent, since })
    }

    /// Whether everybody knows by now who serves.
    pub fn settled(&self, now: Timestamp) -> bool {
        after(self.since, SETTLES) <= now
    }
}

/// What happens to the desks when a shop's staff changes.
pub(in crate::store) fn writes(before: &Shop, after: &Shop, now: Timestamp) -> Vec<Write> {
    let mut writes = Vec::new();
    let update = |agent: &AgentId, actions: &str, values| {
        let key = keys::desk(&after.id, agent);
        Write::Update(Update { key, actions: actions.to_owned(), condition: None, values })
    };
    let marked = |agent: &AgentId| {
        let position = format!("{}#{}#{agent}", keys::moment(now, None), after.id);
        let actions = "SET unplaced_since = :now, due = :staff, due_at = :position \
                       REMOVE online_until, viewing_id";
        let values = vec![
            (":now", moment(now)),
            (":staff", Value::Text(keys::STAFF.to_owned())),
            (":position", Value::Text(position)),
        ];
        update(agent, actions, values)
    };
    let left = before.service().filter(|member| !after.can_serve(&member.agent));
    writes.extend(left.map(|member| marked(&member.agent)));
    match after.only_agent() {
        // What waited while nobody served is theirs.
        Some(only) if before.service().next().is_none() => writes.push(marked(&only.agent)),
        Some(_) => {}
        None => {
            // With one agent nothing was counted.
            let uncounted = before.only_agent().is_some();
            for member in after.service() {
                if !before.can_serve(&member.agent) {
                    writes.push(update(
                        &member.agent,
                        "REMOVE unplaced_since, due, due_at, recount_at",
                        Vec::new(),
                    ));
                } else if uncounted {
                    writes.push(update(&member.agent, "REMOVE unplaced_since, recount_at", Vec::new()));
                }
            }
        }
    }
    writes
}

impl Store {
    /// Desks whose agents came or left lately.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn unplaced(&self, shop: &ShopId) -> Result<Vec<Unplaced>, Failure> {
        let items = self.desk_items(shop, true).await?;
        let read = |item: &Item| {
            let (_, agent) = keys::desk_of(item.text("pk").ok()?, item.text("sk").ok()?)?;
            Unplaced::read(agent, item)
        };
        Ok(items.iter().filter_map(read).collect())
    }

    /// Everything of theirs is in the right hands.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn placed(&self, shop: &ShopId, unplaced: &Unplaced) -> Result<(), Failure> {
        let update = Update {
            key: keys::desk(shop, &unplaced.agent),
            actions: "REMOVE unplaced_since, due, due_at".to_owned(),
            condition: Some("unplaced_since = :since"),
            values: vec![(":since", moment(unplaced.since))],
        };
        // If not, they came or left once more.
        let _: Result<_, ConditionFailed> = self.table.update(update).await?;
        Ok(())
    }

    /// The shops whose staff changed, until what that means is done. An index read.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn shops_unplaced(&self) -> Result<Vec<ShopId>, Failure> {
        let query = Query {
            index: Some(Index::Due),
            partition: keys::STAFF,
            range: Range::All,
            newest_first: false,
            limit: 1_000,
        };
        let mut shops = BTreeSet::new();
        for item in self.table.query(query).await?.items {
            shops.extend(keys::desk_of(item.text("pk")?, item.text("sk")?).map(|(shop, _)| shop));
        }
        Ok(shops.into_iter().collect())
    }
}
