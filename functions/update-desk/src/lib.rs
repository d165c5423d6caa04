//! A supervisor decides what an agent is there for: capacity, categories, shifts (SPEC §5.7, §5.8).
//! More room is filled at once with what waits.

use axum::Json;
use axum::extract::{Path, State};
use common::app::App;
use common::auth::SignedIn;
use common::http::{Command, Fields};
use common::problem::{Code, FieldCode, Problem, ProblemDocument};
use common::store::Arrangement;
use common::view::agent::AgentView;
use common::view::week::{SpanView, week_of};
use common::word::CategoryWord;
use domain::ids::AgentId;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The most inquiries that somebody can be given by the system at a time.
const MOST_CAPACITY: u32 = 200;

/// What is to change; what is not named stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UpdateDesk {
    /// Active inquiries that they get by themselves, 0 to 200.
    capacity: Option<i64>,
    /// What they are responsible for.
    #[schema(inline)]
    categories: Option<Vec<CategoryWord>>,
    /// When they are on duty, in the shop's time; at most 100 spans.
    shifts: Option<Vec<SpanView>>,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(update_desk))
}

/// A supervisor sets an agent's capacity, categories and shifts.
#[utoipa::path(
    put, path = "/v1/shops/{shop}/agents/{agent}/desk", operation_id = "update_desk", tag = "staff",
    params(("shop" = String, Path), ("agent" = String, Path)),
    request_body = UpdateDesk,
    security(("agent" = [])),
    responses(
        (status = 200, body = AgentView),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn update_desk(
    State(app): State<App>,
    signed_in: SignedIn,
    Path((_, agent)): Path<(String, String)>,
    command: Command<UpdateDesk>,
) -> Result<Json<AgentView>, Problem> {
    let signed_in = signed_in.supervising()?;
    let (shop, now) = (signed_in.shop(), app.clock.now());
    let agent = AgentId::parse(&agent).ok().filter(|agent| shop.can_serve(agent));
    let agent = agent.ok_or_else(|| Problem::new(Code::NotFound))?;
    let arrangement = checked(command.body)?;
    let desk = app.store.arrange(&shop.id, &agent, arrangement).await?;
    app.distribute(&shop.id).await;
    let has_roster = app.store.desks(shop, true).await?.iter().any(|desk| !desk.shifts.is_empty());
    let member = shop.member(&agent).ok_or_else(|| Problem::new(Code::NotFound))?;
    Ok(Json(AgentView::of(&desk, member, shop, has_roster, now)))
}

fn checked(body: UpdateDesk) -> Result<Arrangement, Problem> {
    let mut fields = Fields::default();
    let capacity = body.capacity.map(|capacity| u32::try_from(capacity).ok());
    let capacity = capacity.map(|capacity| capacity.filter(|capacity| *capacity <= MOST_CAPACITY));
    if capacity == Some(None) {
        fields.wrong("capacity", FieldCode::OutOfRange(0, MOST_CAPACITY));
    }
    let shifts = body.shifts.as_deref().and_then(|shifts| week_of(&mut fields, "shifts", shifts));
    let mut categories: Option<Vec<_>> =
        body.categories.map(|words| words.into_iter().map(|word| word.0).collect());
    if let Some(all) = &mut categories {
        all.sort_unstable();
        all.dedup();
    }
    fields.all_right(Some(Arrangement { capacity: capacity.flatten(), categories, shifts }))
}
