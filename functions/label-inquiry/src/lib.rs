//! Flag, tags, category, priority (SPEC §2.3, §3.10), and the read mark (SPEC §4.2).

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::SignedIn;
use common::http::{Command, Fields, InquiryPath};
use common::problem::{FieldCode, Problem, ProblemDocument};
use common::staff;
use common::view::Changed;
use common::word::{CategoryWord, PriorityWord};
use domain::inquiry::{FlagChange, Labels, MOST_TAGS, TAG_CHARACTERS};
use domain::labels::Flag;
use domain::text::Line;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What to change; what is not named stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LabelInquiry {
    /// It decides the priority, unless a person chose that.
    #[schema(inline)]
    category: Option<CategoryWord>,
    /// From now on chosen by hand.
    #[schema(inline)]
    priority: Option<PriorityWord>,
    /// A colour, or `none`.
    flag: Option<String>,
    /// Tags to add, each at most 24 characters; an inquiry has at most 10.
    #[serde(default)]
    add_tags: Vec<String>,
    /// Tags to take off.
    #[serde(default)]
    remove_tags: Vec<String>,
    /// `false`: its agent has seen it; `true`: mark it unread. Stands alone, needs no
    /// `If-Match` and is no entry of the timeline.
    unread: Option<bool>,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(label_inquiry))
}

/// Flag, tags, category, priority, and the read mark.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/inquiries/{id}/label", operation_id = "label_inquiry", tag = "staff",
    params(
        ("shop" = String, Path), ("id" = String, Path), ("If-Match" = Option<String>, Header),
        ("Idempotency-Key" = Option<String>, Header)
    ),
    request_body = LabelInquiry,
    security(("agent" = [])),
    responses(
        (status = 200, body = Changed),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn label_inquiry(
    State(app): State<App>,
    signed_in: SignedIn,
    InquiryPath(id): InquiryPath,
    command: Command<LabelInquiry>,
) -> Result<Json<Changed>, Problem> {
    let signed_in = signed_in.serving()?;
    let now = app.clock.now();
    let (labels, unread) = checked(&command.body)?;
    let changed = if let Some(unread) = unread {
        let seen = None;
        staff::change(&app, &signed_in, &id, &command, seen, |inquiry| inquiry.mark_seen(!unread, now))
            .await?
    } else {
        let seen = Some(command.seen()?);
        staff::change(&app, &signed_in, &id, &command, seen, |inquiry| {
            inquiry.label(signed_in.shop(), &signed_in.agent, labels.clone(), now)
        })
        .await?
    };
    Ok(Json(changed))
}

fn checked(body: &LabelInquiry) -> Result<(Labels, Option<bool>), Problem> {
    let mut fields = Fields::default();
    let flag = body.flag.as_deref().and_then(|word| match (word, Flag::parse(word)) {
        ("none", _) => Some(FlagChange::Clear),
        (_, Some(colour)) => Some(FlagChange::Set(colour)),
        _ => {
            fields.wrong("flag", FieldCode::UnknownValue);
            None
        }
    });
    let labels = Labels {
        flag,
        category: body.category.map(|word| word.0),
        priority: body.priority.map(|word| word.0),
        add_tags: tags(&mut fields, "add_tags", &body.add_tags),
        remove_tags: tags(&mut fields, "remove_tags", &body.remove_tags),
    };
    if body.unread.is_some() && labels != Labels::default() {
        fields.wrong("unread", FieldCode::MustBeEmpty);
    }
    fields.all_right(Some((labels, body.unread)))
}

fn tags(fields: &mut Fields, field: &str, tags: &[String]) -> Vec<Line<TAG_CHARACTERS>> {
    if tags.len() > MOST_TAGS {
        fields.wrong(field, FieldCode::TooMany(MOST_TAGS));
    }
    let numbered = tags.iter().enumerate();
    numbered.filter_map(|(at, tag)| fields.line(&format!("{field}[{at}]"), Some(tag))).collect()
}
