//! Makes a shop, or changes the one with that id: what the owner of a deployment does, who has the rights of AWS to
//! call this function. No route leads here; on one machine the local host calls it.

mod wanted;

use common::app::App;
use common::failure::Failure;
use common::ids::{self, Pepper};
use common::problem::{Code, Problem};
use common::store::{Backend, ShopRecord, SigningKey};
use domain::shop::Shop;
use serde::Serialize;

pub use wanted::{WantedMember, WantedShop};

/// So many keys sign a storefront's members in while one replaces the other.
const KEYS: usize = 2;

/// What the shop's storefront needs to sign its members in: its newest key.
#[derive(Debug, Serialize)]
pub struct MadeShop {
    /// The shop's id.
    pub id: String,
    /// The `kid` of its members' tokens.
    pub key_id: String,
    /// The secret, in base64url.
    pub key: String,
    /// Whether the key was made just now.
    pub key_is_new: bool,
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
    let (key_id, key) = (newest.id.clone(), ids::to_text(&newest.secret));
    Ok(MadeShop { id: record.shop.id.to_string(), key_id, key, key_is_new })
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
