//! A later ship date, agreed with the customer (SPEC §10.7).

use serde_json::json;

use crate::support::{Asked, Desk, seconds};

fn talk(desk: &Desk) -> Asked {
    desk.places("A1001");
    let asked = desk.ada().submits_with(json!({ "text": "When does it leave?", "order": "A1001" }));
    desk.mia().takes(&asked);
    asked
}

#[test]
fn a_later_date_holds_only_when_the_customer_agreed_and_is_raised_when_it_passes() {
    let desk = Desk::open();
    let asked = talk(&desk);
    let promised = desk.mia().order("A1001")["ship_by"].clone();
    desk.mia().delays("A1001", "2027-03-10", &asked, None).ok();
    let order = desk.mia().order("A1001");
    assert_eq!(order["ship_by"], promised, "without a proof nothing moves");
    assert_eq!((&order["delay"], &order["proposed_delay"]["date"]), (&json!(null), &json!("2027-03-10")));
    desk.dispatch();
    assert!(desk.mailbox("ada@example.com")[0].text.contains("2027-03-10"));
    assert_eq!(desk.ada().order("A1001")["proposed_delay"]["date"], "2027-03-10");

    desk.ada().answers_delay("A1001", "2027-03-09", true).refused(409, "nothing_proposed");
    desk.ada().answers_delay("A1001", "2027-03-10", true).ok();
    let order = desk.mia().order("A1001");
    let moved = order["ship_by"].as_str().unwrap_or_default();
    assert!(moved.starts_with("2027-03-10T15:59:59"), "the end of the day in Taipei: {moved}");
    assert_eq!((&order["promised_ship_by"], &order["delay"]["date"]), (&promised, &json!("2027-03-10")));
    desk.ada().answers_delay("A1001", "2027-03-10", true).refused(409, "nothing_proposed");
    assert!(!desk.ada().tracks("A1001").to_string().contains("a cup more"), "the terms are the staff's own");

    desk.wait_until("2027-03-10T15:59:58Z".parse().expect("a time"));
    desk.enforces();
    assert_eq!(desk.mia().order("A1001")["overdue"], false);
    assert!(!desk.sue().bell().contains(&"delay_passed".to_owned()));
    desk.wait(seconds(3));
    desk.enforces();
    desk.enforces();
    assert_eq!(desk.mia().order("A1001")["overdue"], true);
    for agent in [desk.mia(), desk.sue()] {
        assert_eq!(agent.bell().iter().filter(|kind| *kind == "delay_passed").count(), 1, "{}", agent.id);
    }
    assert_eq!(
        desk.mia().order_events("A1001"),
        ["placed", "delay_proposed", "delay_agreed", "delay_passed"]
    );
    assert_eq!(desk.mia().told_of_orders(&asked), ["delay_proposed", "delay_agreed", "delay_passed"]);
    assert_eq!(desk.ada().order("A1001")["can"]["cancel_and_refund"], true);
}

#[test]
fn a_date_that_the_customer_does_not_want_moves_nothing() {
    let desk = Desk::open();
    let asked = talk(&desk);
    let promised = desk.mia().order("A1001")["ship_by"].clone();
    desk.mia().delays("A1001", "2027-03-10", &asked, None).ok();
    desk.ada().answers_delay("A1001", "2027-03-10", false).ok();
    let order = desk.mia().order("A1001");
    assert_eq!((&order["ship_by"], &order["proposed_delay"]), (&promised, &json!(null)));
    assert_eq!(desk.ada().steps("A1001"), ["placed", "delay_proposed", "delay_declined"]);
}

#[test]
fn the_customers_own_words_are_a_proof_and_an_agents_are_none() {
    let desk = Desk::open();
    let asked = talk(&desk);
    desk.mia().keeps_open(&asked, "Would a week later be fine?");
    let own = u32::try_from(desk.mia().version(&asked)).expect("a number");
    desk.mia().delays("A1001", "2027-03-10", &asked, Some(own)).refused(422, "not_a_proof");
    desk.ada().follows_up(&asked, "Yes, a week later is fine");
    let proof = desk.mia().last_word(&asked);
    let bens = desk.ben().submits("Yes");
    desk.mia().delays("A1001", "2027-03-10", &bens, Some(1)).refused(404, "not_found");
    desk.mia().delays("A1001", "2027-03-10", &asked, Some(proof)).ok();
    let entries = desk.mia().opens("A1001")["entries"].take();
    assert_eq!(entries[1]["proof"], json!({ "kind": "message", "inquiry": asked.id, "message": proof }));
    assert_eq!(desk.mia().order("A1001")["delay"]["terms"], "a cup more");
}

#[test]
fn a_date_lies_after_the_promise_and_within_180_days() {
    let desk = Desk::open();
    let asked = talk(&desk);
    let delay = |date: &str| desk.mia().delays("A1001", date, &asked, None);
    for early in ["2027-03-04", "2027-03-01", "2026-12-31"] {
        let told = delay(early).refused(422, "delay_date");
        assert_eq!(
            (&told["fields"][0]["field"], &told["fields"][0]["code"]),
            (&json!("date"), &json!("not_later"))
        );
    }
    let told = delay("2027-08-29").refused(422, "delay_date");
    assert_eq!(told["fields"][0]["code"], "too_far");
    delay("2027-08-28").ok();
    delay("2027-03-05").ok();
    assert_eq!(desk.mia().order("A1001")["proposed_delay"]["date"], "2027-03-05", "the last proposal stands");
    desk.mia().ships("A1001").ok();
    delay("2027-03-20").refused(409, "not_to_ship");
    desk.ada().answers_delay("A1001", "2027-03-05", true).refused(409, "nothing_proposed");
}
