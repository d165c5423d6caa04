//! The pages: the built sites as static files, and what every page needs to know.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router};
use http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::issuer::{CLIENT, Issuer};

mod files;
mod headers;

use headers::Policy;

/// What the pages are told.
#[derive(Clone)]
struct Told {
    offset: Arc<AtomicI64>,
    issuer: Arc<str>,
}

/// Where the sites are, how far the clock was moved (in milliseconds), and who signs agents in.
pub fn routes(site: Option<PathBuf>, offset: Arc<AtomicI64>, issuer: &Issuer) -> Router {
    let built = |path: &str| site.as_ref().map(|site| site.join(path));
    let told = Told { offset, issuer: issuer.address().into() };
    let mut router = Router::new()
        .route("/", get(async || page(StatusCode::OK, &IndexPage)))
        .route("/config.json", get(config).with_state(told))
        .route("/local/page.css", get(style));
    for (name, folder) in [
        ("admin", "admin/dist"),
        ("storefront", "storefront/dist/storefront"),
        ("guest", "storefront/dist/guest"),
    ] {
        let home = format!("/{name}/");
        // Only agents sign in there, and the page may have been opened by another name of this machine.
        let asks = (name == "admin").then(|| issuer.origin().to_owned());
        let files = files::site(built(folder), folder, Policy::Page);
        let files = files.map_response(move |mut response: Response| {
            if let Some(issuer) = &asks {
                headers::connect_to(issuer, response.headers_mut());
            }
            response
        });
        router = router
            .route(&format!("/{name}"), get(async move || Redirect::permanent(&home)))
            .nest_service(&format!("/{name}/"), files);
    }
    let folder = "storefront/dist/embed";
    router.nest_service("/embed", files::site(built(folder), folder, Policy::Embed))
}

/// What every page reads at its start. `clock_offset_seconds` is how far Kefu's clock is ahead.
async fn config(State(told): State<Told>) -> impl IntoResponse {
    let config: Value = json!({
        "api_base": "",
        "sign_in": { "issuer": &*told.issuer, "client_id": CLIENT },
        "order_url": "/storefront/?shop={shop}#/order/{order}",
        "locales": ["zh-Hant", "zh-Hans", "en"],
        "clock_offset_seconds": told.offset.load(Ordering::Relaxed) / 1000,
    });
    ([(header::CACHE_CONTROL, "no-store")], Json(config))
}

async fn style() -> impl IntoResponse {
    let css = include_str!("../templates/page.css");
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")], css)
}

#[derive(Template)]
#[template(path = "index.html")]
struct IndexPage;

#[derive(Template)]
#[template(path = "missing.html")]
struct MissingPage<'a> {
    unbuilt: Option<&'a str>,
}

/// A page that this program writes itself: no script at all.
pub fn page(status: StatusCode, template: &impl Template) -> Response {
    let Ok(html) = template.render() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let mut response = (status, Html(html)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers::secure(Policy::OwnPage, response.headers_mut());
    response
}

/// The page, whose form leads to this origin in the end, though its own may be another.
pub fn with_form_to(origin: &str, mut page: Response) -> Response {
    headers::form_to(origin, page.headers_mut());
    page
}

/// The page for what is not there.
pub fn not_found() -> Response {
    page(StatusCode::NOT_FOUND, &MissingPage { unbuilt: None })
}

/// The page for a site that is not built.
fn unbuilt(folder: &str) -> Response {
    page(StatusCode::NOT_FOUND, &MissingPage { unbuilt: Some(folder) })
}

#[cfg(test)]
mod tests;
