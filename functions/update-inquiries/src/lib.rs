//! Many inquiries are closed, assigned or tagged at once (SPEC §4.7). Each is a command of its
//! own, with the version that was seen of it, and is reported on its own.

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::SignedIn;
use common::http::{Command, Fields, Object, preferred_locale};
use common::idempotency::Once;
use common::problem::{Code, FieldCode, Problem, ProblemDocument};
use common::staff;
use common::store::Command as StoreCommand;
use common::view::{InquiryView, staff_problem};
use common::word::EndReasonWord;
use domain::change::Change;
use domain::ids::{AgentId, InquiryId};
use domain::inquiry::{Closing, Inquiry, Labels, MOST_TAGS, TAG_CHARACTERS};
use domain::refusal::Refusal;
use domain::text::Line;
use http::HeaderMap;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The most inquiries at once.
const AT_ONCE: usize = 50;

/// What to do with which inquiries.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UpdateInquiries {
    /// At most 50.
    #[schema(required, value_type = Vec<BulkItem>)]
    items: Option<Vec<Object<BulkItem>>>,
    /// What to do with each.
    #[schema(required, value_type = BulkAction)]
    action: Option<Object<BulkAction>>,
}

/// An inquiry and the version that was seen of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BulkItem {
    id: String,
    version: u32,
}

/// What to do with each.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
enum BulkAction {
    /// End it without a message.
    Close {
        /// Needed where a message is unanswered.
        #[schema(inline)]
        reason: Option<EndReasonWord>,
        /// In words.
        detail: Option<String>,
    },
    /// Give it to an agent; `null` puts it back.
    Assign {
        /// The agent.
        #[schema(required)]
        #[serde(default, deserialize_with = "common::http::said")]
        to: Option<Option<String>>,
    },
    /// Add tags.
    Tag {
        /// The tags.
        add: Vec<String>,
    },
}

/// What became of each, in their order.
#[derive(Debug, Serialize, ToSchema)]
struct BulkResults {
    results: Vec<BulkResult>,
    /// Of the agent to whom they were given, once all were: `offline`, `not_receiving`, `full`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    warnings: Vec<&'static str>,
}

/// What became of one: the inquiry after it, or why not.
#[derive(Debug, Serialize, ToSchema)]
struct BulkResult {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    inquiry: Option<InquiryView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<ProblemDocument>,
}

/// An action whose fields were checked.
enum Action {
    Close(Closing),
    Assign(Option<AgentId>),
    Tag(Vec<Line<TAG_CHARACTERS>>),
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(update_inquiries))
}

/// Closes, assigns or tags many inquiries; each is reported on its own.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/inquiries/bulk", operation_id = "update_inquiries", tag = "staff",
    params(("shop" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = UpdateInquiries,
    security(("agent" = [])),
    responses(
        (status = 200, body = BulkResults),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn update_inquiries(
    State(app): State<App>,
    signed_in: SignedIn,
    headers: HeaderMap,
    command: Command<UpdateInquiries>,
) -> Result<Json<BulkResults>, Problem> {
    let signed_in = signed_in.serving()?;
    let (items, action) = checked(&command.body)?;
    let locale = preferred_locale(&headers);
    let once = command.once(signed_in.agent.id.as_str());
    let mut results = Vec::with_capacity(items.len());
    for Object(item) in items {
        let done = one(&app, &signed_in, item, &action, &once).await;
        let (inquiry, problem) = match done {
            Ok(inquiry) => (Some(inquiry), None),
            Err(problem) => (None, Some(problem.document(locale, ""))),
        };
        results.push(BulkResult { id: item.id.clone(), inquiry, problem });
    }
    let to = match &action {
        Action::Assign(to) if results.iter().any(|result| result.inquiry.is_some()) => to.as_ref(),
        _ => None,
    };
    let warnings = staff::warnings(&app, &signed_in, to).await?;
    Ok(Json(BulkResults { results, warnings }))
}

fn checked(body: &UpdateInquiries) -> Result<(&[Object<BulkItem>], Action), Problem> {
    let mut fields = Fields::default();
    let items = fields.needed("items", body.items.as_deref());
    if items.is_some_and(|items| items.len() > AT_ONCE) {
        fields.wrong("items", FieldCode::TooMany(AT_ONCE));
    }
    let action = fields.needed("action", body.action.as_ref());
    let action = action.and_then(|Object(action)| action_of(action, &mut fields));
    fields.all_right(items.zip(action))
}

fn action_of(action: &BulkAction, fields: &mut Fields) -> Option<Action> {
    match action {
        BulkAction::Close { reason, detail } => {
            let detail = fields.line_if_any::<500>("action.detail", detail.as_deref());
            Some(Action::Close(Closing { reason: reason.map(|word| word.0), detail }))
        }
        BulkAction::Assign { to } => {
            let to = fields.needed("action.to", to.as_ref())?;
            let agent = to.as_deref().map(AgentId::parse).transpose();
            if agent.is_err() {
                fields.wrong("action.to", FieldCode::UnknownValue);
            }
            agent.ok().map(Action::Assign)
        }
        BulkAction::Tag { add } => {
            if add.len() > MOST_TAGS {
                fields.wrong("action.add", FieldCode::TooMany(MOST_TAGS));
            }
            let numbered = add.iter().enumerate();
            let tags = numbered.filter_map(|(at, tag)| fields.line(&format!("action.add[{at}]"), Some(tag)));
            Some(Action::Tag(tags.collect()))
        }
    }
}

async fn one(
    app: &App,
    signed_in: &SignedIn,
    item: &BulkItem,
    action: &Action,
    once: &Once,
) -> Result<InquiryView, Problem> {
    let id = InquiryId::parse(&item.id).map_err(|_| Problem::new(Code::NotFound))?;
    let (shop, now) = (signed_in.shop(), app.clock.now());
    let seen = Some(item.version);
    let command = StoreCommand { shop, id: &id, once, seen, by_staff: true, now };
    match app.change(command, |inquiry| decide(action, signed_in, inquiry, now)).await {
        Ok(done) => Ok(InquiryView::of(&done.record.inquiry, now)),
        Err(not_done) => {
            let problem = staff_problem(not_done, seen, shop, now);
            Err(match action {
                Action::Assign(to) => staff::taken_by_another(problem, to.as_ref()),
                Action::Close(_) | Action::Tag(_) => problem,
            })
        }
    }
}

fn decide(
    action: &Action,
    signed_in: &SignedIn,
    inquiry: &Inquiry,
    now: Timestamp,
) -> Result<Change, Refusal> {
    let (shop, agent) = (signed_in.shop(), &signed_in.agent);
    match action {
        Action::Close(closing) => inquiry.close(agent, closing.clone(), now),
        Action::Assign(to) => inquiry.assign_to(shop, agent, to.as_ref(), None, now),
        Action::Tag(tags) => {
            inquiry.label(shop, agent, Labels { add_tags: tags.clone(), ..Labels::default() }, now)
        }
    }
}
