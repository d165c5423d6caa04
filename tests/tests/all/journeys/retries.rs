//! A command that is sent twice is carried out once (DESIGN: idempotency).

use serde_json::{Value, json};

use crate::support::{Answer, Asked, Call, Desk};

/// Sends it twice, then another body under the same key.
#[track_caller]
fn once(send: impl Fn() -> Answer, other: impl Fn() -> Answer) -> Value {
    let first = send();
    let second = send();
    assert_eq!((second.status, second.json()), (first.status, first.json()));
    other().refused(422, "idempotency_key_reused");
    first.ok()
}

#[test]
fn two_submissions_under_one_key_are_one_inquiry() {
    let desk = Desk::open();
    let send = |text: &str| desk.ada().submission(json!({ "text": text })).key("k1").send();
    once(|| send("Where is my parcel?"), || send("Something else"));
    assert_eq!(desk.ada().lists().len(), 1);
    let bens = desk.ben().submission(json!({ "text": "Where is my parcel?" })).key("k1").send();
    bens.ok();
    assert_eq!(desk.ben().lists().len(), 1, "a key is its sender's own");
}

#[test]
fn a_guests_submission_under_one_key_is_one_inquiry_and_one_mail() {
    let desk = Desk::open();
    for text in ["Short.".to_owned(), "長".repeat(4_000)] {
        let guest = desk.guest(&format!("g{}@example.org", text.len()));
        let send = |text: &str| guest.submission(json!({ "text": text })).key("k1").send();
        let made = once(|| send(&text), || send("Something else"));
        assert_eq!(made["confirmation"], "mail_sent");
        desk.dispatch();
        assert_eq!(desk.mailbox(&guest.email).len(), 1);
        assert_eq!(send(&text).ok(), made, "after the mail went out too");
    }
}

/// An inquiry that that command can be sent to.
fn ready(desk: &Desk, verb: &str) -> Asked {
    let asked = desk.ada().submits("Where is my parcel?");
    desk.mia().takes(&asked);
    match verb {
        "reopen" | "rating" => {
            desk.mia().replies(&asked, "It left today.");
        }
        "unmerge" => {
            let whole = desk.ada().submits("And this?");
            desk.mia().merges(&asked, &whole);
        }
        _ => {}
    }
    asked
}

#[test]
fn every_command_of_staff_under_one_key_is_one_change() {
    let desk = Desk::open();
    let whole = desk.ada().submits("The whole.");
    for (verb, body, other) in [
        (
            "reply",
            json!({ "text": "Yes.", "then": "keep_open" }),
            json!({ "text": "No.", "then": "keep_open" }),
        ),
        (
            "reply",
            json!({ "text": "好".repeat(9_000), "then": "done" }),
            json!({ "text": "No.", "then": "done" }),
        ),
        ("notes", json!({ "text": "Look." }), json!({ "text": "Look away." })),
        ("assign", json!({ "to": "leo", "note": "Yours." }), json!({ "to": "sue" })),
        ("close", json!({ "reason": "test" }), json!({ "reason": "spam" })),
        ("label", json!({ "flag": "red", "add_tags": ["a"] }), json!({ "flag": "blue" })),
        ("reopen", json!({}), json!({ "x": 1 })),
        ("merge", json!({ "into": whole.id }), json!({ "into": "inq_00000000000000000000000000" })),
        ("unmerge", json!({}), json!({ "x": 1 })),
    ] {
        let asked = ready(&desk, verb);
        let seen = desk.mia().version(&asked);
        let call = |body: &Value| desk.mia().command(&asked, verb, body).seeing(seen).key("one").send();
        let (first, second) = (call(&body), call(&body));
        assert_eq!((second.status, second.json()), (first.status, first.json()), "{verb}");
        let entries = first.ok()["entries"].as_array().map_or(0, Vec::len) as u64;
        assert!(entries > 0, "{verb} says what it did");
        assert_eq!(desk.mia().version(&asked), seen + entries, "{verb} happened once");
        let refused = call(&other);
        assert_eq!(refused.status, 422, "{verb}: another body under the same key: {}", refused.text());
        let by_leo = desk.leo().command(&asked, verb, &body).seeing(seen).key("one").send();
        assert_ne!(by_leo.json(), second.json(), "{verb}: a key is its sender's own");
    }
    desk.dispatch();
    assert_eq!(
        desk.mailbox("ada@example.com").len(),
        3,
        "one for each reply, the one to get ready among them"
    );
}

#[test]
fn every_command_of_a_customer_under_one_key_is_one_change() {
    let desk = Desk::open();
    for (verb, body, other) in [
        ("messages", json!({ "text": "Hello?" }), json!({ "text": "Hello!" })),
        ("messages", json!({ "text": "長".repeat(3_000) }), json!({ "text": "Hello!" })),
        ("settle", json!({}), json!({ "x": 1 })),
        ("rating", json!({ "rating": "satisfied" }), json!({ "rating": "neutral" })),
    ] {
        let asked = ready(&desk, verb);
        let seen = desk.mia().version(&asked);
        let call = |body: &Value| desk.ada().command(&asked, verb, body).key("one").send();
        let (first, second) = (call(&body), call(&body));
        assert_eq!((second.status, second.json()), (first.status, first.json()), "{verb}");
        first.ok();
        assert_eq!(desk.mia().version(&asked), seen + 1, "{verb} happened once");
        assert_eq!(call(&other).status, 422, "{verb}: another body under the same key");
    }
}

#[test]
fn a_message_that_opened_a_new_inquiry_opens_one() {
    let desk = Desk::open();
    let asked = ready(&desk, "reopen");
    desk.wait(crate::support::days(31));
    let call =
        |text: &str| desk.ada().command(&asked, "messages", &json!({ "text": text })).key("one").send();
    let made = once(|| call("It never came."), || call("It did."));
    assert_eq!(made["opened_new"], true);
    assert_eq!(desk.ada().lists().len(), 2);
}

#[test]
fn the_same_command_sent_many_times_at_once_is_carried_out_once() {
    let desk = Desk::open();
    let asked = ready(&desk, "reply");
    let seen = desk.mia().version(&asked);
    let body = json!({ "text": "Yes.", "then": "keep_open" });
    let calls: Vec<Call<'_>> =
        (0..5).map(|_| desk.mia().command(&asked, "reply", &body).seeing(seen).key("one")).collect();
    let answers = desk.at_once(calls);
    for answer in &answers {
        assert_eq!((answer.status, answer.json()), (201, answers[0].json()));
    }
    assert_eq!(desk.mia().version(&asked), seen + 1);
    let calls: Vec<Call<'_>> =
        (0..5).map(|_| desk.ben().submission(json!({ "text": "Hello" })).key("one")).collect();
    let made: Vec<_> = desk.at_once(calls).into_iter().map(|answer| answer.ok()["id"].clone()).collect();
    assert!(made.iter().all(|id| *id == made[0]), "{made:?}");
    assert_eq!(desk.ben().lists().len(), 1);
    desk.dispatch();
    assert_eq!(desk.mailbox("ada@example.com").len(), 1);
}
