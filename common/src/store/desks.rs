//! Desks: an agent's place in a shop (SPEC §5). What somebody holds is a set of inquiries on
//! their desk, changed in the same transaction as the inquiry, so that the load is never wrong
//! and capacity is a condition of the assignment itself.

use std::collections::BTreeSet;

use domain::calendar::Week;
use domain::deadline::{OFFLINE_AFTER, after};
use domain::ids::{AgentId, InquiryId, ShopId};
use domain::labels::Category;
use domain::routing::Candidate;
use domain::shop::Shop;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Store;
use super::keys::{self, Index};
use super::shops::settings::{SpanItem, span_items, week};
use super::table::{ConditionFailed, Item, Query, Range, Update, Value, Write};
use crate::failure::Failure;

/// Active inquiries that an agent gets by themselves, until somebody changes it (SPEC §5.8).
pub const DEFAULT_CAPACITY: u32 = 10;
/// The most desks of a shop that are read.
const MOST_DESKS: usize = 500;
/// What is typed is told for so long after the last heartbeat.
const TYPING_SECONDS: i64 = 20;

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
}

/// What a supervisor decides about a desk; what is not named stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// Capacity.
    pub capacity: Option<u32>,
    /// Responsible for.
    pub categories: Option<Vec<Category>>,
    /// On duty.
    pub shifts: Option<Week>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Duty {
    categories: Vec<String>,
    shifts: Vec<SpanItem>,
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
            alerts_seen: None,
        }
    }

    /// Whether their page is open: a heartbeat came within the last 60 s (SPEC §5.1).
    pub fn online(&self, now: Timestamp) -> bool {
        self.online_until.is_some_and(|until| now < until)
    }

    /// How many active inquiries they have.
    pub fn load(&self) -> u32 {
        u32::try_from(self.held.len()).unwrap_or(u32::MAX)
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
        let partition = keys::shop(&shop.id, "").pk;
        let query = Query {
            index: None,
            partition: &partition,
            range: Range::Begins(keys::DESKS),
            newest_first: false,
            limit: MOST_DESKS,
        };
        let page = match consistent {
            true => self.table.query_consistent(query).await?,
            false => self.table.query(query).await?,
        };
        let found = page.items.iter().map(Desk::read).collect::<Result<Vec<_>, _>>()?;
        let desk = |agent: &AgentId| found.iter().find(|desk| desk.agent == *agent).cloned();
        Ok(shop
            .service()
            .map(|member| desk(&member.agent).unwrap_or_else(|| Desk::new(member.agent.clone())))
            .collect())
    }

    /// One desk.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn desk(&self, shop: &ShopId, agent: &AgentId) -> Result<Desk, Failure> {
        let item = self.table.get(&keys::desk(shop, agent), true).await?;
        item.as_ref().map_or_else(|| Ok(Desk::new(agent.clone())), Desk::read)
    }

    /// Notes a heartbeat: online for the next 60 s. Answers with the desk as it was before.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn beat(
        &self,
        shop: &ShopId,
        agent: &AgentId,
        beat: Beat,
        now: Timestamp,
    ) -> Result<Desk, Failure> {
        let until = after(now, OFFLINE_AFTER);
        let mut actions = "SET online_until = :until, beat_at = :now, beat_tab = :tab, is_typing = :typing, \
             is_receiving = if_not_exists(is_receiving, :yes), held_most = if_not_exists(held_most, :most), \
             due = :online, due_at = :minute"
            .to_owned();
        let mut values = vec![
            (":until", moment(until)),
            (":now", moment(now)),
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
        let update = Update { key: keys::desk(shop, agent), actions, condition: None, values };
        let before = self.table.update(update).await?.ok().flatten();
        before.as_ref().map_or_else(|| Ok(Desk::new(agent.clone())), Desk::read)
    }

    /// The page was closed: offline at once, unless another page of theirs was heard of since.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn leave(&self, shop: &ShopId, agent: &AgentId, tab: &str) -> Result<(), Failure> {
        let update = Update {
            key: keys::desk(shop, agent),
            actions: "REMOVE online_until, viewing_id, due, due_at".to_owned(),
            condition: Some("beat_tab = :tab"),
            values: vec![(":tab", Value::Text(tab.to_owned()))],
        };
        // Another page of theirs is open: they stay.
        let _: Result<_, ConditionFailed> = self.table.update(update).await?;
        Ok(())
    }

    /// Changes what a supervisor decides about a desk. Answers with the desk as it is then.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn arrange(
        &self,
        shop: &ShopId,
        agent: &AgentId,
        arrangement: Arrangement,
    ) -> Result<Desk, Failure> {
        let mut desk = self.desk(shop, agent).await?;
        desk.capacity = arrangement.capacity.unwrap_or(desk.capacity);
        desk.categories = arrangement.categories.unwrap_or(desk.categories);
        desk.shifts = arrangement.shifts.unwrap_or(desk.shifts);
        let duty = Duty {
            categories: desk.categories.iter().map(|category| category.as_str().to_owned()).collect(),
            shifts: span_items(&desk.shifts),
        };
        let duty = serde_json::to_string(&duty).map_err(|error| Failure::Unreadable(error.to_string()))?;
        let update = Update {
            key: keys::desk(shop, agent),
            actions: "SET held_most = :most, duty_doc = :duty, \
                      is_receiving = if_not_exists(is_receiving, :yes)"
                .to_owned(),
            condition: None,
            values: vec![
                (":most", Value::Number(desk.capacity.into())),
                (":duty", Value::Text(duty)),
                (":yes", Value::Truth(true)),
            ],
        };
        let _: Result<_, ConditionFailed> = self.table.update(update).await?;
        Ok(desk)
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

/// An inquiry goes to somebody's desk: by hand, whatever they have.
pub(super) fn take(shop: &Shop, agent: &AgentId, id: &InquiryId, now: Timestamp) -> Write {
    Write::Update(Update {
        key: keys::desk(&shop.id, agent),
        actions: "ADD held_ids :id SET given_at = :now".to_owned(),
        condition: None,
        values: vec![(":id", Value::Texts(vec![id.to_string()])), (":now", moment(now))],
    })
}

/// The same by the system: only to who is online, receiving and has room at that moment (SPEC §5.3, §5.8).
pub(super) fn take_if_free(shop: &Shop, agent: &AgentId, id: &InquiryId, now: Timestamp) -> Write {
    Write::Update(Update {
        key: keys::desk(&shop.id, agent),
        actions: "ADD held_ids :id SET given_at = :now".to_owned(),
        condition: Some(
            "online_until > :now AND is_receiving = :yes AND held_most > :none \
             AND (attribute_not_exists(held_ids) OR size(held_ids) < held_most)",
        ),
        values: vec![
            (":id", Value::Texts(vec![id.to_string()])),
            (":now", moment(now)),
            (":yes", Value::Truth(true)),
            (":none", Value::Number(0)),
        ],
    })
}

/// An inquiry leaves somebody's desk.
pub(super) fn release(shop: &Shop, agent: &AgentId, id: &InquiryId) -> Write {
    Write::Update(Update {
        key: keys::desk(&shop.id, agent),
        actions: "DELETE held_ids :id".to_owned(),
        condition: None,
        values: vec![(":id", Value::Texts(vec![id.to_string()]))],
    })
}

fn moment(at: Timestamp) -> Value {
    Value::Number(u64::try_from(at.as_millisecond()).unwrap_or_default())
}

/// The end of that minute: the index moves once a minute, not with every heartbeat.
fn next_minute(at: Timestamp) -> Timestamp {
    let second = at.as_second();
    Timestamp::from_second(second - second.rem_euclid(60) + 60).unwrap_or(at)
}
