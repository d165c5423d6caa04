//! How an inquiry ends, and how it was (SPEC §3.1, §3.2, §3.8, §11).

use serde_json::json;

use crate::support::Desk;

#[test]
fn closing_stores_no_message_and_sends_nothing() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Just saying hello.");
    desk.mia().tries(&asked, "close", &json!({})).refused(422, "reason_needed");
    desk.mia().tries(&asked, "close", &json!({ "reason": "other" })).refused(422, "detail_needed");
    desk.mia().tries(&asked, "close", &json!({ "reason": "timeout" })).refused(422, "reason_needed");
    desk.mia().closes_as(&asked, "spam");
    assert!(desk.drops_messages().is_empty());
    desk.dispatch();
    assert!(desk.mailbox("ada@example.com").is_empty());
    assert_eq!(desk.ada().reads(&asked), ["Just saying hello."]);
    let shown = desk.ada().shows(&asked);
    assert_eq!((&shown["status"], &shown["ended"]["reason"]), (&json!("replied"), &json!("other")));
    let header = desk.mia().header(&asked);
    assert_eq!((&header["ended"]["reason"], &header["answered"]), (&json!("spam"), &json!(false)));
    desk.mia().tries(&asked, "close", &json!({ "reason": "spam" })).refused(409, "already_ended");
}

#[test]
fn what_was_answered_closes_as_resolved() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Is it in stock?");
    desk.mia().keeps_open(&asked, "I am looking.");
    desk.mia().closes_as(&asked, "spam");
    assert_eq!(desk.mia().header(&asked)["ended"]["reason"], "resolved", "whatever was given");
    desk.mia().reopens(&asked);
    desk.mia().closes(&asked);
    assert_eq!(desk.mia().header(&asked)["ended"]["reason"], "resolved");
}

#[test]
fn a_customer_settles_and_rates_once() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Is it in stock?");
    let early = json!({ "rating": "neutral" });
    desk.ada().command(&asked, "rating", &early).send().refused(409, "not_ended");
    let settled = desk.ada().settles(&asked);
    assert_eq!((&settled["ended"]["reason"], &settled["can_rate"]), (&json!("customer"), &json!(true)));
    desk.ada().command(&asked, "settle", &json!({})).send().refused(409, "already_ended");

    let body = json!({ "rating": "very_satisfied", "comment": "太好了" });
    let rated = desk.ada().command(&asked, "rating", &body).send().ok();
    assert_eq!((&rated["rating"], &rated["can_rate"]), (&json!("very_satisfied"), &json!(false)));
    desk.ada().command(&asked, "rating", &early).send().refused(409, "already_rated");
    let seen = desk.mia().header(&asked);
    assert_eq!((&seen["rating"]["rating"], &seen["rating"]["comment"]), (&body["rating"], &body["comment"]));
    assert!(!desk.mia().has("list=unassigned", &asked) && desk.mia().has("list=history", &asked));
}
