//! A supervisor approves or refuses new nicknames and avatars (SPEC §1).

use axum::Json;
use axum::extract::{Path, State};
use common::app::App;
use common::auth::SignedIn;
use common::http::{Command, Fields};
use common::problem::{Code, Problem, ProblemDocument};
use common::store::Proposal;
use common::view::Moment;
use common::view::picture::data_url;
use domain::ids::AgentId;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What waits for a supervisor.
#[derive(Debug, Serialize, ToSchema)]
struct Proposals {
    proposals: Vec<ProposalView>,
}

/// What somebody wants to be called, and to look like.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Proposal)]
struct ProposalView {
    agent: String,
    /// Name it in the decision: which proposal was looked at.
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    nickname: Option<String>,
    /// `data:image/…;base64,…`
    #[serde(skip_serializing_if = "Option::is_none")]
    avatar: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
}

/// Yes or no, to the proposal that was looked at.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DecideProposal {
    #[schema(required)]
    approve: Option<bool>,
    /// The proposal's `id`.
    #[schema(required)]
    proposal: Option<String>,
}

/// The routes of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(decide_proposal)).routes(routes!(list_proposals))
}

/// What waits for a supervisor.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/proposals", operation_id = "list_proposals", tag = "staff",
    params(("shop" = String, Path)),
    security(("agent" = [])),
    responses(
        (status = 200, body = Proposals),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn list_proposals(State(app): State<App>, signed_in: SignedIn) -> Result<Json<Proposals>, Problem> {
    let signed_in = signed_in.supervising()?;
    let proposals = app.store.proposals(&signed_in.shop().id).await?;
    let views = proposals.into_iter().map(|it| ProposalView {
        agent: it.agent.to_string(),
        id: id_of(&it),
        nickname: it.nickname,
        avatar: it.avatar.as_ref().map(data_url),
        at: Moment(it.at),
    });
    Ok(Json(Proposals { proposals: views.collect() }))
}

/// A supervisor approves or refuses what somebody proposed.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/proposals/{agent}", operation_id = "decide_proposal", tag = "staff",
    params(("shop" = String, Path), ("agent" = String, Path)),
    request_body = DecideProposal,
    security(("agent" = [])),
    responses(
        (status = 204),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn decide_proposal(
    State(app): State<App>,
    signed_in: SignedIn,
    Path((_, agent)): Path<(String, String)>,
    command: Command<DecideProposal>,
) -> Result<StatusCode, Problem> {
    let signed_in = signed_in.supervising()?;
    let mut fields = Fields::default();
    let approve = fields.needed("approve", command.body.approve);
    let seen = fields.needed("proposal", command.body.proposal);
    let (approve, seen) = fields.all_right(approve.zip(seen))?;
    let shop = &signed_in.shop().id;
    let not_found = || Problem::new(Code::NotFound);
    let agent = AgentId::parse(&agent).map_err(|_| not_found())?;
    let proposal = app.store.proposal(shop, &agent).await?.ok_or_else(not_found)?;
    if id_of(&proposal) != seen {
        return Err(Problem::new(Code::ProposalMovedOn));
    }
    if approve {
        app.store.approve(shop, &proposal).await?;
    }
    app.store.forget_proposal(shop, &proposal).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tells a proposal from the one that it replaced.
fn id_of(proposal: &Proposal) -> String {
    proposal.at.as_millisecond().to_string()
}
