//! Who is asking. An extractor that succeeds is the proof: [`SignedIn`] for staff of the shop
//! in the path, [`Asking`] for a customer of it, [`Visitor`] for a customer or anybody.
//!
//! The tenant comes from the credential: the path only says which of the caller's shops is meant.

mod agent;
mod backend;
mod customer;
pub mod links;

pub use agent::{AgentTokens, IssuerKeys, SignedIn, TokenHolder};
pub use backend::{ShopBackend, new_api_key};
pub use customer::{Asking, MemberClaims, Visitor, member_audience};

use std::sync::Arc;

use axum::extract::{FromRequestParts, RawPathParams};
use domain::ids::ShopId;
use http::request::Parts;
use http::{HeaderMap, header};

use crate::app::App;
use crate::problem::{Code, Problem};
use crate::store::ShopRecord;

/// Seconds by which clocks may differ.
const LEEWAY: i64 = 60;

fn unauthorized() -> Problem {
    Problem::new(Code::Unauthorized)
}

/// The bearer token of a request, if it has one; what cannot be read is a token that nobody signed.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let Ok(value) = headers.get(header::AUTHORIZATION)?.to_str() else { return Some("") };
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The shop that the path names, whoever asks.
pub struct InShop(pub Arc<ShopRecord>);

impl FromRequestParts<App> for InShop {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let not_found = || Problem::new(Code::NotFound);
        let path = RawPathParams::from_request_parts(parts, app).await.map_err(|_| not_found())?;
        let named = path.iter().find(|(name, _)| *name == "shop").map(|(_, value)| value);
        let id = named.and_then(|text| ShopId::parse(text).ok()).ok_or_else(not_found)?;
        app.store.shop(&id).await?.map(Self).ok_or_else(not_found)
    }
}
