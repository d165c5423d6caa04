//! A customer agrees to a refund or a later date that the shop proposed, or does not (SPEC §10.3, §10.7): the
//! click is the proof.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::Asking;
use common::http::{Command, Fields, OrderPath};
use common::order_care::{self, MyOrderChanged};
use common::problem::{FieldCode, Problem, ProblemDocument};
use common::store::{OrderCommand, Said};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// An answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AnswerProposal {
    /// The refund that is answered; without it, the later date.
    refund: Option<u32>,
    /// Whether the later date is answered.
    #[serde(default)]
    delay: bool,
    /// Whether they agree.
    #[schema(required)]
    agrees: Option<bool>,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(answer_proposal))
}

/// A customer agrees to what the shop proposed, or does not.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/my/orders/{order}/answer", operation_id = "answer_proposal", tag = "customers",
    params(("shop" = String, Path), ("order" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = AnswerProposal,
    security(("member" = []), ("guest_session" = [])),
    responses(
        (status = 200, body = MyOrderChanged),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn answer_proposal(
    State(app): State<App>,
    asking: Asking,
    OrderPath(number): OrderPath,
    command: Command<AnswerProposal>,
) -> Result<Json<MyOrderChanged>, Problem> {
    let mut fields = Fields::default();
    let agrees = fields.needed("agrees", command.body.agrees);
    match (command.body.refund, command.body.delay) {
        (Some(_), true) => fields.wrong("delay", FieldCode::MustBeEmpty),
        (None, false) => fields.wrong("refund", FieldCode::Required),
        _ => {}
    }
    let agrees = fields.all_right(agrees)?;
    let record = order_care::own(&app, &asking, &number).await?;
    let (shop, now) = (asking.shop(), app.clock.now());
    let once = command.once(asking.customer.key.as_str());
    let asked = OrderCommand { shop, number: &record.order.number, once: &once, seen: None, now };
    let done = app
        .change_order(asked, Said::Nothing, |order| match command.body.refund {
            Some(refund) => order.answer_offer(shop, refund, agrees, now),
            None => order.answer_delay(agrees, now),
        })
        .await?;
    Ok(Json(MyOrderChanged::of(&done, &asking, &app)))
}
