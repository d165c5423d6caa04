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
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// An answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AnswerProposal {
    /// The refund that is answered.
    refund: Option<u32>,
    /// The later date that is answered, as it was shown: where another one is proposed by now, nothing is agreed to.
    #[schema(format = Date)]
    delay: Option<String>,
    /// Whether they agree.
    #[schema(required)]
    agrees: Option<bool>,
}

/// What is answered.
#[derive(Debug, Clone, Copy)]
enum Answered {
    Refund(u32),
    Delay(Date),
}

impl AnswerProposal {
    fn answered(&self, fields: &mut Fields) -> Option<Answered> {
        let (field, code) = match (self.refund, self.delay.as_deref()) {
            (Some(refund), None) => return Some(Answered::Refund(refund)),
            (None, Some(text)) => match text.parse() {
                Ok(date) => return Some(Answered::Delay(date)),
                Err(_) => ("delay", FieldCode::WrongType),
            },
            (Some(_), Some(_)) => ("delay", FieldCode::MustBeEmpty),
            (None, None) => ("refund", FieldCode::Required),
        };
        fields.wrong(field, code);
        None
    }
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
    let answered = command.body.answered(&mut fields);
    let (agrees, answered) = fields.all_right(agrees.zip(answered))?;
    let record = order_care::own(&app, &asking, &number).await?;
    let (shop, now) = (asking.shop(), app.clock.now());
    let once = command.once(asking.customer.key.as_str());
    let asked = OrderCommand { shop, number: &record.order.number, once: &once, seen: None, now };
    let done = app
        .change_order(asked, Said::Nothing, |order| match answered {
            Answered::Refund(refund) => order.answer_offer(shop, refund, agrees, now),
            Answered::Delay(date) => order.answer_delay(date, agrees, now),
        })
        .await?;
    Ok(Json(MyOrderChanged::of(&done, &asking, &app)))
}
