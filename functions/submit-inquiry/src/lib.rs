//! A customer asks (SPEC §2). A member's inquiry is in the inbox at once; a guest's waits for
//! the confirmation of the address, so that the form cannot flood strangers' mailboxes.

mod body;

use axum::Json;
use common::app::App;
use common::auth::{Asking, Visitor};
use common::failure::Failure;
use common::http::{Command, NetworkAddress};
use common::ids;
use common::problem::{Code, Problem, ProblemDocument};
use common::store::{Done, NotDone};
use domain::actor::{Customer, CustomerKind};
use domain::inquiry::{Inquiry, Submission};
use domain::notice::{Notice, NoticeKind};
use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use body::{GuestContact, SubmitInquiry};

/// How often a submission is tried again when others of the same address came in between.
const ATTEMPTS: usize = 5;

/// An inquiry that was accepted.
#[derive(Debug, Serialize, ToSchema)]
struct Submitted {
    /// `inq_…`
    id: String,
    /// Short, for reading aloud.
    reference: String,
    /// What is still to be done before the shop sees it.
    confirmation: Confirmation,
}

/// What is still to be done before the shop sees an inquiry.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Confirmation {
    /// Nothing.
    NotNeeded,
    /// Open the link of the mail that is on its way.
    MailSent,
    /// No further mail today: the link of the earlier mail releases this one too.
    EarlierLink,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(submit_inquiry))
}

/// A customer asks. With a member's token, or without one as a guest.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/inquiries", operation_id = "submit_inquiry", tag = "customers",
    params(("shop" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = SubmitInquiry,
    security((), ("member" = []), ("guest_session" = [])),
    responses(
        (status = 201, body = Submitted),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn submit_inquiry(
    app: axum::extract::State<App>,
    visitor: Visitor,
    NetworkAddress(network): NetworkAddress,
    command: Command<SubmitInquiry>,
) -> Result<(StatusCode, Json<Submitted>), Problem> {
    let locale = visitor.record.shop.locale;
    let done = match visitor.asking {
        Some(asking) => by_customer(&app, asking, &command).await?,
        None => {
            let (contact, submission) = command.body.of_guest(locale)?;
            by_guest(&app, &visitor.record, contact, submission, &network, &command).await?
        }
    };
    let inquiry = &done.record.inquiry;
    let mailed = || done.record.mail(1).is_some();
    let confirmation = match inquiry.confirmed {
        true => Confirmation::NotNeeded,
        false if mailed() => Confirmation::MailSent,
        false => Confirmation::EarlierLink,
    };
    let (id, reference) = (inquiry.id.to_string(), inquiry.id.reference());
    Ok((StatusCode::CREATED, Json(Submitted { id, reference, confirmation })))
}

/// Who is known needs no confirmation: signed in, or here by a link from their own mailbox.
async fn by_customer(app: &App, asking: Asking, command: &Command<SubmitInquiry>) -> Result<Done, Problem> {
    let submission = command.body.of_customer(asking.shop().locale)?;
    if let (Some(orders), Some(order)) = (&asking.orders, &submission.order)
        && !orders.contains(order)
    {
        // Whether the order is somebody else's or nobody's, they learn the same.
        return Err(Problem::new(Code::NotFound));
    }
    let (shop, now) = (asking.shop(), app.clock.now());
    let wait = app.members.take(&shop.id, &asking.customer.key, now);
    wait.map_err(|wait| Problem::wait(u64::try_from(wait.0.as_secs()).unwrap_or_default() + 1))?;
    let id = asking.record.pepper.inquiry(&asking.customer.key, command.key());
    let once = command.once(asking.customer.key.as_str());
    let change = Inquiry::submit(id, shop, asking.customer.clone(), submission, true, now);
    Ok(app.open(shop, change, &once, Vec::new()).await?)
}

async fn by_guest(
    app: &App,
    record: &common::store::ShopRecord,
    contact: GuestContact,
    submission: Submission,
    network: &str,
    command: &Command<SubmitInquiry>,
) -> Result<Done, Problem> {
    let (shop, now) = (&record.shop, app.clock.now());
    let key = record.pepper.guest(&contact.email);
    let id = record.pepper.inquiry(&key, command.key());
    let once = command.once(key.as_str());
    let secret = app.config.link_secrets.first().map(|secret| secret.0.as_slice()).unwrap_or_default();
    let network = ids::hidden(secret, &["network", network]);
    let mailbox = ids::hidden(secret, &["mailbox", &contact.email.folded()]);
    let customer = Customer {
        key,
        kind: CustomerKind::Guest,
        name: contact.name,
        email: contact.email.as_str().to_owned(),
        phone: contact.phone,
    };
    for _ in 0..ATTEMPTS {
        let admitted = app.store.admit(app.config.limits, &shop.id, &network, &mailbox, now).await?;
        let admission = admitted.map_err(|refused| Problem::wait(refused.retry_after))?;
        let confirmed = shop.guests_unconfirmed;
        let mut change =
            Inquiry::submit(id.clone(), shop, customer.clone(), submission.clone(), confirmed, now);
        if admission.mail && !confirmed {
            change.notices.push(Notice { kind: NoticeKind::Confirmation, seq: 1 });
        }
        match app.open(shop, change, &once, admission.writes).await {
            Err(NotDone::Failed(Failure::Contended)) => {}
            done => return Ok(done?),
        }
    }
    Err(Problem::wait(1))
}
