//! What stands beside an inquiry (SPEC §10.2): the orders of its customer, and the one that it is about.

use axum::extract::State;
use axum::response::Response;
use common::app::App;
use common::auth::SignedIn;
use common::http::{InquiryPath, unless_known};
use common::problem::{Code, Problem, ProblemDocument};
use common::staff;
use common::store::items::OrderRow;
use common::view::order::{OrderRowView, OrderView};
use domain::ids::OrderNumber;
use http::HeaderMap;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The most orders of a customer that are shown.
const MOST_ORDERS: usize = 25;

/// The orders beside an inquiry.
#[derive(Debug, Serialize, ToSchema)]
struct Workbench {
    /// The order that it is about, then the customer's others, newest first; at most 25 of theirs.
    orders: Vec<OrderRowView>,
    /// The order that it is about, if there is one of the number that the customer gave. Whose it is stands in
    /// it: a customer can give any number.
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<OrderView>,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show_workbench))
}

/// The orders of an inquiry's customer, and the one that it is about.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/inquiries/{id}/orders", operation_id = "show_workbench", tag = "staff",
    params(("shop" = String, Path), ("id" = String, Path)),
    security(("agent" = [])),
    responses(
        (status = 200, body = Workbench),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn show_workbench(
    State(app): State<App>,
    signed_in: SignedIn,
    InquiryPath(id): InquiryPath,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let signed_in = signed_in.serving()?;
    let id = staff::inquiry_id(&id)?;
    let (shop, now) = (signed_in.shop(), app.clock.now());
    let found = app.store.inquiry(&shop.id, &id, false).await?.filter(|record| record.inquiry.confirmed);
    let inquiry = found.ok_or_else(|| Problem::new(Code::NotFound))?.inquiry;
    let own = match inquiry.order.as_deref().and_then(|number| OrderNumber::parse(number).ok()) {
        Some(number) => app.store.order(&shop.id, &number).await?.map(|record| record.order),
        None => None,
    };
    let rows = app.store.orders_of(&shop.id, &id.customer(), MOST_ORDERS).await?;
    let first = own.as_ref().map(|order| OrderRow::of(order, order.ship_by(shop)));
    let others = rows.into_iter().filter(|row| own.as_ref().is_none_or(|order| order.number != row.number));
    let orders = first.into_iter().chain(others).map(|row| OrderRowView::of(&row, now)).collect();
    let order = own.map(|order| OrderView::of(&order, shop, now));
    Ok(unless_known(&headers, &Workbench { orders, order }))
}
