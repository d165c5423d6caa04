//! The owner of a deployment makes a shop and changes it, by a call that no route leads to.

use common::problem::{Code, Problem};
use common::store::Store;
use put_shop::{MadeShop, WantedShop};
use serde_json::{Value, json};

use crate::support::{Desk, TAIPEI, roles, seconds, signing_key};

fn wanted(members: &Value) -> Value {
    json!({
        "id": "harbour",
        "name": "港口選物",
        "origins": ["https://harbour.example"],
        "members": members,
    })
}

fn put(desk: &Desk, wanted: &Value) -> Result<MadeShop, Problem> {
    let wanted: WantedShop = serde_json::from_value(wanted.clone()).expect("a shop of the right shape");
    desk.block_on(roles::working_as("put-shop", put_shop::run(desk.app.clone(), wanted)))
}

fn zoe() -> Value {
    json!({ "id": "zoe", "nickname": "Zoe", "role": "owner", "service": true })
}

fn max() -> Value {
    json!({ "id": "max", "nickname": "Max", "role": "agent", "service": true })
}

#[test]
fn a_shop_is_made_with_a_key_that_stays_until_another_is_wanted() {
    let desk = Desk::open();
    let shop = wanted(&json!([zoe()]));
    let made = put(&desk, &shop).expect("it is made");
    assert!(made.key.is_some());
    let again = put(&desk, &shop).expect("it stays");
    assert_eq!((again.key, &again.key_id), (None, &made.key_id), "and is not shown again");
    let mut rotating = shop.clone();
    rotating["rotate_key"] = json!(true);
    let rotated = put(&desk, &rotating).expect("it is changed");
    assert!(rotated.key.is_some() && rotated.key_id != made.key_id);
    let kept: Vec<String> = desk.record("harbour").signing_keys.into_iter().map(|key| key.id).collect();
    assert_eq!(kept, [made.key_id, rotated.key_id], "both are good, so that no visitor is refused");
}

#[test]
fn who_comes_may_work_and_who_goes_may_not_and_their_inquiries_go_to_who_is_left() {
    let desk = Desk::open();
    put(&desk, &wanted(&json!([zoe()]))).expect("it is made");
    let of = |agent: &str, path: &str| desk.agent("harbour", agent).get(path).send().status;
    assert_eq!((of("zoe", "/inquiries?list=mine"), of("max", "/inquiries?list=mine")), (200, 404));
    put(&desk, &wanted(&json!([zoe(), max()]))).expect("it is changed");
    assert_eq!(of("max", "/inquiries?list=mine"), 200);

    let mut record = desk.record("harbour");
    record.signing_keys.push(signing_key("harbour-1"));
    desk.stores(&record);
    let asked = desk.member("harbour", "ann", "Ann").submits("Do you ship to the islands?");
    desk.agent("harbour", "max").takes(&asked);
    put(&desk, &wanted(&json!([zoe()]))).expect("it is changed");
    assert_eq!(of("max", "/inquiries?list=mine"), 404);
    desk.distributes();
    assert_eq!(desk.agent("harbour", "zoe").header(&asked)["assignee"], "zoe");
}

#[test]
fn what_staff_decided_on_the_site_stays() {
    let desk = Desk::open();
    put(&desk, &wanted(&json!([zoe()]))).expect("it is made");
    let mut record = desk.record("harbour");
    record.shop.service_settings.reminder_hours = 7;
    record.shop.members[0].avatar = Some("0123456789abcdef.png".to_owned());
    assert!(desk.block_on(desk.app.store.change_shop(&record)).expect("it is stored"));
    put(&desk, &wanted(&json!([zoe(), max()]))).expect("it is changed");
    let shop = desk.record("harbour").shop;
    assert_eq!(shop.service_settings.reminder_hours, 7);
    assert_eq!(shop.members[0].avatar.as_deref(), Some("0123456789abcdef.png"));
    assert_eq!(shop.members.len(), 2);
}

#[test]
fn a_change_that_overtook_another_is_not_lost() {
    let desk = Desk::open();
    let stale = desk.record(TAIPEI);
    let mut faster = stale.clone();
    faster.shop.service_settings.reminder_hours = 7;
    assert!(desk.block_on(desk.app.store.change_shop(&faster)).expect("it is stored"));
    let mut slower = stale.clone();
    slower.shop.name = "Another name".to_owned();
    let stored = desk.block_on(desk.app.put_shop(&slower, Some(&stale.shop)));
    assert!(!stored.expect("it is answered"));
    let shop = desk.record(TAIPEI).shop;
    assert_eq!((shop.service_settings.reminder_hours, &shop.name), (7, &stale.shop.name));
    let twice = desk.block_on(desk.app.put_shop(&stale, None));
    assert!(!twice.expect("it is answered"), "nobody makes a shop that is there");
}

#[test]
fn a_wrong_shop_is_refused_field_by_field_and_changes_nothing() {
    let desk = Desk::open();
    put(&desk, &wanted(&json!([zoe()]))).expect("it is made");
    let boss = json!({ "id": "max", "nickname": "", "role": "boss" });
    let refused = put(&desk, &wanted(&json!([zoe(), boss]))).expect_err("it is wrong");
    assert_eq!(refused.code, Code::InvalidFields);
    let fields: Vec<&str> = refused.fields.iter().map(|it| it.field.as_str()).collect();
    assert_eq!(fields, ["members[1].role", "members[1].nickname"]);
    assert_eq!(desk.record("harbour").shop.members.len(), 1);
}

#[test]
fn whoever_is_removed_is_refused_by_every_process_within_a_minute() {
    let desk = Desk::open();
    let before = desk.record(TAIPEI);
    let asks = || desk.mia().get("/inquiries?list=mine").send().status;
    assert_eq!(asks(), 200, "this process remembers the shop from now on");
    // Another process, with a memory of its own.
    let elsewhere = Store::new(desk.app.store.table().clone());
    let mut after = before.clone();
    after.shop.members.retain(|member| member.agent.to_string() != "mia");
    let stored = desk.block_on(elsewhere.put_shop(&after, Some(&before.shop), desk.now()));
    assert!(stored.expect("it is stored"));
    desk.wait(seconds(58));
    assert_eq!(asks(), 200);
    desk.wait(seconds(3));
    assert_eq!(asks(), 404);
}

#[test]
fn a_large_staff_is_replaced_in_steps() {
    let desk = Desk::open();
    let people = |numbers: std::ops::Range<usize>| {
        let others = numbers
            .map(|it| json!({ "id": format!("a{it}"), "nickname": format!("A{it}"), "role": "agent" }));
        wanted(&Value::Array(std::iter::once(zoe()).chain(others).collect()))
    };
    put(&desk, &people(0..49)).expect("fifty people");
    let all = put(&desk, &people(21..60)).expect_err("too many");
    assert_eq!(all.fields[0].field, "members");
    put(&desk, &people(20..49)).expect("twenty go");
    put(&desk, &people(20..50)).expect("one comes");
    let mut renamed = people(20..50);
    renamed["name"] = json!("另一個名字");
    put(&desk, &renamed).expect("a new name for all memberships");
    assert_eq!(desk.record("harbour").shop.members.len(), 31);
    assert!(put(&desk, &people(0..50)).is_err(), "fifty-one people");
    let nobody = put(&desk, &wanted(&json!([max()]))).expect_err("nobody owns it");
    assert_eq!(nobody.fields[0].field, "members");
}
