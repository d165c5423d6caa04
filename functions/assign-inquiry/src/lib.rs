//! An inquiry changes hands by hand (SPEC §5.5): taken, given, transferred with a note, put back.
//! Presence, the switch and capacity do not matter then; the answer warns.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::SignedIn;
use common::http::{Command, Fields, InquiryPath};
use common::problem::{FieldCode, Problem, ProblemDocument};
use common::staff;
use common::view::Changed;
use domain::ids::AgentId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Whose it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AssignInquiry {
    /// An agent of the shop; `null` puts it back to the unassigned.
    #[schema(required)]
    #[serde(default, deserialize_with = "common::http::said")]
    to: Option<Option<String>>,
    /// What the next agent should know.
    note: Option<String>,
}

/// What the command did.
#[derive(Debug, Serialize, ToSchema)]
struct Assigned {
    #[serde(flatten)]
    changed: Changed,
    /// `offline`, `not_receiving`, `full`: given all the same.
    warnings: Vec<&'static str>,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(assign_inquiry))
}

/// An inquiry changes hands: taken, given, transferred with a note, put back.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/inquiries/{id}/assign", operation_id = "assign_inquiry", tag = "staff",
    params(
        ("shop" = String, Path), ("id" = String, Path), ("If-Match" = String, Header),
        ("Idempotency-Key" = Option<String>, Header)
    ),
    request_body = AssignInquiry,
    security(("agent" = [])),
    responses(
        (status = 200, body = Assigned),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn assign_inquiry(
    State(app): State<App>,
    signed_in: SignedIn,
    InquiryPath(id): InquiryPath,
    command: Command<AssignInquiry>,
) -> Result<Json<Assigned>, Problem> {
    let signed_in = signed_in.serving()?;
    let mut fields = Fields::default();
    let to = fields.needed("to", command.body.to.as_ref());
    let to = to.map(|to| to.as_deref().map(AgentId::parse).transpose());
    if let Some(Err(_)) = to {
        fields.wrong("to", FieldCode::UnknownValue);
    }
    let note = fields.text_if_any("note", command.body.note.as_deref());
    let to = fields.all_right(to.and_then(Result::ok))?;
    let now = app.clock.now();
    let changed = staff::change(&app, &signed_in, &id, &command, Some(command.seen()?), |inquiry| {
        inquiry.assign_to(signed_in.shop(), &signed_in.agent, to.as_ref(), note.as_ref(), now)
    })
    .await
    .map_err(|problem| staff::taken_by_another(problem, to.as_ref()))?;
    let warnings = staff::warnings(&app, &signed_in, to.as_ref()).await?;
    Ok(Json(Assigned { changed, warnings }))
}
