//! A customer looks at their orders: the list, and one with what happened to it.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use common::app::App;
use common::auth::Asking;
use common::http::{OrderPath, unless_known};
use common::order_care;
use common::problem::{Problem, ProblemDocument};
use common::view::my_order::{MyOrder, MyOrderStep};
use common::view::order::OrderRowView;
use http::HeaderMap;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The most orders that are shown.
const SHOWN: usize = 50;

/// Their orders, newest first.
#[derive(Debug, Serialize, ToSchema)]
struct MyOrders {
    orders: Vec<MyOrderRow>,
}

/// An order in their list.
#[derive(Debug, Serialize, ToSchema)]
struct MyOrderRow {
    number: String,
    /// What was bought, cut.
    items: String,
    currency: String,
    total: u64,
    /// `to_ship`, `shipped` or `ended`.
    standing: &'static str,
    /// Whether it is to be shipped and late.
    overdue: bool,
    /// Whether the shop offers a refund that waits for an answer.
    proposed: bool,
    /// IANA name of the shop's zone.
    time_zone: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: common::view::Moment,
    #[schema(value_type = String, format = DateTime)]
    ship_by: common::view::Moment,
}

/// One order, with what happened to it.
#[derive(Debug, Serialize, ToSchema)]
struct TrackedOrder {
    order: MyOrder,
    /// Oldest first.
    steps: Vec<MyOrderStep>,
}

/// The routes of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(track_order)).routes(routes!(list_my_orders))
}

/// A customer's orders.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/my/orders", operation_id = "list_my_orders", tag = "customers",
    params(("shop" = String, Path)),
    security(("member" = []), ("guest_session" = [])),
    responses(
        (status = 200, body = MyOrders),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn list_my_orders(State(app): State<App>, asking: Asking) -> Result<Json<MyOrders>, Problem> {
    let (shop, now) = (asking.shop(), app.clock.now());
    let mut rows = app.store.orders_of(&shop.id, &asking.customer.key, SHOWN).await?;
    if let Some(only) = &asking.only {
        let inquiry = app.store.inquiry(&shop.id, only, false).await?;
        let order = inquiry.and_then(|record| record.inquiry.order);
        rows.retain(|row| order.as_deref() == Some(row.number.as_str()));
    }
    let row = |row| {
        let it = OrderRowView::of(row, now);
        MyOrderRow {
            number: it.number,
            items: it.items,
            currency: it.currency,
            total: it.total,
            standing: it.standing,
            overdue: it.overdue,
            proposed: it.refund == Some("proposed"),
            time_zone: shop.time_zone.clone(),
            created_at: it.created_at,
            ship_by: it.ship_by,
        }
    };
    Ok(Json(MyOrders { orders: rows.iter().map(row).collect() }))
}

/// One of a customer's orders.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/my/orders/{order}", operation_id = "track_order", tag = "customers",
    params(("shop" = String, Path), ("order" = String, Path)),
    security(("member" = []), ("guest_session" = [])),
    responses(
        (status = 200, body = TrackedOrder),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn track_order(
    State(app): State<App>,
    asking: Asking,
    OrderPath(number): OrderPath,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let record = order_care::own(&app, &asking, &number).await?;
    let entries = app.store.order_entries(&record).await?;
    let order = MyOrder::of(&record.order, asking.shop(), app.clock.now());
    let steps = entries.iter().filter_map(MyOrderStep::of).collect();
    Ok(unless_known(&headers, &TrackedOrder { order, steps }))
}
