//! A customer takes back what they asked for: a refund that nobody decided, a return before the goods are back.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::Asking;
use common::http::{Command, Fields, OrderPath};
use common::order_care::{self, MyOrderChanged};
use common::problem::{FieldCode, Problem, ProblemDocument};
use common::store::{OrderCommand, Said};
use domain::actor::By;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What is taken back: one of both.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WithdrawRequest {
    /// The refund.
    refund: Option<u32>,
    /// The return.
    #[serde(rename = "return")]
    returned: Option<u32>,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(withdraw_request))
}

/// A customer takes back what they asked for.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/my/orders/{order}/withdraw", operation_id = "withdraw_request",
    tag = "customers",
    params(("shop" = String, Path), ("order" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = WithdrawRequest,
    security(("member" = []), ("guest_session" = [])),
    responses(
        (status = 200, body = MyOrderChanged),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn withdraw_request(
    State(app): State<App>,
    asking: Asking,
    OrderPath(number): OrderPath,
    command: Command<WithdrawRequest>,
) -> Result<Json<MyOrderChanged>, Problem> {
    let mut fields = Fields::default();
    let what = match (command.body.refund, command.body.returned) {
        (Some(refund), None) => Some(Ok(refund)),
        (None, Some(returned)) => Some(Err(returned)),
        (Some(_), Some(_)) => {
            fields.wrong("return", FieldCode::MustBeEmpty);
            None
        }
        (None, None) => {
            fields.wrong("refund", FieldCode::Required);
            None
        }
    };
    let what = fields.all_right(what)?;
    let record = order_care::own(&app, &asking, &number).await?;
    let (shop, now) = (asking.shop(), app.clock.now());
    let once = command.once(asking.customer.key.as_str());
    let asked = OrderCommand { shop, number: &record.order.number, once: &once, seen: None, now };
    let done = app
        .change_order(asked, Said::Nothing, |order| match what {
            Ok(refund) => order.take_refund_back(By::Customer, refund, now),
            Err(returned) => order.withdraw_return(By::Customer, returned, now),
        })
        .await?;
    Ok(Json(MyOrderChanged::of(&done, &asking, &app)))
}
