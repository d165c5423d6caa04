//! An agent decides about a refund (SPEC §10.4, §10.6): agree, reject, take an offer back; try a failed one
//! again, pay it by hand and confirm that; say what was found out where the provider did not tell.

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

use body::{DecideRefund, Decision};

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(decide_refund))
}

/// An agent decides about a refund.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/orders/{order}/refunds/{refund}", operation_id = "decide_refund",
    tag = "staff",
    params(
        ("shop" = String, Path), ("order" = String, Path), ("refund" = u32, Path),
        ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)
    ),
    request_body = DecideRefund,
    security(("agent" = [])),
    responses(
        (status = 200, body = OrderChanged),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn decide_refund(
    State(app): State<App>,
    signed_in: SignedIn,
    OrderPath(order): OrderPath,
    PartPath(refund): PartPath,
    command: Command<DecideRefund>,
) -> Result<Json<OrderChanged>, Problem> {
    let signed_in = signed_in.serving()?;
    let number = staff::order_number(&order)?;
    let decision = command.body.checked()?;
    let (shop, now) = (signed_in.shop(), app.clock.now());
    let not_found = || Problem::new(Code::NotFound);
    let record = app.store.order(&shop.id, &number).await?.ok_or_else(not_found)?;
    let inquiry = &record.order.refund(refund).ok_or_else(not_found)?.inquiry;
    let proof = staff::proof(&app, shop, inquiry, command.body.proof, Some((&number, refund))).await?;
    let changed = staff::change_order(&app, &signed_in, &number, &command, Said::Nothing, |order| {
        decide(order, shop, &signed_in.agent, (refund, &decision, proof.clone()), now)
    })
    .await?;
    Ok(Json(changed))
}

fn decide(
    order: &Order,
    shop: &Shop,
    agent: &Agent,
    (refund, decision, proof): (u32, &Decision, Option<Consent>),
    now: Timestamp,
) -> Result<OrderChange, OrderRefusal> {
    match decision {
        Decision::Agree(amount) => {
            // All that was asked for, unless the agent says otherwise.
            let asked = || order.money(order.refund(refund).map_or(0, |it| it.amount));
            order.agree_to_refund(shop, agent, refund, (amount.unwrap_or_else(asked), proof), now)
        }
        Decision::Reject(reason) => order.reject_refund(agent, refund, (reason, proof), now),
        Decision::Withdraw => order.take_refund_back(By::Agent(agent.id.clone()), refund, now),
        Decision::Retry => order.retry_refund(agent, refund, now),
        Decision::ByHand => order.settle_by_hand(agent, refund, now),
        Decision::Confirm(reference) => order.confirm_by_hand(shop, agent, (refund, reference), now),
        Decision::FoundPaid(reference) => order.find_paid(agent, (refund, reference), now),
        Decision::FoundUnpaid(reason) => order.find_unpaid(agent, (refund, reason), now),
        Decision::LookInto(words) => order.look_into(agent, (refund, words), now),
    }
}
