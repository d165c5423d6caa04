//! Who stands in the line, and who comes next (SPEC §5.4).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use aws_lambda_events::event::sqs::{SqsEvent, SqsMessage};
use common::store::NotRouted;
use common::store::table::{Item, Value as Stored, When};
use domain::ids::{AgentId, InquiryId, ShopId};
use domain::routing::{Arrival, Because, Routed};
use local::engine::Faults;
use serde_json::json;

use crate::support::{Asked, Desk, Setup, TAIPEI, seconds};

fn asks(desk: &Desk, many: usize) -> Vec<Asked> {
    let ask = |number| {
        desk.wait(seconds(1));
        desk.member(TAIPEI, &format!("c{}", number % 7), "C").submits(&format!("Question {number}"))
    };
    (0..many).map(ask).collect()
}

#[test]
fn a_hundred_that_nobody_can_take_do_not_block_those_behind_them() {
    let desk = Desk::open();
    let asked = asks(&desk, 105);
    for one in &asked {
        desk.mia().takes(one);
        desk.mia().tries(one, "assign", &json!({ "to": null })).ok();
    }
    let young = asks(&desk, 1).remove(0);
    desk.mia().is_here();
    desk.distributes();
    assert_eq!(desk.mia().ids("list=mine"), [young.id], "mia put back all the others");
    desk.sue().is_here();
    desk.distributes();
    assert_eq!(desk.load(TAIPEI, "sue"), 10);
}

#[test]
fn what_arrived_just_now_is_given_though_the_index_lags() {
    let active = Arc::new(AtomicBool::new(false));
    let faults = Faults { seed: 5, stale_reads: 1.0, lag: 40, active: active.clone(), ..Faults::default() };
    let desk = Desk::with(Setup { faults: Some(faults), ..Setup::default() });
    desk.sue().desk("mia", &json!({ "capacity": 200 }));
    desk.mia().is_here();
    desk.distributes();
    active.store(true, Ordering::Relaxed);
    for number in 0..30 {
        desk.wait(seconds(1));
        desk.member(TAIPEI, "ben", "Ben").submits(&format!("Question {number}"));
        desk.distributes();
        assert_eq!(desk.load(TAIPEI, "mia"), number + 1, "at once, not when the schedule looks");
    }
}

#[test]
fn one_broken_record_and_one_failed_message_keep_nobody_waiting() {
    let desk = Desk::open();
    let asked = asks(&desk, 3);
    let key = common::store::keys::inquiry(
        &ShopId::parse(TAIPEI).expect("a shop"),
        &InquiryId::parse(&asked[0].id).expect("an id"),
    );
    let table = desk.app.store.table();
    let item = desk.block_on(table.get(&key, true)).expect("an item").expect("it is there");
    let text = |name: &str| item.text(name).expect("a text").to_owned();
    let mut broken = Item::at(key).with("n", Stored::Number(9)).with("doc", Stored::Bytes(vec![0xFF]));
    broken = broken.with("row", Stored::Bytes(item.bytes("row").expect("a row").to_vec()));
    for name in ["waiting", "waiting_at", "latest", "latest_at"] {
        broken = broken.with(name, Stored::Text(text(name)));
    }
    desk.block_on(table.put(broken, When::Always)).expect("it is broken");
    desk.mia().is_here();
    desk.distributes();
    assert_eq!(desk.load(TAIPEI, "mia"), 2, "the others have somebody");
}

#[test]
fn a_run_that_fails_does_not_come_again_in_front_of_the_others() {
    let active = Arc::new(AtomicBool::new(false));
    let faults = Faults { throttles: 1.0, active: active.clone(), ..Faults::default() };
    let desk = Desk::with(Setup { faults: Some(faults), ..Setup::default() });
    desk.mia().is_here();
    let asked = asks(&desk, 1).remove(0);
    let messages = desk.takes_arrivals();
    let mut event = SqsEvent::default();
    event.records = messages
        .into_iter()
        .map(|body| {
            let mut record = SqsMessage::default();
            (record.message_id, record.body) = (Some("one".to_owned()), Some(body));
            record
        })
        .collect();
    active.store(true, Ordering::Relaxed);
    let outcome = desk.block_on(distribute_inquiries::handle(desk.app.clone(), event));
    active.store(false, Ordering::Relaxed);
    assert!(outcome.into_response().batch_item_failures.is_empty(), "the shop's next messages go on");
    assert!(desk.sue().has("list=unassigned", &asked));
    desk.run_sweeps();
    assert!(desk.mia().has("list=mine", &asked), "the schedule makes it good");
}

#[test]
fn a_run_stops_after_two_hundred_and_asks_for_itself_again() {
    let desk = Desk::open();
    let shop = ShopId::parse(TAIPEI).expect("a shop");
    let asked = asks(&desk, 250);
    for agent in ["mia", "leo"] {
        desk.sue().desk(agent, &json!({ "capacity": 200 }));
        desk.agent(TAIPEI, agent).is_here();
    }
    desk.takes_arrivals();
    desk.block_on(distribute_inquiries::distribute(&desk.app, &shop, &[])).expect("a run");
    assert_eq!(desk.load(TAIPEI, "mia") + desk.load(TAIPEI, "leo"), 200);
    desk.distributes();
    assert_eq!(desk.load(TAIPEI, "mia") + desk.load(TAIPEI, "leo"), asked.len());
}

/// What the store itself says to giving an inquiry to somebody.
fn routed(desk: &Desk, asked: &Asked, agent: &str, arrival: Option<Arrival<'_>>) -> Result<(), &'static str> {
    let shop = desk.block_on(desk.app.store.shop(&ShopId::parse(TAIPEI).expect("a shop")));
    let shop = shop.expect("the shop").expect("it is there");
    let id = InquiryId::parse(&asked.id).expect("an id");
    let record = desk.block_on(desk.app.store.inquiry(&shop.shop.id, &id, true));
    let record = record.expect("the inquiry").expect("it is there");
    let arrival = arrival.unwrap_or_else(|| record.inquiry.arrival(None));
    let agent = AgentId::parse(agent).expect("an agent");
    let why = Routed { because: Because::OnlyOne, category: None, load: 1, capacity: 1 };
    let given = desk.app.store.route(&shop.shop, &id, &arrival, (&agent, &why), desk.now());
    match desk.block_on(given) {
        Ok(_) => Ok(()),
        Err(NotRouted::Full) => Err("full"),
        Err(NotRouted::Changed(_)) => Err("changed"),
        Err(NotRouted::Gone) => Err("gone"),
        Err(NotRouted::Failed(failure)) => panic!("{failure}"),
    }
}

#[test]
fn the_write_itself_refuses_who_is_full_offline_or_not_receiving() {
    let desk = Desk::open();
    let asked = asks(&desk, 3);
    desk.sue().desk("mia", &json!({ "capacity": 1 }));
    for agent in ["mia", "leo", "otto"] {
        desk.agent(TAIPEI, agent).is_here();
    }
    desk.leo().receives(false);
    desk.otto().leaves();
    assert_eq!(routed(&desk, &asked[0], "mia", None), Err("full"), "never counted");
    desk.takes_arrivals();
    desk.sue().closes_as(&asked[2], "test");
    for agent in ["mia", "leo", "otto"] {
        let (shop, agent) =
            (desk.block_on(desk.app.store.shop(&ShopId::parse(TAIPEI).expect("a shop"))), agent);
        let shop = shop.expect("the shop").expect("it is there");
        let agent = AgentId::parse(agent).expect("an agent");
        desk.block_on(desk.app.store.recount(&shop.shop, &agent, desk.now())).expect("it is counted");
    }
    assert_eq!(routed(&desk, &asked[0], "leo", None), Err("full"), "not receiving");
    assert_eq!(routed(&desk, &asked[0], "otto", None), Err("full"), "offline");
    assert_eq!(routed(&desk, &asked[0], "mia", None), Ok(()));
    assert_eq!(routed(&desk, &asked[0], "mia", None), Err("gone"), "somebody has it");
    assert_eq!(routed(&desk, &asked[1], "mia", None), Err("full"), "one of one");
    desk.wait(seconds(60));
    desk.sue().desk("mia", &json!({ "capacity": 2 }));
    assert_eq!(routed(&desk, &asked[1], "mia", None), Err("full"), "offline again");
    assert_eq!(routed(&desk, &asked[2], "mia", None), Err("gone"), "it ended");
    assert_eq!(desk.load(TAIPEI, "mia"), 1);
}

#[test]
fn a_choice_that_went_by_something_else_is_refused() {
    let desk = Desk::open();
    let asked = asks(&desk, 1).remove(0);
    desk.leo().is_here();
    desk.distributes();
    desk.leo().tries(&asked, "assign", &json!({ "to": null })).ok();
    let stale = Arrival {
        category: domain::labels::Category::Logistics,
        had_it: None,
        knows_customer: None,
        put_back_by: None,
    };
    assert_eq!(routed(&desk, &asked, "leo", Some(stale)), Err("changed"), "leo had put it back");
    assert_eq!(desk.load(TAIPEI, "leo"), 0);
}

#[test]
fn whoever_answered_a_customer_last_gets_the_next_one_however_many_there_are() {
    let desk = Desk::open();
    let past: Vec<Asked> = (0..60).map(|number| desk.ada().submits(&format!("Past {number}"))).collect();
    for one in &past[..59] {
        desk.wait(seconds(1));
        desk.mia().replies(one, "Done.");
    }
    desk.wait(seconds(1));
    desk.leo().replies(&past[59], "Done.");
    desk.wait(seconds(1));
    // The last message is the customer's, in one that mia answered.
    desk.ada().follows_up(&past[0], "Thanks again");
    desk.sue().closes_as(&past[0], "feedback_only");
    for agent in [desk.mia(), desk.leo(), desk.sue()] {
        agent.is_here();
    }
    desk.takes_arrivals();
    let asked = desk.ada().submits("And this?");
    desk.distributes();
    let routed = desk.sue().timeline(&asked).last().map(|entry| entry["routed"]["because"].clone());
    assert_eq!(routed, Some(json!("knows_customer")));
    assert_eq!(desk.sue().header(&asked)["assignee"], "leo");
}
