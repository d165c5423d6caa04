//! What the schedule calls.

use axum::body::Body;
use domain::ids::{InquiryId, ShopId};
use domain::labels::Alarm;
use http::Request;
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::cloud::Cloud;
use super::events::{answered, schedule};
use crate::contract::table::Outcome;
use crate::support::{TAIPEI, days};

#[tokio::test]
async fn what_came_due_is_enforced_once_however_often_the_schedule_calls() -> Outcome {
    let cloud = Cloud::open("schedule").await?;
    // Asked three days ago, in this process; by the functions' clock it is long overdue.
    cloud.behind(days(3));
    let body = json!({ "category": "logistics", "text": "Where is my parcel?" });
    let asked = Request::post("/v1/shops/taipei/inquiries")
        .header("authorization", format!("Bearer {}", cloud.member("ada")?))
        .body(Body::from(body.to_string()))?;
    let router = common::http::served(local::catalog::routes(), cloud.app.clone());
    let made = router.oneshot(asked).await?.into_body().collect().await?.to_bytes();
    let made: Value = serde_json::from_slice(&made)?;
    let shop = ShopId::parse(TAIPEI)?;
    let id = InquiryId::parse(made["id"].as_str().ok_or("no id")?)?;

    let mut enforce = cloud.function("enforce-deadlines").await?;
    assert_eq!(answered(enforce.invoke(&schedule()).await?), Value::Null);
    let stored = async || cloud.app.store.inquiry(&shop, &id, true).await;
    let first = stored().await?.ok_or("it is gone")?;
    assert!(first.inquiry.raised.has(Alarm::Overdue));

    // Twice, and with whatever the schedule says: it takes no input.
    assert_eq!(answered(enforce.invoke(&schedule()).await?), Value::Null);
    assert_eq!(answered(enforce.invoke(&json!({ "anything": [1, 2] })).await?), Value::Null);
    let later = stored().await?.ok_or("it is gone")?;
    assert_eq!(later.inquiry, first.inquiry);
    Ok(())
}
