//! An agent writes for colleagues (SPEC §1, note), asks one or a department, or answers (SPEC §3.7).
//! A note disturbs nobody, so it needs no version.

use axum::Json;
use axum::extract::{Path, State};
use common::app::App;
use common::auth::SignedIn;
use common::http::{Command, Fields, InquiryPath, Object};
use common::problem::{Code, FieldCode, Problem, ProblemDocument};
use common::staff;
use common::view::Changed;
use domain::ids::AgentId;
use domain::question::Asked;
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The note.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AddNote {
    /// 1 to 10,000 characters.
    #[schema(required)]
    text: Option<String>,
    /// Asks somebody: the question stands open until it is answered.
    #[schema(value_type = Option<AskSomebody>)]
    ask: Option<Object<AskSomebody>>,
    /// Answers the question of the entry with that number.
    answers: Option<u32>,
}

/// Who is asked: one of the two.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AskSomebody {
    /// A colleague.
    agent: Option<String>,
    /// A department of the shop.
    department: Option<String>,
}

/// Nothing to say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AnswerQuestion {}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(add_note)).routes(routes!(answer_question))
}

/// An agent writes a note that only staff see.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/inquiries/{id}/notes", operation_id = "add_note", tag = "staff",
    params(
        ("shop" = String, Path), ("id" = String, Path),
        ("Idempotency-Key" = Option<String>, Header)
    ),
    request_body = AddNote,
    security(("agent" = [])),
    responses(
        (status = 201, body = Changed),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn add_note(
    State(app): State<App>,
    signed_in: SignedIn,
    InquiryPath(id): InquiryPath,
    command: Command<AddNote>,
) -> Result<(StatusCode, Json<Changed>), Problem> {
    let signed_in = signed_in.serving()?;
    let mut fields = Fields::default();
    let text = fields.text("text", command.body.text.as_deref());
    let ask = command.body.ask.as_ref().and_then(|Object(ask)| asked(ask, &mut fields));
    if ask.is_some() && command.body.answers.is_some() {
        fields.wrong("answers", FieldCode::MustBeEmpty);
    }
    let text = fields.all_right(text)?;
    let (now, agent, shop) = (app.clock.now(), &signed_in.agent, signed_in.shop());
    let changed = staff::change(&app, &signed_in, &id, &command, command.seen, |inquiry| {
        match (&ask, command.body.answers) {
            (Some(to), _) => inquiry.ask(shop, agent, to.clone(), &text, now),
            (None, Some(question)) => inquiry.answer_question(agent, question, Some(&text), now),
            (None, None) => inquiry.note(agent, &text, now),
        }
    })
    .await?;
    Ok((StatusCode::CREATED, Json(changed)))
}

fn asked(ask: &AskSomebody, fields: &mut Fields) -> Option<Asked> {
    match (&ask.agent, &ask.department) {
        (Some(_), Some(_)) => fields.wrong("ask.department", FieldCode::MustBeEmpty),
        (Some(agent), None) => match AgentId::parse(agent) {
            Ok(agent) => return Some(Asked::Agent(agent)),
            Err(_) => fields.wrong("ask.agent", FieldCode::UnknownValue),
        },
        (None, Some(name)) => return Some(Asked::Department(name.clone())),
        (None, None) => fields.wrong("ask.agent", FieldCode::Required),
    }
    None
}

/// Somebody marks a question answered.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/inquiries/{id}/questions/{question}/answered",
    operation_id = "answer_question", tag = "staff",
    params(
        ("shop" = String, Path), ("id" = String, Path), ("question" = u32, Path),
        ("Idempotency-Key" = Option<String>, Header)
    ),
    request_body = AnswerQuestion,
    security(("agent" = [])),
    responses(
        (status = 200, body = Changed),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn answer_question(
    State(app): State<App>,
    signed_in: SignedIn,
    Path((_, id, question)): Path<(String, String, String)>,
    command: Command<AnswerQuestion>,
) -> Result<Json<Changed>, Problem> {
    let signed_in = signed_in.serving()?;
    let question = question.parse().map_err(|_| Problem::new(Code::NotFound))?;
    let now = app.clock.now();
    let changed = staff::change(&app, &signed_in, &id, &command, command.seen, |inquiry| {
        inquiry.answer_question(&signed_in.agent, question, None, now)
    })
    .await?;
    Ok(Json(changed))
}
