//! An approved avatar, for pages that show who answered. Open: it is what customers see.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use common::app::App;
use common::auth::InShop;
use common::problem::{Code, Problem, ProblemDocument};
use http::header;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show_avatar))
}

/// An approved avatar; what stands under a name never changes.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/avatars/{file}", operation_id = "show_avatar", tag = "customers",
    params(("shop" = String, Path), ("file" = String, Path)),
    security(()),
    responses(
        (status = 200, content_type = "image/*", body = [u8]),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn show_avatar(
    State(app): State<App>,
    InShop(record): InShop,
    Path((_, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let named = file.len() <= 32 && file.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
    let not_found = || Problem::new(Code::NotFound);
    if !named {
        return Err(not_found());
    }
    let picture = app.store.avatar(&record.shop.id, &file).await?.ok_or_else(not_found)?;
    // Whatever else may be hidden in a picture, a browser takes it for nothing but a picture.
    let headers = [
        (header::CONTENT_TYPE, format!("image/{}", picture.kind)),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
    ];
    Ok((headers, picture.bytes).into_response())
}
