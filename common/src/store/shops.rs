//! Shops, their staff and their keys: read often, changed rarely, kept for at most 60 s.

pub(super) mod backend;
pub(super) mod secrets;
pub(super) mod settings;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::actor::Role;
use domain::ids::{AgentId, ShopId};
use domain::labels::{Category, Locale, Priority};
use domain::shop::{Member, Shop};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Store;
use super::desks::staffing;
use super::keys::{self, Key};
use super::table::{Item, Query, Range, Value, When, Write, Written};
use crate::failure::Failure;
use crate::ids::Pepper;

/// How long a shop is kept in the process: a change is seen everywhere after that. By the time of day, since a process
/// of Lambda stands still between requests, and some clocks of the machine with it.
const KEPT: SignedDuration = SignedDuration::from_secs(60);

/// A shop with its secrets.
#[derive(Debug, Clone)]
pub struct ShopRecord {
    /// What the rules need of it.
    pub shop: Shop,
    /// For deriving its customers' keys and its inquiries' ids; never changes.
    pub pepper: Pepper,
    /// With which its storefront signs its members in; two while one replaces the other.
    pub signing_keys: Vec<SigningKey>,
    /// How its backend and Kefu talk.
    pub backend: backend::Backend,
    /// How often it was stored: what a change of it is conditional on.
    pub version: u64,
}

/// A secret that a shop's storefront shares with Kefu.
#[derive(Clone)]
pub struct SigningKey {
    /// The `kid` of its tokens.
    pub id: String,
    /// The secret.
    pub secret: Vec<u8>,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({}, secret)", self.id)
    }
}

/// One of the shops that a person works for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The shop's id.
    pub shop: String,
    /// Its name.
    pub name: String,
    /// `agent`, `supervisor` or `owner`.
    pub role: String,
    /// Whether they have the customer-service permission.
    pub service: bool,
}

impl Membership {
    fn of(shop: &Shop, member: &Member) -> Self {
        Self {
            shop: shop.id.to_string(),
            name: shop.name.clone(),
            role: member.role.as_str().to_owned(),
            service: member.service,
        }
    }
}

/// A shop's item. JSON, since people look at it and it is written by hand now and then.
#[derive(Serialize, Deserialize)]
struct ShopDocument {
    format: u8,
    name: String,
    market: String,
    locale: String,
    time_zone: String,
    currency: String,
    phone: Option<String>,
    email: Option<String>,
    account_url: Option<String>,
    guests_unconfirmed: bool,
    origins: Vec<String>,
    members: Vec<MemberDocument>,
    priorities: HashMap<String, String>,
    reply_hours: HashMap<String, u32>,
    #[serde(default)]
    service_settings: settings::Document,
    #[serde(default)]
    orders: backend::Document,
    pepper: String,
    signing_keys: Vec<(String, String)>,
}

#[derive(Serialize, Deserialize)]
struct MemberDocument {
    agent: String,
    nickname: String,
    role: String,
    service: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    avatar: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    email: Option<String>,
}

/// A shop as it was read then.
type Read = (Arc<ShopRecord>, Timestamp);

#[derive(Debug, Clone, Default)]
pub(super) struct Cache(Arc<Mutex<HashMap<ShopId, Read>>>);

impl Store {
    /// A shop; from the process for at most 60 s.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn shop(&self, id: &ShopId) -> Result<Option<Arc<ShopRecord>>, Failure> {
        let kept = {
            let all = self.shops.0.lock().unwrap_or_else(PoisonError::into_inner);
            let age = |at: Timestamp| self.clock.now().duration_since(at);
            let young = |at| !age(at).is_negative() && age(at) < KEPT;
            all.get(id).filter(|(_, at)| young(*at)).map(|(shop, _)| Arc::clone(shop))
        };
        if kept.is_some() { Ok(kept) } else { self.fresh_shop(id).await }
    }

    /// A shop as it is now, not from the process.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn fresh_shop(&self, id: &ShopId) -> Result<Option<Arc<ShopRecord>>, Failure> {
        self.forget_shop(id);
        let Some(item) = self.table.get(&keys::shop(id, "profile"), true).await? else { return Ok(None) };
        let shop = Arc::new(read(id, &item)?);
        let mut all = self.shops.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(id.clone(), (Arc::clone(&shop), self.clock.now()));
        Ok(Some(shop))
    }

    /// Stores a change of the shop itself if nobody stored another since it was read; its people's
    /// memberships stay. False if somebody did.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn change_shop(&self, record: &ShopRecord) -> Result<bool, Failure> {
        let written = self.table.put(write(record)?, When::Written(record.version)).await?;
        self.forget_shop(&record.shop.id);
        Ok(written == Written::Done)
    }

    fn forget_shop(&self, id: &ShopId) {
        let mut all = self.shops.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(id);
    }

    /// Stores a shop and its people's memberships, in place of what was `before`, if nobody stored another since it
    /// was read; false if somebody did. What follows for the inquiries of who came or left is marked on their desks,
    /// for the distribution. All of it is one transaction, which holds a hundred writes.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn put_shop(
        &self,
        record: &ShopRecord,
        before: Option<&Shop>,
        now: Timestamp,
    ) -> Result<bool, Failure> {
        let shop = &record.shop;
        let when = if before.is_some() { When::Written(record.version) } else { When::Absent };
        let mut writes = vec![Write::put(write(record)?, when)];
        writes.extend(before.into_iter().flat_map(|before| staffing::writes(before, shop, now)));
        let key = |agent: &AgentId| Key { pk: keys::agent(agent), sk: shop.id.to_string() };
        for member in &shop.members {
            let membership = Membership::of(shop, member);
            let known =
                before.and_then(|it| it.member(&member.agent).map(|member| Membership::of(it, member)));
            if known.as_ref() == Some(&membership) {
                continue;
            }
            let item = Item::at(key(&member.agent)).with("doc", Value::Text(json(&membership)?));
            writes.push(Write::put(item, When::Always));
        }
        let dropped = before.iter().flat_map(|before| &before.members);
        let dropped = dropped.filter(|member| shop.member(&member.agent).is_none());
        writes.extend(dropped.map(|member| Write::Delete(key(&member.agent))));
        let written = self.table.put_all(writes).await?;
        self.forget_shop(&shop.id);
        match written {
            Written::Done => Ok(true),
            // Only the shop itself has a condition.
            Written::Refused(_) => Ok(false),
            Written::Conflict => Err(Failure::Contended),
        }
    }

    /// The shops that a person works for.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn memberships(&self, agent: &AgentId) -> Result<Vec<Membership>, Failure> {
        let partition = keys::agent(agent);
        let query =
            Query { index: None, partition: &partition, range: Range::All, newest_first: false, limit: 100 };
        let items = self.table.query(query).await?.items;
        items.iter().map(|item| from_json(item.text("doc")?)).collect()
    }
}

fn write(record: &ShopRecord) -> Result<Item, Failure> {
    let shop = &record.shop;
    let member = |member: &Member| MemberDocument {
        agent: member.agent.to_string(),
        nickname: member.nickname.clone(),
        role: member.role.as_str().to_owned(),
        service: member.service,
        avatar: member.avatar.clone(),
        email: member.email.clone(),
    };
    let document = ShopDocument {
        format: 1,
        name: shop.name.clone(),
        market: shop.market.clone(),
        locale: shop.locale.as_str().to_owned(),
        time_zone: shop.time_zone.clone(),
        currency: shop.currency.clone(),
        phone: shop.phone.clone(),
        email: shop.email.clone(),
        account_url: shop.account_url.clone(),
        guests_unconfirmed: shop.guests_unconfirmed,
        origins: shop.origins.clone(),
        members: shop.members.iter().map(member).collect(),
        priorities: shop
            .priorities
            .iter()
            .map(|(category, priority)| (category.as_str().to_owned(), priority.as_str().to_owned()))
            .collect(),
        reply_hours: shop
            .reply_hours
            .iter()
            .map(|(priority, hours)| (priority.as_str().to_owned(), *hours))
            .collect(),
        service_settings: settings::Document::of(&shop.service_settings),
        orders: backend::Document::of(&shop.order_settings, &record.backend),
        pepper: record.pepper.stored(),
        signing_keys: record
            .signing_keys
            .iter()
            .map(|key| (key.id.clone(), crate::ids::to_text(&key.secret)))
            .collect(),
    };
    Ok(Item::at(keys::shop(&shop.id, "profile"))
        .with("n", Value::Number(record.version + 1))
        .with("doc", Value::Text(json(&document)?)))
}

fn read(id: &ShopId, item: &Item) -> Result<ShopRecord, Failure> {
    let document: ShopDocument = from_json(item.text("doc")?)?;
    let unknown = |what: &str| Failure::Unreadable(format!("shop {id}: {what}"));
    let mut members = Vec::with_capacity(document.members.len());
    for member in document.members {
        members.push(Member {
            agent: AgentId::parse(&member.agent).map_err(|_| unknown("a member's id"))?,
            nickname: member.nickname,
            role: Role::parse(&member.role).ok_or_else(|| unknown("a member's role"))?,
            service: member.service,
            avatar: member.avatar,
            email: member.email,
        });
    }
    let mut priorities = Vec::new();
    for (category, priority) in &document.priorities {
        let pair = Category::parse(category).zip(Priority::parse(priority));
        priorities.push(pair.ok_or_else(|| unknown("a category's priority"))?);
    }
    let mut reply_hours = Vec::new();
    for (priority, hours) in document.reply_hours {
        reply_hours.push((Priority::parse(&priority).ok_or_else(|| unknown("a priority"))?, hours));
    }
    let secret = |text: &str| crate::ids::from_text(text).ok_or_else(|| unknown("a secret"));
    let mut signing_keys = Vec::new();
    for (id, text) in document.signing_keys {
        signing_keys.push(SigningKey { secret: secret(&text)?, id });
    }
    let (order_settings, backend) = document.orders.read().ok_or_else(|| unknown("the order settings"))?;
    let shop = Shop {
        id: id.clone(),
        name: document.name,
        market: document.market,
        locale: Locale::parse(&document.locale).ok_or_else(|| unknown("the locale"))?,
        time_zone: document.time_zone,
        currency: document.currency,
        phone: document.phone,
        email: document.email,
        account_url: document.account_url,
        guests_unconfirmed: document.guests_unconfirmed,
        origins: document.origins,
        members,
        priorities,
        reply_hours,
        service_settings: document.service_settings.read().ok_or_else(|| unknown("the service settings"))?,
        order_settings,
    };
    Ok(ShopRecord {
        version: item.number("n").unwrap_or_default(),
        shop,
        pepper: Pepper::new(&secret(&document.pepper)?),
        signing_keys,
        backend,
    })
}

pub(super) fn json<T: Serialize>(value: &T) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|error| Failure::Unreadable(error.to_string()))
}

pub(super) fn from_json<T: for<'a> Deserialize<'a>>(text: &str) -> Result<T, Failure> {
    serde_json::from_str(text).map_err(|error| Failure::Unreadable(error.to_string()))
}
