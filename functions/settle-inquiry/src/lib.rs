//! A customer says that it is settled (SPEC §3.8).

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::Asking;
use common::http::{Command, InquiryPath};
use common::problem::{Problem, ProblemDocument};
use common::store::Command as StoreCommand;
use common::view::customer::MyInquiry;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Nothing to say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SettleInquiry {}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(settle_inquiry))
}

/// A customer says that it is settled.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/my/inquiries/{id}/settle", operation_id = "settle_inquiry",
    tag = "customers",
    params(("shop" = String, Path), ("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = SettleInquiry,
    security(("member" = []), ("guest_session" = [])),
    responses(
        (status = 200, body = MyInquiry),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn settle_inquiry(
    State(app): State<App>,
    asking: Asking,
    InquiryPath(id): InquiryPath,
    command: Command<SettleInquiry>,
) -> Result<Json<MyInquiry>, Problem> {
    let id = asking.own(&id)?;
    let (shop, now) = (asking.shop(), app.clock.now());
    let once = command.once(asking.customer.key.as_str());
    let settling = StoreCommand { shop, id: &id, once: &once, seen: None, by_staff: false, now };
    let done = app.change(settling, |inquiry| inquiry.settle(now)).await?;
    let record = &done.record;
    Ok(Json(MyInquiry::of(&record.inquiry, &record.lines, record.has_older(), shop, now)))
}
