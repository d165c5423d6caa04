//! A customer asks for money (SPEC §10.4): for an overdue order a refund, for one that has not been shipped to
//! cancel it. It opens an inquiry or joins one, which the shop answers within 12 hours.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::Asking;
use common::http::{Command, Fields, OrderPath, preferred_locale};
use common::order_care::{self, Ask, MyOrderChanged};
use common::order_words;
use common::problem::{Problem, ProblemDocument};
use common::word::RefundReasonWord;
use domain::labels::{Category, RefundReason};
use domain::refund::Wish;
use domain::text::Text;
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The most characters of the reason in words.
const DETAIL_CHARACTERS: usize = 500;

/// What a customer asks for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RequestRefund {
    /// Why: `late`, `changed_mind`, `out_of_stock`, `defect` or `other`.
    #[schema(required, inline)]
    reason: Option<RefundReasonWord>,
    /// In words, at most 500 characters; `other` needs at least 10.
    detail: Option<String>,
    /// The inquiry that it joins; one about the order is found where none is named.
    inquiry: Option<String>,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(request_refund))
}

/// A customer asks for a refund, or to cancel an order.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/my/orders/{order}/refund-requests", operation_id = "request_refund",
    tag = "customers",
    params(("shop" = String, Path), ("order" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = RequestRefund,
    security(("member" = []), ("guest_session" = [])),
    responses(
        (status = 201, body = MyOrderChanged),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn request_refund(
    State(app): State<App>,
    asking: Asking,
    OrderPath(number): OrderPath,
    headers: HeaderMap,
    command: Command<RequestRefund>,
) -> Result<(StatusCode, Json<MyOrderChanged>), Problem> {
    let mut fields = Fields::default();
    let reason = fields.needed("reason", command.body.reason);
    let detail = fields.text_within_if_any("detail", command.body.detail.as_deref(), DETAIL_CHARACTERS);
    let reason: RefundReason = fields.all_right(reason)?.0;
    let named = command.body.inquiry.as_deref().map(|id| asking.own(id)).transpose()?;
    let record = order_care::own(&app, &asking, &number).await?;
    let number = &record.order.number;
    let locale = preferred_locale(&headers);
    let words = order_words::asks_for_money(number.as_str(), reason, locale);
    let text = match &detail {
        Some(text) => text.clone(),
        None => order_care::words(&words)?,
    };
    let ask =
        Ask { category: Category::Refund, text: &text, locale, awaits_reply: true, inquiry: named.as_ref() };
    let (shop, now) = (asking.shop(), app.clock.now());
    let detail = detail.as_ref().map(Text::as_str);
    let done = order_care::asked(&app, &asking, number, (ask, &command), |order, inquiry| {
        let wish = Wish { reason, detail: detail.map(str::to_owned), inquiry: inquiry.clone() };
        order.request_refund(shop, wish, now)
    })
    .await?;
    Ok((StatusCode::CREATED, Json(MyOrderChanged::of(&done, &asking, &app))))
}
