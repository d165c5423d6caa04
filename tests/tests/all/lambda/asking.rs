//! From a member's question to the mail with its answer, each step in the process that Lambda would run.

use serde_json::json;

use super::cloud::Cloud;
use super::events::{Reply, Request, batch, failures};
use crate::contract::table::Outcome;

const TEXT: &str = "Where is my parcel? Please look.";
const ANSWER: &str = "It left today, in the afternoon.";

#[tokio::test]
async fn a_member_asks_is_answered_and_gets_one_mail() -> Outcome {
    let cloud = Cloud::open("asking").await?;
    let mut submit = cloud.function("submit-inquiry").await?;
    let body = json!({ "category": "logistics", "text": TEXT });
    let ask = Request::post("/v1/shops/taipei/inquiries", &body)
        .token(&cloud.member("ada")?)
        .header("idempotency-key", "the-first");
    let made = Reply::of(submit.invoke(ask.event()).await?).ok();
    assert_eq!(made["confirmation"], "not_needed");
    let id = made["id"].as_str().ok_or("no id")?.to_owned();

    // The same process, once more: the request was repeated, and is the same inquiry.
    let again = Reply::of(submit.invoke(ask.in_base64().event()).await?);
    assert_eq!((again.status, &again.body["id"]), (201, &made["id"]));
    assert_eq!(again.headers["cache-control"], "no-store");

    let mut list = cloud.function("list-inquiries").await?;
    let unassigned = Request::get("/v1/shops/taipei/inquiries?list=unassigned&counts=true").agent("mia");
    let listed = Reply::of(list.invoke(unassigned.event()).await?).ok();
    assert_eq!(listed["inquiries"].as_array().map(Vec::len), Some(1));
    assert_eq!(listed["inquiries"][0]["id"], made["id"]);
    assert_eq!(listed["counts"]["unassigned"], 1);
    let version = listed["inquiries"][0]["version"].as_u64().ok_or("no version")?;

    let mut reply = cloud.function("reply-to-inquiry").await?;
    let answer = json!({ "text": ANSWER, "then": "done" });
    let answers = Request::post(&format!("/v1/shops/taipei/inquiries/{id}/reply"), &answer);
    let answers = answers.agent("mia").header("if-match", &format!("\"{version}\""));
    let answered = Reply::of(reply.invoke(answers.event()).await?);
    assert_eq!((answered.status, &answered.body["inquiry"]["status"]), (201, &json!("replied")));
    assert_eq!(cloud.mails().await?.len(), 0, "a reply sends nothing itself");

    let owed = cloud.owed().await?;
    let [notice] = owed.as_slice() else { return Err(format!("{} notices", owed.len()).into()) };
    let mut send = cloud.function("send-notice").await?;
    let delivered = batch(&[("first-delivery", notice.as_str())]);
    assert_eq!(failures(send.invoke(&delivered).await?), Vec::<String>::new());
    let mails = cloud.mails().await?;
    let [mail] = mails.as_slice() else { return Err(format!("{} mails", mails.len()).into()) };
    assert_eq!(mail["To"], json!(["ada@example.com"]));
    assert!(mail["BodyText"].as_str().is_some_and(|text| text.contains(ANSWER)), "{mail}");

    // The queue may deliver a message twice.
    let twice = batch(&[("second-delivery", notice.as_str())]);
    assert_eq!(failures(send.invoke(&twice).await?), Vec::<String>::new());
    assert_eq!(cloud.mails().await?.len(), 1, "there is nothing left to send");

    for name in ["submit-inquiry", "list-inquiries", "reply-to-inquiry", "send-notice"] {
        let log = cloud.log(name)?;
        for private in [TEXT, ANSWER, "ada@example.com", "Lovelace"] {
            assert!(!log.contains(private), "{name} logs {private}: {log}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn the_gateways_claims_say_who_asks_and_the_shop_who_may() -> Outcome {
    let cloud = Cloud::open("claims").await?;
    let mut list = cloud.function("list-inquiries").await?;
    let mine = || Request::get("/v1/shops/taipei/inquiries?list=mine");
    assert_eq!(Reply::of(list.invoke(mine().agent("mia").event()).await?).status, 200);
    let all = Request::get("/v1/shops/taipei/inquiries?list=all");
    Reply::of(list.invoke(all.clone().agent("mia").event()).await?).refused(403, "forbidden");
    assert_eq!(Reply::of(list.invoke(all.agent("sue").event()).await?).status, 200);
    Reply::of(list.invoke(mine().agent("nora").event()).await?).refused(404, "not_found");
    Reply::of(list.invoke(mine().event()).await?).refused(401, "unauthorized");
    // An ID token passes the authorizer as an access token does.
    Reply::of(list.invoke(mine().claiming("mia", "id").event()).await?).refused(401, "unauthorized");
    // Whoever comes around CloudFront does not know what it knows, whatever the gateway says of them.
    let around = mine().agent("mia").without("x-kefu-origin");
    Reply::of(list.invoke(around.event()).await?).refused(403, "forbidden");
    // A token that only the local host would look at opens nothing.
    let forged = mine().token("eyJhbGciOiJub25lIn0.eyJzdWIiOiJtaWEifQ.");
    Reply::of(list.invoke(forged.event()).await?).refused(401, "unauthorized");
    Ok(())
}
