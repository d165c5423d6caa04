//! A customer sends something back (SPEC §10.10): for money or for another. It opens an inquiry or joins one.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::Asking;
use common::http::{Command, Fields, Object, OrderPath, preferred_locale};
use common::order_care::{self, Ask, MyOrderChanged};
use common::order_words;
use common::problem::{FieldCode, Problem, ProblemDocument};
use common::view::order::ReturnedItemView;
use common::word::ReturnKindWord;
use domain::actor::By;
use domain::labels::{Category, ReturnKind};
use domain::returning::{ReturnWish, ReturnedItem};
use domain::text::Text;
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The most different items of a return.
const MOST_ITEMS: usize = 100;
/// The most characters of the reason.
const REASON_CHARACTERS: usize = 500;

/// What goes back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RequestReturn {
    /// `return` for money, or `exchange` for another.
    #[schema(required, inline)]
    kind: Option<ReturnKindWord>,
    /// What, and how many.
    #[schema(required, value_type = Vec<ReturnedItemView>)]
    items: Option<Vec<Object<ReturnedItemView>>>,
    /// Why, at most 500 characters; at least 10 where a reason is needed.
    reason: Option<String>,
    /// The inquiry that it joins.
    inquiry: Option<String>,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(request_return))
}

/// A customer asks to return or to exchange goods.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/my/orders/{order}/returns", operation_id = "request_return", tag = "customers",
    params(("shop" = String, Path), ("order" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = RequestReturn,
    security(("member" = []), ("guest_session" = [])),
    responses(
        (status = 201, body = MyOrderChanged),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn request_return(
    State(app): State<App>,
    asking: Asking,
    OrderPath(number): OrderPath,
    headers: HeaderMap,
    command: Command<RequestReturn>,
) -> Result<(StatusCode, Json<MyOrderChanged>), Problem> {
    let mut fields = Fields::default();
    let kind = fields.needed("kind", command.body.kind);
    let items = fields.needed("items", command.body.items.as_ref());
    if items.is_some_and(|items| items.len() > MOST_ITEMS) {
        fields.wrong("items", FieldCode::TooMany(MOST_ITEMS));
    }
    let reason = fields.text_within_if_any("reason", command.body.reason.as_deref(), REASON_CHARACTERS);
    let (kind, items) = fields.all_right(kind.zip(items))?;
    let (kind, named): (ReturnKind, _) =
        (kind.0, command.body.inquiry.as_deref().map(|id| asking.own(id)).transpose()?);
    let record = order_care::own(&app, &asking, &number).await?;
    let number = &record.order.number;
    let locale = preferred_locale(&headers);
    let text = match &reason {
        Some(text) => text.clone(),
        None => order_care::words(&order_words::sends_back(number.as_str(), kind, locale))?,
    };
    let category = Category::ReturnExchange;
    let ask = Ask { category, text: &text, locale, awaits_reply: true, inquiry: named.as_ref() };
    let item = |Object(it): &Object<ReturnedItemView>| ReturnedItem {
        product: it.product.clone(),
        quantity: it.quantity,
    };
    let items: Vec<ReturnedItem> = items.iter().map(item).collect();
    let (reason, now) = (reason.as_ref().map(Text::as_str), app.clock.now());
    let done = order_care::asked(&app, &asking, number, (ask, &command), |order, inquiry| {
        let (items, reason) = (items.clone(), reason.map(str::to_owned));
        let wish = ReturnWish { kind, items, reason, inquiry: inquiry.clone() };
        order.request_return(By::Customer, wish, now)
    })
    .await?;
    Ok((StatusCode::CREATED, Json(MyOrderChanged::of(&done, &asking, &app))))
}
