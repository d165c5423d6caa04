//! Makes and changes shops: what a deployment's owner does with a script, and what the demo starts with.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::State;
use axum::{Extension, Json};
use common::app::App;
use common::failure::Failure;
use common::http::{Command, Fields};
use common::ids::{self, Pepper};
use common::problem::{FieldCode, Problem};
use common::store::{Backend, ShopRecord, SigningKey};
use domain::actor::Role;
use domain::ids::{AgentId, ShopId};
use domain::labels::Locale;
use domain::shop::{Member, OrderSettings, ServiceSettings, Shop};
use serde::{Deserialize, Serialize};

use crate::host::Local;
use crate::kept;

/// So many keys sign a storefront's members in while one replaces the other.
const KEYS: usize = 2;

/// A shop as it should be.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "they are the shop's own fields")]
pub struct WantedShop {
    pub id: String,
    pub name: String,
    #[serde(default = "taiwan")]
    pub market: String,
    #[serde(default = "traditional_chinese")]
    pub locale: String,
    #[serde(default = "taipei")]
    pub time_zone: String,
    #[serde(default = "taiwan_dollar")]
    pub currency: String,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub account_url: Option<String>,
    #[serde(default)]
    pub origins: Vec<String>,
    #[serde(default)]
    pub members: Vec<WantedMember>,
    /// Adds a new key for signing members in; the one before stays valid until the next.
    #[serde(default)]
    pub rotate_key: bool,
}

/// A person of its staff.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "they are the member's own fields")]
pub struct WantedMember {
    pub id: String,
    pub nickname: String,
    pub role: String,
    #[serde(default)]
    pub service: bool,
    /// Where digests go.
    pub email: Option<String>,
}

fn taiwan() -> String {
    "TW".to_owned()
}
fn traditional_chinese() -> String {
    Locale::ZhHant.as_str().to_owned()
}
fn taipei() -> String {
    "Asia/Taipei".to_owned()
}
fn taiwan_dollar() -> String {
    "TWD".to_owned()
}

/// What the shop's storefront needs to sign its members in: its newest key.
#[derive(Debug, Serialize)]
pub struct MadeShop {
    id: String,
    /// The `kid` of its members' tokens.
    key_id: String,
    /// The secret, in base64url.
    key: String,
}

/// `POST /local/shops`: makes a shop, or changes the one with that id.
pub async fn put_shop(
    State(app): State<App>,
    Extension(local): Extension<Arc<Local>>,
    command: Command<WantedShop>,
) -> Result<Json<MadeShop>, Problem> {
    let record = put(&app, &local.shops, command.body).await?;
    let newest = record.signing_keys.last();
    let newest = newest.ok_or_else(|| Failure::Unreadable("a shop without a key".to_owned()))?;
    let (key_id, key) = (newest.id.clone(), ids::to_text(&newest.secret));
    Ok(Json(MadeShop { id: record.shop.id.to_string(), key_id, key }))
}

/// Stores the shop. Its key stays what it was, and so does what its customers' places in the table are
/// derived from.
pub async fn put(app: &App, shops: &Register, wanted: WantedShop) -> Result<ShopRecord, Problem> {
    let rotate = wanted.rotate_key;
    let mut shop = checked(wanted)?;
    let before = app.store.fresh_shop(&shop.id).await?;
    let (pepper, mut signing_keys, backend, version) = match &before {
        Some(before) => {
            (before.pepper.clone(), before.signing_keys.clone(), before.backend.clone(), before.version)
        }
        None => (Pepper::new(&ids::random::<32>()), Vec::new(), Backend::default(), 0),
    };
    if let Some(before) = &before {
        keep_what_staff_decided(&mut shop, &before.shop);
    }
    if rotate || signing_keys.is_empty() {
        signing_keys.push(SigningKey { id: ids::random_text(), secret: ids::random::<32>().to_vec() });
        let surplus = signing_keys.len().saturating_sub(KEYS);
        signing_keys.drain(..surplus);
    }
    let record = ShopRecord { shop, pepper, signing_keys, backend, version };
    app.put_shop(&record, before.as_ref().map(|before| &before.shop)).await?;
    shops.add(&record.shop.id)?;
    Ok(record)
}

/// What is decided on the site stays: settings and avatars.
fn keep_what_staff_decided(shop: &mut Shop, before: &Shop) {
    shop.service_settings = before.service_settings.clone();
    shop.order_settings = before.order_settings.clone();
    for member in &mut shop.members {
        member.avatar = before.member(&member.agent).and_then(|before| before.avatar.clone());
    }
}

fn checked(wanted: WantedShop) -> Result<Shop, Problem> {
    let mut fields = Fields::default();
    let mut known = |field: &str, good: bool| {
        if !good {
            fields.wrong(field, FieldCode::UnknownValue);
        }
    };
    let id = ShopId::parse(&wanted.id).ok();
    known("id", id.is_some());
    let locale = Locale::parse(&wanted.locale);
    known("locale", locale.is_some());
    known("time_zone", jiff::tz::TimeZone::get(&wanted.time_zone).is_ok());
    for (place, origin) in wanted.origins.iter().enumerate() {
        known(&format!("origins[{place}]"), is_origin(origin));
    }
    let mut members = Vec::new();
    for (place, member) in wanted.members.into_iter().enumerate() {
        let (agent, role) = (AgentId::parse(&member.id).ok(), Role::parse(&member.role));
        known(&format!("members[{place}].id"), agent.is_some());
        known(&format!("members[{place}].role"), role.is_some());
        if let Some((agent, role)) = agent.zip(role) {
            members.push(Member {
                agent,
                nickname: member.nickname,
                role,
                service: member.service,
                avatar: None,
                email: member.email,
            });
        }
    }
    let (id, locale) = fields.all_right(id.zip(locale))?;
    Ok(Shop {
        id,
        name: wanted.name,
        market: wanted.market,
        locale,
        time_zone: wanted.time_zone,
        currency: wanted.currency,
        phone: wanted.phone,
        email: wanted.email,
        account_url: wanted.account_url,
        guests_unconfirmed: false,
        origins: wanted.origins,
        members,
        priorities: Vec::new(),
        reply_hours: Vec::new(),
        service_settings: ServiceSettings::default(),
        order_settings: OrderSettings::default(),
    })
}

/// `https://host` or `http://host:port` and nothing behind it, as browsers send it.
fn is_origin(text: &str) -> bool {
    let uri: Result<http::Uri, _> = text.parse();
    uri.is_ok_and(|uri| {
        let scheme = uri.scheme_str().unwrap_or_default();
        matches!(scheme, "http" | "https")
            && uri.authority().is_some_and(|host| format!("{scheme}://{host}") == text)
    })
}

/// The ids of the shops that were made here; the table can only be asked for a shop by its id.
#[derive(Debug)]
pub struct Register {
    file: PathBuf,
    shops: Mutex<Vec<ShopId>>,
}

impl Register {
    /// The shops in this file, one a line.
    pub fn open(file: PathBuf) -> std::io::Result<Self> {
        let content = kept::or_made(&file, || std::io::Result::Ok(Vec::new()))?;
        let shops =
            String::from_utf8_lossy(&content).lines().filter_map(|line| ShopId::parse(line).ok()).collect();
        Ok(Self { file, shops: Mutex::new(shops) })
    }

    /// All of them, in the order in which they were made.
    pub fn all(&self) -> Vec<ShopId> {
        self.shops.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn add(&self, shop: &ShopId) -> Result<(), Failure> {
        let mut shops = self.shops.lock().unwrap_or_else(PoisonError::into_inner);
        if shops.contains(shop) {
            return Ok(());
        }
        shops.push(shop.clone());
        let lines: String = shops.iter().map(|shop| format!("{shop}\n")).collect();
        let written = kept::replace(&self.file, lines.as_bytes());
        written.map_err(|error| Failure::Unreadable(format!("the list of shops: {error}")))
    }
}

#[cfg(test)]
mod tests {
    use super::is_origin;

    #[test]
    fn an_origin_is_a_scheme_and_a_host() {
        for good in ["https://shop.example", "http://127.0.0.1:8787"] {
            assert!(is_origin(good), "{good}");
        }
        for bad in ["https://shop.example/", "shop.example", "*", "null", "ftp://shop.example", "https://a b"]
        {
            assert!(!is_origin(bad), "{bad}");
        }
    }
}
