//! What belongs to the staff themselves: settings, profiles (SPEC §1, §5).

use domain::ids::{AgentId, ShopId};
use serde_json::{Value, json};

use crate::support::{Desk, seconds};

const PICTURE: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA";

fn settings() -> Value {
    json!({
        "reply_clock": "business",
        "business_hours": [{ "day": "monday", "from": "09:00", "to": "24:00" }],
        "holidays": ["2027-01-01"],
        "duty_required": true,
        "reminder_hours": 8,
        "departments": [{ "name": "倉庫", "agents": ["leo"] }],
    })
}

#[test]
fn an_owner_decides_about_service_and_two_do_not_overwrite_each_other() {
    let desk = Desk::open();
    let shown = || desk.otto().get("").send().ok();
    let version = shown()["settings_version"].as_u64().expect("a version");
    let put = |body: &Value, seen: u64| desk.otto().put("/service-settings", body).seeing(seen).send();
    assert_eq!(put(&settings(), version).ok()["settings_version"], version + 1);
    assert_eq!(shown()["service_settings"], settings());
    put(&settings(), version).refused(409, "settings_moved_on");
    desk.sue().put("/service-settings", &settings()).seeing(version + 1).send().refused(403, "forbidden");
}

#[test]
fn settings_that_cannot_be_are_refused_with_every_wrong_field() {
    let desk = Desk::open();
    let wrong = json!({
        "reply_clock": "business", "business_hours": [], "holidays": ["2027-02-30"], "duty_required": false,
        "reminder_hours": 0, "departments": [{ "name": "a", "agents": ["zed"] }, { "name": "a", "agents": [] }],
    });
    let refused =
        desk.otto().put("/service-settings", &wrong).seeing(1).send().refused(422, "invalid_fields");
    let mut fields: Vec<_> = refused["fields"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| (it["field"].as_str().unwrap_or_default(), it["code"].as_str().unwrap_or_default()))
        .collect();
    fields.sort_unstable();
    let expected = [
        ("business_hours", "required"),
        ("departments[0].agents", "unknown_value"),
        ("departments[1].agents", "required"),
        ("departments[1].name", "not_unique"),
        ("holidays[0]", "wrong_type"),
        ("reminder_hours", "out_of_range"),
    ];
    assert_eq!(fields, expected);
}

#[test]
fn a_new_avatar_shows_only_after_a_supervisor_approved_it() {
    let desk = Desk::open();
    let mine = desk.mia().put("/me", &json!({ "nickname": "米亞", "avatar": PICTURE })).send().ok();
    assert_eq!((&mine["nickname"], &mine["proposed"]["nickname"]), (&json!("小米"), &json!("米亞")));
    assert!(mine["avatar"].is_null());
    desk.mia().get("/proposals").send().refused(403, "forbidden");
    let waiting = desk.sue().get("/proposals").send().ok();
    assert_eq!(waiting["proposals"][0]["avatar"], PICTURE);
    let yes = json!({ "approve": true, "proposal": waiting["proposals"][0]["id"] });
    assert_eq!(desk.sue().post("/proposals/mia", &yes).send().status, 204);
    let mine = desk.mia().get("/me").send().ok();
    assert_eq!(mine["nickname"], "米亞");
    assert!(mine["proposed"].is_null());
    let avatar = desk.get(mine["avatar"].as_str().expect("a place")).send();
    assert_eq!((avatar.status, avatar.header("content-type")), (200, "image/png"));
    assert_eq!(avatar.header("x-content-type-options"), "nosniff");
    desk.sue().post("/proposals/mia", &yes).send().refused(404, "not_found");
}

#[test]
fn a_refused_proposal_changes_nothing_and_a_supervisors_own_holds_at_once() {
    let desk = Desk::open();
    desk.mia().put("/me", &json!({ "nickname": "米亞" })).send().ok();
    let waiting = desk.sue().get("/proposals").send().ok();
    let no = json!({ "approve": false, "proposal": waiting["proposals"][0]["id"] });
    desk.sue().post("/proposals/mia", &no).send();
    assert_eq!(desk.sue().get("/proposals").send().ok()["proposals"], json!([]));
    assert_eq!(desk.mia().get("/me").send().ok()["nickname"], "小米");
    assert_eq!(desk.sue().put("/me", &json!({ "nickname": "淑" })).send().ok()["nickname"], "淑");
}

#[test]
fn only_the_proposal_that_was_looked_at_is_decided() {
    let desk = Desk::open();
    desk.mia().put("/me", &json!({ "nickname": "米亞" })).send().ok();
    let seen = || desk.sue().get("/proposals").send().ok()["proposals"][0]["id"].clone();
    let first = seen();
    desk.wait(seconds(1));
    desk.mia().put("/me", &json!({ "nickname": "老闆" })).send().ok();
    let decide = |approve: bool, seen: &Value| {
        desk.sue().post("/proposals/mia", &json!({ "approve": approve, "proposal": seen })).send()
    };
    for approve in [true, false] {
        decide(approve, &first).refused(409, "proposal_moved_on");
    }
    assert_eq!(desk.mia().get("/me").send().ok()["nickname"], "小米");
    assert_eq!(decide(true, &seen()).status, 204);
    assert_eq!(desk.mia().get("/me").send().ok()["nickname"], "老闆");
}

#[test]
fn a_proposal_that_replaces_another_while_that_is_decided_still_waits() {
    let desk = Desk::open();
    desk.mia().put("/me", &json!({ "nickname": "米亞" })).send().ok();
    let (shop, mia) = (ShopId::parse("taipei").expect("an id"), AgentId::parse("mia").expect("an id"));
    let store = &desk.app.store;
    let first = desk.block_on(store.proposal(&shop, &mia)).expect("a read").expect("a proposal");
    desk.wait(seconds(1));
    desk.mia().put("/me", &json!({ "nickname": "米米" })).send().ok();
    desk.block_on(store.forget_proposal(&shop, &first)).expect("a write");
    assert_eq!(desk.sue().get("/proposals").send().ok()["proposals"][0]["nickname"], "米米");
}

#[test]
fn what_is_no_picture_is_refused() {
    let desk = Desk::open();
    let refused = |url: &str| {
        desk.mia().put("/me", &json!({ "avatar": url })).send().refused(422, "invalid_fields")["fields"][0]["code"].clone()
    };
    assert_eq!(refused("data:image/png;base64,PHN2Zz4="), "not_an_image");
    assert_eq!(refused("https://elsewhere.example/a.png"), "not_an_image");
    assert_eq!(refused(&format!("data:image/png;base64,iVBORw0KGgoA{}", "AAAA".repeat(9_000))), "too_large");
}
