//! Staff read a list of the inbox: a page of rows, and the counts beside the lists (SPEC §4.1–4.4).

mod asked;
mod query;
mod row;

use axum::extract::State;
use axum::response::Response;
use common::app::App;
use common::auth::SignedIn;
use common::http::{Query, unless_known};
use common::presence::{self, PresenceView};
use common::problem::{Code, Problem, ProblemDocument};
use common::store::{Beat, COUNT_LIMIT, Desk, ListPage, Scope, Tally};
use domain::ids::AgentId;
use futures_util::future::try_join_all;
use http::HeaderMap;
use jiff::Timestamp;
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
    /// With a heartbeat: the caller's own place, and who else is here.
    #[serde(skip_serializing_if = "Option::is_none")]
    presence: Option<PresenceView>,
    /// If asked for: what waits in each shop where the caller serves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    shops: Vec<ShopCounts>,
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
    /// 逾期
    overdue: usize,
    /// 標記
    flagged: usize,
    /// With a heartbeat: what the bell has to tell that the caller has not seen, at most 99.
    #[serde(skip_serializing_if = "Option::is_none")]
    alerts: Option<usize>,
    /// 未分配, of the shop; not in a shop with one agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    unassigned: Option<usize>,
    /// All active ones of the shop; for supervisors.
    #[serde(skip_serializing_if = "Option::is_none")]
    all: Option<usize>,
}

/// What waits in a shop; 1000 stands for "999+".
#[derive(Debug, Serialize, ToSchema)]
struct ShopCounts {
    id: String,
    /// The caller's own unread ones.
    unread: usize,
    /// 未分配
    queueing: usize,
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
    let signed_in = signed_in.overseeing()?;
    if matches!(which.list(), List::All | List::Absent) && !signed_in.supervises() {
        return Err(Problem::new(Code::Forbidden));
    }
    let now = app.clock.now();
    let offline = match which.list() {
        List::Absent => absent(&app, &signed_in, now).await?,
        _ => Vec::new(),
    };
    let query = which.checked(&signed_in, &offline)?;
    let here = match which.beat()? {
        Some(beat) => beaten(&app, &signed_in, beat, which.wants_shops(), now).await,
        None => None,
    };
    let page = match which.list() {
        List::Asked => asked::page(&app, &signed_in, &query, now).await?,
        _ => app.store.list(&query, now).await?,
    };
    let counts = match which.wants_counts() {
        true => Some(counts(&app, &signed_in, &page, query.scope, here.as_ref()).await?),
        false => None,
    };
    let presence = match &here {
        Some(desk) => Some(presence::seen(&app, &signed_in, desk, now).await?),
        None => None,
    };
    let shops = if which.wants_shops() { shops(&app, &signed_in.agent.id, now).await? } else { Vec::new() };
    let mine = which.list() == List::Mine;
    let inquiries = page.rows.into_iter().map(|row| InquiryRow::of(row, mine)).collect();
    let next = page.next.map(|cursor| cursor.to_string());
    Ok(unless_known(&headers, &InquiryPage { inquiries, next, counts, presence, shops }))
}

/// Notes the heartbeat, now and then in the caller's other shops too. The list is shown also where that fails.
async fn beaten(
    app: &App,
    signed_in: &SignedIn,
    beat: Beat,
    elsewhere: bool,
    now: Timestamp,
) -> Option<Desk> {
    let (shop, me, tab) = (&signed_in.shop().id, &signed_in.agent.id, beat.tab.clone());
    if elsewhere {
        presence::beat_elsewhere(app, (shop, me), &tab, now).await;
    }
    let beaten = presence::beat(app, signed_in, beat, now).await;
    beaten.inspect_err(|failure| tracing::warn!(error = failure.chain(), "a sign of life is lost")).ok()
}

/// Agents whose page is closed, and who of the staff does not serve, or no longer.
async fn absent(app: &App, signed_in: &SignedIn, now: Timestamp) -> Result<Vec<AgentId>, Problem> {
    let shop = signed_in.shop();
    let (desks, unplaced) = app.store.staff(shop, false).await?;
    let offline = desks.into_iter().filter(|desk| !desk.online(now)).map(|desk| desk.agent);
    let members = shop.members.iter().map(|member| member.agent.clone());
    let others = members.chain(unplaced.into_iter().map(|one| one.agent));
    let mut absent: Vec<AgentId> = offline.chain(others.filter(|agent| !shop.can_serve(agent))).collect();
    absent.sort();
    absent.dedup();
    Ok(absent)
}

/// What waits in each shop where somebody serves (SPEC §4.1).
async fn shops(app: &App, me: &AgentId, now: Timestamp) -> Result<Vec<ShopCounts>, Problem> {
    let mut counted = Vec::new();
    for record in presence::serving(app, me).await? {
        let id = &record.shop.id;
        let unread = app.store.tally(id, Some(me), now).await?.unread;
        let queueing = app.store.unassigned(id).await?;
        counted.push(ShopCounts { id: id.to_string(), unread, queueing });
    }
    Ok(counted)
}

async fn counts(
    app: &App,
    signed_in: &SignedIn,
    page: &ListPage,
    scope: Scope,
    here: Option<&Desk>,
) -> Result<Counts, Problem> {
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
        let others = shop.members.iter().map(|member| &member.agent).filter(|agent| *agent != me);
        let theirs = try_join_all(others.map(|agent| app.store.active(&shop.id, agent))).await?;
        let all = mine.active + unassigned.unwrap_or_default() + theirs.iter().sum::<usize>();
        Some(all.min(COUNT_LIMIT))
    } else {
        None
    };
    let alerts = match here {
        Some(desk) => Some(app.store.new_alerts(&shop.id, me, desk.alerts_seen.as_deref()).await?),
        None => None,
    };
    let Tally { active, unread, unreplied, expiring, overdue, flagged } = mine;
    Ok(Counts { active, unread, unreplied, expiring, overdue, flagged, alerts, unassigned, all })
}
