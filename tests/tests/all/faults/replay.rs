//! A timeline, replayed: the state that it leads to, and only by legal steps (RELIABILITY I5).

use serde_json::{Value, json};

/// What a timeline says of an inquiry.
#[derive(Debug, Default, PartialEq)]
pub struct State {
    pub status: String,
    pub assignee: Value,
    pub flag: Value,
    pub tags: Value,
    pub category: Value,
    pub priority: Value,
    pub ended: Value,
    pub merged_into: Value,
    pub rating: Value,
}

/// The state that the entries lead to; panics where a step is not legal or a number is missing.
pub fn replayed(entries: &[Value], category: &str, priority: &str) -> State {
    let mut state = State {
        status: "nothing".to_owned(),
        tags: json!([]),
        category: json!(category),
        priority: json!(priority),
        ..State::default()
    };
    let mut unanswered = false;
    for (place, entry) in entries.iter().enumerate() {
        assert_eq!(entry["seq"], place as u64 + 1, "numbers are dense: {entries:#?}");
        let event = entry["event"].as_str().unwrap_or_default();
        let merged = !state.merged_into.is_null();
        assert!(
            !merged || matches!(event, "unmerged"),
            "nothing happens in a merged one but its end: {event}"
        );
        let active = state.status != "replied";
        match event {
            "submitted" => {
                assert_eq!(place, 0);
                unanswered = true;
            }
            "customer_wrote" => {
                unanswered = true;
                state.ended = Value::Null;
            }
            "agent_replied" => {
                unanswered = false;
                state.ended = if entry["then"] == "done" { json!("answered") } else { Value::Null };
            }
            "assigned" => {
                assert_eq!(entry["from"], state.assignee, "it was somebody else's");
                state.assignee = entry["to"].clone();
            }
            "closed" => {
                assert!(active, "closed twice");
                state.ended = entry["reason"].clone();
            }
            "settled" => {
                assert!(active, "settled in history");
                state.ended = json!("customer");
            }
            "reopened" => {
                assert!(!active, "reopened outside history");
                state.ended = Value::Null;
            }
            "flagged" => {
                assert_eq!(entry["from"], state.flag);
                state.flag = entry["to"].clone();
            }
            "tagged" => state.tags = entry["tags"].clone(),
            "recategorized" => {
                assert_eq!(entry["from"], state.category);
                state.category = entry["to"].clone();
            }
            "reprioritized" => {
                assert_eq!(entry["from"], state.priority);
                state.priority = entry["to"].clone();
            }
            "merged" => state.merged_into = entry["inquiry"].clone(),
            "unmerged" => state.merged_into = Value::Null,
            "timed_out" => {
                assert!(active, "timed out in history");
                state.ended = json!("timeout");
            }
            "rated" => {
                assert!(!active && state.rating.is_null(), "rated once, after the end");
                state.rating = entry["rating"].clone();
            }
            "absorbed" if entry["waits"] == true => {
                unanswered = true;
                state.ended = Value::Null;
            }
            "note_added" | "raised" | "absorbed" | "released" | "confirmed" => {}
            other => panic!("an unknown event: {other}"),
        }
        state.status = match (state.ended.is_null(), unanswered) {
            (false, _) => "replied",
            (true, true) => "awaiting_reply",
            (true, false) => "in_conversation",
        }
        .to_owned();
    }
    state
}

/// The state that an inquiry shows.
pub fn shown(header: &Value) -> State {
    State {
        status: header["status"].as_str().unwrap_or_default().to_owned(),
        assignee: header["assignee"].clone(),
        flag: header["flag"].clone(),
        tags: header["tags"].clone(),
        category: header["category"].clone(),
        priority: header["priority"].clone(),
        ended: header["ended"]["reason"].clone(),
        merged_into: header["merged_into"].clone(),
        rating: header["rating"]["rating"].clone(),
    }
}
