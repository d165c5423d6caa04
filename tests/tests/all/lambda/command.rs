//! What the owner of a deployment calls by hand.

use serde_json::{Value, json};

use super::cloud::Cloud;
use super::events::{Reply, Request, answered};
use crate::contract::table::Outcome;

fn shop(members: &Value) -> Value {
    json!({ "id": "harbour", "name": "港口選物", "members": members })
}

#[tokio::test]
async fn a_shop_is_made_and_changed_and_its_people_may_work() -> Outcome {
    let cloud = Cloud::open("command").await?;
    let mut put = cloud.function("put-shop").await?;
    let zoe = json!({ "id": "zoe", "nickname": "Zoe", "role": "owner", "service": true });
    let made = answered(put.invoke(&shop(&json!([zoe]))).await?);
    assert!(made["id"] == "harbour" && made["key"].is_string(), "{made}");

    let mut list = cloud.function("list-inquiries").await?;
    let all = || Request::get("/v1/shops/harbour/inquiries?list=all");
    assert_eq!(Reply::of(list.invoke(all().agent("zoe").event()).await?).status, 200);
    Reply::of(list.invoke(all().agent("max").event()).await?).refused(404, "not_found");

    let wrong = json!({ "id": "max", "nickname": "Max", "role": "boss" });
    let refused = answered(put.invoke(&shop(&json!([zoe, wrong]))).await?);
    assert_eq!(
        (&refused["code"], &refused["fields"][0]["field"]),
        (&json!("invalid_fields"), &json!("members[1].role"))
    );

    let max = json!({ "id": "max", "nickname": "Max", "role": "owner" });
    let changed = answered(put.invoke(&shop(&json!([max]))).await?);
    assert_eq!((&changed["key_id"], &changed["key"]), (&made["key_id"], &json!(null)));
    // A process that remembers nothing yet.
    let mut fresh = cloud.function("list-inquiries").await?;
    assert_eq!(Reply::of(fresh.invoke(all().agent("max").event()).await?).status, 200);
    Reply::of(fresh.invoke(all().agent("zoe").event()).await?).refused(404, "not_found");

    let log = cloud.log("put-shop")?;
    let key = made["key"].as_str().ok_or("no key")?;
    assert!(!log.contains(key), "the key is logged: {log}");
    Ok(())
}

#[tokio::test]
async fn a_word_that_there_is_not_is_named() -> Outcome {
    let cloud = Cloud::open("misspelled").await?;
    let mut put = cloud.function("put-shop").await?;
    let local::lambda::Outcome::Failed(failed) = put.invoke(&json!({ "id": "harbour", "nmae": "?" })).await?
    else {
        return Err("it was taken".into());
    };
    assert!(failed["errorMessage"].as_str().is_some_and(|text| text.contains("nmae")), "{failed}");
    Ok(())
}
