//! Staff open an inquiry: where it stands, its timeline, and what is part of it (SPEC §4.6).
//! It reads and changes nothing.

use axum::extract::State;
use axum::response::Response;
use common::app::App;
use common::auth::SignedIn;
use common::http::{InquiryPath, Query, unless_known};
use common::problem::{Code, Problem, ProblemDocument};
use common::staff;
use common::view::{EntryView, InquiryView, entries};
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Entries that are shown at once.
const AT_ONCE: usize = 30;

/// Which entries.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct WhichEntries {
    /// Only entries before that number.
    before: Option<u32>,
}

/// An inquiry with the newest part of its timeline.
#[derive(Debug, Serialize, ToSchema)]
struct OpenedInquiry {
    inquiry: InquiryView,
    /// Oldest first.
    timeline: Vec<EntryView>,
    /// Whether there are older entries.
    older: bool,
    /// The inquiries that are part of it.
    merged: Vec<MergedInquiry>,
}

/// An inquiry that is part of another.
#[derive(Debug, Serialize, ToSchema)]
struct MergedInquiry {
    inquiry: InquiryView,
    /// Oldest first.
    timeline: Vec<EntryView>,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show_inquiry))
}

/// An inquiry with the newest part of its timeline.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/inquiries/{id}", operation_id = "show_inquiry", tag = "staff",
    params(("shop" = String, Path), ("id" = String, Path), WhichEntries),
    security(("agent" = [])),
    responses(
        (status = 200, body = OpenedInquiry),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn show_inquiry(
    State(app): State<App>,
    signed_in: SignedIn,
    InquiryPath(id): InquiryPath,
    Query(which): Query<WhichEntries>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let signed_in = signed_in.overseeing()?;
    let id = staff::inquiry_id(&id)?;
    let (shop, now) = (signed_in.shop(), app.clock.now());
    let found = app.store.inquiry(&shop.id, &id, false).await?;
    let found = found.filter(|record| record.inquiry.confirmed);
    let record = found.ok_or_else(|| Problem::new(Code::NotFound))?;
    let before = which.before.unwrap_or(u32::MAX);
    let (lines, older) = app.store.older(&record, before, AT_ONCE).await?;
    let parts = app.store.inquiries(&shop.id, &record.inquiry.absorbed).await?;
    let mut merged = Vec::with_capacity(parts.len());
    for part in parts {
        let (lines, _) = app.store.older(&part, u32::MAX, AT_ONCE).await?;
        let timeline = entries(&lines, &part, shop);
        merged.push(MergedInquiry { inquiry: InquiryView::of(&part.inquiry, now), timeline });
    }
    let opened = OpenedInquiry {
        inquiry: InquiryView::of(&record.inquiry, now),
        timeline: entries(&lines, &record, shop),
        older,
        merged,
    };
    Ok(unless_known(&headers, &opened))
}
