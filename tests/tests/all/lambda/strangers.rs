//! What a function makes of what it does not know: events of another kind, signatures of nobody, settings that
//! are not there. It says so, and goes on.

use common::provider::{self, sign};
use common::store::{Backend, SigningKey, WebhookSecrets};
use local::lambda::Outcome as Invoked;
use serde_json::{Value, json};

use super::cloud::Cloud;
use super::events::{Reply, Request, batch, failures};
use crate::contract::table::Outcome;
use crate::support::taipei;

fn error(outcome: Invoked) -> Value {
    match outcome {
        Invoked::Failed(error) => error,
        Invoked::Answered(answer) => panic!("it answered {answer}"),
    }
}

#[tokio::test]
async fn an_event_of_another_kind_is_an_error_and_the_process_goes_on() -> Outcome {
    let cloud = Cloud::open("strangers").await?;
    let unknown = [json!({}), json!({ "hello": "world" }), json!([1]), json!("text"), json!(null)];

    let mut list = cloud.function("list-inquiries").await?;
    for event in unknown.iter().chain([&batch(&[("m", "{}")])]) {
        let error = error(list.invoke(event).await?);
        assert!(error["errorType"].is_string() && error["errorMessage"].is_string(), "{error}");
    }
    let mine = Request::get("/v1/shops/taipei/inquiries").agent("mia");
    assert_eq!(Reply::of(list.invoke(mine.event()).await?).status, 200, "and the next one is answered");

    let mut send = cloud.function("send-notice").await?;
    for event in unknown.iter().chain([mine.event()]) {
        let error = error(send.invoke(event).await?);
        assert!(error["errorMessage"].is_string(), "a whole batch comes again: {error}");
    }
    assert_eq!(failures(send.invoke(&batch(&[])).await?), Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn a_call_back_that_nobody_signed_is_refused() -> Outcome {
    let secret = SigningKey { id: "w1".to_owned(), secret: b"a secret of thirty-two bytes or so".to_vec() };
    let mut shop = taipei();
    shop.backend = Backend { webhook_secrets: WebhookSecrets::first(secret.clone()), ..Backend::default() };
    let cloud = Cloud::with("call-backs", shop).await?;
    let mut receive = cloud.function("receive-refund-result").await?;
    let body = json!({ "refund": "A-1-R1", "attempt": 1, "status": "succeeded" });
    let now = cloud.app.clock.now().as_second();
    let signed = |key: &str, at: i64, signature: &str| {
        Request::post("/v1/shops/taipei/refund-results", &body)
            .header(provider::KEY_ID, key)
            .header(provider::TIMESTAMP, &at.to_string())
            .header(provider::SIGNATURE, signature)
            .header(provider::EVENT, "event-1")
    };
    let good = sign(&secret.secret, now, body.to_string().as_bytes());
    let forged = sign(b"another secret, not the shop's", now, body.to_string().as_bytes());
    let late = sign(&secret.secret, now - 3_600, body.to_string().as_bytes());
    for refused in [
        signed("w1", now, &forged),
        signed("w1", now - 3_600, &late),
        signed("w2", now, &good),
        signed("w1", now + 1, &good),
        signed("w1", now, &good).body("{}"),
        Request::post("/v1/shops/taipei/refund-results", &body),
    ] {
        Reply::of(receive.invoke(refused.event()).await?).refused(401, "unauthorized");
    }
    // Signed well, also where the gateway hands the bytes over in base64: there is no such order.
    let believed = signed("w1", now, &good);
    Reply::of(receive.invoke(believed.event()).await?).refused(404, "not_found");
    Reply::of(receive.invoke(believed.in_base64().event()).await?).refused(404, "not_found");
    Ok(())
}

#[tokio::test]
async fn a_function_without_a_setting_ends_and_names_it() -> Outcome {
    let cloud = Cloud::open("settings").await?;
    let needed = [
        ("submit-inquiry", "KEFU_TABLE"),
        ("send-notice", "KEFU_MAIL_FROM"),
        // Without it everybody could come around CloudFront.
        ("list-inquiries", "KEFU_ORIGIN_SECRETS"),
    ];
    for (name, setting) in needed {
        let mut function = cloud.function_without(name, setting).await?;
        assert!(!function.ended().await?.success());
        let log = cloud.log(name)?;
        assert!(log.contains(setting), "{log}");
    }
    Ok(())
}
