//! Staff read a list of the inbox: a page of rows, and the counts beside the lists (SPEC §4.1–4.4).

mod query;
mod row;

use axum::extract::State;
use axum::response::Response;
use common::app::App;
use common::auth::SignedIn;
use common::http::{Query, unless_known};
use common::problem::{Code, Problem, ProblemDocument};
use common::store::{COUNT_LIMIT, ListPage, Scope, Tally};
use domain::ids::AgentId;
use http::HeaderMap;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use query::{List, WhichList};
use row::InquiryRow;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
struct InquiryPage {
    inquiries: Vec<InquiryRow>,
    /// Where the next page begins. A narrowed page may be short and still go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counts: Option<Counts>,
}

/// The counts beside the lists, of the caller's own active inquiries unless said otherwise;
/// 1000 stands for "999+".
#[derive(Debug, Serialize, ToSchema)]
struct Counts {
    /// 進行中
    active: usize,
    /// 未讀
    unread: usize,
    /// 未回復
    unreplied: usize,
    /// 即將過期
    expiring: usize,
    /// 標記
    flagged: usize,
    /// 未分配, of the shop; not in a shop with one agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    unassigned: Option<usize>,
    /// All active ones of the shop; for supervisors.
    #[serde(skip_serializing_if = "Option::is_none")]
    all: Option<usize>,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_inquiries))
}

/// A page of one of the inbox's lists, and the counts beside them.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/inquiries", operation_id = "list_inquiries", tag = "staff",
    params(("shop" = String, Path), WhichList),
    security(("agent" = [])),
    responses(
        (status = 200, body = InquiryPage),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn list_inquiries(
    State(app): State<App>,
    signed_in: SignedIn,
    Query(which): Query<WhichList>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let signed_in = signed_in.serving()?;
    if which.list() == List::All && !signed_in.supervises() {
        return Err(Problem::new(Code::Forbidden));
    }
    let asked = which.checked(&signed_in)?;
    let now = app.clock.now();
    let page = app.store.list(&asked, now).await?;
    let counts = match which.wants_counts() {
        true => Some(counts(&app, &signed_in, &page, asked.scope).await?),
        false => None,
    };
    let mine = which.list() == List::Mine;
    let inquiries = page.rows.into_iter().map(|row| InquiryRow::of(row, mine)).collect();
    let next = page.next.map(|cursor| cursor.to_string());
    Ok(unless_known(&headers, &InquiryPage { inquiries, next, counts }))
}

async fn counts(app: &App, signed_in: &SignedIn, page: &ListPage, scope: Scope) -> Result<Counts, Problem> {
    let (shop, me, now) = (signed_in.shop(), &signed_in.agent.id, app.clock.now());
    let read = |whose: Option<&AgentId>| -> Option<Tally> {
        let this = matches!(&scope, Scope::Active(list) if *list == [whose.cloned()]);
        page.tally.filter(|_| this)
    };
    let mine = match read(Some(me)) {
        Some(tally) => tally,
        None => app.store.tally(&shop.id, Some(me), now).await?,
    };
    let unassigned = match (shop.only_agent().is_some(), read(None)) {
        (true, _) => None,
        (false, Some(tally)) => Some(tally.active),
        (false, None) => Some(app.store.unassigned(&shop.id).await?),
    };
    let all = if signed_in.supervises() {
        let mut all = mine.active + unassigned.unwrap_or_default();
        for member in shop.members.iter().filter(|member| member.agent != *me) {
            all += app.store.tally(&shop.id, Some(&member.agent), now).await?.active;
        }
        Some(all.min(COUNT_LIMIT))
    } else {
        None
    };
    let Tally { active, unread, unreplied, expiring, flagged } = mine;
    Ok(Counts { active, unread, unreplied, expiring, flagged, unassigned, all })
}
