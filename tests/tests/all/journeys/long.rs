//! A long conversation is kept whole and in order.

use serde_json::Value;

use crate::support::{Desk, days, hours};

#[test]
fn sixty_messages_some_of_them_long_are_read_back_completely_and_in_order() {
    let desk = Desk::open();
    let mut said = vec!["No. 0".to_owned()];
    let asked = desk.ada().submits(&said[0]);
    for number in 1..66_u32 {
        desk.wait(hours(1));
        let long = number % 7 == 0;
        let text = format!("No. {number} {}", if long { "長".repeat(9_990) } else { "short ".repeat(9) });
        let text = text.trim().to_owned();
        if number % 3 == 0 {
            desk.mia().keeps_open(&asked, &text)
        } else {
            desk.ada().follows_up(&asked, &text)
        };
        if number % 5 == 0 {
            desk.mia().notes(&asked, &format!("note {number}"));
        }
        if number % 6 == 0 {
            desk.dispatch();
        }
        said.push(text);
    }
    assert_eq!(desk.ada().reads(&asked), said);
    let told = desk.mia().timeline(&asked);
    let numbers: Vec<u64> = told.iter().filter_map(|entry| entry["seq"].as_u64()).collect();
    let version = desk.mia().version(&asked);
    assert_eq!(numbers, (1..=version).collect::<Vec<_>>());
    let written: Vec<&Value> = told.iter().filter(|entry| entry["event"] == "agent_replied").collect();
    assert_eq!(written.len(), 21);
    let sent = |entry: &&&Value| entry["mail"]["state"] == "sent";
    assert_eq!(written.iter().filter(sent).count(), 20, "all but the last were dispatched");
    desk.dispatch();
    let told = desk.mia().timeline(&asked);
    assert!(
        told.iter()
            .filter(|entry| entry["event"] == "agent_replied")
            .all(|entry| entry["mail"]["state"] == "sent")
    );
    assert_eq!(desk.mailbox("ada@example.com").len(), 21);
}

#[test]
fn the_answer_to_a_long_message_shows_it() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Short.");
    let long = "長".repeat(10_000);
    let answer = desk.ada().follows_up(&asked, &long);
    let shown: Vec<_> =
        answer["inquiry"]["messages"].as_array().into_iter().flatten().map(|it| it["text"].clone()).collect();
    assert_eq!(shown, ["Short.", long.as_str()]);
    assert_eq!(answer["inquiry"]["older"], false);
    let reply = desk.mia().keeps_open(&asked, &long);
    assert_eq!(reply["entries"][0]["text"], long.as_str());
    assert_eq!(reply["entries"][0]["mail"]["state"], "queued");
}

#[test]
fn a_conversation_of_years_stays_writable() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Every month I ask the same.");
    for number in 0..150 {
        desk.wait(days(5));
        desk.ada().follows_up(&asked, &format!("question {number}"));
        desk.mia().replies(&asked, &format!("answer {number} {}", "好".repeat(900)));
    }
    desk.dispatch();
    assert_eq!(desk.ada().reads(&asked).len(), 301);
    let replies = desk.mia().timeline(&asked).into_iter().filter(|it| it["event"] == "agent_replied");
    assert!(replies.into_iter().all(|reply| reply["mail"]["state"] == "sent"));
    assert_eq!(desk.mailbox("ada@example.com").len(), 150);
}
