//! Kefu's webhooks and the backend's call-backs, over loopback.

use axum::extract::Path;
use common::provider::{About, Answer, EVENT, Patience, WebhookTarget};
use domain::ids::OrderNumber;
use domain::labels::{PaymentMethod, RefundReason};
use domain::money::{Currency, Money};
use domain::refund::{Errand, Outcome as Said};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::*;

/// What Kefu hears: the event, and what it says.
type Heard = UnboundedReceiver<(String, Value)>;

/// A backend and a Kefu that listens, and where the backend is asked.
async fn served(folder: &Folder) -> Outcome<(Backend, String, Heard)> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let (tell, heard) = unbounded_channel();
    let hear = async move |Path(shop): Path<String>, headers: HeaderMap, body: Bytes| {
        let good = verify(&keys()[1..], &headers, &body, Clock::system().now());
        let event = headers.get(EVENT).and_then(|event| event.to_str().ok()).unwrap_or_default().to_owned();
        let body: Value = serde_json::from_slice(&body).unwrap_or_default();
        assert_eq!((good, shop.as_str(), event.len()), (Ok(()), "taipei", 32), "{body}");
        let _ = tell.send((event, body));
        StatusCode::NO_CONTENT
    };
    let backend = backend(folder, &url)?;
    let router = backend.clone().routes().route("/v1/shops/{shop}/refund-results", post(hear));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok((backend, url, heard))
}

async fn ask(url: &str, errand: &Errand) -> Outcome<Answer> {
    let target = WebhookTarget { url: format!("{url}{REFUNDS}"), key: keys()[1].clone() };
    let about = About {
        shop: ShopId::parse("taipei")?,
        order: OrderNumber::parse("A1001")?,
        payment_method: PaymentMethod::Fps,
        reason: RefundReason::Late,
    };
    let webhook = Webhook::new(true, Patience::default());
    Ok(webhook.ask(&target, errand, &about, Clock::system().now()).await)
}

fn to_pay(attempt: u32) -> Outcome<Errand> {
    let amount = Money { minor: 128_000, currency: Currency::parse("TWD")? };
    Ok(Errand::Pay { key: "A1001-R1".to_owned(), amount, attempt })
}

fn status(attempt: u32) -> Errand {
    Errand::Ask { key: "A1001-R1".to_owned(), attempt }
}

async fn told(heard: &mut Heard) -> Outcome<(String, Value)> {
    Ok(tokio::time::timeout(Duration::from_secs(30), heard.recv()).await?.ok_or("nobody listens")?)
}

#[tokio::test]
async fn a_lost_answer_is_found_by_asking() -> Outcome {
    let folder = Folder::new("backend")?;
    let (backend, url, _heard) = served(&folder).await?;
    for (number, fault) in ["timeout_after_success", "error_500_after_success"].into_iter().enumerate() {
        switch_on(&backend, json!({ "shop": "taipei", "next": [fault] })).await?;
        assert_eq!(ask(&url, &to_pay(1)?).await?.outcome, Said::Unknown, "{fault}");
        let paid = Said::Succeeded { reference: Some("demo-1".to_owned()) };
        assert_eq!(ask(&url, &status(1)).await?, Answer { attempt: 1, outcome: paid }, "{number}");
    }
    Ok(())
}

#[tokio::test]
async fn a_call_that_was_refused_was_never_made() -> Outcome {
    let folder = Folder::new("backend")?;
    let (backend, url, _heard) = served(&folder).await?;
    for fault in ["error_500", "conflict_409", "too_many_429"] {
        switch_on(&backend, json!({ "shop": "taipei", "next": [fault] })).await?;
        assert_eq!(ask(&url, &to_pay(1)?).await?.outcome, Said::Unknown, "{fault}");
        assert_eq!(ask(&url, &status(1)).await?, Answer { attempt: 1, outcome: Said::NotFound }, "{fault}");
    }
    Ok(())
}

#[tokio::test]
async fn what_is_accepted_is_told_when_it_ends() -> Outcome {
    let folder = Folder::new("backend")?;
    let (backend, url, mut heard) = served(&folder).await?;
    switch_on(&backend, json!({ "shop": "taipei", "next": ["accept_then_fail", "accept_then_succeed"] }))
        .await?;
    let expected = [
        json!({ "refund": "A1001-R1", "attempt": 1, "status": "failed", "problem": "the bank declined" }),
        json!({ "refund": "A1001-R1", "attempt": 2, "status": "succeeded", "reference": "demo-1" }),
    ];
    for (attempt, expected) in (1..).zip(expected) {
        assert_eq!(ask(&url, &to_pay(attempt)?).await?.outcome, Said::Accepted);
        assert_eq!(told(&mut heard).await?.1, expected);
    }
    Ok(())
}

#[tokio::test]
async fn call_backs_come_early_late_twice_and_in_the_wrong_order() -> Outcome {
    let folder = Folder::new("backend")?;
    let (backend, url, mut heard) = served(&folder).await?;
    let next = ["late_failure", "duplicate_call_backs"];
    switch_on(&backend, json!({ "shop": "taipei", "next": next })).await?;
    assert!(matches!(ask(&url, &to_pay(1)?).await?.outcome, Said::Succeeded { .. }));
    assert_eq!(told(&mut heard).await?.1["status"], "failed");
    assert_eq!(ask(&url, &to_pay(2)?).await?.outcome, Said::Accepted);
    let first = told(&mut heard).await?;
    assert_eq!((&first.1["status"], &first.1["attempt"]), (&json!("succeeded"), &json!(2)));
    for _ in 0..2 {
        assert_eq!(told(&mut heard).await?, first, "the same event");
    }
    Ok(())
}

#[tokio::test]
async fn the_order_of_call_backs_can_be_wrong_and_they_may_overtake_the_answer() -> Outcome {
    let folder = Folder::new("backend")?;
    let (backend, url, mut heard) = served(&folder).await?;
    let next = ["out_of_order_call_backs", "early_call_back"];
    switch_on(&backend, json!({ "shop": "taipei", "next": next })).await?;
    assert_eq!(ask(&url, &to_pay(1)?).await?.outcome, Said::Accepted);
    let (failed, paid) = (told(&mut heard).await?, told(&mut heard).await?);
    assert_eq!((&failed.1["status"], &paid.1["status"]), (&json!("failed"), &json!("succeeded")));
    assert_ne!(failed.0, paid.0, "two events");
    assert!(matches!(ask(&url, &to_pay(2)?).await?.outcome, Said::Succeeded { .. }));
    assert_eq!(heard.try_recv()?.1["status"], "succeeded", "it was told before the answer");
    Ok(())
}

#[tokio::test]
async fn many_at_once_are_one_payment() -> Outcome {
    let folder = Folder::new("backend")?;
    let (backend, url, _heard) = served(&folder).await?;
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (url, errand) = (url.clone(), to_pay(1)?);
        calls.spawn(async move { ask(&url, &errand).await });
    }
    while let Some(answer) = calls.join_next().await {
        assert!(matches!(answer??.outcome, Said::Succeeded { .. }));
    }
    let (_, ledger) = get(&backend, "/local/shop-backend/ledger?shop=taipei").await?;
    assert_eq!(ledger["refunds"]["A1001-R1"]["paid_count"], 1);
    Ok(())
}
