//! Signs people in for scripts, by name only: agents as the stand-in for Cognito would ([`crate::issuer`], which
//! browsers use), customers as a storefront would. The cloud has nothing of it.

use std::sync::Arc;

use axum::extract::State;
use axum::{Extension, Json};
use common::app::App;
use common::auth::{MemberClaims, member_audience};
use common::failure::Failure;
use common::http::Command;
use common::problem::{Code, Problem};
use common::store::ShopRecord;
use domain::ids::ShopId;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::{Deserialize, Serialize};

use crate::host::Local;

/// How long a member's token is good: as long as the API accepts.
const MEMBER_SECONDS: i64 = 60 * 60;

/// Everybody who can sign in.
#[derive(Debug, Serialize)]
pub struct Agents {
    agents: Vec<AgentRow>,
}

/// Somebody of the staff.
#[derive(Debug, Serialize)]
pub struct AgentRow {
    /// Who.
    pub id: String,
    /// As their first shop knows them.
    pub nickname: String,
    /// Where they work.
    pub shops: Vec<AgentShop>,
}

/// One of the shops where they work.
#[derive(Debug, Serialize)]
pub struct AgentShop {
    id: String,
    /// Its name.
    pub name: String,
    role: &'static str,
}

impl AgentShop {
    /// What they are there, for people.
    pub fn role_word(&self) -> &'static str {
        match self.role {
            "supervisor" => "主管 Supervisor",
            "owner" => "店主 Owner",
            _ => "客服人員 Agent",
        }
    }
}

/// `GET /local/agents`
pub async fn agents(
    State(app): State<App>,
    Extension(local): Extension<Arc<Local>>,
) -> Result<Json<Agents>, Problem> {
    Ok(Json(Agents { agents: everybody(&app, &local).await? }))
}

/// The staff of all shops.
pub async fn everybody(app: &App, local: &Local) -> Result<Vec<AgentRow>, Failure> {
    let mut agents: Vec<AgentRow> = Vec::new();
    for id in local.shops.all() {
        let Some(record) = app.store.shop(&id).await? else { continue };
        for member in &record.shop.members {
            let shop =
                AgentShop { id: id.to_string(), name: record.shop.name.clone(), role: member.role.as_str() };
            match agents.iter_mut().find(|agent| agent.id == member.agent.as_str()) {
                Some(agent) => agent.shops.push(shop),
                None => agents.push(AgentRow {
                    id: member.agent.to_string(),
                    nickname: member.nickname.clone(),
                    shops: vec![shop],
                }),
            }
        }
    }
    Ok(agents)
}

/// A line for each shop, for whoever starts the program.
pub async fn summary(app: &App, local: &Local) -> Result<Vec<String>, Failure> {
    let mut lines = Vec::new();
    for id in local.shops.all() {
        let Some(record) = app.store.shop(&id).await? else { continue };
        let people = record.shop.members.iter().map(|member| {
            let role = member.role.as_str();
            format!("{} {} ({role})", member.agent, member.nickname)
        });
        lines.push(format!("{id} {}: {}", record.shop.name, people.collect::<Vec<_>>().join(", ")));
    }
    Ok(lines)
}

/// Who to be.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    agent: String,
}

/// What proves it.
#[derive(Debug, Serialize)]
pub struct Token {
    token: String,
}

/// `POST /local/sign-in`: a token for a script, good for a working day.
pub async fn sign_in(
    State(app): State<App>,
    Extension(local): Extension<Arc<Local>>,
    command: Command<SignIn>,
) -> Result<Json<Token>, Problem> {
    let known = everybody(&app, &local).await?;
    let agent = known.iter().find(|agent| agent.id == command.body.agent);
    let agent = agent.ok_or_else(|| Problem::new(Code::NotFound))?;
    let token = local.issuer.token(&agent.id, app.clock.now().as_second());
    let token = token.map_err(|error| Failure::Unreadable(error.to_string()))?;
    Ok(Json(Token { token }))
}

/// A member whom a storefront signed in.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "they are the token's claims")]
pub struct MemberSignIn {
    pub shop: String,
    pub id: String,
    pub name: String,
    pub email: String,
    pub phone: Option<String>,
    pub orders: Option<Vec<String>>,
}

/// `POST /local/member-token`: what the backend of a storefront does with the key that it shares with Kefu.
pub async fn member_token(
    State(app): State<App>,
    command: Command<MemberSignIn>,
) -> Result<Json<Token>, Problem> {
    let not_found = || Problem::new(Code::NotFound);
    let shop = ShopId::parse(&command.body.shop).map_err(|_| not_found())?;
    let record = app.store.shop(&shop).await?.ok_or_else(not_found)?;
    let token = sign_member(&record, command.body, app.clock.now().as_second())?;
    Ok(Json(Token { token }))
}

/// The token of a member of this shop, issued at `now` (seconds since 1970).
pub fn sign_member(record: &ShopRecord, member: MemberSignIn, now: i64) -> Result<String, Failure> {
    let broken = |what: &str| Failure::Unreadable(format!("the key of {}: {what}", record.shop.id));
    let key = record.signing_keys.last().ok_or_else(|| broken("missing"))?;
    let claims = MemberClaims {
        aud: member_audience(&record.shop.id),
        sub: member.id,
        name: member.name,
        email: member.email,
        phone: member.phone,
        orders: member.orders,
        iat: now,
        exp: now + MEMBER_SECONDS,
    };
    let header = Header { kid: Some(key.id.clone()), ..Header::new(Algorithm::HS256) };
    let signed = jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(&key.secret));
    signed.map_err(|error| broken(&error.to_string()))
}
