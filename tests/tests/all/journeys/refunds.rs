//! A customer asks for money, the shop offers it, and both agree (SPEC §10.3, §10.4).

use serde_json::json;

use crate::support::{Desk, days, hours};

#[test]
fn a_request_opens_an_inquiry_and_what_is_agreed_is_paid_once_and_told_everywhere() {
    let desk = Desk::open();
    let provider = desk.provider();
    desk.places("A1001");
    desk.wait(days(4));
    assert_eq!(desk.ada().order("A1001")["can"]["ask_refund"], true);
    let asked = desk.ada().asks_refund("A1001", "late");
    let header = desk.mia().header(&asked);
    assert_eq!((&header["category"], &header["status"]), (&json!("refund"), &json!("awaiting_reply")));
    assert_eq!((&header["order"], &header["source"]), (&json!("A1001"), &json!("order")));
    let due: jiff::Timestamp =
        header["reply_due_at"].as_str().and_then(|at| at.parse().ok()).expect("a reply is due");
    let left = due.duration_since(desk.now());
    assert!(left <= hours(12) && left > hours(12) - jiff::SignedDuration::from_mins(1), "{left:?}");
    assert_eq!(desk.sue().bell(), ["decision_needed"]);
    assert_eq!(desk.mia().refund_list("pending"), ["A1001-R1"]);
    let refund = desk.mia().refund("A1001", 1);
    assert_eq!((&refund["kind"], &refund["state"]), (&json!("overdue"), &json!("requested")));

    desk.mia().agrees("A1001", 1);
    assert_eq!(desk.mia().refund("A1001", 1)["state"], "approved");
    desk.executes();
    desk.executes();
    assert_eq!(provider.paid(), [("A1001-R1".to_owned(), 128_000)]);
    assert_eq!(provider.asked(), ["refund 1"]);
    let refund = desk.mia().refund("A1001", 1);
    assert_eq!((&refund["state"], &refund["reference"]), (&json!("succeeded"), &json!("bank-1")));
    assert_eq!(desk.mia().refund_list("agreed"), ["A1001-R1"]);

    let mine = desk.ada().order("A1001");
    assert_eq!((&mine["standing"], &mine["refunded"]), (&json!("ended"), &json!(128_000)));
    assert_eq!(mine["refunds"][0]["state"], "paid");
    assert_eq!(mine["refunds"][0]["arrival"], json!({ "from": 3, "to": 4, "unit": "weeks" }));
    desk.dispatch();
    let mails = desk.mailbox("ada@example.com");
    assert_eq!(mails.len(), 2, "decided, and paid");
    assert!(mails.iter().all(|mail| mail.text.contains("A1001") || mail.subject.contains("A1001")));
    assert!(mails.iter().all(|mail| mail.text.contains("3–4 週")), "{}", mails[0].text);
    let steps = ["placed", "refund requested", "refund approved", "refund started", "refund succeeded"];
    assert_eq!(desk.mia().order_events("A1001"), steps);
    let told = ["refund requested", "refund approved", "refund succeeded"];
    assert_eq!(desk.mia().told_of_orders(&asked), told);
    assert_eq!(desk.ada().steps("A1001"), ["placed", "refund_requested", "refund_approved", "refund_paid"]);
}

#[test]
fn what_is_asked_of_an_order_that_is_not_overdue_is_to_cancel_it_and_joins_the_talk_about_it() {
    let desk = Desk::open();
    desk.places("A1001");
    let asked = desk.ada().submits_with(json!({ "text": "When does it leave?", "order": "A1001" }));
    assert_eq!(desk.ada().order("A1001")["can"]["ask_cancel"], true);
    let joined = desk.ada().asks_refund("A1001", "changed_mind");
    assert_eq!(joined.id, asked.id);
    assert_eq!(desk.mia().refund("A1001", 1)["kind"], "cancel");
    assert_eq!(desk.mia().header(&asked)["category"], "refund");
    assert_eq!(desk.ada().reads(&asked).len(), 2, "what they asked stands in the talk");
    let again = desk.ada().asks("A1001", "refund-requests", &json!({ "reason": "late" })).send();
    again.refused(409, "refund_open");
    desk.ada().asks("A1001", "withdraw", &json!({ "refund": 1 })).send().ok();
    assert_eq!(desk.mia().refund("A1001", 1)["state"], "withdrawn");
    desk.mia().decides("A1001", 1, &json!({ "action": "agree" })).refused(409, "refund_decided");
    assert_eq!(desk.mia().order("A1001")["left"], 128_000);
}

#[test]
fn the_same_sending_of_a_request_asks_once() {
    let desk = Desk::open();
    desk.places("A1001");
    let body = json!({ "reason": "changed_mind" });
    let ask = || desk.ada().asks("A1001", "refund-requests", &body).key("once").send();
    let (first, second) = (ask(), ask());
    assert_eq!(desk.ada().told_in(&first).id, desk.ada().told_in(&second).id);
    assert_eq!(desk.ada().lists().len(), 1);
    assert_eq!(desk.mia().order_events("A1001"), ["placed", "refund requested"]);
}

#[test]
fn to_reject_needs_a_clear_reason_and_the_customers_word() {
    let desk = Desk::open();
    desk.places("A1001");
    desk.wait(days(4));
    let asked = desk.ada().asks_refund("A1001", "late");
    let reason = "It leaves tomorrow, as we agreed";
    let reject = |reason: &str, proof: Option<u32>| {
        let mut body = json!({ "action": "reject", "reason": reason });
        if let Some(proof) = proof {
            body["proof"] = json!(proof);
        }
        desk.mia().decides("A1001", 1, &body)
    };
    let told = reject(reason, None).refused(422, "consent_needed");
    assert_eq!(told["fields"][0]["field"], "proof");
    desk.mia().keeps_open(&asked, "Would you wait until tomorrow?");
    let own = u32::try_from(desk.mia().version(&asked)).expect("a number");
    for number in [1, own, own - 1, own + 7, 0] {
        reject(reason, Some(number)).refused(422, "not_a_proof");
    }
    desk.ada().follows_up(&asked, "All right, I wait");
    let proof = desk.mia().last_word(&asked);
    for short in ["", "too late", "123456789", "         x         "] {
        let told = reject(short, Some(proof)).refused(422, "reason_too_short");
        assert_eq!(
            (&told["fields"][0]["field"], &told["fields"][0]["code"]),
            (&json!("reason"), &json!("too_short"))
        );
    }
    assert_eq!(desk.mia().refund("A1001", 1)["state"], "requested", "none of it was carried out");
    reject(reason, Some(proof)).ok();
    let refund = desk.mia().refund("A1001", 1);
    assert_eq!((&refund["state"], &refund["rejection"]), (&json!("rejected"), &json!(reason)));
    assert_eq!(refund["consent"], json!({ "kind": "message", "inquiry": asked.id, "message": proof }));
    assert_eq!(desk.ada().order("A1001")["refunds"][0]["rejection"], reason);
    desk.dispatch();
    let newest = &desk.mailbox("ada@example.com")[0];
    assert!(newest.text.contains(reason), "{}", newest.text);
    desk.executes();
    assert_eq!(desk.mia().order("A1001")["refunded"], 0);
}

#[test]
fn a_smaller_amount_waits_for_the_customers_click() {
    let desk = Desk::open();
    let provider = desk.provider();
    desk.places("A1001");
    desk.ada().asks_refund("A1001", "changed_mind");
    let less = json!({ "action": "agree", "amount": { "minor": 100_000, "currency": "TWD" } });
    desk.mia().decides("A1001", 1, &less).ok();
    assert_eq!(desk.mia().refund("A1001", 1)["state"], "proposed");
    desk.executes();
    assert!(provider.asked().is_empty(), "nobody agreed yet");
    desk.dispatch();
    assert_eq!(desk.mailbox("ada@example.com").len(), 1, "the customer is asked");
    assert_eq!(desk.ada().order("A1001")["refunds"][0]["state"], "proposed");
    desk.ada().answers_refund("A1001", 1, true).ok();
    desk.executes();
    assert_eq!(provider.paid(), [("A1001-R1".to_owned(), 100_000)]);
    let order = desk.mia().order("A1001");
    assert_eq!((&order["refunded"], &order["left"]), (&json!(100_000), &json!(28_000)));
    assert_eq!(order["refunds"][0]["consent"], json!({ "kind": "click" }));
    desk.ada().answers_refund("A1001", 1, true).refused(409, "refund_decided");
    desk.mia().ships("A1001").ok();
}

#[test]
fn a_smaller_amount_that_the_customer_does_not_want_leaves_their_request_to_be_decided() {
    let desk = Desk::open();
    let provider = desk.provider();
    desk.places("A1001");
    desk.ada().asks_refund("A1001", "changed_mind");
    let less = json!({ "action": "agree", "amount": { "minor": 1, "currency": "TWD" } });
    desk.mia().decides("A1001", 1, &less).ok();
    desk.ada().answers_refund("A1001", 1, false).ok();
    let stands_again = || {
        let refund = desk.mia().refund("A1001", 1);
        assert_eq!((&refund["state"], &refund["amount"]), (&json!("requested"), &json!(128_000)));
    };
    stands_again();
    desk.mia().decides("A1001", 1, &less).ok();
    desk.mia().decides("A1001", 1, &json!({ "action": "withdraw" })).ok();
    stands_again();
    desk.executes();
    assert!(provider.asked().is_empty());
    let told = ["refund requested", "refund proposed", "refund withdrawn", "refund requested"];
    assert_eq!(desk.mia().order_events("A1001")[1..5], told);
    assert_eq!(desk.mia().refund_list("pending"), ["A1001-R1"]);
}

#[test]
fn a_shop_gives_no_more_than_was_paid_in_the_orders_currency_for_a_reason() {
    let desk = Desk::open();
    let provider = desk.provider();
    desk.places("A1001");
    let asked = desk.ada().submits("Is the cup in stock?");
    let proof = desk.mia().last_word(&asked);
    let offers = |minor: u64, currency: &str, reason: &str, detail: &str| {
        let amount = json!({ "minor": minor, "currency": currency });
        let body = json!({ "amount": amount, "reason": reason, "detail": detail, "inquiry": asked.id, "proof": proof });
        desk.mia().does("A1001", "refunds", &body)
    };
    let told = offers(128_001, "TWD", "out_of_stock", "").refused(422, "more_than_left");
    assert_eq!(
        (&told["fields"][0]["field"], &told["order"]["left"]),
        (&json!("amount.minor"), &json!(128_000))
    );
    offers(1, "JPY", "out_of_stock", "").refused(422, "currency_differs");
    offers(0, "TWD", "out_of_stock", "").refused(422, "invalid_fields");
    for detail in ["", "too late", "123456789"] {
        let told = offers(1, "TWD", "other", detail).refused(422, "reason_too_short");
        assert_eq!(told["fields"][0]["field"], "detail");
    }
    offers(100_000, "TWD", "other", "The cup broke here").ok();
    desk.executes();
    offers(28_001, "TWD", "out_of_stock", "").refused(422, "more_than_left");
    offers(28_000, "TWD", "out_of_stock", "").ok();
    desk.executes();
    offers(1, "TWD", "out_of_stock", "").refused(409, "nothing_left");
    assert_eq!(provider.paid().iter().map(|(_, amount)| amount).sum::<u64>(), 128_000);
    assert_eq!(provider.paid().len(), 2);
    desk.mia().ships("A1001").refused(409, "order_ended");
}

#[test]
fn an_offer_without_proof_asks_the_customer_and_moves_nothing() {
    let desk = Desk::open();
    let provider = desk.provider();
    desk.places("A1001");
    let asked = desk.ada().submits("Is the cup in stock?");
    desk.mia().keeps_open(&asked, "Sorry, it is not");
    let own = u32::try_from(desk.mia().version(&asked)).expect("a number");
    desk.mia().refunds("A1001", 20_000, &asked, Some(own)).refused(422, "not_a_proof");
    let bens = desk.ben().submits("Is it warm?");
    desk.mia().refunds("A1001", 20_000, &bens, Some(1)).refused(404, "not_found");
    desk.mia().refunds("A1001", 20_000, &asked, None).ok();
    desk.mia().refunds("A1001", 20_000, &asked, None).refused(409, "refund_open");
    desk.executes();
    assert!(provider.asked().is_empty());
    desk.ada().asks("A1001", "withdraw", &json!({ "refund": 1 })).send().refused(409, "refund_decided");
    desk.mia().decides("A1001", 1, &json!({ "action": "withdraw" })).ok();
    desk.ada().answers_refund("A1001", 1, true).refused(409, "refund_decided");
    assert_eq!(desk.mia().told_of_orders(&asked), ["refund proposed", "refund withdrawn"]);
}

#[test]
fn a_parcel_that_leaves_ends_what_nobody_decided_and_after_it_only_a_defect_is_paid_in_part() {
    let desk = Desk::open();
    let provider = desk.provider();
    desk.places("A1001");
    let asked = desk.ada().asks_refund("A1001", "changed_mind");
    desk.mia().ships("A1001").ok();
    assert_eq!(desk.mia().refund("A1001", 1)["state"], "withdrawn");
    desk.dispatch();
    assert_eq!(desk.mailbox("ada@example.com").len(), 1, "they learn that it left");
    let again = desk.ada().asks("A1001", "refund-requests", &json!({ "reason": "late" })).send();
    again.refused(409, "already_shipped");
    let proof = desk.mia().last_word(&asked);
    desk.mia().refunds("A1001", 20_000, &asked, Some(proof)).refused(409, "already_shipped");
    let amount = json!({ "minor": 20_000, "currency": "TWD" });
    let body = json!({ "amount": amount, "reason": "defect", "inquiry": asked.id, "proof": proof });
    desk.mia().does("A1001", "refunds", &body).ok();
    desk.executes();
    assert_eq!(provider.paid(), [("A1001-R2".to_owned(), 20_000)]);
    assert_eq!(desk.mia().order("A1001")["standing"], "shipped");
}
