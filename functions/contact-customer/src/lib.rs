//! An agent writes to an order's customer first (SPEC §2.8): it opens an inquiry, which is theirs, in
//! conversation. Only for orders of the last 60 days, or with a refund or a return in progress.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::SignedIn;
use common::failure::Failure;
use common::http::{Command, Fields, OrderPath};
use common::problem::{Code, Problem, ProblemDocument};
use common::staff;
use common::store::{NotDone, OrderNotDone};
use domain::inquiry::{Contact, Inquiry};
use domain::refusal::OrderRefusal;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How often it is tried again when something else came to the agent's desk in between.
const ATTEMPTS: usize = 5;

/// What the agent writes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ContactCustomer {
    /// 1 to 10,000 characters.
    #[schema(required)]
    text: Option<String>,
    /// One line, at most 200 characters; the beginning of the text unless it is given.
    subject: Option<String>,
}

/// The inquiry that was opened.
#[derive(Debug, Serialize, ToSchema)]
struct Contacted {
    /// `inq_…`
    inquiry: String,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(contact_customer))
}

/// An agent writes to an order's customer first; the customer gets one mail.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/orders/{order}/contact", operation_id = "contact_customer", tag = "staff",
    params(("shop" = String, Path), ("order" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = ContactCustomer,
    security(("agent" = [])),
    responses(
        (status = 201, body = Contacted),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn contact_customer(
    State(app): State<App>,
    signed_in: SignedIn,
    OrderPath(order): OrderPath,
    command: Command<ContactCustomer>,
) -> Result<(StatusCode, Json<Contacted>), Problem> {
    let signed_in = signed_in.serving()?;
    let number = staff::order_number(&order)?;
    let mut fields = Fields::default();
    let text = fields.text("text", command.body.text.as_deref());
    let subject = fields.line_if_any::<200>("subject", command.body.subject.as_deref());
    let text = fields.all_right(text)?;
    let (shop, now) = (signed_in.shop(), app.clock.now());
    let record = app.store.order(&shop.id, &number).await?.ok_or_else(|| Problem::new(Code::NotFound))?;
    if !record.order.may_contact(now) {
        let refused = OrderNotDone::Refused(OrderRefusal::TooOldToContact, Box::new(record));
        return Err(staff::order_problem(refused, shop, now));
    }
    let customer = record.order.customer;
    let id = signed_in.record.pepper.inquiry(&customer.key, &format!("contact:{number}:{}", command.key()));
    let once = command.once(signed_in.agent.id.as_str());
    let contact = Contact { order: number, subject, text };
    let change = Inquiry::contact(id, shop, customer, contact, &signed_in.agent, now);
    for _ in 0..ATTEMPTS {
        match app.open(shop, change.clone(), &once, Vec::new()).await {
            Err(NotDone::Failed(Failure::Contended)) => {}
            done => {
                let inquiry = done?.record.inquiry.id.to_string();
                return Ok((StatusCode::CREATED, Json(Contacted { inquiry })));
            }
        }
    }
    Err(Failure::Contended.into())
}
