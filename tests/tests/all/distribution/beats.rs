//! Signs of life, and what supervisors decide about desks (SPEC §5.1).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use local::engine::Faults;
use serde_json::json;

use crate::support::{Desk, LANTERN, Setup, TAIPEI, lantern, seconds};

fn online(desk: &Desk, shop: &str, agent: &str) -> bool {
    let shown = desk.agent(shop, if shop == LANTERN { "nora" } else { "sue" }).get("/agents").send().ok();
    let agents = shown["agents"].as_array().expect("agents");
    agents.iter().any(|it| it["id"] == agent && it["online"] == true)
}

#[test]
fn a_desk_that_others_write_to_loses_no_sign_of_life_and_no_page_of_the_list() {
    let active = Arc::new(AtomicBool::new(false));
    let faults = Faults { seed: 3, conflicts: 0.15, active: active.clone(), ..Faults::default() };
    let desk = Desk::with(Setup { faults: Some(faults), ..Setup::default() });
    active.store(true, Ordering::Relaxed);
    for number in 0..60 {
        desk.mia().lists("list=mine&tab=t");
        desk.mia().post("/presence", &json!({ "tab": "t", "receiving": number % 2 == 0 })).send().ok();
        desk.mia().post("/presence", &json!({ "tab": "other", "leaving": true })).send().ok();
    }
    active.store(false, Ordering::Relaxed);
    assert!(online(&desk, TAIPEI, "mia"));
}

#[test]
fn the_list_is_shown_though_its_sign_of_life_is_lost() {
    let active = Arc::new(AtomicBool::new(false));
    let faults = Faults { conflicts: 1.0, active: active.clone(), ..Faults::default() };
    let desk = Desk::with(Setup { faults: Some(faults), ..Setup::default() });
    let asked = desk.ada().submits("Hello?");
    desk.mia().takes(&asked);
    active.store(true, Ordering::Relaxed);
    let page = desk.mia().lists("list=mine&counts=true&tab=t");
    assert_eq!((&page["counts"]["active"], &page["presence"]), (&json!(1), &json!(null)));
}

#[test]
fn a_sign_of_life_that_was_under_way_while_its_page_closed_is_refused() {
    let desk = Desk::open();
    desk.mia().is_here();
    desk.mia().leaves();
    desk.mia().is_here();
    assert!(!online(&desk, TAIPEI, "mia"), "it was sent before the page closed");
    desk.mia().post("/presence", &json!({ "tab": "another" })).send().ok();
    assert!(online(&desk, TAIPEI, "mia"), "another page is another matter");
    desk.mia().leaves();
    desk.mia().is_here();
    desk.mia().post("/presence", &json!({ "tab": "another", "leaving": true })).send().ok();
    assert!(!online(&desk, TAIPEI, "mia"), "the closed page was not the last to speak");
    desk.wait(seconds(10));
    desk.mia().is_here();
    assert!(online(&desk, TAIPEI, "mia"), "a page that was kept and shown again");
}

#[test]
fn who_has_the_site_open_is_online_in_all_their_shops() {
    let desk = Desk::open();
    let mut shop = lantern();
    shop.shop.members[1].service = true;
    desk.stores(&shop);
    let asked = desk.member(LANTERN, "ada", "Ada").submits("Hello?");
    desk.otto().lists("list=mine&tab=here&shops=true");
    assert!(online(&desk, TAIPEI, "otto") && online(&desk, LANTERN, "otto"));
    desk.distributes();
    assert!(desk.agent(LANTERN, "otto").has("list=mine", &asked), "and gets what waits there");

    let viewing = json!({ "tab": "there", "viewing": asked.id });
    desk.agent(LANTERN, "otto").post("/presence", &viewing).send().ok();
    desk.otto().lists("list=mine&tab=here&shops=true");
    let seen = desk.nora().lists("list=mine&tab=n")["presence"]["colleagues"].clone();
    assert_eq!(
        seen,
        json!([{ "agent": "otto", "viewing": asked.id }]),
        "the page that shows the shop speaks"
    );
    desk.otto().post("/presence", &json!({ "tab": "here", "leaving": true })).send().ok();
    assert!(!online(&desk, TAIPEI, "otto") && online(&desk, LANTERN, "otto"));
    desk.agent(LANTERN, "otto").post("/presence", &json!({ "tab": "there", "leaving": true })).send().ok();
    assert!(!online(&desk, LANTERN, "otto"));
}

#[test]
fn two_who_arrange_one_desk_at_once_keep_what_the_other_decided() {
    let desk = Desk::open();
    let shift = json!({ "shifts": [{ "day": "monday", "from": "09:00", "to": "12:00" }] });
    for _ in 0..10 {
        let reset = json!({ "capacity": 1, "categories": [], "shifts": [] });
        desk.sue().desk("mia", &reset);
        let all = [json!({ "capacity": 7 }), json!({ "categories": ["payment"] }), shift.clone()];
        let answers = desk.at_once(all.iter().map(|it| desk.sue().put("/agents/mia/desk", it)));
        assert!(answers.iter().all(|answer| answer.status == 200));
        let shown = desk.sue().get("/agents").send().ok();
        let mia = &shown["agents"][0];
        let decided = (&mia["capacity"], &mia["categories"], &mia["shifts"]);
        assert_eq!(decided, (&json!(7), &json!(["payment"]), &shift["shifts"]));
    }
}
