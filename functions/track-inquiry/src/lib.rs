//! A customer reads their inquiries: the list by source, and one with its messages (SPEC §2.1).

use axum::extract::State;
use axum::response::Response;
use common::app::App;
use common::auth::Asking;
use common::http::{InquiryPath, Query, unless_known};
use common::problem::{Code, FieldCode, Problem, ProblemDocument};
use common::view::customer::{MyInquiry, MyInquiryRow};
use common::word::SourceWord;
use domain::ids::InquiryId;
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Messages that are shown at once.
const AT_ONCE: usize = 30;

/// Which of their inquiries.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct WhichInquiries {
    /// Only those from there.
    #[param(inline)]
    source: Option<SourceWord>,
    /// Where the page before ended.
    cursor: Option<String>,
}

/// Which messages.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct WhichMessages {
    /// Only messages before that number.
    before: Option<u32>,
}

/// A page of their inquiries, latest message first.
#[derive(Debug, Serialize, ToSchema)]
struct MyInquiries {
    inquiries: Vec<MyInquiryRow>,
    /// Where the next page begins, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// The routes of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_my_inquiries)).routes(routes!(track_inquiry))
}

/// A customer's inquiries.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/my/inquiries", operation_id = "list_my_inquiries", tag = "customers",
    params(("shop" = String, Path), WhichInquiries),
    security(("member" = []), ("guest_session" = [])),
    responses(
        (status = 200, body = MyInquiries),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn list_my_inquiries(
    State(app): State<App>,
    asking: Asking,
    Query(which): Query<WhichInquiries>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let key = &asking.customer.key;
    let after = which.cursor.map(|own| InquiryId::from_parts(key.as_str(), &own)).transpose();
    let after = after.map_err(|_| Problem::field("cursor", FieldCode::UnknownValue))?;
    let after = after.as_ref().map(InquiryId::own);
    let page = app.store.customers(&asking.shop().id, key, after, false).await?;
    let shown = page.records.iter().map(|record| &record.inquiry).filter(|inquiry| {
        inquiry.listed()
            && asking.only.as_ref().is_none_or(|only| *only == inquiry.id)
            && which.source.is_none_or(|source| source.0 == inquiry.source)
    });
    let inquiries = shown.map(MyInquiryRow::of).collect();
    Ok(unless_known(&headers, &MyInquiries { inquiries, next: page.next }))
}

/// One inquiry of a customer, with its newest messages.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/my/inquiries/{id}", operation_id = "track_inquiry", tag = "customers",
    params(("shop" = String, Path), ("id" = String, Path), WhichMessages),
    security(("member" = []), ("guest_session" = [])),
    responses(
        (status = 200, body = MyInquiry),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn track_inquiry(
    State(app): State<App>,
    asking: Asking,
    InquiryPath(id): InquiryPath,
    Query(which): Query<WhichMessages>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let id = asking.own(&id)?;
    let found = app.store.inquiry(&asking.shop().id, &id, false).await?;
    let record = found.ok_or_else(|| Problem::new(Code::NotFound))?;
    let before = which.before.unwrap_or(u32::MAX);
    let (lines, older) = app.store.older(&record, before, AT_ONCE).await?;
    let shown = MyInquiry::of(&record.inquiry, &lines, older, asking.shop(), app.clock.now());
    Ok(unless_known(&headers, &shown))
}
