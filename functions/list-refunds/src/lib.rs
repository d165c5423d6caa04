//! Staff read the shop's refunds by what is to be done with them (SPEC §10.4), and how many wait.

use axum::extract::State;
use axum::response::Response;
use common::app::App;
use common::auth::SignedIn;
use common::failure::Failure;
use common::http::{Fields, Query, unless_known};
use common::problem::{FieldCode, Problem, ProblemDocument};
use common::store::keys::OrderPart;
use common::store::{ORDER_COUNT_LIMIT, OrderCursor, RefundTab};
use common::view::CountView;
use common::view::order::RefundRowView;
use domain::ids::ShopId;
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Rows of a page unless said otherwise, and at most.
const DEFAULT_ROWS: usize = 25;
const MOST_ROWS: usize = 100;

/// Which tab.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct WhichRefunds {
    /// `pending` (the default: somebody has to decide), `agreed` (paid), `rejected` (ended without money),
    /// `running` (being paid) or `attention` (somebody has to look, or to pay by hand).
    tab: Option<String>,
    /// Rows of a page, 25 unless said otherwise, at most 100.
    limit: Option<usize>,
    /// Where the page before ended.
    cursor: Option<String>,
}

/// A page of a tab.
#[derive(Debug, Serialize, ToSchema)]
struct RefundPage {
    refunds: Vec<RefundRowView>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    counts: RefundCounts,
}

/// How many stand under the tabs in which something is to come.
#[derive(Debug, Serialize, ToSchema)]
struct RefundCounts {
    /// Somebody has to decide.
    pending: CountView,
    /// Being paid.
    running: CountView,
    /// Somebody has to look, or to pay by hand.
    attention: CountView,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_refunds))
}

/// A page of the refunds under a tab, and the counts beside them.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/refunds", operation_id = "list_refunds", tag = "staff",
    params(("shop" = String, Path), WhichRefunds),
    security(("agent" = [])),
    responses(
        (status = 200, body = RefundPage),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn list_refunds(
    State(app): State<App>,
    signed_in: SignedIn,
    Query(which): Query<WhichRefunds>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let signed_in = signed_in.serving()?;
    let (tab, after, limit) = which.checked()?;
    let (shop, now) = (&signed_in.shop().id, app.clock.now());
    let page = app.store.refunds(shop, tab, (after.as_ref(), limit));
    let (page, counts) = tokio::try_join!(page, counts(&app, shop))?;
    let refunds = page.rows.iter().map(|row| RefundRowView::of(row, now)).collect();
    let next = page.next.map(|cursor| cursor.to_string());
    Ok(unless_known(&headers, &RefundPage { refunds, next, counts }))
}

impl WhichRefunds {
    fn checked(&self) -> Result<(RefundTab, Option<OrderCursor>, usize), Problem> {
        let mut fields = Fields::default();
        let tab = match self.tab.as_deref() {
            None | Some("" | "pending") => Some(RefundTab::Pending),
            Some("agreed") => Some(RefundTab::Agreed),
            Some("rejected") => Some(RefundTab::Rejected),
            Some("running") => Some(RefundTab::Running),
            Some("attention") => Some(RefundTab::Attention),
            Some(_) => {
                fields.wrong("tab", FieldCode::UnknownValue);
                None
            }
        };
        let cursor = self.cursor.as_deref().filter(|cursor| !cursor.is_empty());
        let after = cursor.and_then(OrderCursor::parse);
        if cursor.is_some() && after.is_none() {
            fields.wrong("cursor", FieldCode::UnknownValue);
        }
        let limit = self.limit.unwrap_or(DEFAULT_ROWS);
        if !(1..=MOST_ROWS).contains(&limit) {
            fields.wrong("limit", FieldCode::TooMany(MOST_ROWS));
        }
        fields.all_right(tab.map(|tab| (tab, after, limit)))
    }
}

async fn counts(app: &App, shop: &ShopId) -> Result<RefundCounts, Failure> {
    let counted = |part| app.store.count_orders(shop, part, None);
    let (pending, running, attention) = tokio::try_join!(
        counted(OrderPart::RefundsPending),
        counted(OrderPart::RefundsRunning),
        counted(OrderPart::RefundsAttention)
    )?;
    let [pending, running, attention] =
        [pending, running, attention].map(|counted| CountView::up_to(ORDER_COUNT_LIMIT, counted));
    Ok(RefundCounts { pending, running, attention })
}
