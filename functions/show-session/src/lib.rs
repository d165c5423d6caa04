//! Who is signed in, and where they work (SPEC §12.1): the shops come from the table, never
//! from the token.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::TokenHolder;
use common::problem::{Problem, ProblemDocument};
use domain::ids::ShopId;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Who is signed in.
#[derive(Debug, Serialize, ToSchema)]
struct Session {
    agent: SessionAgent,
    /// Where they work.
    shops: Vec<SessionShop>,
}

/// A person.
#[derive(Debug, Serialize, ToSchema)]
struct SessionAgent {
    id: String,
    /// As their first shop knows them.
    nickname: String,
}

/// One of the shops where they work.
#[derive(Debug, Serialize, ToSchema)]
struct SessionShop {
    id: String,
    name: String,
    /// `agent`, `supervisor` or `owner`.
    role: String,
    /// Whether they have the customer-service permission.
    service: bool,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show_session))
}

/// Who is signed in, and where they work.
#[utoipa::path(
    get, path = "/v1/session", operation_id = "show_session", tag = "staff",
    security(("agent" = [])),
    responses(
        (status = 200, body = Session),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn show_session(State(app): State<App>, holder: TokenHolder) -> Result<Json<Session>, Problem> {
    let TokenHolder(id) = holder;
    let mut shops = Vec::new();
    let mut nickname = None;
    for membership in app.store.memberships(&id).await? {
        let Ok(shop) = ShopId::parse(&membership.shop) else { continue };
        let Some(record) = app.store.shop(&shop).await? else { continue };
        // Who works in a shop is said by the shop itself.
        let Some(member) = record.shop.member(&id) else { continue };
        nickname.get_or_insert_with(|| member.nickname.clone());
        shops.push(SessionShop {
            id: membership.shop,
            name: record.shop.name.clone(),
            role: member.role.as_str().to_owned(),
            service: member.service,
        });
    }
    let nickname = nickname.unwrap_or_else(|| id.to_string());
    Ok(Json(Session { agent: SessionAgent { id: id.to_string(), nickname }, shops }))
}
