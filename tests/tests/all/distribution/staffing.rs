//! Who serves a shop changes: nothing is left behind in the wrong hands (SPEC §5.2).

use serde_json::{Value, json};

use crate::support::{Asked, Desk, LANTERN, TAIPEI, hours, lantern, seconds, taipei};

fn asks(desk: &Desk, many: usize) -> Vec<Asked> {
    let ask = |number| {
        desk.wait(seconds(1));
        desk.ada().submits(&format!("Question {number}"))
    };
    (0..many).map(ask).collect()
}

/// From now on only these serve the first shop; everybody stays on its staff.
fn serve(desk: &Desk, agents: &[&str]) {
    let mut shop = taipei();
    for member in &mut shop.shop.members {
        member.service = agents.contains(&member.agent.as_str());
    }
    desk.stores(&shop);
}

fn sorted(mut ids: Vec<String>) -> Vec<String> {
    ids.sort();
    ids
}

fn ids(asked: &[Asked]) -> Vec<String> {
    sorted(asked.iter().map(|it| it.id.clone()).collect())
}

#[test]
fn when_several_agents_become_one_everything_is_that_ones() {
    let desk = Desk::open();
    let asked = asks(&desk, 4);
    desk.sue().assigns(&asked[0], "mia");
    desk.sue().assigns(&asked[1], "leo");
    desk.leo().keeps_open(&asked[1], "I ask.");
    desk.leo().closes(&asked[1]);
    desk.sue().assigns(&asked[2], "leo");
    serve(&desk, &["sue"]);
    desk.distributes();
    let theirs = [asked[0].clone(), asked[2].clone(), asked[3].clone()];
    assert_eq!(sorted(desk.sue().ids("list=mine")), ids(&theirs));
    assert!(desk.sue().header(&asked[0])["unread"] == true, "sue has not seen it");
    assert_eq!(desk.sue().header(&asked[1])["assignee"], "leo", "history stays as it was");
    desk.sue().reopens(&asked[1]);
    assert_eq!(desk.sue().header(&asked[1])["assignee"], "sue", "until it is active again");
}

#[test]
fn whoever_replaces_the_one_agent_has_everything() {
    let desk = Desk::open();
    let asked = desk.member(LANTERN, "ada", "Ada").submits("Hello?");
    let mut shop = lantern();
    shop.shop.members.remove(0);
    shop.shop.members[0].service = true;
    desk.stores(&shop);
    desk.distributes();
    assert_eq!(desk.agent(LANTERN, "otto").ids("list=mine"), [asked.id]);
}

#[test]
fn what_waited_while_nobody_served_is_the_one_agents() {
    let desk = Desk::open();
    serve(&desk, &[]);
    let asked = asks(&desk, 2);
    serve(&desk, &["sue"]);
    desk.takes_arrivals();
    desk.run_sweeps();
    assert_eq!(sorted(desk.sue().ids("list=mine")), ids(&asked), "also if the message is lost");
}

#[test]
fn the_active_ones_of_who_no_longer_serves_find_somebody() {
    let desk = Desk::open();
    let asked = asks(&desk, 3);
    for one in &asked[..2] {
        desk.sue().assigns(one, "mia");
    }
    desk.mia().keeps_open(&asked[1], "I ask.");
    desk.takes_arrivals();
    serve(&desk, &["leo", "sue", "otto"]);
    assert_eq!(sorted(desk.sue().ids("list=absent")), ids(&asked[..2]), "until then supervisors see them");
    desk.distributes();
    assert_eq!(sorted(desk.sue().ids("list=unassigned")), ids(&asked));
    let timeline = desk.sue().timeline(&asked[0]);
    assert_eq!(timeline.last().map(|entry| entry["reason"].clone()), Some(json!("agent_left")));
    desk.leo().is_here();
    desk.distributes();
    assert_eq!(sorted(desk.leo().ids("list=mine")), ids(&asked));
    assert_eq!(desk.load(TAIPEI, "leo"), 3);
    serve(&desk, &["mia", "leo", "sue", "otto"]);
    assert_eq!(desk.load(TAIPEI, "mia"), 0, "nothing is left on the old desk");
}

#[test]
fn a_lost_message_and_a_half_done_run_are_made_good_by_the_schedule() {
    let desk = Desk::open();
    let asked = asks(&desk, 1).remove(0);
    desk.sue().assigns(&asked, "mia");
    serve(&desk, &["leo", "sue"]);
    desk.takes_arrivals();
    desk.run_sweeps();
    assert!(desk.sue().has("list=unassigned", &asked), "nobody is online, and it is found all the same");
    // A process that still had the old shop gives one more within the minute.
    let marked = |desk: &Desk| desk.block_on(desk.app.store.shops_unplaced()).expect("an index").len();
    assert_eq!(marked(&desk), 1);
    desk.wait(seconds(60));
    desk.run_sweeps();
    assert_eq!(marked(&desk), 1, "the schedule looks until everybody knows");
    desk.wait(seconds(60));
    desk.run_sweeps();
    assert_eq!(marked(&desk), 0);
}

#[test]
fn what_is_touched_before_is_not_left_with_who_no_longer_serves() {
    let desk = Desk::open();
    let asked = asks(&desk, 3);
    for one in &asked {
        desk.sue().assigns(one, "mia");
    }
    desk.mia().replies(&asked[1], "Done.");
    desk.mia().merges(&asked[2], &asked[0]);
    serve(&desk, &["leo", "sue", "otto"]);
    desk.leo().keeps_open(&asked[0], "I take over.");
    assert_eq!(desk.leo().header(&asked[0])["assignee"], "leo", "who answers has it");
    desk.leo().reopens(&asked[1]);
    desk.leo().unmerges(&asked[2]);
    for one in &asked[1..] {
        assert!(desk.leo().header(one)["assignee"].is_null(), "nobody's until somebody is found");
    }
    assert_eq!(desk.load(TAIPEI, "leo"), 1);
}

#[test]
fn more_than_a_run_places_is_placed_by_the_next_one() {
    let desk = Desk::open();
    let asked = asks(&desk, 230);
    for some in asked.chunks(50) {
        let items: Vec<Value> = some.iter().map(|it| json!({ "id": it.id, "version": 1 })).collect();
        let body = json!({ "items": items, "action": { "type": "assign", "to": "mia" } });
        desk.sue().post("/inquiries/bulk", &body).send().ok();
    }
    serve(&desk, &["sue"]);
    desk.distributes();
    assert_eq!(desk.sue().ids("list=mine&limit=100").len(), 230);
}

#[test]
fn who_was_dropped_has_the_shop_neither_in_the_session_nor_in_the_counts() {
    let desk = Desk::open();
    let shops = |desk: &Desk| {
        let who = desk.otto();
        let session = desk.get("/v1/session").token(&who.token).send().ok();
        session["shops"].as_array().into_iter().flatten().map(|it| it["id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(shops(&desk), ["lantern", "taipei"]);
    let mut shop = lantern();
    shop.shop.members.pop();
    desk.stores(&shop);
    assert_eq!(shops(&desk), ["taipei"]);
    let mut shop = taipei();
    shop.shop.members.retain(|member| member.agent.as_str() != "mia");
    desk.stores(&shop);
    desk.wait(hours(1));
    desk.mia().get("/inquiries").send().refused(404, "not_found");
    assert_eq!(desk.get("/v1/session").token(&desk.mia().token).send().ok()["shops"], json!([]));
}
