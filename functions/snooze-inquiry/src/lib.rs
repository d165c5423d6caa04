//! An agent puts an inquiry aside until a time, or takes it back (SPEC §3.10). No clock of §6 stops.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::SignedIn;
use common::http::{Command, Fields, InquiryPath};
use common::problem::{FieldCode, Problem, ProblemDocument};
use common::staff;
use common::view::Changed;
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Until when.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SnoozeInquiry {
    /// When it comes back, within 90 days (RFC 3339); `null` takes it back now.
    #[schema(required)]
    #[serde(default, deserialize_with = "common::http::said")]
    until: Option<Option<String>>,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(snooze_inquiry))
}

/// An agent puts an inquiry aside until a time.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/inquiries/{id}/snooze", operation_id = "snooze_inquiry", tag = "staff",
    params(
        ("shop" = String, Path), ("id" = String, Path), ("If-Match" = String, Header),
        ("Idempotency-Key" = Option<String>, Header)
    ),
    request_body = SnoozeInquiry,
    security(("agent" = [])),
    responses(
        (status = 200, body = Changed),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn snooze_inquiry(
    State(app): State<App>,
    signed_in: SignedIn,
    InquiryPath(id): InquiryPath,
    command: Command<SnoozeInquiry>,
) -> Result<Json<Changed>, Problem> {
    let signed_in = signed_in.serving()?;
    let mut fields = Fields::default();
    let until = fields.needed("until", command.body.until.as_ref());
    let until = until.map(|until| until.as_deref().map(str::parse::<Timestamp>).transpose());
    if let Some(Err(_)) = until {
        fields.wrong("until", FieldCode::WrongType);
    }
    let until = fields.all_right(until.and_then(Result::ok))?;
    let now = app.clock.now();
    let changed = staff::change(&app, &signed_in, &id, &command, Some(command.seen()?), |inquiry| {
        inquiry.snooze(&signed_in.agent, until, now)
    })
    .await?;
    Ok(Json(changed))
}
