//! The demo backend over HTTP: what it lets in, what it keeps, what it tells.

mod calls;

use axum::body::Body;
use common::provider::signed;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::*;
use crate::testing::Folder;

pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn keys() -> Vec<SigningKey> {
    ["old", "new"].map(|id| SigningKey { id: id.to_owned(), secret: format!("the {id} one").into() }).into()
}

/// A backend that takes no time; Kefu is at `url`.
fn backend(folder: &Folder, url: &str) -> Outcome<Backend> {
    let pauses = Pauses { settling: Duration::ZERO, slow: Duration::ZERO, silence: Duration::ZERO };
    let secrets = async |shop: ShopId| Ok(if shop.as_str() == "taipei" { keys() } else { Vec::new() });
    let secrets = move |shop| {
        let secrets = secrets;
        async move { secrets(shop).await }
    };
    Ok(Backend::open(folder.path().join("shop-backend"), url, Clock::system(), pauses, secrets)?)
}

/// Nobody listens there.
const NOWHERE: &str = "http://127.0.0.1:9";

fn pay(attempt: u32) -> Value {
    json!({
        "type": "refund", "shop": "taipei", "order": "A1001", "refund": "A1001-R1", "attempt": attempt,
        "amount": { "minor": 128_000, "currency": "TWD" }, "payment_method": "fps", "reason": "late",
    })
}

fn by(key: &SigningKey, body: &Value) -> Outcome<http::Request<Body>> {
    let body = body.to_string();
    let mut request = http::Request::post(REFUNDS).body(Body::empty())?;
    *request.headers_mut() = signed(key, Clock::system().now(), body.as_bytes())?;
    request.headers_mut().insert(IDEMPOTENCY_KEY, HeaderValue::from_static("A1001-R1"));
    *request.body_mut() = Body::from(body);
    Ok(request)
}

async fn answer(backend: &Backend, request: http::Request<Body>) -> Outcome<(u16, Value)> {
    let response = backend.clone().routes().oneshot(request).await?;
    let status = response.status().as_u16();
    let body = response.into_body().collect().await?.to_bytes();
    Ok((status, serde_json::from_slice(&body).unwrap_or_default()))
}

async fn asked(backend: &Backend, body: &Value) -> Outcome<(u16, Value)> {
    answer(backend, by(&keys()[1], body)?).await
}

async fn get(backend: &Backend, path: &str) -> Outcome<(u16, Value)> {
    answer(backend, http::Request::get(path).body(Body::empty())?).await
}

async fn switch_on(backend: &Backend, faults: Value) -> Outcome<(u16, Value)> {
    let request = http::Request::post("/local/shop-backend/faults").body(Body::from(faults.to_string()))?;
    answer(backend, request).await
}

#[tokio::test]
async fn only_who_shares_a_secret_with_the_shop_is_let_in() -> Outcome {
    let folder = Folder::new("backend")?;
    let backend = backend(&folder, NOWHERE)?;
    let mut wrong = vec![by(&SigningKey { id: "new".to_owned(), secret: b"a guess".to_vec() }, &pay(1))?];
    // Another shop's refund with this shop's secret, and a changed one.
    let mut foreign = pay(1);
    foreign["shop"] = json!("lantern");
    wrong.push(by(&keys()[0], &foreign)?);
    let mut changed = by(&keys()[0], &pay(1))?;
    *changed.body_mut() = Body::from(pay(2).to_string());
    wrong.push(changed);
    for request in wrong {
        assert_eq!(answer(&backend, request).await?.0, 401);
    }
    let mut other_key = by(&keys()[0], &pay(1))?;
    other_key.headers_mut().insert(IDEMPOTENCY_KEY, HeaderValue::from_static("A1001-R2"));
    assert_eq!(answer(&backend, other_key).await?.0, 400);
    assert_eq!(std::fs::read_dir(folder.path().join("shop-backend"))?.count(), 0, "nothing was written");
    for key in keys() {
        let (status, said) = answer(&backend, by(&key, &pay(1))?).await?;
        assert_eq!((status, &said["status"]), (200, &json!("succeeded")), "{}", key.id);
    }
    Ok(())
}

#[tokio::test]
async fn what_was_paid_and_what_goes_wrong_survive_a_restart() -> Outcome {
    let folder = Folder::new("backend")?;
    let before = backend(&folder, NOWHERE)?;
    assert_eq!(asked(&before, &pay(1)).await?.1["reference"], "demo-1");
    switch_on(&before, json!({ "shop": "taipei", "next": ["error_500"], "always": "slow" })).await?;
    let after = backend(&folder, NOWHERE)?;
    assert_eq!(asked(&after, &pay(2)).await?.0, 500);
    let again = asked(&after, &pay(2)).await?;
    assert_eq!(again, (200, json!({ "status": "succeeded", "attempt": 1, "reference": "demo-1" })));
    let (_, ledger) = get(&after, "/local/shop-backend/ledger?shop=taipei").await?;
    let refund = &ledger["refunds"]["A1001-R1"];
    assert_eq!((&refund["paid_count"], &refund["state"]), (&json!(1), &json!("succeeded")));
    assert_eq!(ledger["faults"], json!({ "next": [], "always": "slow" }));
    assert_eq!(get(&after, "/local/shop-backend/ledger?shop=lantern").await?.1["refunds"], json!({}));
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_kept_has_not_happened() -> Outcome {
    let folder = Folder::new("backend")?;
    let backend = backend(&folder, NOWHERE)?;
    // A folder stands where the ledger's draft would.
    let draft = folder.path().join("shop-backend/taipei.new");
    std::fs::create_dir(&draft)?;
    assert_eq!(asked(&backend, &pay(1)).await?.0, 500);
    let ledger = async || get(&backend, "/local/shop-backend/ledger?shop=taipei").await;
    assert_eq!(ledger().await?.1["refunds"], json!({}));
    std::fs::remove_dir(&draft)?;
    assert_eq!(asked(&backend, &pay(1)).await?.0, 200);
    assert_eq!(ledger().await?.1["refunds"]["A1001-R1"]["paid_count"], 1);
    Ok(())
}

#[tokio::test]
async fn faults_are_switched_by_their_words_only() -> Outcome {
    let folder = Folder::new("backend")?;
    let backend = backend(&folder, NOWHERE)?;
    for wrong in [
        json!({ "shop": "taipei", "next": ["explode"] }),
        json!({ "shop": "taipei", "always": "" }),
        json!({ "shop": "taipei", "sometimes": "fail" }),
        json!({ "next": [] }),
    ] {
        assert_eq!(switch_on(&backend, wrong.clone()).await?.0, 422, "{wrong}");
    }
    assert_eq!(switch_on(&backend, json!({ "shop": "../etc" })).await?.0, 404);
    let (_, faults) = switch_on(&backend, json!({ "shop": "taipei", "next": ["fail", "none"] })).await?;
    assert_eq!(faults, json!({ "next": ["fail", "none"], "always": "none" }));
    Ok(())
}

#[tokio::test]
async fn the_page_shows_and_switches_without_scripts() -> Outcome {
    let folder = Folder::new("backend")?;
    let backend = backend(&folder, NOWHERE)?;
    asked(&backend, &pay(1)).await?;
    let pressed = "/local/shop-backend/switch?shop=taipei&fault=late_failure&always=false";
    let response =
        backend.clone().routes().oneshot(http::Request::post(pressed).body(Body::empty())?).await?;
    assert_eq!(
        (response.status(), &response.headers()["location"]),
        (StatusCode::SEE_OTHER, &HeaderValue::from_static("/local/shop-backend?shop=taipei"))
    );
    for (query, expected) in [
        ("?shop=taipei", vec!["A1001-R1", "TWD 1,280", "付款後被退回", "always=true"]),
        ("?shop=%22%3E%3Cscript%3E", vec!["There is no such shop"]),
        ("", vec!["Demo shop backend"]),
    ] {
        let request = http::Request::get(format!("/local/shop-backend{query}")).body(Body::empty())?;
        let response = backend.clone().routes().oneshot(request).await?;
        let (parts, body) = response.into_parts();
        let body = String::from_utf8(body.collect().await?.to_bytes().to_vec())?;
        assert!(expected.iter().all(|it| body.contains(it)), "{query}: {body}");
        assert!(!body.contains("<script") && !body.contains(" style="), "{query}: {body}");
        let policy = parts.headers["content-security-policy"].to_str()?;
        assert!(policy.contains("default-src 'none'") && policy.contains("form-action 'self'"));
        assert_eq!(parts.headers["referrer-policy"], "same-origin", "forms name their origin");
    }
    Ok(())
}
