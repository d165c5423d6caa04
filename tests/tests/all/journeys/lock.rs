//! History, and the lock after 30 days in it (SPEC §3.3, §3.4).

use serde_json::json;

use crate::support::{Desk, days, seconds};

#[test]
fn a_customers_message_takes_it_back_from_history_to_the_same_agent_who_is_there() {
    let desk = Desk::open();
    desk.leo().is_here();
    let asked = desk.ada().submits("Where is my parcel?");
    desk.mia().takes(&asked);
    desk.mia().replies(&asked, "It left today.");
    assert_eq!(desk.mia().header(&asked)["ended"]["reason"], "answered");

    desk.wait(days(29));
    desk.mia().is_here();
    desk.leo().is_here();
    let answer = desk.ada().follows_up(&asked, "It is not here.");
    desk.distributes();
    assert_eq!(answer["opened_new"], false);
    assert_eq!(answer["inquiry"]["status"], "awaiting_reply");
    let header = desk.mia().header(&asked);
    assert_eq!((&header["assignee"], &header["unread"]), (&json!("mia"), &json!(true)));
    assert!(header["ended"].is_null() && header["locks_at"].is_null());
    assert!(desk.mia().has("list=mine", &asked) && !desk.mia().has("list=history", &asked));
}

#[test]
fn thirty_days_after_the_end_a_message_opens_a_linked_new_inquiry() {
    let desk = Desk::open();
    let old = desk.ada().submits_with(json!({
        "text": "Where is my parcel?", "source": "order", "order": "A-1001", "category": "order",
    }));
    desk.mia().takes(&old);
    desk.mia().replies(&old, "It left today.");
    desk.wait(days(30) - seconds(5));
    assert_eq!(desk.ada().shows(&old)["locked"], false);
    desk.wait(seconds(5));
    assert_eq!(desk.ada().shows(&old)["locked"], true);

    let answer = desk.ada().follows_up(&old, "It never came.");
    assert_eq!(answer["opened_new"], true);
    let new = &answer["inquiry"];
    assert_ne!(new["id"], old.id);
    assert_eq!(new["follows"], old.id);
    let carried = (&new["source"], &new["order"], &new["category"], &new["status"]);
    assert_eq!(carried, (&json!("order"), &json!("A-1001"), &json!("order"), &json!("awaiting_reply")));
    assert_eq!(desk.ada().lists().len(), 2);

    let seen = desk.mia().ids("list=unassigned");
    assert_eq!(seen, [new["id"].as_str().unwrap_or_default()], "a new arrival, in nobody's hands");
    assert_eq!(desk.mia().header(&old)["locked"], true, "the old one stays as it was");
}

#[test]
fn after_the_lock_no_agent_can_do_anything_but_read() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Where is my parcel?");
    desk.mia().replies(&asked, "It left today.");
    let before = desk.mia().timeline(&asked);
    desk.wait(days(30));
    for (verb, body) in [
        ("reply", json!({ "text": "Late.", "then": "done" })),
        ("notes", json!({ "text": "Late." })),
        ("reopen", json!({})),
        ("close", json!({})),
        ("assign", json!({ "to": "leo" })),
        ("label", json!({ "flag": "red" })),
    ] {
        let problem = desk.mia().tries(&asked, verb, &body).refused(409, "inquiry_locked");
        assert_eq!(problem["current"]["locked"], true, "{verb} says how it stands");
    }
    assert_eq!(desk.mia().timeline(&asked), before);
    assert_eq!(desk.ada().rates(&asked, "satisfied")["rating"], "satisfied", "a rating comes late too");
}

#[test]
fn answering_from_history_starts_the_thirty_days_anew() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Where is my parcel?");
    desk.mia().replies(&asked, "It left today.");
    desk.wait(days(29));
    desk.leo().replies(&asked, "Did it come?");
    desk.wait(days(29));
    assert_eq!(desk.ada().follows_up(&asked, "Yes!")["opened_new"], false);
}

#[test]
fn reopening_gives_the_wait_back_that_it_had() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Where is my parcel?");
    let since = desk.mia().header(&asked)["waiting_since"].clone();
    desk.mia().closes_as(&asked, "test");
    assert!(desk.mia().header(&asked)["waiting_since"].is_null());
    desk.wait(days(2));
    desk.mia().reopens(&asked);
    let header = desk.mia().header(&asked);
    assert_eq!((&header["status"], &header["waiting_since"]), (&json!("awaiting_reply"), &since));
    desk.mia().tries(&asked, "reopen", &json!({})).refused(409, "not_ended");
}

#[test]
fn thirty_days_are_thirty_days_over_a_leap_day_too() {
    let desk = Desk::at("2028-02-15T16:00:00Z");
    let asked = desk.ada().submits("Where is my parcel?");
    desk.mia().replies(&asked, "It left today.");
    assert_eq!(desk.mia().header(&asked)["locks_at"], "2028-03-16T16:00:00Z");
    desk.wait_until("2028-03-16T15:59:58Z".parse().expect("a time"));
    assert_eq!(desk.ada().follows_up(&asked, "In time.")["opened_new"], false);
}
