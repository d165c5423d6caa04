//! Customers: members by the storefront's signed token (SPEC §2.4), guests by a session that
//! a signed link was exchanged for.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use domain::actor::{Customer, CustomerKind};
use domain::ids::{CustomerKey, InquiryId, ShopId};
use domain::shop::Shop;
use domain::text::{Email, Line};
use http::request::Parts;
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{InShop, LEEWAY, bearer, links, unauthorized};
use crate::app::App;
use crate::problem::{Code, Problem};
use crate::store::ShopRecord;

/// The longest that a member's token may live, in seconds (one hour).
const MEMBER_TOKEN_LIVES: i64 = 3_600;

/// The claims of a member's token: HS256 under one of the shop's keys, named by `kid`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MemberClaims {
    /// `kefu:<shop>`
    pub aud: String,
    /// The storefront's id for the member.
    pub sub: String,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The order numbers that they may ask about; any, where the storefront does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orders: Option<Vec<String>>,
    /// When it was made, in seconds.
    pub iat: i64,
    /// When it ends, in seconds; at most an hour later.
    pub exp: i64,
}

/// The `aud` of a shop's members' tokens.
pub fn member_audience(shop: &ShopId) -> String {
    format!("kefu:{shop}")
}

/// A customer of the shop in the path.
#[derive(Debug, Clone)]
pub struct Asking {
    /// Who.
    pub customer: Customer,
    /// The one inquiry that a guest's link was about; `None` opens all of theirs.
    pub only: Option<InquiryId>,
    /// The orders that they may ask about, where the storefront said.
    pub orders: Option<Vec<String>>,
    /// The shop.
    pub record: Arc<ShopRecord>,
}

impl Asking {
    /// The shop, as the rules know it.
    pub fn shop(&self) -> &Shop {
        &self.record.shop
    }

    /// The inquiry that a path names, if it is theirs.
    ///
    /// # Errors
    /// [`Code::NotFound`], whether it is somebody else's or nobody's.
    pub fn own(&self, id: &str) -> Result<InquiryId, Problem> {
        let id = InquiryId::parse(id).ok();
        let own = |id: &InquiryId| {
            id.customer() == self.customer.key && self.only.as_ref().is_none_or(|only| only == id)
        };
        id.filter(own).ok_or_else(|| Problem::new(Code::NotFound))
    }
}

impl FromRequestParts<App> for Asking {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let Visitor { asking, .. } = Visitor::from_request_parts(parts, app).await?;
        asking.ok_or_else(unauthorized)
    }
}

/// A customer, or somebody who does not say who they are: a token that is there must be valid.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// Who, if they say.
    pub asking: Option<Asking>,
    /// The shop.
    pub record: Arc<ShopRecord>,
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let InShop(record) = InShop::from_request_parts(parts, app).await?;
        let Some(token) = bearer(&parts.headers) else {
            return Ok(Self { asking: None, record });
        };
        let now = app.clock.now();
        let asking = member(&record, token, now).or_else(|| guest(app, &record, token, now));
        asking.map(|asking| Self { asking: Some(asking), record }).ok_or_else(unauthorized)
    }
}

fn member(record: &Arc<ShopRecord>, token: &str, now: Timestamp) -> Option<Asking> {
    let kid = jsonwebtoken::decode_header(token).ok()?.kid?;
    let key = record.signing_keys.iter().find(|key| key.id == kid)?;
    let claims: MemberClaims = verified(token, &key.secret)?;
    let (now, shop) = (now.as_second(), &record.shop.id);
    let valid = claims.aud == member_audience(shop)
        && (1..=MEMBER_TOKEN_LIVES).contains(&(claims.exp - claims.iat))
        && now < claims.exp + LEEWAY
        && now >= claims.iat - LEEWAY
        && (1..=128).contains(&claims.sub.len());
    let name = Line::<80>::parse(&claims.name).ok()?.into_string();
    let email = Email::parse(&claims.email).ok()?.as_str().to_owned();
    let phone = claims.phone.and_then(|phone| Line::<32>::parse(&phone).ok()).map(Line::into_string);
    let key = record.pepper.member(&claims.sub);
    let customer = Customer { key, kind: CustomerKind::Member, name, email, phone };
    valid.then(|| Asking { customer, only: None, orders: claims.orders, record: Arc::clone(record) })
}

fn guest(app: &App, record: &Arc<ShopRecord>, token: &str, now: Timestamp) -> Option<Asking> {
    let session: links::Session = links::read(app, token, now)?;
    let only = session.only.map(|id| InquiryId::parse(&id)).transpose().ok()?;
    let customer = Customer {
        key: CustomerKey::parse(&session.customer).ok()?,
        kind: CustomerKind::Guest,
        name: session.name,
        email: session.email,
        phone: None,
    };
    let here = session.shop == record.shop.id.as_str();
    here.then(|| Asking { customer, only, orders: None, record: Arc::clone(record) })
}

/// The claims of a token signed with HS256 under that secret; time is the caller's to check.
pub(super) fn verified<T: DeserializeOwned>(token: &str, secret: &[u8]) -> Option<T> {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let decoded = jsonwebtoken::decode::<T>(token, &DecodingKey::from_secret(secret), &validation);
    decoded.ok().map(|token| token.claims)
}
