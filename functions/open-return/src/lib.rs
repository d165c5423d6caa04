//! An agent opens a return or an exchange for a customer (SPEC §10.10).

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::SignedIn;
use common::http::{Command, Fields, Object, OrderPath};
use common::problem::{FieldCode, Problem, ProblemDocument};
use common::staff;
use common::store::Said;
use common::view::order::{OrderChanged, ReturnedItemView};
use common::word::{ReturnKindWord, Word};
use domain::actor::By;
use domain::returning::{ReturnWish, ReturnedItem};
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The most kinds of products that go back at once.
const MOST_ITEMS: usize = 100;
/// The most characters of the reason.
const REASON_CHARACTERS: usize = 500;

/// What is to go back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OpenReturn {
    /// For money, or for another.
    #[schema(required, inline)]
    kind: Option<ReturnKindWord>,
    /// Which of the order's products, each once.
    #[schema(required, value_type = Vec<ReturnedItemView>)]
    items: Option<Vec<Object<ReturnedItemView>>>,
    /// Why, 10 to 500 characters; needed unless it is within 7 days of delivery and each product allows it.
    reason: Option<String>,
    /// The inquiry in which it is talked about.
    #[schema(required)]
    inquiry: Option<String>,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(open_return))
}

/// An agent opens a return or an exchange.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/orders/{order}/returns", operation_id = "open_return", tag = "staff",
    params(
        ("shop" = String, Path), ("order" = String, Path), ("If-Match" = String, Header),
        ("Idempotency-Key" = Option<String>, Header)
    ),
    request_body = OpenReturn,
    security(("agent" = [])),
    responses(
        (status = 201, body = OrderChanged),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn open_return(
    State(app): State<App>,
    signed_in: SignedIn,
    OrderPath(order): OrderPath,
    command: Command<OpenReturn>,
) -> Result<(StatusCode, Json<OrderChanged>), Problem> {
    let signed_in = signed_in.serving()?;
    let number = staff::order_number(&order)?;
    let body = &command.body;
    let mut fields = Fields::default();
    let kind = fields.needed("kind", body.kind);
    let items = fields.needed("items", body.items.as_deref()).and_then(|items| chosen(&mut fields, items));
    let reason = fields.text_within_if_any("reason", body.reason.as_deref(), REASON_CHARACTERS);
    let inquiry = fields.needed("inquiry", body.inquiry.as_deref());
    let ((Word(kind), items), inquiry) = fields.all_right(kind.zip(items).zip(inquiry))?;
    let inquiry = staff::inquiry_about(&app, signed_in.shop(), &number, inquiry).await?;
    let reason = reason.map(|text| text.as_str().to_owned());
    let wish = ReturnWish { kind, items, reason, inquiry };
    let (me, now) = (&signed_in.agent.id, app.clock.now());
    let changed = staff::change_order(&app, &signed_in, &number, &command, Said::Nothing, |order| {
        order.request_return(By::Agent(me.clone()), wish.clone(), now)
    })
    .await?;
    Ok((StatusCode::CREATED, Json(changed)))
}

/// The chosen products; whether the order has them, its rule knows.
fn chosen(fields: &mut Fields, items: &[Object<ReturnedItemView>]) -> Option<Vec<ReturnedItem>> {
    match items.len() {
        0 => fields.wrong("items", FieldCode::Required),
        1..=MOST_ITEMS => {
            let item = |Object(item): &Object<ReturnedItemView>| ReturnedItem {
                product: item.product.clone(),
                quantity: item.quantity,
            };
            return Some(items.iter().map(item).collect());
        }
        _ => fields.wrong("items", FieldCode::TooMany(MOST_ITEMS)),
    }
    None
}
