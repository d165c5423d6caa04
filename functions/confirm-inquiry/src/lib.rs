//! A guest confirms the address (SPEC §2.4): releases all that it has waiting in the shop.
//! The link's page has one button that sends this; a GET changes nothing.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::{InShop, links};
use common::http::{Command, Fields};
use common::problem::{Code, Problem, ProblemDocument};
use common::store::Command as StoreCommand;
use common::store::items::Record;
use domain::ids::CustomerKey;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The link's token.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ConfirmInquiry {
    /// What stands behind `#confirm=`.
    #[schema(required)]
    token: Option<String>,
}

/// What was released, and a session to read it.
#[derive(Debug, Serialize, ToSchema)]
struct Confirmed {
    /// The inquiries that the shop sees now; those of an earlier confirmation too.
    released: Vec<ReleasedInquiry>,
    /// Opens all inquiries of this address.
    session: links::GuestSession,
}

/// An inquiry that the shop sees now.
#[derive(Debug, Serialize, ToSchema)]
struct ReleasedInquiry {
    /// `inq_…`
    id: String,
    /// Short, for reading aloud.
    reference: String,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(confirm_inquiry))
}

/// A guest confirms the address.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/inquiries/confirm", operation_id = "confirm_inquiry", tag = "customers",
    params(("shop" = String, Path)),
    request_body = ConfirmInquiry,
    security(()),
    responses(
        (status = 200, body = Confirmed),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn confirm_inquiry(
    State(app): State<App>,
    InShop(record): InShop,
    command: Command<ConfirmInquiry>,
) -> Result<Json<Confirmed>, Problem> {
    let mut fields = Fields::default();
    let token = fields.needed("token", command.body.token.as_deref());
    let token = fields.all_right(token)?;
    let (shop, now) = (&record.shop, app.clock.now());
    let refused = || Problem::new(Code::Unauthorized);
    let link: links::Confirm = links::read(&app, token, now).ok_or_else(refused)?;
    let customer = CustomerKey::parse(&link.customer).map_err(|_| refused())?;
    if link.shop != shop.id.as_str() {
        return Err(refused());
    }
    let mut released = Vec::new();
    let mut newest: Option<Record> = None;
    let mut after = None;
    loop {
        let page = app.store.customers(&shop.id, &customer, after.as_deref(), true).await?;
        for waiting in page.records {
            let inquiry = &waiting.inquiry;
            let id = &inquiry.id;
            if !inquiry.confirmed {
                let once = command.once(id.as_str());
                let confirming = StoreCommand { shop, id, once: &once, seen: None, by_staff: false, now };
                app.change(confirming, |inquiry| Ok(inquiry.confirm(shop, now))).await?;
            }
            released.push(ReleasedInquiry { id: id.to_string(), reference: id.reference() });
            if newest.as_ref().is_none_or(|newest| newest.inquiry.last_message_at < inquiry.last_message_at) {
                newest = Some(waiting);
            }
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let known = newest.ok_or_else(refused)?.inquiry.customer;
    let session = links::Session {
        shop: shop.id.to_string(),
        customer: customer.to_string(),
        name: known.name,
        email: known.email,
        only: None,
    };
    let session = links::GuestSession::begin(&app, session, now)?;
    Ok(Json(Confirmed { released, session }))
}
