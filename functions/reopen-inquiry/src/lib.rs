//! An agent takes an inquiry back from history (SPEC §3.10); also the undo of closing.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::SignedIn;
use common::http::{Command, InquiryPath};
use common::problem::{Problem, ProblemDocument};
use common::staff;
use common::view::Changed;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Nothing to say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReopenInquiry {}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(reopen_inquiry))
}

/// An agent takes an inquiry back from history.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/inquiries/{id}/reopen", operation_id = "reopen_inquiry", tag = "staff",
    params(
        ("shop" = String, Path), ("id" = String, Path), ("If-Match" = String, Header),
        ("Idempotency-Key" = Option<String>, Header)
    ),
    request_body = ReopenInquiry,
    security(("agent" = [])),
    responses(
        (status = 200, body = Changed),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn reopen_inquiry(
    State(app): State<App>,
    signed_in: SignedIn,
    InquiryPath(id): InquiryPath,
    command: Command<ReopenInquiry>,
) -> Result<Json<Changed>, Problem> {
    let signed_in = signed_in.serving()?;
    let now = app.clock.now();
    let changed = staff::change(&app, &signed_in, &id, &command, Some(command.seen()?), |inquiry| {
        inquiry.reopen(signed_in.shop(), &signed_in.agent, now)
    })
    .await?;
    Ok(Json(changed))
}
