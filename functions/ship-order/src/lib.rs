//! An agent records that an order left the shop, and under which tracking number (SPEC §10.8).

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::SignedIn;
use common::http::{Command, Fields, OrderPath};
use common::problem::{Problem, ProblemDocument};
use common::staff;
use common::store::Said;
use common::view::order::OrderChanged;
use domain::actor::By;
use domain::order::Tracking;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How the parcel can be followed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ShipOrder {
    /// Who carries it, at most 60 characters.
    #[schema(required)]
    carrier: Option<String>,
    /// Under which number, at most 60 characters.
    #[schema(required)]
    tracking: Option<String>,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(ship_order))
}

/// An agent records that an order left the shop.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/orders/{order}/ship", operation_id = "ship_order", tag = "staff",
    params(
        ("shop" = String, Path), ("order" = String, Path), ("If-Match" = String, Header),
        ("Idempotency-Key" = Option<String>, Header)
    ),
    request_body = ShipOrder,
    security(("agent" = [])),
    responses(
        (status = 200, body = OrderChanged),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn ship_order(
    State(app): State<App>,
    signed_in: SignedIn,
    OrderPath(order): OrderPath,
    command: Command<ShipOrder>,
) -> Result<Json<OrderChanged>, Problem> {
    let signed_in = signed_in.serving()?;
    let number = staff::order_number(&order)?;
    let mut fields = Fields::default();
    let carrier = fields.line::<60>("carrier", command.body.carrier.as_deref());
    let tracking = fields.line::<60>("tracking", command.body.tracking.as_deref());
    let (carrier, tracking) = fields.all_right(carrier.zip(tracking))?;
    let tracking = Tracking { carrier: carrier.into_string(), number: tracking.into_string() };
    let (me, now) = (&signed_in.agent.id, app.clock.now());
    let changed = staff::change_order(&app, &signed_in, &number, &command, Said::Nothing, |order| {
        order.ship(By::Agent(me.clone()), tracking.clone(), now)
    })
    .await?;
    Ok(Json(changed))
}
