//! A customer cancels an overdue order (SPEC §10.5): cancelled and refunded at once, in full, without asking
//! the shop.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::Asking;
use common::http::{Command, OrderPath, preferred_locale};
use common::order_care::{self, Ask, MyOrderChanged};
use common::order_words;
use common::problem::{Problem, ProblemDocument};
use domain::labels::Category;
use http::HeaderMap;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Nothing has to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CancelOrder {}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(cancel_order))
}

/// A customer cancels an overdue order, and gets all of it back.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/my/orders/{order}/cancel", operation_id = "cancel_order", tag = "customers",
    params(("shop" = String, Path), ("order" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = CancelOrder,
    security(("member" = []), ("guest_session" = [])),
    responses(
        (status = 200, body = MyOrderChanged),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn cancel_order(
    State(app): State<App>,
    asking: Asking,
    OrderPath(number): OrderPath,
    headers: HeaderMap,
    command: Command<CancelOrder>,
) -> Result<Json<MyOrderChanged>, Problem> {
    let record = order_care::own(&app, &asking, &number).await?;
    let number = &record.order.number;
    let locale = preferred_locale(&headers);
    let text = order_care::words(&order_words::cancels(number.as_str(), locale))?;
    let ask = Ask { category: Category::Refund, text: &text, locale, awaits_reply: false, inquiry: None };
    let (shop, now) = (asking.shop(), app.clock.now());
    let done = order_care::asked(&app, &asking, number, (ask, &command), |order, inquiry| {
        order.cancel_overdue(shop, inquiry, now)
    })
    .await?;
    Ok(Json(MyOrderChanged::of(&done, &asking, &app)))
}
