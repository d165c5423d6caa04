//! An agent writes to a buyer first (SPEC §2.8), and guests see what is theirs.

use serde_json::{Value, json};

use crate::support::{Asked, Desk, days, seconds};

#[test]
fn a_buyer_can_be_written_to_for_60_days_and_answers_like_anybody() {
    let desk = Desk::open();
    desk.places("A1001");
    desk.wait(days(60) - seconds(30));
    assert_eq!(desk.mia().order("A1001")["may_contact"], true);
    let written = desk.mia().contacts("A1001", "The cup comes in blue only. Is that fine?").ok();
    let inquiry = written["inquiry"].as_str().expect("an inquiry").to_owned();
    let asked = Asked { id: inquiry, ..desk.ben().submits("Is it warm?") };
    let header = desk.mia().header(&asked);
    assert_eq!((&header["status"], &header["assignee"]), (&json!("in_conversation"), &json!("mia")));
    assert_eq!((&header["order"], &header["reply_due_at"]), (&json!("A1001"), &Value::Null));
    desk.dispatch();
    assert_eq!(desk.mailbox("ada@example.com").len(), 1);
    desk.ada().follows_up(&asked, "Blue is fine");
    assert_eq!(desk.mia().header(&asked)["status"], "awaiting_reply");

    desk.wait(seconds(31));
    assert_eq!(desk.mia().order("A1001")["may_contact"], false);
    desk.mia().contacts("A1001", "Are you still there?").refused(409, "too_old_to_contact");
}

#[test]
fn after_60_days_only_while_a_refund_or_a_return_is_in_progress() {
    let desk = Desk::open();
    desk.places("A1001");
    desk.wait(days(61));
    desk.mia().contacts("A1001", "Hello").refused(409, "too_old_to_contact");
    desk.ada().asks_refund("A1001", "late");
    desk.mia().contacts("A1001", "Would you rather wait?").ok();
    desk.ada().asks("A1001", "withdraw", &json!({ "refund": 1 })).send().ok();
    desk.mia().contacts("A1001", "Hello").refused(409, "too_old_to_contact");
}

#[test]
fn the_same_sending_writes_once() {
    let desk = Desk::open();
    desk.places("A1001");
    let body = json!({ "text": "The cup comes in blue only" });
    let write = || desk.mia().post("/orders/A1001/contact", &body).key("once").send().ok();
    assert_eq!(write()["inquiry"], write()["inquiry"]);
    desk.dispatch();
    assert_eq!(desk.mailbox("ada@example.com").len(), 1);
}

#[test]
fn a_guest_sees_the_orders_of_the_address_that_they_confirmed_and_by_a_link_only_its_own() {
    let desk = Desk::open();
    let gus = json!({ "name": "Gus Guest", "email": "gus@example.com" });
    for number in ["G-1", "G-2"] {
        let mut order = crate::support::order(&desk, number);
        order["customer"] = gus.clone();
        desk.pushes(&order);
    }
    desk.places("A1001");
    let guest = desk.guest("gus@example.com");
    guest.get("/my/orders").send().refused(401, "unauthorized");
    let asked = guest.submits_with(json!({ "text": "Where is it?", "order": "G-1" }));
    desk.dispatch();
    let confirmed = guest.confirms(&desk.mailbox("gus@example.com")[0].token("confirm")).ok();
    let numbers = |orders: Vec<Value>| {
        let mut all: Vec<String> =
            orders.iter().map(|it| it["number"].as_str().unwrap_or_default().to_owned()).collect();
        all.sort();
        all
    };
    let whole = guest.in_session(&confirmed);
    assert_eq!(numbers(whole.orders()), ["G-1", "G-2"]);
    whole.get("/my/orders/A1001").send().refused(404, "not_found");

    desk.mia().keeps_open(&asked, "It left");
    desk.dispatch();
    let link = desk.mailbox("gus@example.com")[0].token("inquiry");
    let by_link = guest.in_session(&guest.opens(&link).ok());
    assert_eq!(numbers(by_link.orders()), ["G-1"]);
    by_link.get("/my/orders/G-2").send().refused(404, "not_found");
    by_link.asks("G-2", "refund-requests", &json!({ "reason": "late" })).send().refused(404, "not_found");
    let told = by_link.asks_refund("G-1", "changed_mind");
    assert_eq!(told.id, asked.id);
}

#[test]
fn an_order_names_the_inquiries_that_its_customer_asked_about_it() {
    let desk = Desk::open();
    desk.places("A1001");
    let inquiries = || desk.mia().opens("A1001")["inquiries"].take();
    assert_eq!(inquiries(), json!([]));
    let about = |order: &str| desk.ada().submits_with(json!({ "text": "Where is it?", "order": order }));
    let (asked, _other) = (about("A1001"), about("A2002"));
    desk.ben().submits_with(json!({ "text": "And mine?", "order": "A1001" }));
    assert_eq!(inquiries(), json!([asked.id]), "their own about this order, nobody else's, no other");
    desk.ada().asks_refund("A1001", "changed_mind");
    assert_eq!(inquiries().as_array().map(Vec::len), Some(1), "each once");
}
