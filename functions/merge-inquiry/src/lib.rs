//! Duplicates of one customer become one, and apart again (SPEC §3.9). Both inquiries are
//! stored together.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::SignedIn;
use common::http::{Command, Fields, InquiryPath};
use common::problem::{Code, FieldCode, Problem, ProblemDocument};
use common::staff;
use common::store::Command as StoreCommand;
use common::view::{Changed, staff_problem};
use domain::change::Change;
use domain::ids::InquiryId;
use domain::inquiry::Inquiry;
use domain::refusal::Refusal;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The one that goes on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MergeInquiry {
    /// `inq_…` of the same customer.
    #[schema(required)]
    into: Option<String>,
}

/// Nothing to say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UnmergeInquiry {}

/// The routes of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(merge_inquiry)).routes(routes!(unmerge_inquiry))
}

/// An inquiry becomes part of another one of the same customer.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/inquiries/{id}/merge", operation_id = "merge_inquiry", tag = "staff",
    params(
        ("shop" = String, Path), ("id" = String, Path), ("If-Match" = String, Header),
        ("Idempotency-Key" = Option<String>, Header)
    ),
    request_body = MergeInquiry,
    security(("agent" = [])),
    responses(
        (status = 200, body = Changed),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn merge_inquiry(
    State(app): State<App>,
    signed_in: SignedIn,
    InquiryPath(id): InquiryPath,
    command: Command<MergeInquiry>,
) -> Result<Json<Changed>, Problem> {
    let signed_in = signed_in.serving()?;
    let id = staff::inquiry_id(&id)?;
    let mut fields = Fields::default();
    let into = fields.needed("into", command.body.into.as_deref());
    let into = into.map(InquiryId::parse);
    if let Some(Err(_)) = into {
        fields.wrong("into", FieldCode::UnknownValue);
    }
    let into = fields.all_right(into.and_then(Result::ok))?;
    let now = app.clock.now();
    both(&app, &signed_in, &id, &into, &command, |part, whole| {
        part.merge(whole, signed_in.shop(), &signed_in.agent, now)
    })
    .await
}

/// A merge is undone.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/inquiries/{id}/unmerge", operation_id = "unmerge_inquiry", tag = "staff",
    params(
        ("shop" = String, Path), ("id" = String, Path), ("If-Match" = String, Header),
        ("Idempotency-Key" = Option<String>, Header)
    ),
    request_body = UnmergeInquiry,
    security(("agent" = [])),
    responses(
        (status = 200, body = Changed),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn unmerge_inquiry(
    State(app): State<App>,
    signed_in: SignedIn,
    InquiryPath(id): InquiryPath,
    command: Command<UnmergeInquiry>,
) -> Result<Json<Changed>, Problem> {
    let signed_in = signed_in.serving()?;
    let id = staff::inquiry_id(&id)?;
    command.seen()?;
    let now = app.clock.now();
    let found = app.store.inquiry(&signed_in.shop().id, &id, true).await?;
    let found =
        found.filter(|record| record.inquiry.confirmed).ok_or_else(|| Problem::new(Code::NotFound))?;
    // A repeated sending finds the merge undone; what it was part of stands in the timeline.
    let whole = found.inquiry.merged_into.or_else(|| {
        found.lines.iter().rev().find_map(|line| match &line.entry.event {
            domain::event::Event::Unmerged { from } => Some(from.clone()),
            _ => None,
        })
    });
    let whole = whole.ok_or_else(|| Problem::from(Refusal::NotMerged))?;
    both(&app, &signed_in, &id, &whole, &command, |part, whole| {
        part.unmerge(whole, signed_in.shop(), &signed_in.agent, now)
    })
    .await
}

async fn both<T>(
    app: &App,
    signed_in: &SignedIn,
    id: &InquiryId,
    other: &InquiryId,
    command: &Command<T>,
    decide: impl Fn(&Inquiry, &Inquiry) -> Result<(Change, Change), Refusal>,
) -> Result<Json<Changed>, Problem> {
    let (shop, now) = (signed_in.shop(), app.clock.now());
    let seen = Some(command.seen()?);
    let once = command.once(signed_in.agent.id.as_str());
    let asked = StoreCommand { shop, id, once: &once, seen, by_staff: true, now };
    if id == other {
        return Err(Problem::from(Refusal::NotMergeable));
    }
    let changed = app.store.change_pair(asked, other, decide).await;
    let done = changed.map_err(|not_done| staff_problem(not_done, seen, shop, now))?;
    app.announce(&done).await;
    Ok(Json(Changed::of(&done, shop, now)))
}
