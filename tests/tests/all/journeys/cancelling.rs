//! A customer cancels an overdue order, and gets all of it back (SPEC §10.5).

use serde_json::json;

use crate::support::{Desk, days, seconds};

#[test]
fn an_overdue_order_is_cancelled_and_refunded_at_once_and_nobody_has_to_answer() {
    let desk = Desk::open();
    let provider = desk.provider();
    desk.places("A1001");
    desk.ada().asks("A1001", "cancel", &json!({})).send().refused(409, "not_overdue");
    desk.wait_until("2027-03-04T15:59:58Z".parse().expect("a time"));
    desk.ada().asks("A1001", "cancel", &json!({})).send().refused(409, "not_overdue");
    assert_eq!(desk.ada().order("A1001")["can"]["cancel_and_refund"], false);
    assert!(desk.ada().lists().is_empty(), "what is refused opens no inquiry");
    desk.wait(seconds(2));
    assert_eq!(desk.ada().order("A1001")["can"]["cancel_and_refund"], true);

    let asked = desk.ada().cancels("A1001");
    let order = desk.mia().order("A1001");
    assert_eq!((&order["standing"], &order["refunds"][0]["kind"]), (&json!("ended"), &json!("cancelled")));
    assert!(order["cancelled_at"].is_string() && order["closed_to_shipping"] == true);
    desk.executes();
    assert_eq!(provider.paid(), [("A1001-R1".to_owned(), 128_000)], "shipping included");
    let header = desk.mia().header(&asked);
    assert_eq!((&header["status"], &header["ended"]["reason"]), (&json!("replied"), &json!("customer")));
    assert!(header["reply_due_at"].is_null() || !desk.mia().has("list=unassigned", &asked));
    assert_eq!(desk.sue().bell(), ["order_cancelled"]);
    let steps = ["placed", "cancelled", "refund approved", "refund started", "refund succeeded"];
    assert_eq!(desk.mia().order_events("A1001"), steps);
    assert_eq!(desk.mia().told_of_orders(&asked), ["cancelled", "refund approved", "refund succeeded"]);

    desk.mia().ships("A1001").refused(409, "order_ended");
    desk.ada().asks("A1001", "cancel", &json!({})).send().refused(409, "order_ended");
    assert!(!desk.mia().order_list("to_ship").contains(&"A1001".to_owned()));
}

#[test]
fn cancelling_ends_what_waited_for_a_decision_and_pays_all_that_is_left_once() {
    let desk = Desk::open();
    let provider = desk.provider();
    desk.places("A1001");
    let asked = desk.ada().submits("Is the cup in stock?");
    let proof = desk.mia().last_word(&asked);
    desk.mia().refunds("A1001", 28_000, &asked, Some(proof)).ok();
    desk.executes();
    desk.wait(days(4));
    desk.ada().asks_refund("A1001", "late");
    desk.ada().cancels("A1001");
    desk.executes();
    let states: Vec<_> = (1..=3).map(|number| desk.mia().refund("A1001", number)["state"].clone()).collect();
    assert_eq!(states, ["succeeded", "withdrawn", "succeeded"]);
    let paid = provider.paid();
    assert_eq!(paid, [("A1001-R1".to_owned(), 28_000), ("A1001-R3".to_owned(), 100_000)]);
}

#[test]
fn an_overdue_order_that_nobody_paid_is_cancelled_without_a_refund() {
    let desk = Desk::open();
    let provider = desk.provider();
    let mut order = crate::support::order(&desk, "A1001");
    order["paid"] = json!(0);
    order["payment_method"] = json!("cash_on_delivery");
    desk.pushes(&order);
    desk.wait(days(4));
    desk.ada()
        .asks("A1001", "refund-requests", &json!({ "reason": "late" }))
        .send()
        .refused(409, "nothing_left");
    desk.ada().asks("A1001", "cancel", &json!({})).send().ok();
    assert_eq!(desk.mia().order_events("A1001"), ["placed", "cancelled"]);
    desk.executes();
    assert!(provider.asked().is_empty());
}

#[test]
fn a_shipped_or_agreed_later_order_cannot_be_cancelled() {
    let desk = Desk::open();
    for number in ["A-1", "A-2"] {
        desk.places(number);
    }
    let asked = desk.ada().submits_with(json!({ "text": "A week later is fine", "order": "A-2" }));
    let proof = desk.mia().last_word(&asked);
    desk.mia().delays("A-2", "2027-03-10", &asked, Some(proof)).ok();
    desk.wait(days(4));
    desk.mia().ships("A-1").ok();
    desk.ada().asks("A-1", "cancel", &json!({})).send().refused(409, "already_shipped");
    desk.ada().asks("A-2", "cancel", &json!({})).send().refused(409, "not_overdue");
}
