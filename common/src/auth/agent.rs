//! Staff: access tokens of an OpenID Connect issuer (SPEC §12.1). Roles are never taken from
//! the token, only from the shop's own list of members.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use domain::actor::{Agent, Role};
use domain::ids::AgentId;
use domain::shop::{Member, Shop};
use http::request::Parts;
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use lambda_http::request::RequestContext;
use serde::Deserialize;

use super::{InShop, LEEWAY, bearer, unauthorized};
use crate::app::App;
use crate::problem::{Code, Problem};
use crate::store::ShopRecord;

/// How agents' tokens are checked.
#[derive(Clone)]
pub enum AgentTokens {
    /// The gateway's JWT authorizer checked the token before the function ran; its claims
    /// come with the request. Nobody reaches the function around the gateway.
    Gateway,
    /// The function checks signature, issuer, purpose and time itself.
    Keys(Arc<IssuerKeys>),
}

/// An issuer and its public keys.
pub struct IssuerKeys {
    /// `iss`
    pub issuer: String,
    /// `client_id`
    pub client_id: String,
    /// Public RSA keys by `kid`.
    pub keys: HashMap<String, DecodingKey>,
}

impl std::fmt::Debug for AgentTokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Gateway => "Gateway",
            Self::Keys(_) => "Keys",
        })
    }
}

/// An access token's claims, as Cognito writes them.
#[derive(Deserialize)]
struct AccessClaims {
    sub: String,
    iss: String,
    client_id: String,
    token_use: String,
    exp: i64,
}

/// A person with a valid token, of whatever shops.
#[derive(Debug, Clone)]
pub struct TokenHolder(pub AgentId);

impl FromRequestParts<App> for TokenHolder {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let subject = match &app.config.agent_tokens {
            AgentTokens::Gateway => gateway_subject(parts),
            AgentTokens::Keys(keys) => {
                bearer(&parts.headers).and_then(|token| keys.subject(token, app.clock.now()))
            }
        };
        let id = subject.and_then(|subject| AgentId::parse(&subject).ok());
        id.map(Self).ok_or_else(unauthorized)
    }
}

fn gateway_subject(parts: &Parts) -> Option<String> {
    let RequestContext::ApiGatewayV2(context) = parts.extensions.get::<RequestContext>()? else {
        return None;
    };
    let claims = &context.authorizer.as_ref()?.jwt.as_ref()?.claims;
    is_access(claims).then(|| claims.get("sub").cloned()).flatten()
}

/// Whether the claims are an access token's: an identity token has the same signature and opens nothing. Cognito says
/// which it is; elsewhere an access token says what it is for (RFC 9068), and an identity token has a nonce or the hash of
/// another token.
fn is_access(claims: &HashMap<String, String>) -> bool {
    let has = |name: &str| claims.contains_key(name);
    match claims.get("token_use") {
        Some(used) => used == "access",
        None => {
            (has("scope") || has("scp")) && !IDENTITY.iter().any(|name| has(name)) && !is_other_kind(claims)
        }
    }
}

/// Claims that identity tokens have.
const IDENTITY: [&str; 3] = ["nonce", "at_hash", "c_hash"];

/// Some issuers say the kind of a token in it.
fn is_other_kind(claims: &HashMap<String, String>) -> bool {
    claims.get("typ").is_some_and(|kind| matches!(kind.as_str(), "ID" | "Refresh"))
}

impl IssuerKeys {
    /// The subject of a valid access token.
    fn subject(&self, token: &str, now: Timestamp) -> Option<String> {
        let header = jsonwebtoken::decode_header(token).ok()?;
        let key = self.keys.get(header.kid.as_ref()?)?;
        let mut validation = Validation::new(Algorithm::RS256);
        validation.validate_exp = false;
        validation.validate_aud = false;
        validation.required_spec_claims.clear();
        let claims = jsonwebtoken::decode::<AccessClaims>(token, key, &validation).ok()?.claims;
        let valid = claims.iss == self.issuer
            && claims.client_id == self.client_id
            && claims.token_use == "access"
            && now.as_second() < claims.exp + LEEWAY;
        valid.then_some(claims.sub)
    }
}

/// A person of the staff of the shop in the path.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who, with their role here.
    pub agent: Agent,
    /// Whether they have the customer-service permission.
    service: bool,
    /// The shop.
    pub record: Arc<ShopRecord>,
}

impl SignedIn {
    /// The shop, as the rules know it.
    pub fn shop(&self) -> &Shop {
        &self.record.shop
    }

    /// Goes on only with the customer-service permission (SPEC §1, agent).
    ///
    /// # Errors
    /// [`Code::Forbidden`].
    pub fn serving(self) -> Result<Self, Problem> {
        if self.service { Ok(self) } else { Err(Problem::new(Code::Forbidden)) }
    }

    /// Goes on only with who serves or supervises: who sees lists, colleagues and alerts (SPEC §12.1).
    ///
    /// # Errors
    /// [`Code::Forbidden`].
    pub fn overseeing(self) -> Result<Self, Problem> {
        let oversees = self.service || self.supervises();
        if oversees { Ok(self) } else { Err(Problem::new(Code::Forbidden)) }
    }

    /// Goes on only with a supervisor or an owner.
    ///
    /// # Errors
    /// [`Code::Forbidden`].
    pub fn supervising(self) -> Result<Self, Problem> {
        if self.supervises() { Ok(self) } else { Err(Problem::new(Code::Forbidden)) }
    }

    /// Goes on only with an owner.
    ///
    /// # Errors
    /// [`Code::Forbidden`].
    pub fn owning(self) -> Result<Self, Problem> {
        if self.agent.role >= Role::Owner { Ok(self) } else { Err(Problem::new(Code::Forbidden)) }
    }

    /// Whether they have the customer-service permission.
    pub fn serves(&self) -> bool {
        self.service
    }

    /// Whether they see all lists.
    pub fn supervises(&self) -> bool {
        self.agent.role >= Role::Supervisor
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let TokenHolder(id) = TokenHolder::from_request_parts(parts, app).await?;
        let InShop(record) = InShop::from_request_parts(parts, app).await?;
        // Whose shop it is not, does not learn that it exists.
        let member: Option<&Member> = record.shop.member(&id);
        let Some(&Member { role, service, .. }) = member else {
            return Err(Problem::new(Code::NotFound));
        };
        Ok(Self { agent: Agent { id, role }, service, record })
    }
}
