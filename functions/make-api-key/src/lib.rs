//! An owner makes and revokes keys of the shop's backend (SPEC §10.1). A key is shown once, and stored hashed;
//! several are valid at a time, so that one is replaced without a gap.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use common::app::App;
use common::auth::{SignedIn, new_api_key};
use common::http::{Command, Fields};
use common::problem::{Code, FieldCode, Problem, ProblemDocument};
use common::staff;
use common::store::ApiKey;
use common::view::Moment;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The most keys of a shop.
const MOST: usize = 10;

/// A key that is wanted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MakeApiKey {
    /// What the owner calls it, 1 to 60 characters.
    #[schema(required)]
    name: Option<String>,
}

/// A key that was made: the only time that it is shown.
#[derive(Debug, Serialize, ToSchema)]
struct MadeApiKey {
    id: String,
    /// `kefu_…`, for the `Authorization: Bearer` header.
    key: String,
}

/// A key, without itself.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApiKey)]
struct ApiKeyView {
    id: String,
    name: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: Moment,
}

/// The shop's keys.
#[derive(Debug, Serialize, ToSchema)]
struct ApiKeys {
    keys: Vec<ApiKeyView>,
}

/// The routes of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(make_api_key))
        .routes(routes!(list_api_keys))
        .routes(routes!(revoke_api_key))
}

/// The keys of the shop's backend.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/api-keys", operation_id = "list_api_keys", tag = "staff",
    params(("shop" = String, Path)),
    security(("agent" = [])),
    responses(
        (status = 200, body = ApiKeys),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn list_api_keys(State(app): State<App>, signed_in: SignedIn) -> Result<Json<ApiKeys>, Problem> {
    let signed_in = signed_in.owning()?;
    let record = app.store.fresh_shop(&signed_in.shop().id).await?;
    let record = record.ok_or_else(|| Problem::new(Code::NotFound))?;
    let view =
        |key: &ApiKey| ApiKeyView { id: key.id.clone(), name: key.name.clone(), created_at: Moment(key.at) };
    Ok(Json(ApiKeys { keys: record.backend.api_keys.iter().map(view).collect() }))
}

/// An owner makes a key of the shop's backend.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/api-keys", operation_id = "make_api_key", tag = "staff",
    params(("shop" = String, Path)),
    request_body = MakeApiKey,
    security(("agent" = [])),
    responses(
        (status = 201, body = MadeApiKey),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn make_api_key(
    State(app): State<App>,
    signed_in: SignedIn,
    command: Command<MakeApiKey>,
) -> Result<(StatusCode, Json<MadeApiKey>), Problem> {
    let signed_in = signed_in.owning()?;
    let mut fields = Fields::default();
    let name = fields.line::<60>("name", command.body.name.as_deref());
    let name = fields.all_right(name)?.into_string();
    let (id, key, hash) = new_api_key();
    let made = ApiKey { id: id.clone(), name, hash, at: app.clock.now() };
    staff::change_shop(&app, &signed_in, |record| {
        let keys = &mut record.backend.api_keys;
        if keys.len() >= MOST {
            return Err(Problem::field("name", FieldCode::TooMany(MOST)));
        }
        keys.push(made.clone());
        Ok(())
    })
    .await?;
    Ok((StatusCode::CREATED, Json(MadeApiKey { id, key })))
}

/// An owner revokes a key: from a minute later on it opens nothing.
#[utoipa::path(
    delete, path = "/v1/shops/{shop}/api-keys/{key}", operation_id = "revoke_api_key", tag = "staff",
    params(("shop" = String, Path), ("key" = String, Path)),
    security(("agent" = [])),
    responses(
        (status = 204, description = "It is revoked."),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn revoke_api_key(
    State(app): State<App>,
    signed_in: SignedIn,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Result<StatusCode, Problem> {
    let signed_in = signed_in.owning()?;
    let Ok(Path((_, id))) = path else { return Err(Problem::new(Code::NotFound)) };
    staff::change_shop(&app, &signed_in, |record| {
        let keys = &mut record.backend.api_keys;
        let before = keys.len();
        keys.retain(|key| key.id != id);
        if keys.len() == before { Err(Problem::new(Code::NotFound)) } else { Ok(()) }
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
