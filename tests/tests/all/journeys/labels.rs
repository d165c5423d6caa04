//! Category, priority, flag, tags, and what was read (SPEC §2.3, §3.10, §4.4).

use serde_json::{Value, json};

use crate::support::Desk;

#[test]
fn a_category_decides_the_priority_until_a_person_does_and_both_are_recorded() {
    let desk = Desk::open();
    let asked = desk.ada().submits_with(json!({ "text": "It says error 5.", "category": "technical" }));
    let due = |header: &Value| header["reply_due_at"].as_str().unwrap_or_default().to_owned();
    let first = desk.mia().header(&asked);
    assert_eq!(first["priority"], "general");

    let changed = desk.mia().labels(&asked, &json!({ "category": "payment" }));
    assert_eq!(changed["inquiry"]["priority"], "urgent");
    assert!(due(&changed["inquiry"]) < due(&first), "the reply is due sooner");
    let words: Vec<_> =
        changed["entries"].as_array().into_iter().flatten().map(|it| it["event"].clone()).collect();
    assert_eq!(words, ["recategorized", "reprioritized"]);

    desk.mia().labels(&asked, &json!({ "priority": "important" }));
    desk.mia().labels(&asked, &json!({ "category": "order_anomaly" }));
    assert_eq!(desk.mia().header(&asked)["priority"], "important", "a person's choice stays");
    let told = desk.mia().timeline(&asked);
    let moves: Vec<_> = told.iter().map(|it| (it["from"].as_str(), it["to"].as_str())).collect();
    assert_eq!(moves[1], (Some("technical"), Some("payment")));
    assert_eq!(moves[4], (Some("payment"), Some("order_anomaly")));
}

#[test]
fn a_flag_and_tags_find_it_again() {
    let desk = Desk::open();
    let (asked, other) = (desk.ada().submits("One"), desk.ada().submits("Two"));
    desk.mia().takes(&asked);
    desk.mia().takes(&other);
    desk.mia().labels(&asked, &json!({ "flag": "purple", "add_tags": ["VIP", "退款 中"] }));
    assert_eq!(desk.mia().ids("list=mine&filter=flagged"), [asked.id.as_str()]);
    assert_eq!(desk.mia().ids("list=mine&tag=VIP"), [asked.id.as_str()]);
    let row = desk.mia().lists("list=mine&filter=flagged")["inquiries"][0].clone();
    assert_eq!((&row["flag"], &row["tags"]), (&json!("purple"), &json!(["VIP", "退款 中"])));

    let same = desk.mia().labels(&asked, &json!({ "flag": "purple", "add_tags": ["VIP"] }));
    assert_eq!(same["entries"], json!([]), "what is so already is no event");
    desk.mia().labels(&asked, &json!({ "flag": "none", "remove_tags": ["VIP"] }));
    assert_eq!(desk.mia().header(&asked)["tags"], json!(["退款 中"]));
    assert!(desk.mia().ids("list=mine&filter=flagged").is_empty());

    let many: Vec<String> = (0..10).map(|number| format!("tag {number}")).collect();
    desk.mia().tries(&asked, "label", &json!({ "add_tags": many })).refused(422, "too_many_tags");
}

#[test]
fn what_is_new_is_unread_until_its_agent_saw_it() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Hello?");
    desk.mia().takes(&asked);
    assert_eq!(desk.mia().counts()["unread"], 0, "who takes it looks at it");
    desk.ada().follows_up(&asked, "Anybody?");
    assert_eq!(desk.mia().counts()["unread"], 1);
    assert!(desk.mia().has("list=mine&filter=unread", &asked));

    let version = desk.mia().version(&asked);
    desk.mia().sees(&asked);
    assert_eq!(desk.mia().version(&asked), version, "reading is no event");
    assert_eq!(desk.mia().counts()["unread"], 0);
    assert!(desk.mia().has("list=mine&filter=unreplied", &asked), "seen is not answered");
    desk.mia().command(&asked, "label", &json!({ "unread": true })).send().ok();
    assert_eq!(desk.mia().counts()["unread"], 1);
    desk.mia().keeps_open(&asked, "Here!");
    assert_eq!(desk.mia().counts()["unread"], 0);
    desk.mia().command(&asked, "label", &json!({ "unread": true })).send().refused(409, "nothing_to_read");
}

#[test]
fn opening_an_inquiry_changes_nothing() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Hello?");
    desk.mia().assigns(&asked, "leo");
    let before = desk.leo().shows(&asked);
    assert_eq!(desk.leo().shows(&asked), before);
    assert_eq!(desk.leo().counts()["unread"], 1);
}
