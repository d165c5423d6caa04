//! A customer re-opens an inquiry that was closed unanswered, with the one button behind the link
//! of the mail (SPEC §6.3). The link does nothing by itself and opens nothing else.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::{InShop, links};
use common::http::{Command, Fields};
use common::problem::{Code, Problem, ProblemDocument};
use common::store::Command as StoreCommand;
use domain::ids::InquiryId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The link's token.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReopenByLink {
    /// What stands behind `#reopen=`.
    #[schema(required)]
    token: Option<String>,
}

/// The inquiry that the shop sees again.
#[derive(Debug, Serialize, ToSchema)]
struct ReopenedInquiry {
    /// `inq_…`
    id: String,
    /// Short, for reading aloud.
    reference: String,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(reopen_by_link))
}

/// A customer re-opens an inquiry that was closed unanswered. One that is active stays as it is.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/inquiries/reopen", operation_id = "reopen_by_link", tag = "customers",
    params(("shop" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = ReopenByLink,
    security(()),
    responses(
        (status = 200, body = ReopenedInquiry),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn reopen_by_link(
    State(app): State<App>,
    InShop(record): InShop,
    command: Command<ReopenByLink>,
) -> Result<Json<ReopenedInquiry>, Problem> {
    let mut fields = Fields::default();
    let token = fields.needed("token", command.body.token.as_deref());
    let token = fields.all_right(token)?;
    let (shop, now) = (&record.shop, app.clock.now());
    let refused = || Problem::new(Code::Unauthorized);
    let link: links::Reopen = links::read(&app, token, now).ok_or_else(refused)?;
    let id = InquiryId::parse(&link.inquiry).ok().filter(|_| link.shop == shop.id.as_str());
    let id = id.ok_or_else(refused)?;
    let once = command.once(id.as_str());
    let reopening = StoreCommand { shop, id: &id, once: &once, seen: None, by_staff: false, now };
    app.change(reopening, |inquiry| inquiry.reopen_by_customer(shop, now)).await?;
    Ok(Json(ReopenedInquiry { id: id.to_string(), reference: id.reference() }))
}
