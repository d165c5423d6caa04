//! A person of the staff changes what they are called, what they look like, and whether digests
//! go to them. What customers see waits for a supervisor (SPEC §1); a supervisor's own holds at once.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::SignedIn;
use common::http::{Command, Fields};
use common::problem::{Code, Problem, ProblemDocument};
use common::store::Proposal;
use common::view::Moment;
use common::view::agent::avatar_url;
use common::view::picture::{data_url, picture};
use domain::text::Line;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The most characters of a nickname.
const NICKNAME_CHARACTERS: usize = 40;

/// What is to change; what is not named stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UpdateProfile {
    /// 1 to 40 characters.
    nickname: Option<String>,
    /// `data:image/…;base64,…`: PNG, JPEG or WebP, at most 24 KB.
    avatar: Option<String>,
}

/// Whether digests are wanted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SetDigest {
    #[schema(required)]
    digest: Option<bool>,
}

/// The caller as the shop knows them.
#[derive(Debug, Serialize, ToSchema)]
struct Profile {
    nickname: String,
    /// Where the approved avatar is.
    #[serde(skip_serializing_if = "Option::is_none")]
    avatar: Option<String>,
    /// What waits for a supervisor.
    #[serde(skip_serializing_if = "Option::is_none")]
    proposed: Option<Proposed>,
    /// Whether digests go to them.
    digest: bool,
}

/// What waits for a supervisor.
#[derive(Debug, Serialize, ToSchema)]
struct Proposed {
    #[serde(skip_serializing_if = "Option::is_none")]
    nickname: Option<String>,
    /// `data:image/…;base64,…`
    #[serde(skip_serializing_if = "Option::is_none")]
    avatar: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
}

/// The routes of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show_profile, update_profile)).routes(routes!(set_digest))
}

/// The caller as the shop knows them, and what they proposed.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/me", operation_id = "show_profile", tag = "staff",
    params(("shop" = String, Path)),
    security(("agent" = [])),
    responses(
        (status = 200, body = Profile),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn show_profile(State(app): State<App>, signed_in: SignedIn) -> Result<Json<Profile>, Problem> {
    Ok(Json(profile(&app, &signed_in).await?))
}

/// The caller changes their nickname or avatar.
#[utoipa::path(
    put, path = "/v1/shops/{shop}/me", operation_id = "update_profile", tag = "staff",
    params(("shop" = String, Path)),
    request_body = UpdateProfile,
    security(("agent" = [])),
    responses(
        (status = 200, body = Profile),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn update_profile(
    State(app): State<App>,
    signed_in: SignedIn,
    command: Command<UpdateProfile>,
) -> Result<Json<Profile>, Problem> {
    let body = &command.body;
    let mut fields = Fields::default();
    let nickname = body.nickname.as_deref();
    let nickname = nickname.map(|text| fields.line::<NICKNAME_CHARACTERS>("nickname", Some(text)));
    let avatar = body.avatar.as_deref().map(|url| picture(&mut fields, "avatar", url));
    fields.all_right(Some(()))?;
    let (shop, now) = (&signed_in.shop().id, app.clock.now());
    let waiting = app.store.proposal(shop, &signed_in.agent.id).await?;
    let (before_name, before_picture) = waiting.clone().map_or((None, None), |it| (it.nickname, it.avatar));
    let proposal = Proposal {
        agent: signed_in.agent.id.clone(),
        nickname: nickname.flatten().map(Line::into_string).or(before_name),
        avatar: avatar.flatten().or(before_picture),
        at: now,
    };
    if proposal.nickname.is_some() || proposal.avatar.is_some() {
        if signed_in.supervises() {
            app.store.approve(shop, &proposal).await?;
            if let Some(waiting) = waiting {
                app.store.forget_proposal(shop, &waiting).await?;
            }
        } else {
            app.store.propose(shop, proposal).await?;
        }
    }
    Ok(Json(profile(&app, &signed_in).await?))
}

/// The caller turns their digests on or off, for all their shops.
#[utoipa::path(
    put, path = "/v1/shops/{shop}/me/digest", operation_id = "set_digest", tag = "staff",
    params(("shop" = String, Path)),
    request_body = SetDigest,
    security(("agent" = [])),
    responses(
        (status = 204),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn set_digest(
    State(app): State<App>,
    signed_in: SignedIn,
    command: Command<SetDigest>,
) -> Result<StatusCode, Problem> {
    let mut fields = Fields::default();
    let digest = fields.needed("digest", command.body.digest);
    let digest = fields.all_right(digest)?;
    app.store.set_digest(&signed_in.agent.id, digest).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn profile(app: &App, signed_in: &SignedIn) -> Result<Profile, Problem> {
    let me = &signed_in.agent.id;
    let fresh = app.store.shop(&signed_in.shop().id).await?.ok_or_else(|| Problem::new(Code::NotFound))?;
    let shop = &fresh.shop;
    let member = shop.member(me).ok_or_else(|| Problem::new(Code::NotFound))?;
    let proposed = app.store.proposal(&shop.id, me).await?.map(|it| Proposed {
        nickname: it.nickname,
        avatar: it.avatar.as_ref().map(data_url),
        at: Moment(it.at),
    });
    Ok(Profile {
        nickname: member.nickname.clone(),
        avatar: avatar_url(member, shop),
        proposed,
        digest: app.store.digest_on(me).await?,
    })
}
