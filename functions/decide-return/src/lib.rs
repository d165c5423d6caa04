//! An agent takes a return or an exchange further (SPEC §10.10): accept, reject, take it back, arrange the
//! pick-up, receive the goods, refund them or ship the replacement.

mod body;

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::SignedIn;
use common::http::{Command, OrderPath, PartPath};
use common::problem::{Code, Problem, ProblemDocument};
use common::staff;
use common::store::Said;
use common::view::order::OrderChanged;
use domain::actor::{Agent, By};
use domain::order::{Order, OrderChange};
use domain::order_event::Consent;
use domain::refusal::OrderRefusal;
use domain::shop::Shop;
use jiff::Timestamp;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use body::{DecideReturn, Decision};

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(decide_return))
}

/// An agent takes a return or an exchange further.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/orders/{order}/returns/{return}", operation_id = "decide_return",
    tag = "staff",
    params(
        ("shop" = String, Path), ("order" = String, Path), ("return" = u32, Path),
        ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)
    ),
    request_body = DecideReturn,
    security(("agent" = [])),
    responses(
        (status = 200, body = OrderChanged),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn decide_return(
    State(app): State<App>,
    signed_in: SignedIn,
    OrderPath(order): OrderPath,
    PartPath(returned): PartPath,
    command: Command<DecideReturn>,
) -> Result<Json<OrderChanged>, Problem> {
    let signed_in = signed_in.serving()?;
    let number = staff::order_number(&order)?;
    let decision = command.body.checked()?;
    let (shop, now) = (signed_in.shop(), app.clock.now());
    let not_found = || Problem::new(Code::NotFound);
    let record = app.store.order(&shop.id, &number).await?.ok_or_else(not_found)?;
    let inquiry = &record.order.returned(returned).ok_or_else(not_found)?.inquiry;
    let proof = staff::proof(&app, shop, inquiry, command.body.proof, None).await?;
    let changed = staff::change_order(&app, &signed_in, &number, &command, Said::Nothing, |order| {
        decide(order, shop, &signed_in.agent, (returned, &decision, proof.clone()), now)
    })
    .await?;
    Ok(Json(changed))
}

fn decide(
    order: &Order,
    shop: &Shop,
    agent: &Agent,
    (number, decision, proof): (u32, &Decision, Option<Consent>),
    now: Timestamp,
) -> Result<OrderChange, OrderRefusal> {
    match decision {
        Decision::Accept => order.accept_return(agent, number, now),
        Decision::Reject(reason) => order.reject_return(agent, (number, reason), now),
        Decision::Withdraw => order.withdraw_return(By::Agent(agent.id.clone()), number, now),
        Decision::ArrangePickUp(details) => order.arrange_pick_up(agent, (number, details), now),
        Decision::Receive => order.receive_return(agent, number, now),
        Decision::Refund(amount) => {
            // All that the goods cost, as far as it is left, unless the agent says otherwise.
            let worth = || {
                let worth = order.returned(number).map_or(0, |it| order.worth(it));
                order.money(worth.min(order.left()))
            };
            order.refund_return(shop, agent, (number, amount.unwrap_or_else(worth), proof), now)
        }
        Decision::Replace(tracking) => order.ship_replacement(agent, (number, tracking.clone()), now),
    }
}
