//! Money goes back exactly once: by the shop's backend, or by hand (SPEC §10.6).

use serde_json::json;

use crate::support::{Desk, Does, Provider, seconds};

/// A refund of all of an order was decided.
fn decided(desk: &Desk, number: &str) {
    desk.places(number);
    desk.ada().asks_refund(number, "changed_mind");
    desk.mia().agrees(number, 1);
}

fn paid_once(provider: &Provider) {
    assert_eq!(provider.paid(), [("A1001-R1".to_owned(), 128_000)]);
}

#[test]
fn the_backend_is_asked_with_all_that_it_needs_to_pay() {
    let desk = Desk::open();
    let provider = desk.provider();
    decided(&desk, "A1001");
    desk.executes();
    let amount = json!({ "minor": 128_000, "currency": "TWD" });
    let asked = json!({
        "type": "refund", "shop": "taipei", "order": "A1001", "refund": "A1001-R1", "attempt": 1,
        "amount": amount, "payment_method": "credit_card", "reason": "changed_mind",
    });
    assert_eq!(provider.bodies(), [asked]);
    assert_eq!(provider.asked(), ["refund 1"], "and every word of it was signed");
}

#[test]
fn a_large_amount_that_is_paid_by_hand_is_confirmed_by_two_persons() {
    let desk = Desk::open();
    desk.order_settings(&json!({ "payer": "by_hand", "second_person_above": 100_000 }));
    decided(&desk, "A1001");
    desk.executes();
    let refund = desk.mia().refund("A1001", 1);
    assert_eq!((&refund["state"], &refund["payer"]), (&json!("approved"), &json!("by_hand")));
    assert_eq!(refund["needs_two"], true);
    assert_eq!(desk.mia().refund_list("attention"), ["A1001-R1"]);
    let confirm = json!({ "action": "confirm", "reference": "TX-17" });
    desk.mia().decides("A1001", 1, &confirm).ok();
    let refund = desk.mia().refund("A1001", 1);
    assert_eq!((&refund["state"], &refund["first_confirmed_by"]), (&json!("approved"), &json!("小米")));
    desk.mia().decides("A1001", 1, &confirm).refused(409, "another_person");
    desk.leo().decides("A1001", 1, &confirm).ok();
    let refund = desk.mia().refund("A1001", 1);
    assert_eq!((&refund["state"], &refund["reference"]), (&json!("succeeded"), &json!("TX-17")));
    desk.leo().decides("A1001", 1, &confirm).refused(409, "refund_decided");
    assert_eq!(desk.ada().order("A1001")["refunded"], 128_000);
}

#[test]
fn one_person_confirms_what_is_no_larger_than_the_limit() {
    let desk = Desk::open();
    desk.order_settings(&json!({ "payer": "by_hand", "second_person_above": 128_000 }));
    decided(&desk, "A1001");
    desk.mia().decides("A1001", 1, &json!({ "action": "confirm", "reference": "TX-17" })).ok();
    assert_eq!(desk.mia().refund("A1001", 1)["state"], "succeeded");
    desk.dispatch();
    assert_eq!(desk.mailbox("ada@example.com").len(), 2, "decided, and paid");
}

#[test]
fn nobody_confirms_by_hand_what_the_backend_pays() {
    let desk = Desk::open();
    let provider = desk.provider();
    decided(&desk, "A1001");
    let confirm = json!({ "action": "confirm", "reference": "TX-17" });
    desk.mia().decides("A1001", 1, &confirm).refused(409, "not_by_hand");
    desk.executes();
    desk.mia().decides("A1001", 1, &confirm).refused(409, "refund_decided");
    for action in ["retry", "by_hand", "withdraw", "agree"] {
        desk.mia().decides("A1001", 1, &json!({ "action": action })).refused(409, "refund_decided");
    }
    paid_once(&provider);
}

#[test]
fn what_failed_shows_why_and_is_tried_again_under_the_same_key() {
    let desk = Desk::open();
    let provider = desk.provider();
    provider.will(&[Does::Refuses]);
    decided(&desk, "A1001");
    desk.executes();
    let refund = desk.mia().refund("A1001", 1);
    assert_eq!((&refund["state"], &refund["problem"]), (&json!("failed"), &json!("the card was closed")));
    assert_eq!(refund["attention"], true);
    assert!(desk.sue().bell().contains(&"refund_needs_attention".to_owned()));
    let mine = desk.ada().tracks("A1001");
    assert_eq!(mine["order"]["refunds"][0]["state"], "delayed");
    assert!(!mine.to_string().contains("card was closed"), "the provider's words are the staff's own");
    assert_eq!(desk.mia().order("A1001")["left"], 0, "its amount is held");
    desk.mia().decides("A1001", 1, &json!({ "action": "retry" })).ok();
    desk.executes();
    assert_eq!(provider.asked(), ["refund 1", "refund 2"]);
    paid_once(&provider);
    assert_eq!(desk.mia().refund("A1001", 1)["state"], "succeeded");
}

#[test]
fn what_failed_is_paid_by_hand_or_given_up() {
    let desk = Desk::open();
    let provider = desk.provider();
    provider.will(&[Does::Refuses, Does::Refuses]);
    for number in ["A-1", "A-2"] {
        decided(&desk, number);
        desk.executes();
        assert_eq!(desk.mia().refund(number, 1)["state"], "failed");
    }
    desk.mia().decides("A-1", 1, &json!({ "action": "by_hand" })).ok();
    desk.executes();
    desk.mia().decides("A-1", 1, &json!({ "action": "confirm", "reference": "TX-17" })).ok();
    assert_eq!(desk.mia().refund("A-1", 1)["state"], "succeeded");

    let gives_up = json!({ "action": "reject", "reason": "the account is closed for good" });
    desk.mia().decides("A-2", 1, &gives_up).refused(422, "consent_needed");
    let asked = desk.ada().asked_about(&desk.mia().refund("A-2", 1));
    desk.ada().follows_up(&asked, "Then send it to me, please");
    let mut agreed = gives_up;
    agreed["proof"] = json!(desk.mia().last_word(&asked));
    desk.mia().decides("A-2", 1, &agreed).ok();
    desk.executes();
    let order = desk.mia().order("A-2");
    assert_eq!((&order["refunds"][0]["state"], &order["left"]), (&json!("rejected"), &json!(128_000)));
    assert_eq!(order["standing"], "to_ship");
    assert_eq!(provider.asked(), ["refund 1", "refund 1"]);
    assert!(provider.paid().is_empty());
}

#[test]
fn a_backend_that_accepts_tells_by_a_signed_call_back_which_is_heard_once() {
    let desk = Desk::open();
    let provider = desk.provider();
    provider.will(&[Does::Accepts]);
    decided(&desk, "A1001");
    desk.executes();
    assert_eq!(desk.mia().refund("A1001", 1)["state"], "executing");
    assert_eq!(desk.mia().refund_list("running"), ["A1001-R1"]);

    let body = json!({ "refund": "A1001-R1", "attempt": 1, "status": "succeeded" });
    let at = desk.now().as_second();
    let (key, signature) = provider.signs(at, &body);
    let mut other = body.clone();
    other["attempt"] = json!(2);
    let forged = format!("v1={}", "0".repeat(64));
    for (what, call) in [
        ("changed", desk.call_back(&key, at, &signature, "event-a", &other)),
        ("later", desk.call_back(&key, at + 1, &signature, "event-b", &body)),
        ("forged", desk.call_back(&key, at, &forged, "event-c", &body)),
        ("by another key", desk.call_back("another", at, &signature, "event-d", &body)),
        ("unsigned", desk.post("/v1/shops/taipei/refund-results").json(&body)),
        ("by the API key", desk.post("/v1/shops/taipei/refund-results").token(desk.api_key()).json(&body)),
    ] {
        assert_eq!(call.send().status, 401, "{what}");
    }
    for old in [at - 305, at + 305] {
        let (key, signature) = provider.signs(old, &body);
        desk.call_back(&key, old, &signature, "event-e", &body).send().refused(401, "unauthorized");
    }
    assert_eq!(desk.mia().refund("A1001", 1)["state"], "executing", "none of it was believed");

    let told = provider.tells(&desk, "A1001-R1", 1, "succeeded");
    let heard = told.clone().send().ok();
    assert_eq!(heard, json!({ "refund": "A1001-R1", "state": "succeeded" }));
    told.send().refused(409, "replayed");
    let (key, signature) = provider.signs(at, &body);
    desk.call_back(&key, at, &signature, "event-f", &body).send().ok();
    let renamed = desk.call_back(&key, at, &signature, "event-g", &body).send();
    renamed.refused(409, "replayed");
    assert_eq!(desk.mia().order_events("A1001").iter().filter(|it| *it == "refund succeeded").count(), 1);
    paid_once(&provider);
    desk.wait(seconds(600));
    desk.executes();
    assert_eq!(provider.asked(), ["refund 1"], "nothing is left to ask");
}

#[test]
fn a_call_back_about_what_nobody_asked_for_is_refused() {
    let desk = Desk::open();
    let provider = desk.provider();
    desk.places("A1001");
    desk.ada().asks_refund("A1001", "changed_mind");
    let tell = |refund: &str| {
        let body = json!({ "refund": refund, "attempt": 1, "status": "succeeded" });
        let at = desk.now().as_second();
        let (key, signature) = provider.signs(at, &body);
        desk.call_back(&key, at, &signature, &format!("event-{refund}"), &body).send()
    };
    tell("A1001-R1").refused(409, "never_asked");
    for unknown in ["A1001-R2", "A1002-R1", "A1001", "-R1", "A1001-R99999999999"] {
        tell(unknown).refused(404, "not_found");
    }
    assert_eq!(desk.mia().refund("A1001", 1)["state"], "requested");
}

#[test]
fn a_bank_that_sends_the_money_back_makes_it_a_failed_refund() {
    let desk = Desk::open();
    let provider = desk.provider();
    decided(&desk, "A1001");
    desk.executes();
    assert_eq!(desk.mia().refund("A1001", 1)["state"], "succeeded");
    provider.tells(&desk, "A1001-R1", 1, "failed").send().ok();
    let refund = desk.mia().refund("A1001", 1);
    assert_eq!((&refund["state"], &refund["attention"]), (&json!("failed"), &json!(true)));
    assert_eq!(desk.mia().order("A1001")["refunded"], 0);
}
