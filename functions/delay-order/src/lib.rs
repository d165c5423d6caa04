//! An agent records a later ship date (SPEC §10.7): with the customer's message as proof it holds at once,
//! without one the customer is asked.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::SignedIn;
use common::http::{Command, Fields, OrderPath};
use common::problem::{FieldCode, Problem, ProblemDocument};
use common::staff;
use common::store::Said;
use common::view::order::OrderChanged;
use domain::order::Delay;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The most characters of the terms.
const TERMS_CHARACTERS: usize = 2_000;

/// A later date, and what was agreed besides.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DelayOrder {
    /// The last day on which it is to be shipped, on the shop's calendar: `2026-12-01`.
    #[schema(required, format = Date)]
    date: Option<String>,
    /// What was agreed besides, at most 2,000 characters; only staff see it.
    #[schema(required)]
    terms: Option<String>,
    /// The inquiry in which the customer agreed, or is asked.
    #[schema(required)]
    inquiry: Option<String>,
    /// The number of the customer's message in it that is the proof.
    proof: Option<u32>,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(delay_order))
}

/// An agent records a later ship date, or asks the customer to agree to one.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/orders/{order}/delay", operation_id = "delay_order", tag = "staff",
    params(
        ("shop" = String, Path), ("order" = String, Path), ("If-Match" = String, Header),
        ("Idempotency-Key" = Option<String>, Header)
    ),
    request_body = DelayOrder,
    security(("agent" = [])),
    responses(
        (status = 200, body = OrderChanged),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn delay_order(
    State(app): State<App>,
    signed_in: SignedIn,
    OrderPath(order): OrderPath,
    command: Command<DelayOrder>,
) -> Result<Json<OrderChanged>, Problem> {
    let signed_in = signed_in.serving()?;
    let number = staff::order_number(&order)?;
    let body = &command.body;
    let mut fields = Fields::default();
    let date = fields.needed("date", body.date.as_deref()).and_then(|text| day(&mut fields, text));
    let terms = fields.text_within("terms", body.terms.as_deref(), TERMS_CHARACTERS);
    let inquiry = fields.needed("inquiry", body.inquiry.as_deref());
    let ((date, terms), inquiry) = fields.all_right(date.zip(terms).zip(inquiry))?;
    let (shop, now) = (signed_in.shop(), app.clock.now());
    let inquiry = staff::inquiry_about(&app, shop, &number, inquiry).await?;
    let proof = staff::proof(&app, shop, &inquiry, body.proof, None).await?;
    let delay = Delay { date, terms: terms.as_str().to_owned(), inquiry };
    let changed = staff::change_order(&app, &signed_in, &number, &command, Said::Nothing, |order| {
        order.delay_shipping(shop, &signed_in.agent, (delay.clone(), proof.clone()), now)
    })
    .await?;
    Ok(Json(changed))
}

/// A day as it is written, and in no other way.
fn day(fields: &mut Fields, text: &str) -> Option<Date> {
    let day = text.parse().ok().filter(|day: &Date| day.to_string() == text);
    if day.is_none() {
        fields.wrong("date", FieldCode::WrongType);
    }
    day
}
