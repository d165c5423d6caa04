//! What belongs to the staff themselves: settings, profiles, digests (SPEC §1, §5, §7.7).

use serde_json::{Value, json};

use crate::support::{Desk, hours};

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
        .map(|it| it["field"].as_str().unwrap_or_default())
        .collect();
    fields.sort_unstable();
    let expected =
        ["business_hours", "departments[0].agents", "departments[1].name", "holidays[0]", "reminder_hours"];
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
    assert_eq!(desk.sue().post("/proposals/mia", &json!({ "approve": true })).send().status, 204);
    let mine = desk.mia().get("/me").send().ok();
    assert_eq!(mine["nickname"], "米亞");
    assert!(mine["proposed"].is_null());
    let avatar = desk.get(mine["avatar"].as_str().expect("a place")).send();
    assert_eq!((avatar.status, avatar.header("content-type")), (200, "image/png"));
    assert_eq!(avatar.header("x-content-type-options"), "nosniff");
    desk.sue().post("/proposals/mia", &json!({ "approve": true })).send().refused(404, "not_found");
}

#[test]
fn a_refused_proposal_changes_nothing_and_a_supervisors_own_holds_at_once() {
    let desk = Desk::open();
    desk.mia().put("/me", &json!({ "nickname": "米亞" })).send().ok();
    desk.sue().post("/proposals/mia", &json!({ "approve": false })).send();
    assert_eq!(desk.mia().get("/me").send().ok()["nickname"], "小米");
    assert_eq!(desk.sue().put("/me", &json!({ "nickname": "淑" })).send().ok()["nickname"], "淑");
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

#[test]
fn digests_tell_once_an_hour_what_was_not_seen_and_can_be_turned_off() {
    let desk = Desk::open();
    let digests = || desk.block_on(send_digests::run(desk.app.clone())).expect("the schedule runs");
    let first = desk.ada().submits("Where is my parcel?");
    desk.mia().takes(&first);
    desk.otto().put("/me/digest", &json!({ "digest": false })).send();
    desk.wait(hours(12));
    desk.enforces();
    digests();
    digests();
    let box_of = |who: &str| desk.mailbox(&format!("{who}@staff.example"));
    assert_eq!((box_of("mia").len(), box_of("sue").len(), box_of("otto").len()), (1, 1, 0));
    let mail = &box_of("mia")[0];
    assert!(mail.text.contains(&first.reference) && !mail.text.contains("parcel"), "{}", mail.text);
    assert!(!mail.text.contains("ada"), "nothing of the customer");

    // Another within the hour waits for the next, and what was seen on the site is not told.
    desk.wait(hours(8));
    desk.enforces();
    digests();
    assert_eq!(box_of("sue").len(), 2);
    desk.wait(hours(4));
    desk.enforces();
    let newest = desk.mia().get("/alerts").send().ok()["alerts"][0]["id"].clone();
    desk.mia().post("/alerts/seen", &json!({ "until": newest })).send();
    desk.wait(hours(1));
    digests();
    assert_eq!((box_of("mia").len(), box_of("sue").len()), (2, 3));
}

#[test]
fn digests_that_run_at_once_send_one_mail() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Where is my parcel?");
    desk.mia().takes(&asked);
    desk.wait(hours(12));
    desk.enforces();
    desk.block_on(async {
        let run = || send_digests::run(desk.app.clone());
        let (one, two, three) = tokio::join!(run(), run(), run());
        one.and(two).and(three).expect("the schedule runs");
    });
    assert_eq!(desk.mailbox("mia@staff.example").len(), 1);
}
