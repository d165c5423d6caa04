//! An agent answers (SPEC §7.1): the reply is stored, the status set, one mail owed. It cannot be
//! changed afterwards.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::SignedIn;
use common::http::{Command, Fields, InquiryPath};
use common::problem::{Problem, ProblemDocument};
use common::staff;
use common::view::Changed;
use domain::event::Then;
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What the agent answers.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReplyToInquiry {
    /// 1 to 10,000 characters.
    #[schema(required)]
    text: Option<String>,
    /// What becomes of the inquiry.
    #[schema(required)]
    then: Option<ThenWord>,
}

/// What a reply does to the inquiry.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ThenWord {
    /// 對話中: the agent will come back.
    KeepOpen,
    /// 已回覆: done.
    Done,
}

impl From<ThenWord> for Then {
    fn from(word: ThenWord) -> Self {
        match word {
            ThenWord::KeepOpen => Self::KeepOpen,
            ThenWord::Done => Self::Done,
        }
    }
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(reply_to_inquiry))
}

/// An agent answers; the customer gets one mail.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/inquiries/{id}/reply", operation_id = "reply_to_inquiry", tag = "staff",
    params(
        ("shop" = String, Path), ("id" = String, Path), ("If-Match" = String, Header),
        ("Idempotency-Key" = Option<String>, Header)
    ),
    request_body = ReplyToInquiry,
    security(("agent" = [])),
    responses(
        (status = 201, body = Changed),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn reply_to_inquiry(
    State(app): State<App>,
    signed_in: SignedIn,
    InquiryPath(id): InquiryPath,
    command: Command<ReplyToInquiry>,
) -> Result<(StatusCode, Json<Changed>), Problem> {
    let signed_in = signed_in.serving()?;
    let mut fields = Fields::default();
    let text = fields.text("text", command.body.text.as_deref());
    let then = fields.needed("then", command.body.then);
    let (text, then) = fields.all_right(text.zip(then))?;
    let now = app.clock.now();
    let changed = staff::change(&app, &signed_in, &id, &command, Some(command.seen()?), |inquiry| {
        inquiry.reply(signed_in.shop(), &signed_in.agent, &text, then.into(), now)
    })
    .await?;
    Ok((StatusCode::CREATED, Json(changed)))
}
