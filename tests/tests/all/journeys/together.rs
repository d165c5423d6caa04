//! Two at once: nobody overwrites anybody (SPEC §3.6).

use serde_json::json;

use crate::support::{Answer, Desk};

#[test]
fn a_reply_to_an_older_version_is_refused_with_what_happened_since() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Where is my parcel?");
    desk.mia().takes(&asked);
    let seen = desk.mia().version(&asked);
    desk.ada().follows_up(&asked, "It is a lamp.");
    desk.leo().notes(&asked, "The warehouse has it.");

    let draft = json!({ "text": "Which parcel?", "then": "keep_open" });
    let problem =
        desk.mia().command(&asked, "reply", &draft).seeing(seen).send().refused(409, "inquiry_moved_on");
    assert_eq!(problem["current"]["version"], seen + 2);
    assert_eq!(problem["current"]["status"], "awaiting_reply");
    let texts: Vec<_> =
        problem["entries"].as_array().into_iter().flatten().map(|it| it["text"].clone()).collect();
    assert_eq!(texts, ["It is a lamp.", "The warehouse has it."]);
    desk.mia().command(&asked, "reply", &draft).seeing(seen + 2).send().ok();
    desk.mia().command(&asked, "reply", &draft).send().refused(428, "precondition_required");
}

#[test]
fn what_happened_since_is_told_in_full_however_long_it_is() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Where is my parcel?");
    let seen = desk.mia().version(&asked);
    let long = "長".repeat(5_000);
    desk.ada().follows_up(&asked, &long);
    desk.ada().follows_up(&asked, "Sorry for the long text.");
    let draft = json!({ "text": "Which parcel?", "then": "keep_open" });
    let problem =
        desk.mia().command(&asked, "reply", &draft).seeing(seen).send().refused(409, "inquiry_moved_on");
    let texts: Vec<_> =
        problem["entries"].as_array().into_iter().flatten().map(|it| it["text"].clone()).collect();
    assert_eq!(texts, [long.as_str(), "Sorry for the long text."]);
}

#[test]
fn of_two_agents_who_take_it_at_once_one_has_it_and_the_other_learns_who() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Where is my parcel?");
    let version = desk.mia().version(&asked);
    let takes = |who: &str| {
        desk.agent("taipei", who).command(&asked, "assign", &json!({ "to": who })).seeing(version)
    };
    let answers = desk.at_once([takes("mia"), takes("leo"), takes("sue")]);
    let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 200);
    assert_eq!((won.len(), lost.len()), (1, 2));
    let winner = won[0].json()["inquiry"]["assignee"].clone();
    for answer in lost {
        assert_eq!(answer.refused(409, "already_taken")["current"]["assignee"], winner);
    }
    assert_eq!(desk.mia().events(&asked), ["submitted", "assigned"]);
}

#[test]
fn of_two_replies_at_once_one_goes_out() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Where is my parcel?");
    let version = desk.mia().version(&asked);
    let reply = |who: &str| {
        let body = json!({ "text": format!("{who} answers"), "then": "done" });
        desk.agent("taipei", who).command(&asked, "reply", &body).seeing(version)
    };
    let mut answers = desk.at_once([reply("mia"), reply("leo")]);
    answers.sort_by_key(|answer| answer.status);
    assert_eq!(answers.iter().map(|it| it.status).collect::<Vec<_>>(), [201, 409]);
    desk.dispatch();
    assert_eq!(desk.mailbox("ada@example.com").len(), 1);
    assert_eq!(desk.ada().reads(&asked).len(), 2);
}

#[test]
fn notes_and_customers_messages_need_no_version_and_all_arrive() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Where is my parcel?");
    let notes = (0..6)
        .map(|number| desk.leo().command(&asked, "notes", &json!({ "text": format!("note {number}") })));
    let writes = (0..6)
        .map(|number| desk.ada().command(&asked, "messages", &json!({ "text": format!("word {number}") })));
    let calls: Vec<_> = notes.zip(writes).flat_map(|(note, write)| [note, write]).collect();
    let answers: Vec<Answer> = desk.at_once(calls);
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    let stored = desk.mia().timeline(&asked).len() - 1;
    assert_eq!(stored, statuses.iter().filter(|status| **status == 201).count(), "acknowledged is stored");
    assert!(statuses.iter().all(|status| matches!(status, 201 | 503)), "{statuses:?}");
    let numbers: Vec<_> = desk.mia().timeline(&asked).iter().map(|entry| entry["seq"].as_u64()).collect();
    assert_eq!(numbers, (1..=numbers.len() as u64).map(Some).collect::<Vec<_>>());
}
