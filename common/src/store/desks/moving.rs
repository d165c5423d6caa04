//! Inquiries come to desks and leave them, as parts of the transaction that changes the inquiry.
//!
//! A set is changed once in a transaction, and either grows or shrinks: an agent who gives one and gets one
//! at once (a merge) has their set written whole, under the condition that it is still what was read.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::{AgentId, InquiryId};
use domain::shop::Shop;
use jiff::Timestamp;

use super::moment;
use crate::failure::Failure;
use crate::store::table::{Update, Value, Write};
use crate::store::{Store, keys};

/// The most inquiries that a desk tells apart: five times the largest capacity. Beyond it the desk only
/// notes that there are more, and counts as full (`held_more`).
pub const MOST_HELD: usize = 1_000;

/// An inquiry changes hands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) enum Move {
    /// It comes to that agent, whatever they have: a person decided.
    Take(AgentId, InquiryId),
    /// It leaves that agent.
    Release(AgentId, InquiryId),
}

/// What is known of the room on the desks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Room {
    /// Nothing: that there is some is a condition.
    Wanted,
    /// There was none.
    None,
}

#[derive(Default)]
struct Moved {
    taken: BTreeSet<String>,
    released: BTreeSet<String>,
}

impl Store {
    /// The writes of what changes hands: one for each desk.
    pub(in crate::store) async fn desk_writes(
        &self,
        shop: &Shop,
        moves: &[Move],
        room: Room,
        now: Timestamp,
    ) -> Result<Vec<Write>, Failure> {
        let mut desks: BTreeMap<&str, (&AgentId, Moved)> = BTreeMap::new();
        for one in moves {
            let (Move::Take(agent, _) | Move::Release(agent, _)) = one;
            let (_, moved) = desks.entry(agent.as_str()).or_insert_with(|| (agent, Moved::default()));
            match one {
                Move::Take(_, id) => moved.taken.insert(id.to_string()),
                Move::Release(_, id) => moved.released.insert(id.to_string()),
            };
        }
        let mut writes = Vec::with_capacity(desks.len());
        for (agent, moved) in desks.into_values() {
            let update = match (moved.taken.is_empty(), moved.released.is_empty()) {
                (true, _) => release(shop, agent, moved.released),
                (false, true) => take(shop, agent, moved.taken, room, now),
                (false, false) => self.exchange(shop, agent, moved, now).await?,
            };
            writes.push(Write::Update(update));
        }
        Ok(writes)
    }

    async fn exchange(
        &self,
        shop: &Shop,
        agent: &AgentId,
        moved: Moved,
        now: Timestamp,
    ) -> Result<Update, Failure> {
        let held = self.desk(&shop.id, agent).await?.held;
        let mut next: BTreeSet<String> = held.difference(&moved.released).cloned().collect();
        next.extend(moved.taken);
        let values = |ids: BTreeSet<String>| Value::Texts(ids.into_iter().collect());
        let mut update = Update {
            key: keys::desk(&shop.id, agent),
            actions: "SET held_ids = :next, given_at = :now".to_owned(),
            condition: Some("attribute_not_exists(held_ids)"),
            values: vec![(":next", values(next)), (":now", moment(now))],
        };
        if !held.is_empty() {
            update.condition = Some("held_ids = :held");
            update.values.push((":held", values(held)));
        }
        Ok(update)
    }
}

/// Inquiries come to a desk: by hand, whatever is on it.
fn take(shop: &Shop, agent: &AgentId, ids: BTreeSet<String>, room: Room, now: Timestamp) -> Update {
    let key = keys::desk(&shop.id, agent);
    if room == Room::None {
        let actions = "SET given_at = :now, held_more = :yes".to_owned();
        let values = vec![(":now", moment(now)), (":yes", Value::Truth(true))];
        return Update { key, actions, condition: None, values };
    }
    Update {
        key,
        actions: "ADD held_ids :ids SET given_at = :now".to_owned(),
        condition: Some("attribute_not_exists(held_ids) OR size(held_ids) < :told_apart"),
        values: vec![
            (":ids", Value::Texts(ids.into_iter().collect())),
            (":now", moment(now)),
            (":told_apart", Value::Number(MOST_HELD as u64)),
        ],
    }
}

/// An inquiry comes to a desk by the system: only to who is online, receiving and has room at that moment,
/// and whose inquiries were counted (SPEC §5.3, §5.8).
pub(in crate::store) fn take_if_free(shop: &Shop, agent: &AgentId, id: &InquiryId, now: Timestamp) -> Write {
    Write::Update(Update {
        key: keys::desk(&shop.id, agent),
        actions: "ADD held_ids :id SET given_at = :now".to_owned(),
        condition: Some(
            "online_until > :now AND is_receiving = :yes AND held_most > :none \
             AND (attribute_not_exists(held_ids) OR size(held_ids) < held_most) \
             AND attribute_exists(recount_at) AND attribute_not_exists(held_more)",
        ),
        values: vec![
            (":id", Value::Texts(vec![id.to_string()])),
            (":now", moment(now)),
            (":yes", Value::Truth(true)),
            (":none", Value::Number(0)),
        ],
    })
}

/// Inquiries leave a desk.
pub(super) fn release(shop: &Shop, agent: &AgentId, ids: BTreeSet<String>) -> Update {
    Update {
        key: keys::desk(&shop.id, agent),
        actions: "DELETE held_ids :ids".to_owned(),
        condition: None,
        values: vec![(":ids", Value::Texts(ids.into_iter().collect()))],
    }
}
