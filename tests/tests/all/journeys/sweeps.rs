//! What runs by the clock gets past what it cannot do (SPEC §6.6).

use std::collections::BTreeSet;

use common::store::DuePage;
use common::store::keys::{self, DUE_SHARDS};
use common::store::table::Value;
use domain::ids::{AgentId, InquiryId, ShopId};
use serde_json::json;

use crate::support::{Asked, Desk, LANTERN, TAIPEI, hours, seconds, taipei};

fn overdue(desk: &Desk, asked: &Asked) -> bool {
    desk.sue().events(asked).contains(&"raised".to_owned())
}

#[test]
fn neither_a_broken_shop_nor_a_broken_inquiry_keeps_another_from_its_turn() {
    let mut desk = Desk::open();
    for number in 0..220 {
        desk.member(LANTERN, &format!("m{}", number % 20), "Eve").submits("Is it open?");
    }
    let broken = desk.ben().submits("Broken");
    desk.wait(seconds(1));
    let asked = desk.ada().submits("Where is my parcel?");
    desk.wait(hours(12));
    let key =
        keys::inquiry(&ShopId::parse(TAIPEI).expect("an id"), &InquiryId::parse(&broken.id).expect("an id"));
    desk.puts(desk.item(&key).with("doc", Value::Bytes(vec![0xFF])));
    desk.breaks(LANTERN);
    let run = desk.block_on(enforce_deadlines::run(desk.app.clone()));
    assert!(run.is_err(), "it is said that something failed");
    assert!(overdue(&desk, &asked));
}

#[test]
fn what_is_due_and_what_is_owed_is_found_page_by_page() {
    let desk = Desk::open();
    let asked: Vec<Asked> = (0..40).map(|number| desk.ada().submits(&format!("No. {number}"))).collect();
    for one in &asked {
        desk.mia().takes(one);
        desk.mia().keeps_open(one, "I ask the warehouse");
    }
    let asked: BTreeSet<String> = asked.into_iter().map(|one| one.id).collect();
    desk.wait(hours(24 * 8));
    let store = &desk.app.store;
    let read = |page: &dyn Fn(u8, Option<&str>) -> DuePage| -> Vec<String> {
        let mut ids = Vec::new();
        for shard in 0..DUE_SHARDS {
            let mut after: Option<String> = None;
            loop {
                let found = page(shard, after.as_deref());
                assert!(found.owed.len() <= 3);
                ids.extend(found.owed.iter().map(|owed| owed.inquiry.to_string()));
                after = found.next;
                if after.is_none() {
                    break;
                }
            }
        }
        ids
    };
    let due = read(&|shard, after| desk.block_on(store.due(shard, after, desk.now(), 3)).expect("a page"));
    let owed = read(&|shard, after| desk.block_on(store.owed(shard, after, desk.now(), 3)).expect("a page"));
    for found in [&due, &owed] {
        let once: BTreeSet<String> = found.iter().cloned().collect();
        assert_eq!(once.len(), found.len(), "each once");
        assert_eq!(once, asked, "and all of them");
    }
}

#[test]
fn what_a_refused_command_found_out_is_new_and_owes_its_mail_at_once() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Where is my parcel?");
    desk.mia().takes(&asked);
    desk.wait(hours(12) + seconds(1800));
    let until = format!("{}-0000000000000-000001", desk.now().as_millisecond());
    desk.mia().post("/alerts/seen", &json!({ "until": until })).send();
    desk.wait(seconds(1800));
    let new = || desk.mia().lists("list=mine&counts=true&tab=m")["counts"]["alerts"].clone();
    desk.mia().tries(&asked, "close", &json!({})).refused(422, "reason_needed");
    assert_eq!(new(), 1, "it came due before she looked, but was found out after");
    desk.wait(hours(24 * 7));
    desk.mia().tries(&asked, "close", &json!({})).refused(409, "inquiry_moved_on");
    desk.dispatch();
    assert_eq!(desk.mailbox("ada@example.com").len(), 1, "the apology, without a sweep");
}

#[test]
fn an_alarm_refuses_nothing_also_where_it_moved_the_timeline_to_a_page() {
    let desk = Desk::open();
    let mut paged = 0;
    for length in (1_500..2_400).step_by(6) {
        let asked = desk.member(TAIPEI, &format!("m{length}"), "Eve").submits(&"x".repeat(length));
        desk.mia().takes(&asked);
        let seen = desk.mia().version(&asked);
        desk.wait(hours(13));
        desk.enforces();
        let key = keys::inquiry(
            &ShopId::parse(TAIPEI).expect("an id"),
            &InquiryId::parse(&asked.id).expect("an id"),
        );
        let bytes = desk.item(&key).bytes("doc").expect("a document").len();
        paged += usize::from(bytes < length);
        let reply = json!({ "text": "On its way", "then": "done" });
        desk.mia().command(&asked, "reply", &reply).seeing(seen).send().ok();
        assert_eq!(desk.mia().timeline(&asked).len(), 4, "{length}");
    }
    assert!(paged > 1, "some moved: {paged}");
}

#[test]
fn a_minute_after_the_last_heartbeat_somebody_is_offline_also_while_clocks_change() {
    for at in ["2027-03-28T00:59:30Z", "2027-10-31T00:59:30Z"] {
        let desk = Desk::at(at);
        let mut shop = taipei();
        shop.shop.time_zone = "Europe/Berlin".to_owned();
        desk.stores(&shop);
        desk.mia().is_here();
        let mia = AgentId::parse("mia").expect("an id");
        let place = desk.block_on(desk.app.store.desk(&shop.shop.id, &mia)).expect("her desk");
        let heard = place.beat_at.expect("a heartbeat");
        for (after, online) in [(59, true), (60, false), (61, false)] {
            assert_eq!(place.online(heard + seconds(after)), online, "{at} and {after} s");
        }
    }
}
