//! Staff open an order (SPEC §10.2): as it stands, with its timeline and the inquiries in which it is told.

use axum::extract::State;
use axum::response::Response;
use common::app::App;
use common::auth::SignedIn;
use common::http::{OrderPath, unless_known};
use common::problem::{Code, Problem, ProblemDocument};
use common::staff;
use common::store::items::Record;
use common::view::order::{OrderEntryView, OrderView};
use domain::ids::InquiryId;
use http::HeaderMap;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// An order with its timeline.
#[derive(Debug, Serialize, ToSchema)]
struct OpenedOrder {
    order: OrderView,
    /// Oldest first.
    entries: Vec<OrderEntryView>,
    /// The inquiries in which some of it is told, too, and those that its customer asked about it.
    inquiries: Vec<String>,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show_order))
}

/// An order with its timeline.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/orders/{order}", operation_id = "show_order", tag = "staff",
    params(("shop" = String, Path), ("order" = String, Path)),
    security(("agent" = [])),
    responses(
        (status = 200, body = OpenedOrder),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn show_order(
    State(app): State<App>,
    signed_in: SignedIn,
    OrderPath(order): OrderPath,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let signed_in = signed_in.serving()?;
    let number = staff::order_number(&order)?;
    let (shop, now) = (signed_in.shop(), app.clock.now());
    let record = app.store.order(&shop.id, &number).await?.ok_or_else(|| Problem::new(Code::NotFound))?;
    let customer = &record.order.customer.key;
    let (entries, theirs) = tokio::try_join!(
        app.store.order_entries(&record),
        app.store.customers(&shop.id, customer, None, false)
    )?;
    let about = |it: &&Record| it.inquiry.confirmed && it.inquiry.order.as_deref() == Some(number.as_str());
    let asked = theirs.records.iter().filter(about).map(|it| &it.inquiry.id);
    let opened = OpenedOrder {
        order: OrderView::of(&record.order, shop, now),
        entries: entries.iter().map(|entry| OrderEntryView::of(entry, &record.order, shop)).collect(),
        inquiries: once_each(entries.iter().filter_map(|entry| entry.inquiry.as_ref()).chain(asked)),
    };
    Ok(unless_known(&headers, &opened))
}

/// Each inquiry once, in that order.
fn once_each<'a>(inquiries: impl Iterator<Item = &'a InquiryId>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for id in inquiries {
        if !all.iter().any(|known| known == id.as_str()) {
            all.push(id.to_string());
        }
    }
    all
}
