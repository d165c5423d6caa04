//! Desks: an agent's place in a shop (SPEC §5). What somebody holds is a set of inquiries on
//! their desk, changed in the same transaction as the inquiry, so that the load is never wrong
//! and capacity is a condition of the assignment itself.

pub mod arranging;
pub mod counting;
pub mod moving;
pub mod staffing;

use std::collections::{BTreeMap, BTreeSet};

use domain::calendar::Week;
use domain::deadline::{OFFLINE_AFTER, after};
use domain::ids::{AgentId, InquiryId, ShopId};
use domain::labels::Category;
use domain::routing::Candidate;
use domain::shop::Shop;
use jiff::{SignedDuration, Timestamp};

use self::arranging::Duty;
use self::staffing::Unplaced;
use super::Store;
use super::keys::{self, Index};
use super::shops::settings::week;
use super::table::{ConditionFailed, Item, Query, Range, Update, Value};
use crate::failure::Failure;

/// Active inquiries that an agent gets by themselves, until somebody changes it (SPEC §5.8).
pub const DEFAULT_CAPACITY: u32 = 10;
/// Desks that are read at once.
const DESKS_AT_ONCE: usize = 500;
/// What is typed is told for so long after the last heartbeat.
const TYPING_SECONDS: i64 = 20;
/// A sign of life that was under way while its page closed comes within this time.
const UNDER_WAY: SignedDuration = SignedDuration::from_secs(10);

/// Who may say that they are here: who serves, on a page that did not just close.
const MAY_BEAT: &str = "attribute_not_exists(unplaced_since) \
     AND (attribute_not_exists(closed_tab) OR closed_tab <> :tab OR closed_at <= :lately)";
/// The same of a page that shows another shop: where a page of theirs shows this one, that one speaks.
const MAY_BEAT_ELSEWHERE: &str = "attribute_not_exists(unplaced_since) \
     AND (attribute_not_exists(closed_tab) OR closed_tab <> :tab OR closed_at <= :lately) \
     AND (attribute_not_exists(online_until) OR online_until <= :now OR beat_tab = :tab)";

/// An agent's place in a shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    /// Whose.
    pub agent: AgentId,
    /// 接收會話分配: the agent's own switch, on until they turn it off.
    pub receiving: bool,
    /// Up to how many active inquiries they get by themselves.
    pub capacity: u32,
    /// What they are responsible for.
    pub categories: Vec<Category>,
    /// When they are on duty, in the shop's time.
    pub shifts: Week,
    /// Until when they are online if nothing more is heard.
    pub online_until: Option<Timestamp>,
    /// The last heartbeat.
    pub beat_at: Option<Timestamp>,
    /// The inquiry that they look at.
    pub viewing: Option<InquiryId>,
    /// Whether they were typing at the last heartbeat.
    pub typing: bool,
    /// When they last got an inquiry.
    pub given_at: Option<Timestamp>,
    /// Their active inquiries; kept in shops with several agents only.
    pub held: BTreeSet<String>,
    /// Whether they have more than those: more than a desk tells apart.
    pub held_more: bool,
    /// When it is compared with the inquiries again; never compared before that is set.
    pub recount_at: Option<Timestamp>,
    /// The alert up to which they have seen them.
    pub alerts_seen: Option<String>,
}

/// A sign of life of an agent's open page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beat {
    /// Which page, by an id of its own.
    pub tab: String,
    /// The inquiry that is open.
    pub viewing: Option<InquiryId>,
    /// Whether something is being typed.
    pub typing: bool,
    /// A new position of the switch.
    pub receiving: Option<bool>,
    /// Whether the page shows another shop of theirs.
    pub elsewhere: bool,
}

impl Desk {
    /// The desk of somebody who has not been here yet.
    pub fn new(agent: AgentId) -> Self {
        Self {
            agent,
            receiving: true,
            capacity: DEFAULT_CAPACITY,
            categories: Vec::new(),
            shifts: Week::default(),
            online_until: None,
            beat_at: None,
            viewing: None,
            typing: false,
            given_at: None,
            held: BTreeSet::new(),
            held_more: false,
            recount_at: None,
            alerts_seen: None,
        }
    }

    /// Whether their page is open: a heartbeat came within the last 60 s (SPEC §5.1).
    pub fn online(&self, now: Timestamp) -> bool {
        self.online_until.is_some_and(|until| now < until)
    }

    /// How many active inquiries they have.
    pub fn load(&self) -> u32 {
        let told_apart = if self.held_more { moving::MOST_HELD } else { 0 };
        u32::try_from(self.held.len().max(told_apart)).unwrap_or(u32::MAX)
    }

    /// The inquiry that they look at now, and whether they type.
    pub fn looking_at(&self, now: Timestamp) -> Option<(&InquiryId, bool)> {
        let viewing = self.viewing.as_ref().filter(|_| self.online(now))?;
        let fresh = self.beat_at.is_some_and(|at| now.as_second() - at.as_second() < TYPING_SECONDS);
        Some((viewing, self.typing && fresh))
    }

    /// As the routing rule sees them; `roster` says whether the shop has one.
    pub fn candidate(&self, shop: &Shop, roster: bool, now: Timestamp) -> Candidate {
        Candidate {
            agent: self.agent.clone(),
            online: self.online(now),
            receiving: self.receiving,
            on_duty: roster.then(|| domain::roster::on_duty(&self.shifts, now, &shop.zone())),
            load: self.load(),
            capacity: self.capacity,
            responsible: self.categories.clone(),
            last_given_at: self.given_at,
        }
    }

    fn read(item: &Item) -> Result<Self, Failure> {
        let unreadable = || Failure::Unreadable("a desk".to_owned());
        let (_, agent) = keys::desk_of(item.text("pk")?, item.text("sk")?).ok_or_else(unreadable)?;
        let moment = |name: &str| {
            let ms = item.number(name).ok().and_then(|ms| i64::try_from(ms).ok());
            ms.and_then(|ms| Timestamp::from_millisecond(ms).ok())
        };
        let duty: Duty = match item.text("duty_doc") {
            Ok(text) => serde_json::from_str(text).map_err(|_| unreadable())?,
            Err(_) => Duty::default(),
        };
        let new = Self::new(agent);
        Ok(Self {
            receiving: item.truth("is_receiving").unwrap_or(new.receiving),
            capacity: item.number("held_most").map_or(new.capacity, |most| u32::try_from(most).unwrap_or(0)),
            categories: duty.categories.iter().filter_map(|word| Category::parse(word)).collect(),
            shifts: week(&duty.shifts).ok_or_else(unreadable)?,
            online_until: moment("online_until"),
            beat_at: moment("beat_at"),
            viewing: item.text("viewing_id").ok().and_then(|id| InquiryId::parse(id).ok()),
            typing: item.truth("is_typing").unwrap_or_default(),
            given_at: moment("given_at"),
            held: item.texts("held_ids").iter().cloned().collect(),
            held_more: item.truth("held_more").unwrap_or_default(),
            recount_at: moment("recount_at"),
            alerts_seen: item.text("alerts_seen").ok().map(str::to_owned),
            ..new
        })
    }
}

impl Store {
    /// All desks of a shop's agents, also of those who have not been here yet.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn desks(&self, shop: &Shop, consistent: bool) -> Result<Vec<Desk>, Failure> {
        Ok(self.staff(shop, consistent).await?.0)
    }

    /// The same, and whose inquiries are to be placed anew since they came or left.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn staff(&self, shop: &Shop, consistent: bool) -> Result<(Vec<Desk>, Vec<Unplaced>), Failure> {
        let items = self.desk_items(&shop.id, consistent).await?;
        let mut found = BTreeMap::new();
        let mut unplaced = Vec::new();
        for item in &items {
            let desk = Desk::read(item)?;
            unplaced.extend(Unplaced::read(desk.agent.clone(), item));
            found.insert(desk.agent.to_string(), desk);
        }
        let desk = |agent: &AgentId| found.remove(agent.as_str()).unwrap_or_else(|| Desk::new(agent.clone()));
        let serving: Vec<AgentId> = shop.service().map(|member| member.agent.clone()).collect();
        Ok((serving.iter().map(desk).collect(), unplaced))
    }

    async fn desk_items(&self, shop: &ShopId, consistent: bool) -> Result<Vec<Item>, Failure> {
        let partition = keys::shop(shop, "").pk;
        let (mut from, end) = (keys::DESKS.to_owned(), format!("{}~", keys::DESKS));
        let mut items = Vec::new();
        loop {
            let query = Query {
                index: None,
                partition: &partition,
                range: Range::Between(&from, &end),
                newest_first: false,
                limit: DESKS_AT_ONCE,
            };
            let page = match consistent {
                true => self.table.query_consistent(query).await?,
                false => self.table.query(query).await?,
            };
            items.extend(page.items);
            match items.last().filter(|_| page.more) {
                // No agent's id has this sign, so it stands right behind the last one.
                Some(last) => from = format!("{}!", last.text("sk")?),
                None => return Ok(items),
            }
        }
    }

    /// One desk.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn desk(&self, shop: &ShopId, agent: &AgentId) -> Result<Desk, Failure> {
        let item = self.table.get(&keys::desk(shop, agent), true).await?;
        item.as_ref().map_or_else(|| Ok(Desk::new(agent.clone())), Desk::read)
    }

    /// Notes a heartbeat: online for the next 60 s. Answers with the desk as it was before; nothing where
    /// the page has closed, or has nothing to say here.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn beat(
        &self,
        shop: &ShopId,
        agent: &AgentId,
        beat: Beat,
        now: Timestamp,
    ) -> Result<Option<Desk>, Failure> {
        let until = after(now, OFFLINE_AFTER);
        let mut actions = "SET online_until = :until, beat_at = :now, beat_tab = :tab, is_typing = :typing, \
             is_receiving = if_not_exists(is_receiving, :yes), held_most = if_not_exists(held_most, :most), \
             due = :online, due_at = :minute"
            .to_owned();
        let mut values = vec![
            (":until", moment(until)),
            (":now", moment(now)),
            (":lately", moment(now.saturating_sub(UNDER_WAY).unwrap_or(now))),
            (":tab", Value::Text(beat.tab)),
            (":typing", Value::Truth(beat.typing)),
            (":yes", Value::Truth(true)),
            (":most", Value::Number(DEFAULT_CAPACITY.into())),
            (":online", Value::Text(keys::ONLINE.to_owned())),
            (":minute", Value::Text(format!("{}#{shop}#{agent}", keys::moment(next_minute(until), None)))),
        ];
        if let Some(receiving) = beat.receiving {
            actions = actions.replace("if_not_exists(is_receiving, :yes)", ":yes");
            values.retain(|(name, _)| *name != ":yes");
            values.push((":yes", Value::Truth(receiving)));
        }
        match beat.viewing {
            Some(id) => {
                actions.push_str(", viewing_id = :viewing");
                values.push((":viewing", Value::Text(id.to_string())));
            }
            None => actions.push_str(" REMOVE viewing_id"),
        }
        let condition = Some(if beat.elsewhere { MAY_BEAT_ELSEWHERE } else { MAY_BEAT });
        let update = Update { key: keys::desk(shop, agent), actions, condition, values };
        let Ok(before) = self.table.update(update).await? else { return Ok(None) };
        before.as_ref().map_or_else(|| Ok(Desk::new(agent.clone())), Desk::read).map(Some)
    }

    /// The page was closed: offline at once, unless another page of theirs was heard of since.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn leave(
        &self,
        shop: &ShopId,
        agent: &AgentId,
        tab: &str,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let closed = "SET closed_tab = :tab, closed_at = :now";
        let update = |actions: String, condition| Update {
            key: keys::desk(shop, agent),
            actions,
            condition: Some(condition),
            values: vec![(":tab", Value::Text(tab.to_owned())), (":now", moment(now))],
        };
        let last = update(
            format!("{closed} REMOVE online_until, viewing_id, due, due_at"),
            "beat_tab = :tab AND attribute_not_exists(unplaced_since)",
        );
        if self.table.update(last).await?.is_err() {
            // Another page of theirs is open: they stay.
            let one_of_several = update(closed.to_owned(), "attribute_exists(beat_tab)");
            let _: Result<_, ConditionFailed> = self.table.update(one_of_several).await?;
        }
        Ok(())
    }

    /// The shops in which somebody is online: the cost follows how many are. An index read.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn shops_online(&self, now: Timestamp) -> Result<Vec<ShopId>, Failure> {
        let mut shops = BTreeSet::new();
        let mut from = keys::moment(now, None);
        loop {
            let page = self
                .table
                .query(Query {
                    index: Some(Index::Due),
                    partition: keys::ONLINE,
                    range: Range::After(&from),
                    newest_first: false,
                    limit: 1_000,
                })
                .await?;
            for item in &page.items {
                from.clear();
                from.push_str(item.text("due_at")?);
                shops.extend(keys::desk_of(item.text("pk")?, item.text("sk")?).map(|(shop, _)| shop));
            }
            if !page.more {
                return Ok(shops.into_iter().collect());
            }
        }
    }
}

fn moment(at: Timestamp) -> Value {
    Value::Number(u64::try_from(at.as_millisecond()).unwrap_or_default())
}

/// The end of that minute: the index moves once a minute, not with every heartbeat.
fn next_minute(at: Timestamp) -> Timestamp {
    let second = at.as_second();
    Timestamp::from_second(second - second.rem_euclid(60) + 60).unwrap_or(at)
}
