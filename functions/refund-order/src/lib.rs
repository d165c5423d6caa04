//! An agent gives money back (SPEC §10.3): with the customer's message as proof it is decided, without one
//! the customer is asked to agree.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::SignedIn;
use common::http::{Command, Fields, Object, OrderPath};
use common::problem::{Code, Problem, ProblemDocument};
use common::staff;
use common::store::Said;
use common::view::order::{MoneyView, OrderChanged};
use common::word::{RefundReasonWord, Word};
use domain::refund::Offer;
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What goes back, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RefundOrder {
    /// How much, in the order's currency; at most what is left.
    #[schema(required, value_type = MoneyView)]
    amount: Option<Object<MoneyView>>,
    /// Why.
    #[schema(required, inline)]
    reason: Option<RefundReasonWord>,
    /// In words, at most 300 characters; `other` needs at least 10.
    detail: Option<String>,
    /// The inquiry in which the customer agreed, or is asked.
    #[schema(required)]
    inquiry: Option<String>,
    /// The number of the customer's message in it that is the proof.
    proof: Option<u32>,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(refund_order))
}

/// An agent gives money back, or offers it.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/orders/{order}/refunds", operation_id = "refund_order", tag = "staff",
    params(
        ("shop" = String, Path), ("order" = String, Path), ("If-Match" = String, Header),
        ("Idempotency-Key" = Option<String>, Header)
    ),
    request_body = RefundOrder,
    security(("agent" = [])),
    responses(
        (status = 201, body = OrderChanged),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn refund_order(
    State(app): State<App>,
    signed_in: SignedIn,
    OrderPath(order): OrderPath,
    command: Command<RefundOrder>,
) -> Result<(StatusCode, Json<OrderChanged>), Problem> {
    let signed_in = signed_in.serving()?;
    let number = staff::order_number(&order)?;
    let body = &command.body;
    let mut fields = Fields::default();
    let amount = fields.needed("amount", body.amount.as_ref());
    let amount = amount.and_then(|Object(amount)| amount.checked("amount", &mut fields));
    let reason = fields.needed("reason", body.reason);
    let detail = fields.line_if_any::<300>("detail", body.detail.as_deref());
    let inquiry = fields.needed("inquiry", body.inquiry.as_deref());
    let ((amount, Word(reason)), inquiry) = fields.all_right(amount.zip(reason).zip(inquiry))?;
    let (shop, now) = (signed_in.shop(), app.clock.now());
    let inquiry = staff::inquiry_about(&app, shop, &number, inquiry).await?;
    let proof = staff::proof(&app, shop, &inquiry, body.proof, None).await?;
    let offer = Offer { amount, reason, detail, inquiry, proof };
    let changed = staff::change_order(&app, &signed_in, &number, &command, Said::Nothing, |order| {
        order.offer_refund(shop, &signed_in.agent, offer.clone(), now)
    })
    .await
    .map_err(in_detail)?;
    Ok((StatusCode::CREATED, Json(changed)))
}

/// Here the reason is a word, and its words are the detail.
fn in_detail(mut problem: Problem) -> Problem {
    if problem.code == Code::ReasonTooShort {
        for field in &mut problem.fields {
            "detail".clone_into(&mut field.field);
        }
    }
    problem
}
