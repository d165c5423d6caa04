//! A shop's agents with their presence, load and shifts, and the hours that nobody covers (SPEC §5).

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::SignedIn;
use common::problem::{Problem, ProblemDocument};
use common::view::agent::AgentView;
use common::view::week::{SpanView, spans_of};
use domain::roster;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Everybody with the customer-service permission.
#[derive(Debug, Serialize, ToSchema)]
struct Agents {
    agents: Vec<AgentView>,
    /// Business hours, or hours of the week where there are none, in which nobody is on duty.
    uncovered: Vec<SpanView>,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_agents))
}

/// A shop's agents, and the hours that nobody covers.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/agents", operation_id = "list_agents", tag = "staff",
    params(("shop" = String, Path)),
    security(("agent" = [])),
    responses(
        (status = 200, body = Agents),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn list_agents(State(app): State<App>, signed_in: SignedIn) -> Result<Json<Agents>, Problem> {
    let signed_in = signed_in.overseeing()?;
    let (shop, now) = (signed_in.shop(), app.clock.now());
    let desks = app.store.desks(shop, true).await?;
    let has_roster = desks.iter().any(|desk| !desk.shifts.is_empty());
    let agents = desks.iter().filter_map(|desk| {
        let member = shop.member(&desk.agent)?;
        Some(AgentView::of(desk, member, shop, has_roster, now))
    });
    let agents = agents.collect();
    let shifts = desks.iter().map(|desk| &desk.shifts);
    let uncovered = roster::uncovered(shifts, &shop.service_settings.business_hours);
    Ok(Json(Agents { agents, uncovered: spans_of(&uncovered) }))
}
