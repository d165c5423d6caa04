//! The HTTP edge that every function has: problems in the reader's language, CORS for exactly
//! the shop's origins, a bound on bodies, one log line a request without personal data.

mod command;
mod cors;
mod fields;
mod front;
mod object;

pub use command::{Command, Query, said};
pub use fields::Fields;
pub use object::Object;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use domain::labels::Locale;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::ids;
use crate::problem::{Code, Problem};

/// The most bytes of a request's body.
pub const BODY_BYTES: usize = 256 * 1024;

/// A function's routes, ready to be served.
pub fn served(routes: OpenApiRouter<App>, app: App) -> Router {
    let (router, _) = routes.split_for_parts();
    router
        .fallback(|| async { Problem::new(Code::NotFound) })
        .method_not_allowed_fallback(|| async { Problem::new(Code::MethodNotAllowed) })
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(middleware::from_fn_with_state(app.clone(), edge))
        .with_state(app)
}

async fn edge(State(app): State<App>, request: Request, next: Next) -> Response {
    let request_id = ids::random_text();
    let locale = preferred_locale(request.headers());
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let passed = front::passed(&app.config.front_secrets, request.headers());
    let origin = if passed { cors::allowed_origin(&app, request.headers(), &path).await } else { None };
    let mut response = match (passed, method == Method::OPTIONS) {
        (false, _) => Problem::new(Code::Forbidden).into_response(),
        (true, true) => cors::preflight(origin.is_some()),
        (true, false) => next.run(request).await,
    };
    if let Some(problem) = response.extensions_mut().remove::<Arc<Problem>>() {
        let problem = Arc::unwrap_or_clone(problem);
        let told = [header::RETRY_AFTER, header::ALLOW];
        let told = told.map(|name| response.headers_mut().remove(&name).map(|value| (name, value)));
        response = written(problem, locale, &request_id);
        response.headers_mut().extend(told.into_iter().flatten());
    }
    let status = response.status();
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    cors::mark(headers, origin);
    tracing::info!(%method, route = route_of(&path), status = status.as_u16(), request_id, "answered");
    response
}

/// The path without what identifies anybody.
fn route_of(path: &str) -> String {
    path.split('/')
        .map(|part| if part.starts_with("inq_") { "{id}" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

fn written(problem: Problem, locale: Locale, request_id: &str) -> Response {
    let status = problem.code.status();
    let body = serde_json::to_vec(&problem.document(locale, request_id)).unwrap_or_default();
    let kind =
        [(header::CONTENT_TYPE, "application/problem+json"), (header::CONTENT_LANGUAGE, locale.as_str())];
    (status, kind, Body::from(body)).into_response()
}

/// The first language of `Accept-Language` that the product speaks; zh-Hant if none.
pub fn preferred_locale(headers: &HeaderMap) -> Locale {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let tags = wanted.split(',').map(|part| part.split(';').next().unwrap_or(""));
    tags.filter_map(Locale::nearest).next().unwrap_or(Locale::ZhHant)
}

/// An answer with an `ETag` of its bytes, or 304 if the caller has it already.
pub fn unless_known<T: serde::Serialize>(headers: &HeaderMap, value: &T) -> Response {
    let Ok(body) = serde_json::to_vec(value) else {
        return Problem::new(Code::Unavailable).into_response();
    };
    let tag = format!("\"{:016x}\"", ids::fingerprint(&[&body]));
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == tag.as_bytes());
    let tagged = [(header::ETAG, tag), (header::CACHE_CONTROL, "private, no-cache".to_owned())];
    if known {
        return (StatusCode::NOT_MODIFIED, tagged).into_response();
    }
    (tagged, [(header::CONTENT_TYPE, "application/json")], Body::from(body)).into_response()
}

/// The caller's address on the network: what the front or the gateway saw, never what the caller claims.
pub struct NetworkAddress(pub String);

impl axum::extract::FromRequestParts<App> for NetworkAddress {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut http::request::Parts, app: &App) -> Result<Self, Problem> {
        use lambda_http::request::RequestContext;
        if !app.config.front_secrets.is_empty() {
            // Behind the front the gateway sees only the front.
            return Ok(Self(front::viewer(&parts.headers).unwrap_or_else(|| "unknown".to_owned())));
        }
        let seen = match parts.extensions.get::<RequestContext>() {
            Some(RequestContext::ApiGatewayV2(context)) => context.http.source_ip.clone(),
            _ => None,
        };
        Ok(Self(seen.unwrap_or_else(|| "local".to_owned())))
    }
}

/// The inquiry's id as it stands in the path; not yet read, not yet anybody's.
pub struct InquiryPath(pub String);

impl axum::extract::FromRequestParts<App> for InquiryPath {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut http::request::Parts, app: &App) -> Result<Self, Problem> {
        in_path(parts, app, &["id"]).await.map(Self)
    }
}

/// The order's number as it stands in the path; not yet read, not yet anybody's.
pub struct OrderPath(pub String);

impl axum::extract::FromRequestParts<App> for OrderPath {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut http::request::Parts, app: &App) -> Result<Self, Problem> {
        in_path(parts, app, &["order"]).await.map(Self)
    }
}

/// The number of an order's refund or return as it stands in the path; what is no number is not found.
pub struct PartPath(pub u32);

impl axum::extract::FromRequestParts<App> for PartPath {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut http::request::Parts, app: &App) -> Result<Self, Problem> {
        let text = in_path(parts, app, &["refund", "return"]).await?;
        // One address each: `1` is one, `01` and `+1` are none.
        let number = text.parse().ok().filter(|number: &u32| number.to_string() == text);
        number.map(Self).ok_or_else(|| Problem::new(Code::NotFound))
    }
}

/// What stands in the path under one of those names.
async fn in_path(parts: &mut http::request::Parts, app: &App, names: &[&str]) -> Result<String, Problem> {
    use axum::extract::FromRequestParts;
    let not_found = || Problem::new(Code::NotFound);
    let path = axum::extract::RawPathParams::from_request_parts(parts, app).await.map_err(|_| not_found())?;
    let found = path.iter().find(|(name, _)| names.contains(name)).map(|(_, value)| value.to_owned());
    found.ok_or_else(not_found)
}
