//! The issuer as applications and browsers see it: OpenID Connect's code flow with PKCE, for one public
//! client. Where Cognito asks for a password, this one asks who somebody wants to be.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use common::app::App;
use common::failure::Failure;
use common::problem::Problem;
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use serde_json::{Value, json};

use super::grants::{Asked, Granted, SESSION_SECONDS, Session, Shown};
use super::{ACCESS_SECONDS, CLIENT, Issuer, IssuerError, PLACE};
use crate::host::Local;
use crate::sign_in::{self, AgentRow};
use crate::site;

/// What the browser shows who is signed in at the issuer.
const COOKIE: &str = "kefu_issuer";

type Here = Extension<Arc<Local>>;
type Said = HashMap<String, String>;

/// Its routes.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/local/issuer/.well-known/openid-configuration", get(metadata))
        .route("/local/issuer/.well-known/jwks.json", get(keys))
        .route("/local/issuer/authorize", get(authorize).post(choose))
        .route("/local/issuer/token", post(token))
        .route("/local/issuer/revoke", post(revoke))
        .route("/local/issuer/logout", get(logout))
}

/// Lets the pages of another origin read the answer, as Cognito does; who may ask is the guard's to say.
fn readable(answer: impl IntoResponse) -> Response {
    ([(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")], answer).into_response()
}

async fn metadata(Extension(local): Here) -> Response {
    let address = local.issuer.address();
    let at = |place: &str| format!("{address}{place}");
    readable(Json(json!({
        "issuer": address,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "revocation_endpoint": at("/revoke"),
        "jwks_uri": at("/.well-known/jwks.json"),
        "end_session_endpoint": at("/logout"),
        "scopes_supported": ["openid"],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "subject_types_supported": ["public"],
        "prompt_values_supported": ["none", "login"],
        "authorization_response_iss_parameter_supported": true,
    })))
}

async fn keys(Extension(local): Here) -> Response {
    readable(Json(local.issuer.keys()))
}

/// What an application wants, when it may want that.
#[derive(Debug)]
struct Wanted {
    asked: Asked,
    state: Option<String>,
    prompt: String,
}

/// Why it does not get it.
#[derive(Debug)]
enum Wrong {
    /// It is told to nobody but the reader: who asked is not known.
    Unknown,
    /// The application is told.
    Refused(String),
}

impl Issuer {
    fn wanted(&self, said: &Said) -> Result<Wanted, Wrong> {
        let word = |name: &str| said.get(name).map(String::as_str).unwrap_or_default();
        let redirect_uri = word("redirect_uri");
        if word("client_id") != CLIENT || !self.is_home(redirect_uri) {
            return Err(Wrong::Unknown);
        }
        let state = said.get("state").cloned();
        let refused =
            |error: &str| Err(Wrong::Refused(self.back(redirect_uri, state.as_deref(), ("error", error))));
        if word("response_type") != "code" {
            return refused("unsupported_response_type");
        }
        if !word("scope").split(' ').any(|scope| scope == "openid") {
            return refused("invalid_scope");
        }
        if word("code_challenge_method") != "S256" || word("code_challenge").len() != 43 {
            return refused("invalid_request");
        }
        let asked = Asked {
            client: CLIENT.to_owned(),
            redirect_uri: redirect_uri.to_owned(),
            challenge: word("code_challenge").to_owned(),
            nonce: said.get("nonce").cloned(),
        };
        Ok(Wanted { asked, state, prompt: word("prompt").to_owned() })
    }

    fn is_home(&self, address: &str) -> bool {
        self.homes.iter().any(|home| home == address)
    }

    /// Where an answer leads the browser.
    fn back(&self, redirect_uri: &str, state: Option<&str>, answer: (&str, &str)) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair(answer.0, answer.1).append_pair("iss", &self.address);
        if let Some(state) = state {
            query.append_pair("state", state);
        }
        format!("{redirect_uri}?{}", query.finish())
    }

    /// Leads back with a code.
    fn let_in(&self, session: Session, wanted: Wanted, now: i64) -> Response {
        let redirect_uri = wanted.asked.redirect_uri.clone();
        let code = self.grants.code(session, wanted.asked, now);
        let to = self.back(&redirect_uri, wanted.state.as_deref(), ("code", &code));
        Redirect::to(&to).into_response()
    }

    fn tokens(&self, granted: &Granted, now: i64) -> Result<Value, IssuerError> {
        let Granted { agent, since, nonce, renewing } = granted;
        Ok(json!({
            "access_token": self.access_token(agent, *since, now)?,
            "id_token": self.identity_token(agent, nonce.as_deref(), *since, now)?,
            "refresh_token": renewing,
            "token_type": "Bearer",
            "expires_in": ACCESS_SECONDS,
        }))
    }
}

/// Everybody who can sign in.
#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage<'a> {
    /// What the application asked for, as it was asked.
    query: &'a str,
    agents: Vec<AgentRow>,
}

#[derive(Template)]
#[template(path = "sign_in_refused.html")]
struct RefusedPage;

fn said(query: &[u8]) -> Said {
    url::form_urlencoded::parse(query).into_owned().collect()
}

fn refused(wrong: Wrong) -> Response {
    match wrong {
        Wrong::Unknown => site::page(StatusCode::BAD_REQUEST, &RefusedPage),
        Wrong::Refused(to) => Redirect::to(&to).into_response(),
    }
}

/// `GET /local/issuer/authorize`: who is signed in already goes on at once, everybody else is asked.
async fn authorize(
    State(app): State<App>,
    Extension(local): Here,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, Problem> {
    let query = uri.query().unwrap_or_default();
    let issuer = &local.issuer;
    let wanted = match issuer.wanted(&said(query.as_bytes())) {
        Ok(wanted) => wanted,
        Err(wrong) => return Ok(refused(wrong)),
    };
    let now = app.clock.now().as_second();
    let session = shown_session(&headers).and_then(|id| issuer.grants.session(id, now));
    if let Some(session) = session.filter(|_| wanted.prompt != "login") {
        return Ok(issuer.let_in(session, wanted, now));
    }
    let Wanted { asked, state, prompt } = wanted;
    if prompt == "none" {
        let to = issuer.back(&asked.redirect_uri, state.as_deref(), ("error", "login_required"));
        return Ok(Redirect::to(&to).into_response());
    }
    let agents = sign_in::everybody(&app, &local).await?;
    let page = site::page(StatusCode::OK, &SignInPage { query, agents });
    let home = asked.redirect_uri.strip_suffix("/admin/").unwrap_or_default();
    Ok(site::with_form_to(home, page))
}

/// `POST /local/issuer/authorize`: somebody has chosen.
async fn choose(
    State(app): State<App>,
    Extension(local): Here,
    uri: Uri,
    body: Bytes,
) -> Result<Response, Problem> {
    let issuer = &local.issuer;
    let wanted = match issuer.wanted(&said(uri.query().unwrap_or_default().as_bytes())) {
        Ok(wanted) => wanted,
        Err(wrong) => return Ok(refused(wrong)),
    };
    let chosen = said(&body).remove("agent").unwrap_or_default();
    let everybody = sign_in::everybody(&app, &local).await?;
    let Some(agent) = everybody.into_iter().find(|agent| agent.id == chosen) else {
        return Ok(refused(Wrong::Unknown));
    };
    let now = app.clock.now().as_second();
    let session = issuer.grants.begin(&agent.id, now);
    let cookie = cookie(session.id(), SESSION_SECONDS);
    let mut response = issuer.let_in(session, wanted, now);
    if let Some(cookie) = cookie {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// `POST /local/issuer/token`: a code or a token that renews, for tokens.
async fn token(State(app): State<App>, Extension(local): Here, body: Bytes) -> Result<Response, Problem> {
    let said = said(&body);
    let word = |name: &str| said.get(name).map(String::as_str).unwrap_or_default();
    let refusal = |error: &str| readable((StatusCode::BAD_REQUEST, Json(json!({ "error": error }))));
    let (issuer, now) = (&local.issuer, app.clock.now().as_second());
    if word("client_id") != CLIENT {
        return Ok(refusal("invalid_client"));
    }
    let granted = match word("grant_type") {
        "authorization_code" => {
            let shown =
                Shown { client: CLIENT, redirect_uri: word("redirect_uri"), verifier: word("code_verifier") };
            issuer.grants.redeem(word("code"), shown, now)
        }
        "refresh_token" => issuer.grants.renew(word("refresh_token"), CLIENT, now),
        _ => return Ok(refusal("unsupported_grant_type")),
    };
    let Some(granted) = granted else { return Ok(refusal("invalid_grant")) };
    let tokens = issuer.tokens(&granted, now);
    let tokens = tokens.map_err(|error| Failure::Unreadable(error.to_string()))?;
    Ok(readable(Json(tokens)))
}

/// `POST /local/issuer/revoke`: a token that renews is needed no more. Of one that nobody knows the same is
/// said (RFC 7009).
async fn revoke(State(app): State<App>, Extension(local): Here, body: Bytes) -> Response {
    let said = said(&body);
    let word = |name: &str| said.get(name).map(String::as_str).unwrap_or_default();
    let now = app.clock.now().as_second();
    local.issuer.grants.give_back(word("token"), word("client_id"), now);
    readable(StatusCode::OK)
}

/// `GET /local/issuer/logout`: ends the session, and leads back to the admin site only.
async fn logout(State(app): State<App>, Extension(local): Here, headers: HeaderMap, uri: Uri) -> Response {
    if let Some(id) = shown_session(&headers) {
        local.issuer.grants.end(id, app.clock.now().as_second());
    }
    let said = said(uri.query().unwrap_or_default().as_bytes());
    // Cognito has a word of its own for it.
    let to = said.get("post_logout_redirect_uri").or_else(|| said.get("logout_uri"));
    let known = said.get("client_id").is_some_and(|client| client == CLIENT);
    let mut response = match to.filter(|to| known && local.issuer.is_home(to)) {
        Some(to) => Redirect::to(to).into_response(),
        None => refused(Wrong::Unknown),
    };
    if let Some(cookie) = cookie("", 0) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

fn shown_session(headers: &HeaderMap) -> Option<&str> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut each = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    each.find(|(name, _)| *name == COOKIE).map(|(_, value)| value)
}

/// It is sent to the issuer only, along with what leads there from a page.
fn cookie(value: &str, seconds: i64) -> Option<HeaderValue> {
    let text = format!("{COOKIE}={value}; Path={PLACE}; Max-Age={seconds}; HttpOnly; SameSite=Lax");
    HeaderValue::from_str(&text).ok()
}

#[cfg(test)]
mod tests;
