//! Whatever goes wrong between Kefu and the shop's backend: an outcome that nobody knows is asked for, not
//! repeated, and the money moves once (SPEC §10.6).

use domain::ids::{OrderNumber, ShopId};
use serde_json::json;

use crate::support::{Desk, Does, Provider, TAIPEI, seconds};

fn decided(desk: &Desk) {
    desk.places("A1001");
    desk.ada().asks_refund("A1001", "changed_mind");
    desk.mia().agrees("A1001", 1);
}

/// Ten minutes pass, in which the schedule runs.
fn passes(desk: &Desk) {
    for _ in 0..60 {
        desk.wait(seconds(10));
        desk.executes();
    }
}

fn paid_once(desk: &Desk, provider: &Provider) {
    assert_eq!(provider.paid(), [("A1001-R1".to_owned(), 128_000)]);
    assert_eq!(desk.mia().refund("A1001", 1)["state"], "succeeded");
    assert_eq!(desk.mia().order_events("A1001").iter().filter(|it| *it == "refund succeeded").count(), 1);
}

#[test]
fn an_answer_that_was_lost_is_asked_for() {
    let desk = Desk::open();
    let provider = desk.provider();
    provider.will(&[Does::PaysAndBreaksOff]);
    decided(&desk);
    desk.executes();
    let refund = desk.mia().refund("A1001", 1);
    assert_eq!(refund["state"], "unknown");
    let (words, reference) = (json!("not in their books"), json!("bank-1"));
    for decision in [
        json!({ "action": "retry" }),
        json!({ "action": "by_hand" }),
        json!({ "action": "found_unpaid", "reason": words }),
        json!({ "action": "found_paid", "reference": reference }),
        json!({ "action": "look_into", "reason": words }),
    ] {
        desk.mia().decides("A1001", 1, &decision).refused(409, "refund_decided");
    }
    assert_eq!(desk.ada().order("A1001")["refunds"][0]["state"], "on_its_way");
    desk.wait(seconds(4));
    desk.executes();
    assert_eq!(provider.asked(), ["refund 1"], "not before its time");
    desk.wait(seconds(2));
    desk.executes();
    assert_eq!(provider.asked(), ["refund 1", "status 1"], "asked, not repeated");
    paid_once(&desk, &provider);
}

#[test]
fn a_call_that_did_nothing_is_sent_again_under_the_same_key_once_it_cannot_be_under_way() {
    for does in [Does::Fails500, Does::Conflicts] {
        let desk = Desk::open();
        let provider = desk.provider();
        provider.will(&[does]);
        decided(&desk);
        let began = desk.now();
        desk.executes();
        assert_eq!(desk.mia().refund("A1001", 1)["state"], "unknown", "{does:?}");
        while provider.paid().is_empty() {
            desk.wait(seconds(5));
            desk.executes();
            assert!(desk.now() < began + seconds(900), "{does:?}: {:?}", provider.asked());
        }
        assert!(desk.now() >= began + seconds(60), "{does:?}: {:?}", provider.asked());
        let pays = provider.asked().into_iter().filter(|it| it.starts_with("refund"));
        assert_eq!(pays.collect::<Vec<_>>(), ["refund 1", "refund 2"], "{does:?}");
        paid_once(&desk, &provider);
    }
}

#[test]
fn a_backend_that_accepts_and_never_tells_is_asked() {
    let desk = Desk::open();
    let provider = desk.provider();
    provider.will(&[Does::Accepts]);
    decided(&desk);
    desk.executes();
    desk.wait(seconds(240));
    desk.executes();
    assert_eq!(provider.asked(), ["refund 1"], "it has five minutes to tell");
    passes(&desk);
    let asked = provider.asked();
    assert!(asked.contains(&"status 1".to_owned()) && !asked.contains(&"refund 2".to_owned()), "{asked:?}");
    assert_eq!(desk.mia().refund("A1001", 1)["state"], "executing");
    provider.tells(&desk, "A1001-R1", 1, "succeeded").send().ok();
    paid_once(&desk, &provider);
}

#[test]
fn a_process_that_ends_before_the_call_or_before_the_answer_is_stored_pays_once() {
    let (shop, number) =
        (ShopId::parse(TAIPEI).expect("a shop"), OrderNumber::parse("A1001").expect("a number"));
    // Before the call: the order is stored as `executing`, and nobody was asked.
    let desk = Desk::open();
    let provider = desk.provider();
    decided(&desk);
    desk.takes_refunds();
    let record = desk.record(TAIPEI);
    let taken = desk.app.store.take_errand(&record.shop, &number, 1, desk.now());
    assert!(desk.block_on(taken).expect("it is stored").is_some());
    assert_eq!(desk.mia().refund("A1001", 1)["state"], "executing");
    desk.executes();
    assert!(provider.asked().is_empty(), "for a minute it may be under way");
    passes(&desk);
    assert_eq!(provider.asked()[0], "status 1", "first it is asked for");
    paid_once(&desk, &provider);

    // Wherever it is in between: the future is dropped there.
    for steps in 1..30 {
        let desk = Desk::open();
        let provider = desk.provider();
        decided(&desk);
        let messages = desk.takes_refunds();
        desk.block_on(async {
            let mut run = std::pin::pin!(execute_refund::execute(&desk.app, &shop, &number));
            let mut left = steps;
            let killed = std::future::poll_fn(|context| {
                if left == 0 {
                    return std::task::Poll::Ready(());
                }
                left -= 1;
                run.as_mut().poll(context).map(|_| ())
            });
            killed.await;
        });
        // What was not handled comes again.
        desk.executes_messages(messages);
        passes(&desk);
        paid_once(&desk, &provider);
    }
}

#[test]
fn the_same_message_twice_or_at_once_pays_once() {
    let desk = Desk::open();
    let provider = desk.provider();
    decided(&desk);
    let bodies = desk.takes_refunds();
    assert!(!bodies.is_empty(), "a decision hurries the payment");
    desk.executes_messages([bodies.clone(), bodies.clone(), bodies].concat());
    let (shop, number) =
        (ShopId::parse(TAIPEI).expect("a shop"), OrderNumber::parse("A1001").expect("a number"));
    let runs = (0..8).map(|_| execute_refund::execute(&desk.app, &shop, &number));
    for done in desk.block_on(futures_util::future::join_all(runs)) {
        done.expect("it runs");
    }
    assert_eq!(provider.asked(), ["refund 1"]);
    paid_once(&desk, &provider);
}

#[test]
fn rival_processes_take_an_errand_once() {
    let desk = Desk::open();
    let provider = desk.provider();
    decided(&desk);
    desk.takes_refunds();
    let (shop, number) =
        (ShopId::parse(TAIPEI).expect("a shop"), OrderNumber::parse("A1001").expect("a number"));
    let runs = (0..8).map(|_| execute_refund::execute(&desk.app, &shop, &number));
    for done in desk.block_on(futures_util::future::join_all(runs)) {
        done.expect("it runs");
    }
    assert_eq!(provider.asked(), ["refund 1"]);
    paid_once(&desk, &provider);
}

#[test]
fn what_no_message_told_of_is_found_by_the_schedule() {
    let mut desk = Desk::open();
    let provider = desk.provider();
    let good = desk.refunds.url().to_owned();
    desk.refunds_queue_is_at("http://queue.invalid/nowhere");
    decided(&desk);
    assert!(desk.takes_refunds().is_empty());
    desk.refunds_queue_is_at(&good);
    desk.executes();
    paid_once(&desk, &provider);
}

#[test]
fn people_are_told_when_nobody_knows_for_long() {
    let desk = Desk::open();
    let provider = desk.provider();
    decided(&desk);
    // Its address leads nowhere.
    desk.order_settings(&json!({ "payer": "webhook", "webhook_url": "http://127.0.0.1:1/refunds" }));
    desk.executes();
    let refund = desk.mia().refund("A1001", 1);
    assert_eq!((&refund["state"], &refund["attention"]), (&json!("unknown"), &json!(false)));
    passes(&desk);
    let refund = desk.mia().refund("A1001", 1);
    assert_eq!((&refund["state"], &refund["attention"]), (&json!("unknown"), &json!(true)));
    assert_eq!(desk.mia().refund_list("attention"), ["A1001-R1"]);
    assert_eq!(desk.sue().bell().iter().filter(|it| *it == "refund_needs_attention").count(), 1);
    assert!(provider.asked().is_empty());
}

#[test]
fn what_a_call_back_says_is_kept_as_what_an_answer_says() {
    let long = "參".repeat(100);
    let cut = format!("{}…", "參".repeat(41));
    for (status, field, said, kept) in [
        ("succeeded", "reference", "bank-1\u{1b}\n2 ", json!("bank-1 2")),
        ("succeeded", "reference", long.as_str(), json!(cut)),
        ("succeeded", "reference", " \n", json!(null)),
        ("succeeded", "reference", "", json!(null)),
        ("failed", "problem", "the card\r\nwas closed", json!("the card was closed")),
    ] {
        let desk = Desk::open();
        let provider = desk.provider();
        provider.will(&[Does::Accepts]);
        decided(&desk);
        desk.executes();
        let mut body = json!({ "refund": "A1001-R1", "attempt": 1, "status": status });
        body[field] = json!(said);
        let at = desk.now().as_second();
        let (key, signature) = provider.signs(at, &body);
        desk.call_back(&key, at, &signature, "event", &body).send().ok();
        let refund = desk.mia().refund("A1001", 1);
        assert_eq!((&refund["state"], &refund[field]), (&json!(status), &kept), "{said:?}");
    }
}
