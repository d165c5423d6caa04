//! A shop's backend: an API key that its owner made, stored hashed (SPEC §10.1).

use std::sync::Arc;

use axum::extract::FromRequestParts;
use domain::shop::Shop;
use http::request::Parts;

use super::{InShop, bearer, unauthorized};
use crate::app::App;
use crate::ids;
use crate::problem::Problem;
use crate::store::ShopRecord;

/// What every API key begins with, so that one is recognised where it does not belong.
const PREFIX: &str = "kefu_";

/// The backend of the shop in the path.
#[derive(Debug, Clone)]
pub struct ShopBackend {
    /// The shop.
    pub record: Arc<ShopRecord>,
}

impl ShopBackend {
    /// The shop, as the rules know it.
    pub fn shop(&self) -> &Shop {
        &self.record.shop
    }
}

/// A new key: its id, the whole key, which is shown once, and the hash that is stored.
pub fn new_api_key() -> (String, String, String) {
    let id = ids::random::<6>().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let key = format!("{PREFIX}{id}_{}", ids::to_text(&ids::random::<32>()));
    let hash = ids::digest(&key);
    (id, key, hash)
}

impl FromRequestParts<App> for ShopBackend {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let key = bearer(&parts.headers).filter(|key| key.starts_with(PREFIX)).map(str::to_owned);
        let InShop(record) = InShop::from_request_parts(parts, app).await?;
        let key = key.ok_or_else(unauthorized)?;
        let hash = ids::digest(&key);
        // The hash is of 256 random bits: comparing it tells nothing about the key.
        let known = record.backend.api_keys.iter().any(|it| it.hash == hash);
        if known { Ok(Self { record }) } else { Err(unauthorized()) }
    }
}
