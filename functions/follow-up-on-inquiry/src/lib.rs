//! A customer writes again (SPEC §3.3). Into a merged inquiry it goes to the one that goes on;
//! into a locked one it opens a new inquiry that follows it (SPEC §3.4).

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::Asking;
use common::http::{Command, Fields, InquiryPath};
use common::problem::{Problem, ProblemDocument};
use common::store::items::Record;
use common::store::{Command as StoreCommand, Done, NotDone};
use common::view::customer::MyInquiry;
use domain::ids::InquiryId;
use domain::inquiry::{Inquiry, Submission};
use domain::refusal::Refusal;
use domain::text::Text;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What the customer writes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FollowUp {
    /// 1 to 10,000 characters.
    #[schema(required)]
    text: Option<String>,
}

/// The inquiry that has the message.
#[derive(Debug, Serialize, ToSchema)]
struct FollowedUp {
    inquiry: MyInquiry,
    /// Whether it is a new one, since the old one is locked.
    opened_new: bool,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(follow_up_on_inquiry))
}

/// A customer writes again.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/my/inquiries/{id}/messages", operation_id = "follow_up_on_inquiry",
    tag = "customers",
    params(("shop" = String, Path), ("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = FollowUp,
    security(("member" = []), ("guest_session" = [])),
    responses(
        (status = 201, body = FollowedUp),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn follow_up_on_inquiry(
    State(app): State<App>,
    asking: Asking,
    InquiryPath(id): InquiryPath,
    command: Command<FollowUp>,
) -> Result<(StatusCode, Json<FollowedUp>), Problem> {
    let id = asking.own(&id)?;
    let mut fields = Fields::default();
    let text = fields.text("text", command.body.text.as_deref());
    let text = fields.all_right(text)?;
    let mut written = write(&app, &asking, &id, &text, &command).await;
    if let Err(NotDone::Refused(Refusal::Merged { into }, _)) = &written {
        let into = into.clone();
        written = write(&app, &asking, &into, &text, &command).await;
    }
    let (done, opened_new) = match written {
        Err(NotDone::Refused(Refusal::Locked, old)) => {
            (go_on(&app, &asking, *old, text, &command).await?, true)
        }
        other => (other?, false),
    };
    let inquiry = MyInquiry::of(
        &done.record.inquiry,
        &done.record.lines,
        done.record.has_older(),
        asking.shop(),
        app.clock.now(),
    );
    Ok((StatusCode::CREATED, Json(FollowedUp { inquiry, opened_new })))
}

async fn write(
    app: &App,
    asking: &Asking,
    id: &InquiryId,
    text: &Text,
    command: &Command<FollowUp>,
) -> Result<Done, NotDone> {
    let (shop, now) = (asking.shop(), app.clock.now());
    let once = command.once(asking.customer.key.as_str());
    let writing = StoreCommand { shop, id, once: &once, seen: None, by_staff: false, now };
    app.change(writing, |inquiry| inquiry.follow_up(shop, text, now)).await
}

/// A new inquiry about what the locked one was about.
async fn go_on(
    app: &App,
    asking: &Asking,
    old: Record,
    text: Text,
    command: &Command<FollowUp>,
) -> Result<Done, Problem> {
    let old = old.inquiry;
    let submission = Submission {
        source: old.source,
        category: old.category,
        subject: Some(old.subject),
        text,
        order: old.order,
        product: old.product,
        locale: old.locale,
        evidence: old.evidence,
        follows: Some(old.id),
    };
    let id = asking.record.pepper.inquiry(&asking.customer.key, command.key());
    let once = command.once(asking.customer.key.as_str());
    let change = Inquiry::submit(id, asking.shop(), old.customer, submission, true, app.clock.now());
    Ok(app.open(asking.shop(), change, &once, Vec::new()).await?)
}
