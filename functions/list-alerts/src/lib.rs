//! The staff's bell: what time has raised, questions, and what became of them (SPEC §6.1, §7.7).

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use common::app::App;
use common::auth::SignedIn;
use common::http::{Command, Fields, Query};
use common::problem::{FieldCode, Problem, ProblemDocument};
use common::store::items::Record;
use common::store::{AlertItem, AlertsPage};
use common::view::Moment;
use domain::ids::InquiryId;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Alerts of a page.
const AT_ONCE: usize = 25;

/// Which alerts.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct WhichAlerts {
    /// Only those before that one.
    before: Option<String>,
}

/// The caller's alerts, newest first.
#[derive(Debug, Serialize, ToSchema)]
struct Alerts {
    alerts: Vec<AlertView>,
    /// Name it in `before` for earlier ones. A page may be short and still go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Something that the caller is told of.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Alert)]
struct AlertView {
    /// Sorts by time.
    id: String,
    /// An alarm's word, `timed_out`, `question_asked`, `question_answered`, `decision_needed`,
    /// `refund_needs_attention`, `order_cancelled` or `delay_passed`.
    kind: &'static str,
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
    /// `inq_…`
    inquiry: String,
    /// Short, for reading aloud.
    reference: String,
    /// The customer's name.
    customer: String,
    subject: String,
    /// Whose inquiry it is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    agent: Option<String>,
    /// Who asked or answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// The department that is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    department: Option<String>,
    /// Whether the caller has not seen it.
    new: bool,
}

/// Up to where the caller has seen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SeeAlerts {
    /// The newest alert that was seen.
    #[schema(required)]
    until: Option<String>,
}

/// The routes of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_alerts)).routes(routes!(see_alerts))
}

/// The caller's alerts, newest first.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/alerts", operation_id = "list_alerts", tag = "staff",
    params(("shop" = String, Path), WhichAlerts),
    security(("agent" = [])),
    responses(
        (status = 200, body = Alerts),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn list_alerts(
    State(app): State<App>,
    signed_in: SignedIn,
    Query(which): Query<WhichAlerts>,
) -> Result<Json<Alerts>, Problem> {
    let signed_in = signed_in.overseeing()?;
    let (shop, me) = (&signed_in.shop().id, &signed_in.agent.id);
    if which.before.as_deref().is_some_and(|id| !is_id(id)) {
        return Err(Problem::field("before", FieldCode::UnknownValue));
    }
    let seen = app.store.desk(shop, me).await?.alerts_seen;
    let AlertsPage { alerts, next } = app.store.alerts(shop, me, which.before.as_deref(), AT_ONCE).await?;
    let mut ids: Vec<InquiryId> = alerts.iter().map(|alert| alert.inquiry.clone()).collect();
    ids.sort_unstable();
    ids.dedup();
    let records = app.store.inquiries(shop, &ids).await?;
    let records: HashMap<_, _> =
        records.into_iter().map(|record| (record.inquiry.id.clone(), record)).collect();
    let view = |alert: AlertItem| {
        let new = seen.as_deref().is_none_or(|seen| seen < alert.id.as_str());
        records.get(&alert.inquiry).map(|record| AlertView::of(alert, record, new))
    };
    Ok(Json(Alerts { alerts: alerts.into_iter().filter_map(view).collect(), next }))
}

impl AlertView {
    fn of(alert: AlertItem, record: &Record, new: bool) -> Self {
        let inquiry = &record.inquiry;
        Self {
            id: alert.id,
            kind: alert.kind.as_str(),
            at: Moment(alert.at),
            inquiry: inquiry.id.to_string(),
            reference: inquiry.id.reference(),
            customer: inquiry.customer.name.clone(),
            subject: inquiry.subject.clone(),
            agent: inquiry.assignee.as_ref().map(ToString::to_string),
            by: alert.by.map(|id| id.to_string()),
            department: alert.department,
            new,
        }
    }
}

/// The caller has seen their alerts up to that one.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/alerts/seen", operation_id = "see_alerts", tag = "staff",
    params(("shop" = String, Path)),
    request_body = SeeAlerts,
    security(("agent" = [])),
    responses(
        (status = 204),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn see_alerts(
    State(app): State<App>,
    signed_in: SignedIn,
    command: Command<SeeAlerts>,
) -> Result<StatusCode, Problem> {
    let signed_in = signed_in.overseeing()?;
    let mut fields = Fields::default();
    let until = fields.needed("until", command.body.until.as_deref());
    if until.is_some_and(|id| !is_id(id)) {
        fields.wrong("until", FieldCode::UnknownValue);
    }
    let until = fields.all_right(until)?;
    app.store.see_alerts(&signed_in.shop().id, &signed_in.agent.id, until, app.clock.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `<milliseconds>-<own part of an inquiry>-<number of an entry>`.
fn is_id(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    matches!(parts[..], [at, own, seq]
        if at.len() == 13 && digits(at) && own.len() == 13 && seq.len() == 6 && digits(seq)
            && own.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}
