//! An agent's page says that it is open, what it shows, and where the switch stands (SPEC §5.1);
//! or that it closes, which is going offline. The inbox's own polls carry the same heartbeat.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::SignedIn;
use common::http::{Command, Fields};
use common::presence::{self, PresenceView};
use common::problem::{Problem, ProblemDocument};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A sign of life.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct KeepPresence {
    /// The page's own id: 1 to 40 letters, digits and `-`.
    #[schema(required)]
    tab: Option<String>,
    /// The inquiry that is open.
    viewing: Option<String>,
    /// Whether something is being typed in it.
    #[serde(default)]
    typing: bool,
    /// A new position of the switch 接收會話分配.
    receiving: Option<bool>,
    /// The page closes.
    #[serde(default)]
    leaving: bool,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(keep_presence))
}

/// An agent's page says that it is open, or that it closes.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/presence", operation_id = "keep_presence", tag = "staff",
    params(("shop" = String, Path)),
    request_body = KeepPresence,
    security(("agent" = [])),
    responses(
        (status = 200, body = PresenceView),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn keep_presence(
    State(app): State<App>,
    signed_in: SignedIn,
    command: Command<KeepPresence>,
) -> Result<Json<PresenceView>, Problem> {
    let signed_in = signed_in.serving()?;
    let body = &command.body;
    let mut fields = Fields::default();
    let beat = presence::checked(&mut fields, body.tab.as_deref(), body.viewing.as_deref(), body.typing);
    let mut beat = fields.all_right(beat)?;
    let (shop, now) = (signed_in.shop(), app.clock.now());
    let desk = if body.leaving {
        presence::leave(&app, &signed_in.agent.id, &beat.tab, now).await?;
        app.store.desk(&shop.id, &signed_in.agent.id).await?
    } else {
        beat.receiving = body.receiving;
        presence::beat(&app, &signed_in, beat, now).await?
    };
    Ok(Json(presence::seen(&app, &signed_in, &desk, now).await?))
}
