//! 結案 (SPEC §3.2): an agent ends an inquiry. No message is stored and nobody gets a mail.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::SignedIn;
use common::http::{Command, Fields, InquiryPath};
use common::problem::{Problem, ProblemDocument};
use common::staff;
use common::view::Changed;
use common::word::EndReasonWord;
use domain::inquiry::Closing;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Why it ends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CloseInquiry {
    /// Needed while a message is unanswered: `duplicate`, `settled_by_phone`, `feedback_only`,
    /// `test`, `spam` or `other`.
    #[schema(inline)]
    reason: Option<EndReasonWord>,
    /// In words, at most 500 characters; needed with `other`.
    detail: Option<String>,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(close_inquiry))
}

/// An agent ends an inquiry. No message is stored, nobody gets a mail.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/inquiries/{id}/close", operation_id = "close_inquiry", tag = "staff",
    params(
        ("shop" = String, Path), ("id" = String, Path), ("If-Match" = String, Header),
        ("Idempotency-Key" = Option<String>, Header)
    ),
    request_body = CloseInquiry,
    security(("agent" = [])),
    responses(
        (status = 200, body = Changed),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn close_inquiry(
    State(app): State<App>,
    signed_in: SignedIn,
    InquiryPath(id): InquiryPath,
    command: Command<CloseInquiry>,
) -> Result<Json<Changed>, Problem> {
    let signed_in = signed_in.serving()?;
    let mut fields = Fields::default();
    let detail = fields.line_if_any::<500>("detail", command.body.detail.as_deref());
    let reason = command.body.reason.map(|word| word.0);
    let closing = fields.all_right(Some(Closing { reason, detail }))?;
    let now = app.clock.now();
    let changed = staff::change(&app, &signed_in, &id, &command, Some(command.seen()?), |inquiry| {
        inquiry.close(&signed_in.agent, closing.clone(), now)
    })
    .await?;
    Ok(Json(changed))
}
