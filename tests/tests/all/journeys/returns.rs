//! Goods go back, for money or for another (SPEC §10.10).

use serde_json::{Value, json};

use crate::support::{Desk, days, hours, seconds};

/// An order that left, and arrived just now.
fn delivered(desk: &Desk) -> Value {
    let mut order = desk.places("A1001");
    let now = desk.now().to_string();
    let changes = json!({ "shipped_at": now, "delivered_at": now });
    desk.pushes_change(&mut order, &changes).ok();
    order
}

fn subjects(desk: &Desk) -> usize {
    desk.dispatch();
    desk.mailbox("ada@example.com").len()
}

#[test]
fn a_return_goes_from_the_request_to_the_money_and_each_step_is_told() {
    let desk = Desk::open();
    let provider = desk.provider();
    delivered(&desk);
    assert_eq!(desk.ada().order("A1001")["can"]["return"], true);
    let asked = desk.ada().sends_back("A1001", "return", "tea", 1);
    assert_eq!(desk.mia().header(&asked)["category"], "return_exchange");
    assert_eq!(desk.sue().bell(), ["decision_needed"]);
    assert_eq!(desk.mia().order_list("reverse"), ["A1001"]);
    let mia = desk.mia();
    let mut mails = subjects(&desk);
    let mut steps = |decision: Value, state: &str, told: bool| {
        mia.takes_return("A1001", &decision).ok();
        assert_eq!(mia.order("A1001")["returns"][0]["state"], state);
        let now = subjects(&desk);
        assert_eq!(now - mails, usize::from(told), "{state}");
        mails = now;
    };
    steps(json!({ "action": "accept" }), "accepted", true);
    steps(json!({ "action": "arrange_pick_up", "details": "Tuesday, 黑貓" }), "pick_up_arranged", true);
    steps(json!({ "action": "arrange_pick_up", "details": "Wednesday, 黑貓" }), "pick_up_arranged", true);
    assert_eq!(desk.ada().order("A1001")["returns"][0]["pick_up"], "Wednesday, 黑貓");
    steps(json!({ "action": "receive" }), "received", true);
    steps(json!({ "action": "refund" }), "refunded", true);
    desk.executes();
    assert_eq!(provider.paid(), [("A1001-R1".to_owned(), 50_000)]);
    let refund = mia.refund("A1001", 1);
    assert_eq!(
        (&refund["kind"], &refund["return"], &refund["reason"]),
        (&json!("return"), &json!(1), &json!("return"))
    );
    let told = [
        "return requested",
        "return accepted",
        "return pick_up_arranged",
        "return pick_up_arranged",
        "return received",
        "refund approved",
        "return refunded",
        "refund succeeded",
    ];
    assert_eq!(mia.told_of_orders(&asked), told);
    mia.takes_return("A1001", &json!({ "action": "refund" })).refused(409, "return_moved_on");
}

#[test]
fn within_seven_days_of_delivery_no_reason_is_needed_where_the_product_allows_it() {
    let desk = Desk::open();
    delivered(&desk);
    let asks = |items: Value, reason: Option<&str>| {
        let mut body = json!({ "kind": "return", "items": items });
        if let Some(reason) = reason {
            body["reason"] = json!(reason);
        }
        desk.ada().asks("A1001", "returns", &body).send()
    };
    let (tea, cup) = (json!({ "product": "tea", "quantity": 1 }), json!({ "product": "cup", "quantity": 1 }));
    assert_eq!(desk.ada().order("A1001")["can"]["return_without_reason"], json!(["tea"]));
    for items in [json!([cup]), json!([tea, cup])] {
        asks(items.clone(), None).refused(422, "reason_too_short");
        asks(items, Some("too small")).refused(422, "reason_too_short");
    }
    asks(json!([tea]), None).ok();
    desk.ada().asks("A1001", "withdraw", &json!({ "return": 1 })).send().ok();
    desk.wait(days(7) - seconds(30));
    asks(json!([tea]), None).ok();
    desk.ada().asks("A1001", "withdraw", &json!({ "return": 2 })).send().ok();
    desk.wait(seconds(31));
    asks(json!([tea]), None).refused(422, "reason_too_short");
    assert_eq!(desk.ada().order("A1001")["can"]["return_without_reason"], json!([]));
    asks(json!([tea]), Some("It smells of soap")).ok();
}

#[test]
fn only_what_was_bought_and_left_can_go_back_and_once() {
    let desk = Desk::open();
    desk.places("A1001");
    let asks = |product: &str, quantity: u64| {
        let items = json!([{ "product": product, "quantity": quantity }]);
        let body = json!({ "kind": "return", "items": items, "reason": "It is not what I hoped for" });
        desk.ada().asks("A1001", "returns", &body).send()
    };
    asks("tea", 1).refused(409, "not_shipped");
    desk.mia().ships("A1001").ok();
    for (product, quantity) in [("tea", 3), ("tea", 0), ("pot", 1), ("", 1)] {
        asks(product, quantity).refused(422, "not_returnable");
    }
    asks("tea", 1).ok();
    asks("tea", 1).refused(409, "return_open");
    let mia = desk.mia();
    let refused = |decision: Value, status, code| mia.takes_return("A1001", &decision).refused(status, code);
    // What a customer asks for is rejected, with a reason.
    refused(json!({ "action": "withdraw" }), 409, "return_moved_on");
    refused(json!({ "action": "receive" }), 409, "return_moved_on");
    refused(json!({ "action": "refund" }), 409, "return_moved_on");
    mia.takes_return("A1001", &json!({ "action": "accept" })).ok();
    mia.takes_return("A1001", &json!({ "action": "receive" })).ok();
    let ended = desk.ada().asks("A1001", "withdraw", &json!({ "return": 1 })).send();
    ended.refused(409, "return_moved_on");
    let replaced = json!({ "action": "replace", "carrier": "黑貓", "tracking": "TW-2" });
    refused(replaced, 409, "not_an_exchange");
    let less = json!({ "action": "refund", "amount": { "minor": 49_999, "currency": "TWD" } });
    refused(less, 422, "consent_needed");
    let more = json!({ "action": "refund", "amount": { "minor": 128_001, "currency": "TWD" } });
    refused(more, 422, "more_than_left");
    mia.takes_return("A1001", &json!({ "action": "refund" })).ok();
    asks("tea", 2).refused(422, "not_returnable");
    asks("tea", 1).ok();
}

#[test]
fn an_exchange_ends_with_a_replacement_under_way() {
    let desk = Desk::open();
    desk.places("A1001");
    desk.mia().ships("A1001").ok();
    desk.wait(hours(30));
    let asked = desk.ada().sends_back("A1001", "exchange", "cup", 1);
    let mia = desk.mia();
    for decision in [json!({ "action": "accept" }), json!({ "action": "receive" })] {
        mia.takes_return("A1001", &decision).ok();
    }
    mia.takes_return("A1001", &json!({ "action": "replace", "carrier": "黑貓", "tracking": "TW-2" })).ok();
    let mine = desk.ada().order("A1001")["returns"][0].take();
    assert_eq!((&mine["state"], &mine["kind"]), (&json!("replaced"), &json!("exchange")));
    assert_eq!(mine["replacement"], json!({ "carrier": "黑貓", "number": "TW-2" }));
    assert_eq!(subjects(&desk), 3, "accepted, received, replaced");
    assert!(desk.mailbox("ada@example.com")[0].text.contains("TW-2"));
    assert_eq!(mia.told_of_orders(&asked).last().map(String::as_str), Some("return replaced"));
    assert_eq!(mia.order("A1001")["left"], 128_000);
    desk.ada().sends_back("A1001", "return", "cup", 1);
    assert_eq!(mia.order("A1001")["returns"][1]["state"], "requested", "the replacement may go back, too");
}

#[test]
fn a_return_is_rejected_for_a_reason_that_the_customer_reads() {
    let desk = Desk::open();
    desk.places("A1001");
    desk.mia().ships("A1001").ok();
    let asked = desk.ada().submits("The cup is chipped");
    let items = json!([{ "product": "cup", "quantity": 1 }]);
    let body = json!({ "kind": "return", "items": items, "reason": "It came chipped", "inquiry": asked.id });
    let bens = desk.ben().submits("Is it warm?");
    let mut foreign = body.clone();
    foreign["inquiry"] = json!(bens.id);
    desk.mia().does("A1001", "returns", &foreign).refused(404, "not_found");
    desk.mia().does("A1001", "returns", &body).ok();
    assert_eq!(subjects(&desk), 1, "the shop opened it, so they are told");
    let reject =
        |reason: &str| desk.mia().takes_return("A1001", &json!({ "action": "reject", "reason": reason }));
    reject("No.").refused(422, "reason_too_short");
    let reason = "The picture shows another cup";
    reject(reason).ok();
    assert_eq!(desk.ada().order("A1001")["returns"][0]["rejection"], reason);
    desk.dispatch();
    assert!(desk.mailbox("ada@example.com")[0].text.contains(reason));
    desk.mia().takes_return("A1001", &json!({ "action": "accept" })).refused(409, "return_moved_on");
    desk.mia().does("A1001", "returns/2", &json!({ "action": "accept" })).refused(404, "not_found");
}
