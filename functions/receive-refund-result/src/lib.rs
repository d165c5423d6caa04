//! A shop's backend tells what became of a refund (SPEC §10.6), late or again: a signed call-back. A signature that
//! is not the shop's, or older than five minutes, is refused, and so is an event that was heard before.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use common::app::App;
use common::auth::InShop;
use common::problem::{Code, FieldCode, Problem, ProblemDocument};
use common::provider::WhyNot;
use common::store::ShopRecord;
use common::{ids, provider};
use domain::ids::OrderNumber;
use domain::order::Order;
use domain::refund::{Outcome, Report, Source};
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What became of a refund.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RefundResult {
    /// The refund's key: `A1001-R1`.
    #[schema(required)]
    refund: Option<String>,
    /// The attempt that it is about.
    #[schema(required)]
    attempt: Option<u32>,
    /// `succeeded` or `failed`.
    #[schema(required)]
    status: Option<String>,
    /// The provider's reference.
    reference: Option<String>,
    /// Why it failed.
    problem: Option<String>,
}

/// Where the refund stands now.
#[derive(Debug, Serialize, ToSchema)]
struct HeardResult {
    refund: String,
    state: &'static str,
}

/// The route of this use case.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(receive_refund_result))
}

/// A shop's backend tells what became of a refund; signed with a webhook secret.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/refund-results", operation_id = "receive_refund_result", tag = "backend",
    params(
        ("shop" = String, Path), ("Kefu-Timestamp" = String, Header), ("Kefu-Key-Id" = String, Header),
        ("Kefu-Signature" = String, Header), ("Kefu-Event" = String, Header)
    ),
    request_body = RefundResult,
    security(("webhook_signature" = [])),
    responses(
        (status = 200, body = HeardResult),
        (status = "default", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
async fn receive_refund_result(
    State(app): State<App>,
    InShop(kept): InShop,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<HeardResult>, Problem> {
    let now = app.clock.now();
    let check = |record: &ShopRecord| {
        let secrets = record.backend.webhook_secrets.believed();
        provider::verify(&secrets, &headers, &body, now)
    };
    let record = believed(&app, &kept, check).await?;
    let event = headers.get(provider::EVENT).and_then(|value| value.to_str().ok());
    let event = event.filter(|event| (1..=128).contains(&event.len()));
    let event = event.ok_or_else(|| Problem::field("Kefu-Event", FieldCode::Required))?;
    let told: RefundResult = serde_json::from_slice(&body).map_err(|_| Problem::new(Code::InvalidBody))?;
    let key = told.refund.as_deref().unwrap_or_default();
    let not_found = || Problem::new(Code::NotFound);
    let (number, refund) = Order::parse_refund_key(key).ok_or_else(not_found)?;
    let number = OrderNumber::parse(number).map_err(|_| not_found())?;
    let attempt = told.attempt.ok_or_else(|| Problem::field("attempt", FieldCode::Required))?;
    let outcome = match told.status.as_deref() {
        Some("succeeded") => Outcome::Succeeded { reference: provider::reference(told.reference.as_deref()) },
        Some("failed") => Outcome::Failed { why: provider::problem(told.problem.as_deref()) },
        _ => return Err(Problem::field("status", FieldCode::UnknownValue)),
    };
    let report = Report { attempt, outcome, source: Source::CallBack };
    // The event's id is not signed: what was signed is known by itself, too.
    let signed_at = headers.get(provider::TIMESTAMP).map(|value| value.as_bytes()).unwrap_or_default();
    let heard = [ids::fingerprint(&[event.as_bytes()]), ids::fingerprint(&[signed_at, &body])];
    let done = app.store.report_refund(&record.shop, (&number, refund), (&report, &heard), now).await?;
    app.announce_order(&done).await;
    let state = done.record.order.refund(refund).map_or("unknown", |it| it.state.as_str());
    Ok(Json(HeardResult { refund: key.to_owned(), state }))
}

/// The shop as it is now, if one of its secrets signed. What this process remembers may be a minute old: a secret
/// that was made since is not in it, and one that was deleted since still is. Anything else that is wrong costs
/// no reading.
async fn believed(
    app: &App,
    kept: &ShopRecord,
    check: impl Fn(&ShopRecord) -> Result<(), WhyNot>,
) -> Result<Arc<ShopRecord>, Problem> {
    match check(kept) {
        Ok(()) | Err(WhyNot::UnknownKey) => {}
        Err(_) => return Err(Problem::new(Code::Unauthorized)),
    }
    let fresh = app.store.fresh_shop(&kept.shop.id).await?.ok_or_else(|| Problem::new(Code::NotFound))?;
    check(&fresh).map_err(|_| Problem::new(Code::Unauthorized))?;
    Ok(fresh)
}
