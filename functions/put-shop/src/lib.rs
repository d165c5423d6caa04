//! Makes a shop, or changes the one with that id: what the owner of a deployment does, who has the rights of AWS to
//! call this function. No route leads here; on one machine the local host calls it.

mod wanted;

use common::app::App;
use common::failure::Failure;
use common::ids::{self, Pepper};
use common::problem::{Code, FieldCode, Problem};
use common::store::{Backend, ShopRecord, SigningKey};
use domain::shop::Shop;
use serde::Serialize;

pub use wanted::{WantedMember, WantedShop};

/// So many people may come, go or change at once. All is one transaction of a hundred writes at most: the shop, fifty
/// memberships where it has a new name, and for each of these people another membership and a desk.
const AT_ONCE: usize = 20;
/// So many keys sign a storefront's members in while one replaces the other.
const KEYS: usize = 2;

/// What the shop's storefront needs to sign its members in: its newest key.
#[derive(Serialize)]
pub struct MadeShop {
    /// The shop's id.
    pub id: String,
    /// The `kid` of its members' tokens.
    pub key_id: String,
    /// The secret, in base64url, if it was made just now: it is not shown again.
    pub key: Option<String>,
}

impl std::fmt::Debug for MadeShop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "MadeShop({}, {}, secret)", self.id, self.key_id)
    }
}

/// Stores the shop. Its key stays what it was unless another is wanted, and so does what its customers' places in the
/// table are derived from, and what is decided on the site: settings and avatars.
///
/// # Errors
/// `invalid_fields`; `settings_moved_on` where somebody changed the shop meanwhile; `unavailable`.
pub async fn run(app: App, wanted: WantedShop) -> Result<MadeShop, Problem> {
    let rotate = wanted.rotate_key;
    let mut shop = wanted.checked()?;
    let before = app.store.fresh_shop(&shop.id).await?;
    if let Some(before) = &before {
        keep_what_staff_decided(&mut shop, &before.shop);
        if changes(&before.shop, &shop) > AT_ONCE {
            return Err(Problem::field("members", FieldCode::TooMany(AT_ONCE)));
        }
    }
    let mut record = match before.as_deref() {
        Some(before) => ShopRecord { shop, ..before.clone() },
        None => ShopRecord {
            shop,
            pepper: Pepper::new(&ids::random::<32>()),
            signing_keys: Vec::new(),
            backend: Backend::default(),
            version: 0,
        },
    };
    let key_is_new = rotate || record.signing_keys.is_empty();
    if key_is_new {
        record.signing_keys.push(SigningKey { id: ids::random_text(), secret: ids::random::<32>().to_vec() });
        let surplus = record.signing_keys.len().saturating_sub(KEYS);
        record.signing_keys.drain(..surplus);
    }
    if !app.put_shop(&record, before.as_ref().map(|before| &before.shop)).await? {
        return Err(Problem::new(Code::SettingsMovedOn));
    }
    let newest = record.signing_keys.last();
    let newest = newest.ok_or_else(|| Failure::Unreadable("a shop without a key".to_owned()))?;
    let key = key_is_new.then(|| ids::to_text(&newest.secret));
    Ok(MadeShop { id: record.shop.id.to_string(), key_id: newest.id.clone(), key })
}

/// How many people come, go or change.
fn changes(before: &Shop, after: &Shop) -> usize {
    let new = after.members.iter().filter(|member| !before.members.contains(member));
    let gone = before.members.iter().filter(|member| after.member(&member.agent).is_none());
    new.count() + gone.count()
}

fn keep_what_staff_decided(shop: &mut Shop, before: &Shop) {
    shop.service_settings = before.service_settings.clone();
    shop.order_settings = before.order_settings.clone();
    shop.priorities = before.priorities.clone();
    shop.reply_hours = before.reply_hours.clone();
    shop.guests_unconfirmed = before.guests_unconfirmed;
    for member in &mut shop.members {
        member.avatar = before.member(&member.agent).and_then(|before| before.avatar.clone());
    }
}
