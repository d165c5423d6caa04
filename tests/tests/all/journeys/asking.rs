//! 轉介: questions that stand open are found by who is asked (SPEC §3.7), and the bell reaches who
//! answers for promises (SPEC §6.1).

use common::store::ShopRecord;
use common::store::keys;
use common::store::table::{Item, Value};
use domain::ids::{AgentId, ShopId};
use domain::shop::Department;
use serde_json::{Value as Json, json};

use crate::support::{Desk, TAIPEI, days, hours, taipei};

fn warehouse(agents: &[&str]) -> ShopRecord {
    let mut shop = taipei();
    let agents = agents.iter().map(|id| AgentId::parse(id).expect("an id")).collect();
    shop.shop.service_settings.departments = vec![Department { name: "倉庫".to_owned(), agents }];
    shop
}

fn to_the_warehouse() -> Json {
    json!({ "text": "Did it leave?", "ask": { "department": "倉庫" } })
}

#[test]
fn who_joins_a_department_finds_what_stands_open_and_who_leaves_it_no_longer() {
    let desk = Desk::open();
    desk.stores(&warehouse(&["leo"]));
    let asked = desk.ada().submits("Where is my parcel?");
    desk.mia().takes(&asked);
    desk.mia().command(&asked, "notes", &to_the_warehouse()).send().ok();
    // Alerts are forgotten long before this.
    desk.wait(days(1));
    desk.stores(&warehouse(&["sue"]));
    assert_eq!(desk.sue().ids("list=asked"), [asked.id.as_str()]);
    assert_eq!(desk.leo().ids("list=asked"), Vec::<String>::new());
    let merged = desk.ada().submits("And the other one?");
    desk.mia().merges(&asked, &merged);
    assert_eq!(desk.sue().ids("list=asked"), Vec::<String>::new(), "it is part of another");
    desk.mia().unmerges(&asked);
    assert_eq!(desk.sue().ids("list=asked"), [asked.id.as_str()]);
    desk.mia().closes_as(&asked, "duplicate");
    desk.wait(days(29));
    assert_eq!(desk.sue().ids("list=asked"), [asked.id.as_str()], "it can still be answered");
    desk.wait(days(1) + hours(1));
    assert_eq!(desk.sue().ids("list=asked"), Vec::<String>::new(), "nobody can answer any more");
}

#[test]
fn a_department_that_would_tell_nobody_is_not_asked() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Where is my parcel?");
    desk.mia().takes(&asked);
    for agents in [&["mia"][..], &[]] {
        desk.stores(&warehouse(agents));
        let refused = desk.mia().command(&asked, "notes", &to_the_warehouse()).send();
        refused.refused(422, "nobody_to_ask");
    }
}

#[test]
fn a_supervisor_without_the_permission_hears_reads_and_writes_nothing() {
    let desk = Desk::open();
    let mut shop = taipei();
    shop.shop.members[2].service = false;
    desk.stores(&shop);
    let asked = desk.ada().submits("Where is my parcel?");
    desk.mia().takes(&asked);
    desk.wait(hours(12));
    desk.enforces();
    let sue = desk.sue();
    assert_eq!(sue.get("/alerts").send().ok()["alerts"][0]["kind"], "overdue");
    assert_eq!(sue.ids("list=all"), [asked.id.as_str()]);
    assert_eq!(sue.ids("list=absent"), [asked.id.as_str()]);
    let page = sue.lists("list=all&counts=true&tab=s");
    assert_eq!(page["counts"]["alerts"], 1);
    sue.get("/agents").send().ok();
    sue.shows(&asked);
    let reply = json!({ "text": "Hello", "then": "done" });
    sue.command(&asked, "reply", &reply).seeing(1).send().refused(403, "forbidden");
    let online = desk.block_on(desk.app.store.shops_online(desk.now())).expect("a read");
    assert_eq!(online, [], "they get nothing, so nobody waits for them");
}

#[test]
fn an_alert_that_this_version_does_not_know_is_left_out() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Where is my parcel?");
    desk.mia().takes(&asked);
    desk.wait(hours(12));
    desk.enforces();
    let shop = ShopId::parse(TAIPEI).expect("an id");
    let id = format!("{}-0000000000000-000001", desk.now().as_millisecond());
    let doc = json!({ "kind": "of_tomorrow", "inquiry": asked.id, "at": 0, "to": ["mia"] }).to_string();
    desk.puts(Item::at(keys::alert(&shop, &id)).with("doc", Value::Text(doc)));
    let page = desk.mia().lists("list=mine&counts=true&tab=m");
    assert_eq!(page["counts"]["alerts"], 1);
    assert_eq!(desk.mia().get("/alerts").send().ok()["alerts"].as_array().map(Vec::len), Some(1));
}

#[test]
fn nobody_has_seen_what_is_still_to_come_and_ninety_nine_are_counted() {
    let desk = Desk::open();
    let until = format!("{}-zzzzzzzzzzzzz-999999", "9".repeat(13));
    desk.mia().post("/alerts/seen", &json!({ "until": until })).send();
    desk.wait(hours(1));
    let new = || desk.mia().lists("list=mine&counts=true&tab=m")["counts"]["alerts"].clone();
    let shop = ShopId::parse(TAIPEI).expect("an id");
    for number in 0..250_u32 {
        let id = format!("{}-0000000000000-{number:06}", desk.now().as_millisecond());
        // Two of three are somebody else's.
        let to = if number % 3 == 0 { "mia" } else { "leo" };
        let inquiry = format!("inq_{}", "0".repeat(26));
        let doc = json!({ "kind": "overdue", "inquiry": inquiry, "at": 0, "to": [to] }).to_string();
        desk.puts(Item::at(keys::alert(&shop, &id)).with("doc", Value::Text(doc)));
        if number == 2 {
            assert_eq!(new(), 1);
        }
    }
    assert_eq!(new(), 84, "each is counted once");
    let read = |desk: &Desk| {
        desk.cost(|| desk.leo().lists("list=mine&counts=true&tab=l")["counts"]["alerts"].clone())
    };
    assert_eq!(read(&desk).1, 99);
}
