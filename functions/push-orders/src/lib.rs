//! A shop's backend pushes orders (SPEC §10.1), one or many, with its API key. A push says how the order is
//! now; it can be repeated, and an older one that arrives late changes nothing.

mod body;

use axum::Json;
use axum::extract::State;
use body::PushedOrder;
use common::app::App;
use common::auth::ShopBackend;
use common::http::{Command, Fields, Object, OrderPath, preferred_locale};
use common::problem::{FieldCode, Problem, ProblemDocument};
use domain::ids::OrderNumber;
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The most orders of a request.
const AT_ONCE: usize = 50;

/// Many orders.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PushOrders {
    /// At most 50.
    #[schema(required, value_type = Vec<NumberedOrder>)]
    orders: Option<Vec<Object<NumberedOrder>>>,
}

/// An order with its number.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NumberedOrder {
    /// 1 to 64 letters, digits and `-`, `_`, `.`, `#`.
    #[schema(required)]
    number: Option<String>,
    /// The order.
    #[schema(required, value_type = PushedOrder)]
    order: Option<Object<PushedOrder>>,
}

/// What became of a push.
#[derive(Debug, Serialize, ToSchema)]
struct PushedResult {
    number: String,
    /// `placed`, `updated` or `unchanged`; none where there is a problem.
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<&'static str>,
    /// Why it was not stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<ProblemDocument>,
}

/// What became of each, in their order.
#[derive(Debug, Serialize, ToSchema)]
struct PushedResults {
    results: Vec<PushedResult>,
}

/// The routes of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(push_orders)).routes(routes!(push_order))
}

/// A shop's backend pushes many orders; each is reported on its own.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/orders", operation_id = "push_orders", tag = "backend",
    params(("shop" = String, Path)),
    request_body = PushOrders,
    security(("api_key" = [])),
    responses(
        (status = 200, body = PushedResults),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn push_orders(
    State(app): State<App>,
    backend: ShopBackend,
    headers: HeaderMap,
    command: Command<PushOrders>,
) -> Result<Json<PushedResults>, Problem> {
    let mut fields = Fields::default();
    let orders = fields.needed("orders", command.body.orders);
    if orders.as_ref().is_some_and(|orders| orders.len() > AT_ONCE) {
        fields.wrong("orders", FieldCode::TooMany(AT_ONCE));
    }
    let orders = fields.all_right(orders)?;
    let locale = preferred_locale(&headers);
    let mut results = Vec::with_capacity(orders.len());
    for Object(it) in orders {
        let number = it.number.unwrap_or_default();
        let pushed = match it.order {
            Some(Object(order)) => push(&app, &backend, &number, &order).await,
            None => Err(Problem::field("order", FieldCode::Required)),
        };
        results.push(match pushed {
            Ok(result) => PushedResult { number, result: Some(result), problem: None },
            Err(problem) => {
                let problem = problem.document(locale, &common::ids::random_text());
                PushedResult { number, result: None, problem: Some(problem) }
            }
        });
    }
    Ok(Json(PushedResults { results }))
}

/// A shop's backend pushes one order.
#[utoipa::path(
    put, path = "/v1/shops/{shop}/orders/{order}", operation_id = "push_order", tag = "backend",
    params(("shop" = String, Path), ("order" = String, Path)),
    request_body = PushedOrder,
    security(("api_key" = [])),
    responses(
        (status = 200, body = PushedResult),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn push_order(
    State(app): State<App>,
    backend: ShopBackend,
    OrderPath(number): OrderPath,
    command: Command<PushedOrder>,
) -> Result<Json<PushedResult>, Problem> {
    let result = push(&app, &backend, &number, &command.body).await?;
    Ok(Json(PushedResult { number, result: Some(result), problem: None }))
}

async fn push(
    app: &App,
    backend: &ShopBackend,
    number: &str,
    order: &PushedOrder,
) -> Result<&'static str, Problem> {
    let wrong = |_| Problem::field("number", FieldCode::WrongType);
    let number = OrderNumber::parse(number).map_err(wrong)?;
    let now = app.clock.now();
    let pushed = order.checked(&backend.record.pepper, now)?;
    let done = app.store.push_order(backend.shop(), &number, &pushed, now).await;
    let done = done.map_err(Problem::of_push)?;
    app.announce_order(&done).await;
    Ok(match (done.entries.is_empty(), done.record.writes) {
        (true, _) => "unchanged",
        (false, 1) => "placed",
        (false, _) => "updated",
    })
}
