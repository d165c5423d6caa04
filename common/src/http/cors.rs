//! Which pages may call the API from a browser: exactly the origins that the shop registered.

use axum::response::{IntoResponse, Response};
use domain::ids::ShopId;
use http::{HeaderMap, HeaderValue, StatusCode, header};

use crate::app::App;

/// The request's origin, if the shop in the path registered it.
pub(super) async fn allowed_origin(app: &App, headers: &HeaderMap, path: &str) -> Option<HeaderValue> {
    let origin = headers.get(header::ORIGIN)?;
    let shop = path.strip_prefix("/v1/shops/")?.split('/').next()?;
    let shop = app.store.shop(&ShopId::parse(shop).ok()?).await.ok()??;
    let registered = shop.shop.origins.iter().any(|known| known.as_bytes() == origin.as_bytes());
    registered.then(|| origin.clone())
}

/// The answer to a preflight; without the origin's header a browser goes no further.
pub(super) fn preflight(allowed: bool) -> Response {
    if !allowed {
        return StatusCode::NO_CONTENT.into_response();
    }
    let headers = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, DELETE"),
        (
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            "authorization, content-type, idempotency-key, if-match, if-none-match, accept-language",
        ),
        (header::ACCESS_CONTROL_MAX_AGE, "600"),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// Marks an answer as readable by the origin.
pub(super) fn mark(headers: &mut HeaderMap, origin: Option<HeaderValue>) {
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        let exposed = HeaderValue::from_static("etag, retry-after, x-request-id");
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
    }
}
