//! An inquiry changes hands (SPEC §5.2, §5.5).

use serde_json::{Value, json};

use crate::support::Desk;

#[test]
fn it_is_taken_transferred_with_a_note_and_put_back() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Can I pay by bank transfer?");
    desk.mia().takes(&asked);
    assert!(desk.mia().has("list=mine", &asked) && !desk.leo().has("list=unassigned", &asked));

    let transfer = json!({ "to": "leo", "note": "She asked for you." });
    desk.mia().tries(&asked, "assign", &transfer).ok();
    assert!(desk.leo().has("list=mine&filter=unread", &asked), "leo has not seen it");
    let told = desk.leo().timeline(&asked);
    let last = told.last().cloned().unwrap_or_default();
    let said = (&last["event"], &last["from"], &last["to"], &last["note"], &last["by"]["id"]);
    assert_eq!(
        said,
        (&json!("assigned"), &json!("mia"), &json!("leo"), &json!("She asked for you."), &json!("mia"))
    );
    assert!(!desk.ada().shows(&asked).to_string().contains("asked for you"), "customers see no transfer");

    desk.leo().tries(&asked, "assign", &json!({ "to": null })).ok();
    assert!(desk.mia().has("list=unassigned", &asked));
    desk.leo().tries(&asked, "assign", &json!({ "to": null })).refused(409, "not_assigned");
    desk.leo().tries(&asked, "assign", &json!({ "to": "nora" })).refused(422, "not_an_agent");
    desk.leo().takes(&asked);
    desk.leo().tries(&asked, "assign", &json!({ "to": "leo" })).refused(409, "already_assigned");
}

#[test]
fn who_answers_an_unassigned_one_has_it() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Is it in stock?");
    desk.leo().keeps_open(&asked, "I am looking.");
    assert_eq!(desk.mia().header(&asked)["assignee"], "leo");
    assert_eq!(desk.mia().events(&asked), ["submitted", "agent_replied", "assigned"]);
}

#[test]
fn with_one_agent_everything_is_that_agents_and_nothing_is_unassigned() {
    let desk = Desk::open();
    let asked = desk.member("lantern", "cleo", "Cleo").submits("Do you ship abroad?");
    assert_eq!(desk.nora().header(&asked)["assignee"], "nora");
    assert!(desk.nora().has("list=mine", &asked));
    assert_eq!(desk.nora().ids("list=unassigned"), Vec::<String>::new());
    let counts = desk.nora().counts();
    assert_eq!(counts["unassigned"], Value::Null, "the shop has no such list");
    assert_eq!((&counts["active"], &counts["unread"], &counts["all"]), (&json!(1), &json!(1), &json!(1)));
    let shop = desk.nora().get("").send().ok();
    assert_eq!(shop["single_agent"], true);
    desk.nora().tries(&asked, "assign", &json!({ "to": null })).refused(409, "only_agent");
    desk.nora().tries(&asked, "assign", &json!({ "to": "otto" })).refused(422, "not_an_agent");
    let owner = desk.agent("lantern", "otto");
    assert_eq!(
        owner.ids("list=all"),
        std::slice::from_ref(&asked.id),
        "who answers for promises sees all of it"
    );
    owner.tries(&asked, "reply", &json!({ "text": "?", "then": "done" })).refused(403, "forbidden");
}
