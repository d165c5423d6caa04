//! An agent writes for colleagues (SPEC §1, note). A note disturbs nobody, so it needs no version.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::SignedIn;
use common::http::{Command, Fields, InquiryPath};
use common::problem::{Problem, ProblemDocument};
use common::staff;
use common::view::Changed;
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The note.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AddNote {
    /// 1 to 10,000 characters.
    #[schema(required)]
    text: Option<String>,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(add_note))
}

/// An agent writes a note that only staff see.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/inquiries/{id}/notes", operation_id = "add_note", tag = "staff",
    params(
        ("shop" = String, Path), ("id" = String, Path),
        ("Idempotency-Key" = Option<String>, Header)
    ),
    request_body = AddNote,
    security(("agent" = [])),
    responses(
        (status = 201, body = Changed),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn add_note(
    State(app): State<App>,
    signed_in: SignedIn,
    InquiryPath(id): InquiryPath,
    command: Command<AddNote>,
) -> Result<(StatusCode, Json<Changed>), Problem> {
    let signed_in = signed_in.serving()?;
    let mut fields = Fields::default();
    let text = fields.text("text", command.body.text.as_deref());
    let text = fields.all_right(text)?;
    let now = app.clock.now();
    let changed = staff::change(&app, &signed_in, &id, &command, command.seen, |inquiry| {
        inquiry.note(&signed_in.agent, &text, now)
    })
    .await?;
    Ok((StatusCode::CREATED, Json(changed)))
}
