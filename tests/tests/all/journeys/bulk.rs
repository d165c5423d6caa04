//! Many at once, each reported on its own (SPEC §4.7).

use serde_json::{Value, json};

use crate::support::{Asked, Desk};

fn items(asked: &[Asked], version: u64) -> Value {
    asked.iter().map(|one| json!({ "id": one.id, "version": version })).collect()
}

fn codes(results: &Value) -> Vec<String> {
    let results = results["results"].as_array().expect("results");
    let code = |it: &Value| match it["problem"]["code"].as_str() {
        Some(code) => code.to_owned(),
        None => it["inquiry"]["status"].as_str().unwrap_or_default().to_owned(),
    };
    results.iter().map(code).collect()
}

#[test]
fn each_item_is_done_or_refused_on_its_own() {
    let desk = Desk::open();
    let asked: Vec<_> = (0..4).map(|number| desk.ada().submits(&number.to_string())).collect();
    desk.ada().settles(&asked[1]);
    desk.leo().notes(&asked[2], "Moved on.");
    let mut list = items(&asked, 1);
    list[1]["version"] = json!(2);
    let unknown = json!({ "id": "inq_00000000000000000000000000", "version": 1 });
    list.as_array_mut().expect("items").push(unknown);
    let body = json!({ "items": list, "action": { "type": "close", "reason": "test" } });
    let results = desk.mia().post("/inquiries/bulk", &body).key("one").send().ok();
    assert_eq!(codes(&results), ["replied", "already_ended", "inquiry_moved_on", "replied", "not_found"]);
    assert_eq!(results["results"][2]["problem"]["current"]["version"], 2);
    let again = desk.mia().post("/inquiries/bulk", &body).key("one").send().ok();
    assert_eq!(again, results, "sent again it changes nothing");
    assert_eq!(desk.mia().version(&asked[0]), 2);
}

#[test]
fn giving_many_warns_and_says_who_has_what_another_took() {
    let desk = Desk::open();
    let asked: Vec<_> = (0..3).map(|number| desk.ada().submits(&number.to_string())).collect();
    desk.sue().desk("leo", &json!({ "capacity": 1 }));
    desk.sue().takes(&asked[1]);
    let assign = |to: Value| {
        let body = json!({ "items": items(&asked, 1), "action": { "type": "assign", "to": to } });
        desk.mia().post("/inquiries/bulk", &body).send().ok()
    };
    let results = assign(json!("leo"));
    assert_eq!(codes(&results), ["awaiting_reply", "already_taken", "awaiting_reply"]);
    assert_eq!(results["results"][1]["problem"]["current"]["assignee"], "sue");
    assert_eq!(results["warnings"], json!(["offline", "full"]));
    assert!(assign(json!("mia"))["warnings"].is_null(), "nothing was given");
}

#[test]
fn assigning_and_tagging_many() {
    let desk = Desk::open();
    let asked: Vec<_> = (0..50).map(|number| desk.ada().submits(&number.to_string())).collect();
    let assign = json!({ "items": items(&asked, 1), "action": { "type": "assign", "to": "leo" } });
    let results = desk.mia().post("/inquiries/bulk", &assign).send().ok();
    assert_eq!(codes(&results), ["awaiting_reply"; 50]);
    assert_eq!(desk.leo().counts()["active"], 50);
    let tag = json!({ "items": items(&asked, 2), "action": { "type": "tag", "add": ["surge"] } });
    desk.mia().post("/inquiries/bulk", &tag).send().ok();
    assert_eq!(desk.leo().ids("list=mine&tag=surge").len(), 50);
    let mut many = items(&asked, 3);
    many.as_array_mut().expect("items").push(json!({ "id": asked[0].id, "version": 3 }));
    let body = json!({ "items": many, "action": { "type": "tag", "add": ["x"] } });
    desk.mia().post("/inquiries/bulk", &body).send().refused(422, "invalid_fields");
}
