//! A guest exchanges the link of a reply's mail for a session that opens that inquiry
//! (RELIABILITY §2, signed links). It reads and changes nothing.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::{InShop, links};
use common::http::{Command, Fields};
use common::problem::{Code, Problem, ProblemDocument};
use domain::ids::InquiryId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The link's token.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OpenGuestSession {
    /// What stands behind `#inquiry=`.
    #[schema(required)]
    token: Option<String>,
}

/// A session and the inquiry that it opens.
#[derive(Debug, Serialize, ToSchema)]
struct GuestSessionOpened {
    session: links::GuestSession,
    /// `inq_…`
    inquiry: String,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(open_guest_session))
}

/// A guest exchanges the link of a mail for a session.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/guest-sessions", operation_id = "open_guest_session", tag = "customers",
    params(("shop" = String, Path)),
    request_body = OpenGuestSession,
    security(()),
    responses(
        (status = 200, body = GuestSessionOpened),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn open_guest_session(
    State(app): State<App>,
    InShop(record): InShop,
    command: Command<OpenGuestSession>,
) -> Result<Json<GuestSessionOpened>, Problem> {
    let mut fields = Fields::default();
    let token = fields.needed("token", command.body.token.as_deref());
    let token = fields.all_right(token)?;
    let (shop, now) = (&record.shop.id, app.clock.now());
    let refused = || Problem::new(Code::Unauthorized);
    let link: links::OpenInquiry = links::read(&app, token, now).ok_or_else(refused)?;
    let id = InquiryId::parse(&link.inquiry).map_err(|_| refused())?;
    if link.shop != shop.as_str() {
        return Err(refused());
    }
    let found = app.store.inquiry(shop, &id, true).await?.ok_or_else(refused)?;
    let session = links::Session {
        shop: shop.to_string(),
        customer: id.customer().to_string(),
        name: found.inquiry.customer.name,
        email: found.inquiry.customer.email,
        only: Some(id.to_string()),
    };
    let session = links::GuestSession::begin(&app, session, now)?;
    Ok(Json(GuestSessionOpened { session, inquiry: id.to_string() }))
}
