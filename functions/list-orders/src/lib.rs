//! Staff read a list of the shop's orders: to be shipped, overdue, shipped, or with a refund or a return
//! (SPEC §10.2), and the counts beside the lists.

use axum::extract::State;
use axum::response::Response;
use common::app::App;
use common::auth::SignedIn;
use common::failure::Failure;
use common::http::{Fields, Query, unless_known};
use common::problem::{FieldCode, Problem, ProblemDocument};
use common::store::keys::OrderPart;
use common::store::{ORDER_COUNT_LIMIT, OrderCursor, OrderList};
use common::view::CountView;
use common::view::order::OrderRowView;
use domain::ids::ShopId;
use http::HeaderMap;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Rows of a page unless said otherwise, and at most.
const DEFAULT_ROWS: usize = 25;
const MOST_ROWS: usize = 100;

/// Which list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct WhichOrders {
    /// `to_ship` (the default: soonest first), `overdue`, `shipped` (newest first) or `reverse` (with a
    /// refund or a return, last changed first).
    list: Option<String>,
    /// Rows of a page, 25 unless said otherwise, at most 100.
    limit: Option<usize>,
    /// Where the page before ended.
    cursor: Option<String>,
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
struct OrderPage {
    orders: Vec<OrderRowView>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    counts: OrderCounts,
}

/// The counts beside the lists.
#[derive(Debug, Serialize, ToSchema)]
struct OrderCounts {
    /// 待出貨
    to_ship: CountView,
    /// 已逾期
    overdue: CountView,
    /// 退換貨
    reverse: CountView,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_orders))
}

/// A page of one of the lists of orders, and the counts beside them.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/orders", operation_id = "list_orders", tag = "staff",
    params(("shop" = String, Path), WhichOrders),
    security(("agent" = [])),
    responses(
        (status = 200, body = OrderPage),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn list_orders(
    State(app): State<App>,
    signed_in: SignedIn,
    Query(which): Query<WhichOrders>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let signed_in = signed_in.serving()?;
    let (list, after, limit) = which.checked()?;
    let (shop, now) = (&signed_in.shop().id, app.clock.now());
    let page = app.store.orders(shop, list, (after.as_ref(), limit), now);
    let (page, counts) = tokio::try_join!(page, counts(&app, shop, now))?;
    let orders = page.rows.iter().map(|row| OrderRowView::of(row, now)).collect();
    let next = page.next.map(|cursor| cursor.to_string());
    Ok(unless_known(&headers, &OrderPage { orders, next, counts }))
}

impl WhichOrders {
    fn checked(&self) -> Result<(OrderList, Option<OrderCursor>, usize), Problem> {
        let mut fields = Fields::default();
        let list = match self.list.as_deref() {
            None | Some("" | "to_ship") => Some(OrderList::ToShip),
            Some("overdue") => Some(OrderList::Overdue),
            Some("shipped") => Some(OrderList::Shipped),
            Some("reverse") => Some(OrderList::Reverse),
            Some(_) => {
                fields.wrong("list", FieldCode::UnknownValue);
                None
            }
        };
        let cursor = self.cursor.as_deref().filter(|cursor| !cursor.is_empty());
        let after = cursor.and_then(OrderCursor::parse);
        if cursor.is_some() && after.is_none() {
            fields.wrong("cursor", FieldCode::UnknownValue);
        }
        let limit = self.limit.unwrap_or(DEFAULT_ROWS);
        if !(1..=MOST_ROWS).contains(&limit) {
            fields.wrong("limit", FieldCode::TooMany(MOST_ROWS));
        }
        fields.all_right(list.map(|list| (list, after, limit)))
    }
}

async fn counts(app: &App, shop: &ShopId, now: Timestamp) -> Result<OrderCounts, Failure> {
    let (to_ship, overdue, reverse) = tokio::try_join!(
        app.store.count_orders(shop, OrderPart::ToShip, None),
        app.store.count_orders(shop, OrderPart::ToShip, Some(now)),
        app.store.count_orders(shop, OrderPart::Reverse, None)
    )?;
    let [to_ship, overdue, reverse] =
        [to_ship, overdue, reverse].map(|counted| CountView::up_to(ORDER_COUNT_LIMIT, counted));
    Ok(OrderCounts { to_ship, overdue, reverse })
}
