//! Inquiries find the right agent by themselves (SPEC §5).

use serde_json::json;

use crate::support::{Agent, Asked, Desk, TAIPEI, seconds, taipei};

fn asks(desk: &Desk, many: usize) -> Vec<Asked> {
    let ask = |number| {
        desk.wait(seconds(1));
        desk.ada().submits(&format!("Question {number}"))
    };
    (0..many).map(ask).collect()
}

fn ids(asked: &[Asked]) -> Vec<String> {
    let mut ids: Vec<String> = asked.iter().map(|it| it.id.clone()).collect();
    ids.sort();
    ids
}

fn held(desk: &Desk, agent: &str) -> Vec<String> {
    desk.held(TAIPEI).into_iter().find(|(who, _)| who == agent).map(|(_, held)| held).unwrap_or_default()
}

fn why(agent: &Agent<'_>, asked: &Asked) -> serde_json::Value {
    let assigned = agent.timeline(asked).into_iter().rfind(|entry| entry["event"] == "assigned");
    assigned.expect("it was assigned")["routed"].clone()
}

#[test]
fn coming_online_drains_the_queue_oldest_first_up_to_capacity() {
    let desk = Desk::open();
    let asked = asks(&desk, 13);
    desk.distributes();
    assert_eq!(desk.sue().ids("list=unassigned").len(), 13, "nobody is here");
    desk.mia().is_here();
    desk.distributes();
    assert_eq!(held(&desk, "mia"), ids(&asked[..10]), "the ten that wait longest");
    assert_eq!(
        desk.sue().ids("list=unassigned"),
        asked[10..].iter().map(|it| it.id.clone()).collect::<Vec<_>>()
    );
    assert_eq!(why(&desk.mia(), &asked[2]), json!({ "because": "only_one", "load": 3, "capacity": 10 }));

    desk.mia().tries(&asked[4], "close", &json!({ "reason": "spam" })).ok();
    desk.distributes();
    assert!(held(&desk, "mia").contains(&asked[10].id), "a free place takes the next");
    desk.sue().desk("mia", &json!({ "capacity": 11 }));
    desk.distributes();
    assert_eq!(desk.load(TAIPEI, "mia"), 11, "more room is filled at once");
    assert_eq!(desk.sue().ids("list=unassigned"), [asked[12].id.clone()]);
}

#[test]
fn an_agent_is_online_for_sixty_seconds_after_the_last_sign_of_life() {
    for (waited, online) in [(59, true), (60, false), (61, false)] {
        let desk = Desk::open();
        desk.mia().is_here();
        desk.takes_arrivals();
        desk.wait(seconds(waited) - seconds(1));
        // Submitting takes a second of the desk's time.
        let asked = asks(&desk, 1);
        desk.distributes();
        assert_eq!(desk.load(TAIPEI, "mia") == 1, online, "after {waited} s");
        assert_eq!(desk.mia().has("list=mine", &asked[0]), online);
    }
}

#[test]
fn a_closed_page_and_a_switch_turned_off_get_nothing_by_themselves_but_people_still_give() {
    let desk = Desk::open();
    desk.mia().is_here();
    desk.mia().leaves();
    desk.leo().is_here();
    desk.leo().receives(false);
    let asked = asks(&desk, 1);
    desk.distributes();
    assert_eq!(desk.sue().ids("list=unassigned"), [asked[0].id.clone()]);
    let given = desk.sue().assigns(&asked[0], "mia");
    assert_eq!(given["warnings"], json!(["offline"]));
    let given = desk.sue().assigns(&asked[0], "leo");
    assert_eq!(given["warnings"], json!(["not_receiving"]));
    assert_eq!((desk.load(TAIPEI, "mia"), desk.load(TAIPEI, "leo")), (0, 1));
}

#[test]
fn another_page_of_the_same_person_keeps_them_online() {
    let desk = Desk::open();
    desk.mia().is_here();
    desk.mia().post("/presence", &json!({ "tab": "another" })).send().ok();
    desk.mia().leaves();
    asks(&desk, 1);
    desk.distributes();
    assert_eq!(desk.load(TAIPEI, "mia"), 1, "the page that closed was not the last to speak");
}

#[test]
fn people_give_above_capacity_and_the_system_never_does() {
    let desk = Desk::open();
    desk.sue().desk("mia", &json!({ "capacity": 1 }));
    let asked = asks(&desk, 3);
    desk.sue().assigns(&asked[0], "mia");
    let full = desk.sue().assigns(&asked[1], "mia");
    assert_eq!(full["warnings"], json!(["offline", "full"]));
    desk.mia().is_here();
    desk.distributes();
    assert_eq!(desk.load(TAIPEI, "mia"), 2);
    desk.mia().tries(&asked[0], "close", &json!({ "reason": "spam" })).ok();
    desk.distributes();
    assert_eq!(desk.load(TAIPEI, "mia"), 1, "one of one: there is still no room");
    assert!(desk.sue().has("list=unassigned", &asked[2]));
}

#[test]
fn whoever_is_responsible_gets_it_and_the_timeline_says_why() {
    let desk = Desk::open();
    desk.sue().desk("leo", &json!({ "categories": ["payment"] }));
    for agent in [desk.mia(), desk.leo()] {
        agent.is_here();
    }
    let asked = desk.ada().submits_with(json!({ "text": "I paid twice", "category": "payment" }));
    desk.distributes();
    assert_eq!(desk.leo().header(&asked)["assignee"], "leo");
    assert_eq!(
        why(&desk.leo(), &asked),
        json!({ "because": "responsible", "category": "payment", "load": 1, "capacity": 10 })
    );
}

#[test]
fn whoever_had_it_gets_it_again_if_they_can_and_else_it_arrives_anew() {
    let desk = Desk::open();
    desk.mia().is_here();
    desk.leo().is_here();
    let asked = asks(&desk, 1).remove(0);
    desk.distributes();
    let first = desk.sue().header(&asked)["assignee"].as_str().map(str::to_owned).expect("somebody");
    desk.agent(TAIPEI, &first).replies(&asked, "Done.");
    desk.ada().follows_up(&asked, "One more thing");
    desk.distributes();
    assert_eq!(desk.sue().header(&asked)["assignee"], first.as_str());
    assert_eq!(why(&desk.sue(), &asked)["because"], "had_it");

    desk.agent(TAIPEI, &first).replies(&asked, "Done.");
    desk.agent(TAIPEI, &first).leaves();
    desk.ada().follows_up(&asked, "And another");
    desk.distributes();
    assert_ne!(desk.sue().header(&asked)["assignee"], first.as_str());
    assert_eq!(desk.load(TAIPEI, &first), 0);
}

#[test]
fn what_somebody_put_back_goes_to_somebody_else_or_waits() {
    let desk = Desk::open();
    desk.mia().is_here();
    let asked = asks(&desk, 1).remove(0);
    desk.distributes();
    desk.mia().tries(&asked, "assign", &json!({ "to": null })).ok();
    desk.distributes();
    assert!(desk.sue().header(&asked)["assignee"].is_null(), "not to whoever does not want it");
    desk.leo().is_here();
    desk.distributes();
    assert_eq!(desk.sue().header(&asked)["assignee"], "leo");
}

#[test]
fn a_lost_message_delays_an_assignment_until_the_schedule_looks() {
    let desk = Desk::open();
    desk.mia().is_here();
    asks(&desk, 2);
    assert!(!desk.takes_arrivals().is_empty());
    desk.distributes();
    assert_eq!(desk.load(TAIPEI, "mia"), 0, "the messages are gone");
    desk.run_sweeps();
    assert_eq!(desk.load(TAIPEI, "mia"), 2);
}

#[test]
fn where_the_roster_is_a_condition_a_shift_that_starts_takes_what_waits() {
    let desk = Desk::open();
    let mut shop = taipei();
    shop.shop.service_settings.duty_required = true;
    desk.stores(&shop);
    // Monday, nine o'clock in Taipei; the shift starts at ten.
    desk.sue().desk("mia", &json!({ "shifts": [{ "day": "monday", "from": "10:00", "to": "18:00" }] }));
    let asked = asks(&desk, 1).remove(0);
    desk.mia().is_here();
    desk.distributes();
    assert!(desk.sue().has("list=unassigned", &asked));
    desk.wait(seconds(3600));
    desk.mia().is_here();
    desk.run_sweeps();
    assert!(desk.mia().has("list=mine", &asked));
}

#[test]
fn supervisors_see_what_absent_agents_have() {
    let desk = Desk::open();
    let asked = asks(&desk, 2);
    desk.sue().assigns(&asked[0], "mia");
    desk.sue().assigns(&asked[1], "leo");
    desk.leo().is_here();
    assert_eq!(desk.sue().ids("list=absent"), [asked[0].id.clone()]);
    desk.mia().get("/inquiries?list=absent").send().refused(403, "forbidden");
}

#[test]
fn a_poll_is_a_heartbeat_and_tells_who_else_is_here_and_what_waits_elsewhere() {
    let desk = Desk::open();
    let asked = asks(&desk, 1).remove(0);
    desk.leo().post("/presence", &json!({ "tab": "l", "viewing": asked.id, "typing": true })).send().ok();
    let page = desk.otto().lists("list=mine&counts=true&tab=o&shops=true");
    assert_eq!(
        page["presence"],
        json!({ "receiving": true, "load": 0, "capacity": 10,
                "colleagues": [{ "agent": "leo", "viewing": asked.id, "typing": true }] })
    );
    assert_eq!(page["shops"], json!([{ "id": "taipei", "unread": 0, "queueing": 1 }]));
    desk.wait(seconds(21));
    let page = desk.otto().lists("list=mine&tab=o");
    assert_eq!(page["presence"]["colleagues"], json!([{ "agent": "leo", "viewing": asked.id }]));
    desk.wait(seconds(39));
    assert_eq!(desk.otto().lists("list=mine&tab=o")["presence"]["colleagues"], json!([]));
}

#[test]
fn counts_are_exact_after_retries_redelivery_and_many_at_once() {
    let mut desk = Desk::open();
    let ada = desk.ada();
    let ask = |number: usize| {
        let body = json!({ "text": format!("Question {number}") });
        ada.submission(body).key(format!("key-{}", number % 15))
    };
    // Fifteen keys, each sent twice at once: the second body differs and is refused.
    let answers = desk.at_once((0..30).map(ask));
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 15);
    desk.mia().is_here();
    let messages = desk.takes_arrivals();
    let shop = domain::ids::ShopId::parse(TAIPEI).expect("a shop's id");
    for _ in messages.iter().chain(&messages) {
        desk.block_on(distribute_inquiries::distribute(&desk.app, &shop, &[])).expect("it is distributed");
    }
    desk.forgets();
    let counts = desk.mia().counts();
    assert_eq!(
        (&counts["active"], &counts["unread"], &counts["unreplied"], &counts["unassigned"]),
        (&json!(10), &json!(10), &json!(10), &json!(5))
    );
    assert_eq!(desk.load(TAIPEI, "mia"), 10);
}

#[test]
fn a_desk_that_cannot_be_is_refused_with_what_is_wrong() {
    let desk = Desk::open();
    let put = |body: serde_json::Value| desk.sue().put("/agents/mia/desk", &body).send();
    for capacity in [-1, 201] {
        let refused = put(json!({ "capacity": capacity })).refused(422, "invalid_fields");
        assert_eq!(refused["fields"][0]["code"], "out_of_range");
    }
    let shift = |from: &str, to: &str| json!({ "day": "monday", "from": from, "to": to });
    let wrong = put(json!({ "shifts": [shift("18:00", "09:00")] })).refused(422, "invalid_fields");
    assert_eq!(
        (&wrong["fields"][0]["field"], &wrong["fields"][0]["code"]),
        (&json!("shifts[0].to"), &json!("ends_before_start"))
    );
    let wrong = put(json!({ "shifts": [shift("09:00", "12:00"), shift("11:59", "13:00")] }));
    assert_eq!(wrong.refused(422, "invalid_fields")["fields"][0]["code"], "overlaps");
    desk.sue().put("/agents/zed/desk", &json!({})).send().refused(404, "not_found");
    desk.mia().put("/agents/mia/desk", &json!({})).send().refused(403, "forbidden");
}

#[test]
fn the_roster_says_which_hours_nobody_covers() {
    let desk = Desk::open();
    let mut shop = taipei();
    let open = domain::calendar::Span { day: domain::calendar::Day::Monday, from: 540, to: 1080 };
    shop.shop.service_settings.business_hours = domain::calendar::Week::new(vec![open]).expect("a week");
    desk.stores(&shop);
    desk.sue().desk("mia", &json!({ "shifts": [{ "day": "monday", "from": "09:00", "to": "12:00" }] }));
    let agents = desk.leo().get("/agents").send().ok();
    assert_eq!(agents["uncovered"], json!([{ "day": "monday", "from": "12:00", "to": "18:00" }]));
    let duty: Vec<_> =
        agents["agents"].as_array().into_iter().flatten().map(|it| it["on_duty"].clone()).collect();
    assert_eq!(duty, [json!(true), json!(false), json!(false), json!(false)]);
}
