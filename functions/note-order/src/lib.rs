//! 內部備註 on an order: an agent writes what only staff see.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::SignedIn;
use common::http::{Command, Fields, OrderPath};
use common::problem::{Problem, ProblemDocument};
use common::staff;
use common::store::Said;
use common::view::order::OrderChanged;
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The note.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NoteOrder {
    /// 1 to 10,000 characters.
    #[schema(required)]
    text: Option<String>,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(note_order))
}

/// An agent writes a note on an order.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/orders/{order}/notes", operation_id = "note_order", tag = "staff",
    params(
        ("shop" = String, Path), ("order" = String, Path), ("If-Match" = String, Header),
        ("Idempotency-Key" = Option<String>, Header)
    ),
    request_body = NoteOrder,
    security(("agent" = [])),
    responses(
        (status = 201, body = OrderChanged),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn note_order(
    State(app): State<App>,
    signed_in: SignedIn,
    OrderPath(order): OrderPath,
    command: Command<NoteOrder>,
) -> Result<(StatusCode, Json<OrderChanged>), Problem> {
    let signed_in = signed_in.serving()?;
    let number = staff::order_number(&order)?;
    let mut fields = Fields::default();
    let text = fields.text("text", command.body.text.as_deref());
    let text = fields.all_right(text)?;
    let now = app.clock.now();
    let changed = staff::change_order(&app, &signed_in, &number, &command, Said::Nothing, |order| {
        Ok(order.note(&signed_in.agent, &text, now))
    })
    .await?;
    Ok((StatusCode::CREATED, Json(changed)))
}
