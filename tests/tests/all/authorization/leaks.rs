//! What customers are never shown.

use serde_json::{Value, json};

use super::scene::{Object, SECRET, Scene};
use crate::support::{Answer, Customer, Desk, Does, days};

/// Names of what is staff's alone.
const INTERNAL: [&str; 16] = [
    "note",
    "notes",
    "tags",
    "add_tags",
    "flag",
    "assignee",
    "priority",
    "unread",
    "version",
    "waiting_since",
    "reply_due_at",
    "timeline",
    "entries",
    "merged",
    "evidence",
    "current",
];

/// Names of what is staff's alone of an order.
const INTERNAL_OF_ORDERS: [&str; 17] = [
    "version",
    "left",
    "merchant_note",
    "terms",
    "may_contact",
    "closed_to_shipping",
    "promised_ship_by",
    "payer",
    "attempts",
    "reference",
    "problem",
    "first_confirmed_by",
    "needs_two",
    "attention",
    "contradicted",
    "consent",
    "by",
];

/// Every name in a JSON value, however deep.
fn names(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                found.push(name.clone());
                names(value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, found)),
        _ => {}
    }
}

#[track_caller]
fn nothing_internal(answer: &Answer) {
    let mut found = Vec::new();
    names(&answer.json(), &mut found);
    let shown: Vec<_> = found.iter().filter(|name| INTERNAL.contains(&name.as_str())).collect();
    assert!(shown.is_empty(), "{shown:?} in {}", answer.text());
    assert!(!answer.text().contains(SECRET), "{}", answer.text());
}

/// Everything that a customer can be answered about one of theirs, good and bad.
fn everything(customer: &Customer<'_>, id: &str) -> Vec<Answer> {
    let verb = |verb: &str, body: Value| customer.post(&format!("/my/inquiries/{id}/{verb}"), &body).send();
    vec![
        customer.get("/my/inquiries").send(),
        customer.get("/my/inquiries?source=contact_form").send(),
        customer.get(&format!("/my/inquiries/{id}")).send(),
        customer.get(&format!("/my/inquiries/{id}?before=3")).send(),
        verb("messages", json!({})),
        verb("messages", json!({ "text": "Again" })),
        verb("rating", json!({ "rating": "neutral" })),
        verb("settle", json!({})),
        verb("settle", json!({})),
        verb("rating", json!({ "rating": "satisfied", "comment": "Good" })),
        verb("rating", json!({ "rating": "satisfied" })),
        customer.submission(json!({ "text": "Something else" })).key("leaks").send(),
        customer.submission(json!({ "text": "Something other" })).key("leaks").send(),
    ]
}

#[test]
fn no_answer_to_a_customer_has_a_field_of_staffs_own() {
    let desk = Desk::open();
    let scene = Scene::set(&desk);
    let gus = desk.guest("gus@example.com");
    let gus = gus.in_session(&gus.opens(&scene.inquiry_link).ok());
    for (customer, object) in
        [(desk.ada(), Object::Adas), (desk.ada(), Object::AdasMerged), (gus, Object::Guss)]
    {
        let answers = everything(&customer, &scene.id(object));
        assert!(
            answers.iter().any(|answer| answer.status == 200)
                && answers.iter().any(|answer| answer.status > 400)
        );
        answers.iter().for_each(nothing_internal);
    }
    nothing_internal(&desk.guest("eve@example.com").confirms(&scene.confirm_link));
}

#[test]
fn no_answer_to_a_customer_about_an_order_has_a_field_of_staffs_own() {
    let desk = Desk::open();
    let provider = desk.provider();
    provider.will(&[Does::Refuses]);
    let mut order = desk.places("A1001");
    desk.pushes_change(&mut order, &json!({ "merchant_note": SECRET })).ok();
    let (ada, mia) = (desk.ada(), desk.mia());
    mia.does("A1001", "notes", &json!({ "text": SECRET })).ok();
    let asked = ada.submits_with(json!({ "text": "A week later is fine", "order": "A1001" }));
    mia.delays("A1001", "2027-03-10", &asked, Some(1)).ok();
    mia.delays("A1001", "2027-03-12", &asked, None).ok();
    mia.refunds("A1001", 20_000, &asked, Some(1)).ok();
    desk.executes();
    assert_eq!(mia.refund("A1001", 1)["problem"], "the card was closed");
    let returned = json!({ "kind": "return", "items": [{ "product": "tea", "quantity": 1 }] });
    let answers = [
        ada.get("/my/orders").send(),
        ada.get("/my/orders/A1001").send(),
        ada.asks("A1001", "cancel", &json!({})).send(),
        ada.asks("A1001", "answer", &json!({ "delay": "2027-03-12", "agrees": true })).send(),
        ada.asks("A1001", "answer", &json!({ "refund": 1, "agrees": true })).send(),
        ada.asks("A1001", "refund-requests", &json!({ "reason": "other" })).send(),
        ada.asks("A1001", "refund-requests", &json!({ "reason": "late" })).send(),
        ada.asks("A1001", "withdraw", &json!({ "refund": 2 })).send(),
        ada.asks("A1001", "withdraw", &json!({ "return": 1 })).send(),
        ada.asks("A1001", "returns", &returned).send(),
    ];
    let talk = ada.get(&format!("/my/inquiries/{}", asked.id)).send();
    nothing_internal(&talk);
    assert!(answers.iter().any(|it| it.status == 201) && answers.iter().any(|it| it.status == 409));
    for answer in &answers {
        let mut found = Vec::new();
        names(&answer.json(), &mut found);
        let shown: Vec<_> = found.iter().filter(|it| INTERNAL_OF_ORDERS.contains(&it.as_str())).collect();
        assert!(shown.is_empty(), "{shown:?} in {}", answer.text());
    }
    for answer in answers.iter().chain([&talk]) {
        for said in [SECRET, "a cup more", "card was closed", "mia", "小米"] {
            assert!(!answer.text().contains(said), "{said} in {}", answer.text());
        }
    }
}

#[test]
fn the_form_promises_times_and_shows_nobody() {
    let desk = Desk::open();
    let form = desk.get("/v1/shops/taipei/form").send();
    let mut found = Vec::new();
    names(&form.clone().ok(), &mut found);
    let shown: Vec<_> = found
        .iter()
        .filter(|name| {
            INTERNAL.contains(&name.as_str()) && !["priority", "evidence"].contains(&name.as_str())
        })
        .collect();
    assert!(shown.is_empty(), "{shown:?}");
    for agent in ["mia", "小米", "otto", "歐老闆"] {
        assert!(!form.text().contains(agent));
    }
}

#[test]
fn a_customer_is_not_told_that_they_were_taken_for_spam() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Buy now");
    desk.mia().closes_as(&asked, "spam");
    let shown = desk.ada().shows(&asked);
    assert!(!shown.to_string().contains("spam"), "{shown}");
}

#[test]
fn a_merged_inquiry_takes_no_command_of_staff_and_its_customer_goes_on_in_the_other() {
    let desk = Desk::open();
    let scene = Scene::set(&desk);
    let (ada, mia) = (desk.ada(), desk.mia());
    let merged = format!("/inquiries/{}", scene.id(Object::AdasMerged));
    let version = mia.get(&merged).send().ok()["inquiry"]["version"].as_u64().expect("a version");
    for (verb, body) in commands() {
        let answer = mia.post(&format!("{merged}/{verb}"), &body).seeing(version).send();
        answer.refused(409, "inquiry_merged");
    }
    let written = ada.post(&format!("/my{merged}/messages"), &json!({ "text": "Still there?" })).send();
    nothing_internal(&written);
    let written = written.ok();
    assert_eq!(
        (&written["inquiry"]["id"], &written["opened_new"]),
        (&json!(scene.id(Object::Adas)), &json!(false))
    );
    let settled = ada.post(&format!("/my{merged}/settle"), &json!({})).send();
    nothing_internal(&settled);
    settled.refused(409, "inquiry_merged");
}

#[test]
fn a_locked_inquiry_takes_no_command_of_staff_and_its_customer_begins_a_new_one() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Where is my parcel?");
    desk.mia().replies(&asked, "It left today");
    desk.wait(days(30));
    let (ada, mia) = (desk.ada(), desk.mia());
    for (verb, body) in commands() {
        let problem = mia.tries(&asked, verb, &body).refused(409, "inquiry_locked");
        assert_eq!(problem["current"]["locked"], true, "{verb}");
    }
    let settled = ada.command(&asked, "settle", &json!({})).send();
    nothing_internal(&settled);
    assert_eq!(settled.status, 409);
    let written = ada.command(&asked, "messages", &json!({ "text": "It broke" })).send();
    nothing_internal(&written);
    let written = written.ok();
    assert_eq!((&written["inquiry"]["follows"], &written["opened_new"]), (&json!(asked.id), &json!(true)));
    assert_eq!(ada.rates(&asked, "satisfied")["rating"], "satisfied", "a rating is still welcome");
}

fn commands() -> [(&'static str, Value); 6] {
    [
        ("reply", json!({ "text": "x", "then": "done" })),
        ("notes", json!({ "text": "x" })),
        ("assign", json!({ "to": "leo" })),
        ("close", json!({ "reason": "spam" })),
        ("reopen", json!({})),
        ("label", json!({ "flag": "blue" })),
    ]
}
