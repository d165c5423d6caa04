//! Kefu's own signed links and sessions for guests. Links stand in the URL's fragment, which
//! no server and no log sees, and are exchanged by POST; each token has one purpose.

use domain::deadline::LOCKED_AFTER;
use domain::ids::{CustomerKey, InquiryId, ShopId};
use domain::limits::CONFIRMATION_LIVES;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::customer::verified;
use crate::app::App;
use crate::config::{Config, Secret};
use crate::failure::Failure;
use crate::view::Moment;

/// How long the link of a reply's mail opens its inquiry: longer than any inquiry can be
/// answered after its last mail, unless it goes on.
const INQUIRY_LINK_LIVES: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How long a guest's session lives.
pub const SESSION_LIVES: SignedDuration = SignedDuration::from_hours(1);

/// A token's content: its purpose keeps one kind from passing for another.
pub trait Purpose: Serialize + DeserializeOwned {
    /// The word of the purpose.
    const PURPOSE: &'static str;
    /// How long such a token lives.
    const LIVES: SignedDuration;
}

/// The link of a confirmation mail: releases what the address has waiting in the shop.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Confirm {
    /// The tenant.
    pub shop: String,
    /// The guest.
    pub customer: String,
}

/// The link of a reply's mail: opens one inquiry.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OpenInquiry {
    /// The tenant.
    pub shop: String,
    /// The inquiry.
    pub inquiry: String,
}

/// The link of the mail about a closing by timeout: re-opens one inquiry.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reopen {
    /// The tenant.
    pub shop: String,
    /// The inquiry.
    pub inquiry: String,
}

/// A guest's session, for which a link was exchanged.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Session {
    /// The tenant.
    pub shop: String,
    /// The guest.
    pub customer: String,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The one inquiry that it opens; `None` opens all of theirs.
    pub only: Option<String>,
}

impl Purpose for Confirm {
    const PURPOSE: &'static str = "confirm";
    const LIVES: SignedDuration = CONFIRMATION_LIVES;
}
impl Purpose for OpenInquiry {
    const PURPOSE: &'static str = "inquiry";
    const LIVES: SignedDuration = INQUIRY_LINK_LIVES;
}
impl Purpose for Reopen {
    const PURPOSE: &'static str = "reopen";
    const LIVES: SignedDuration = LOCKED_AFTER;
}
impl Purpose for Session {
    const PURPOSE: &'static str = "session";
    const LIVES: SignedDuration = SESSION_LIVES;
}

#[derive(Serialize, Deserialize)]
struct Claims<T> {
    purpose: String,
    exp: i64,
    #[serde(flatten)]
    content: T,
}

/// A token of that content, and when it ends.
///
/// # Errors
/// [`Failure::Configuration`] without a secret.
pub fn make<T: Purpose>(app: &App, content: T, now: Timestamp) -> Result<(String, Timestamp), Failure> {
    signed(&app.config, content, now)
}

fn signed<T: Purpose>(config: &Config, content: T, now: Timestamp) -> Result<(String, Timestamp), Failure> {
    let secret = config.link_secrets.first();
    let secret = secret.ok_or_else(|| Failure::Configuration("no secret for links".to_owned()))?;
    let until = now.saturating_add(T::LIVES).unwrap_or(Timestamp::MAX);
    let claims = Claims { purpose: T::PURPOSE.to_owned(), exp: until.as_second(), content };
    let header = Header::new(Algorithm::HS256);
    let token = jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(&secret.0));
    token.map(|token| (token, until)).map_err(|error| Failure::Configuration(error.to_string()))
}

/// A guest's session, as it is handed out.
#[derive(Debug, Serialize, ToSchema)]
pub struct GuestSession {
    /// For the `Authorization` header.
    pub token: String,
    /// When it ends.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Moment,
}

impl GuestSession {
    /// A session of that guest that begins now.
    ///
    /// # Errors
    /// [`Failure::Configuration`] without a secret.
    pub fn begin(app: &App, session: Session, now: Timestamp) -> Result<Self, Failure> {
        let (token, until) = make(app, session, now)?;
        Ok(Self { token, expires_at: Moment(until) })
    }
}

/// The content of a token of that purpose that has not ended, under any of the secrets.
pub fn read<T: Purpose>(app: &App, token: &str, now: Timestamp) -> Option<T> {
    opened(&app.config, token, now)
}

fn opened<T: Purpose>(config: &Config, token: &str, now: Timestamp) -> Option<T> {
    let verified = |secret: &Secret| verified::<Claims<T>>(token, &secret.0);
    let claims = config.link_secrets.iter().find_map(verified)?;
    (claims.purpose == T::PURPOSE && now.as_second() < claims.exp).then_some(claims.content)
}

/// The guests' page with such a token; its fragment names the purpose.
fn url<T: Purpose>(config: &Config, shop: &ShopId, content: T, now: Timestamp) -> Result<String, Failure> {
    let (token, _) = signed(config, content, now)?;
    Ok(format!("{}/guest/#{}={token}&shop={shop}", config.public_url, T::PURPOSE))
}

/// The address of the page that confirms.
///
/// # Errors
/// [`Failure::Configuration`] without a secret.
pub fn confirm_url(
    app: &App,
    shop: &ShopId,
    customer: &CustomerKey,
    now: Timestamp,
) -> Result<String, Failure> {
    let content = Confirm { shop: shop.to_string(), customer: customer.to_string() };
    url(&app.config, shop, content, now)
}

/// The address of the page that opens one inquiry.
///
/// # Errors
/// [`Failure::Configuration`] without a secret.
pub fn inquiry_url(app: &App, shop: &ShopId, inquiry: &InquiryId, now: Timestamp) -> Result<String, Failure> {
    let content = OpenInquiry { shop: shop.to_string(), inquiry: inquiry.to_string() };
    url(&app.config, shop, content, now)
}

/// The address of the page that re-opens one inquiry, for as long as it can be.
///
/// # Errors
/// [`Failure::Configuration`] without a secret.
pub fn reopen_url(app: &App, shop: &ShopId, inquiry: &InquiryId, now: Timestamp) -> Result<String, Failure> {
    let content = Reopen { shop: shop.to_string(), inquiry: inquiry.to_string() };
    url(&app.config, shop, content, now)
}

#[cfg(test)]
#[path = "links/tests.rs"]
mod tests;
