//! Random histories of several people at once over a table on its worst days.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use common::store::ShopRecord;
use local::engine::Faults;
use serde_json::{Value, json};

use super::replay::{replayed, shown};
use crate::support::{Answer, Asked, Call, Desk, Dice, MailService, Setup, days, seconds, taipei};

/// A command that somebody sends until it is answered for good.
#[derive(Debug, Clone)]
struct Sent {
    who: &'static str,
    asked: Asked,
    verb: &'static str,
    body: Value,
    key: String,
    seen: u64,
}

impl Sent {
    fn call<'a>(&self, desk: &'a Desk) -> Call<'a> {
        if self.who == "ada" {
            desk.ada().command(&self.asked, self.verb, &self.body).key(&self.key)
        } else {
            desk.agent("taipei", self.who)
                .command(&self.asked, self.verb, &self.body)
                .key(&self.key)
                .seeing(self.seen)
        }
    }
}

fn something(dice: &mut Dice, asked: &[Asked], number: usize, seen: &BTreeMap<String, u64>) -> Sent {
    let one = dice.one_of(asked);
    let text = format!("text {number} {}.", "x".repeat(dice.below(600)));
    let (verb, body) = match dice.below(13) {
        0 | 1 => ("reply", json!({ "text": text, "then": "keep_open" })),
        2 => ("reply", json!({ "text": text, "then": "done" })),
        3 => ("notes", json!({ "text": text })),
        4 => ("assign", json!({ "to": dice.one_of(&[Some("mia"), Some("leo"), None]) })),
        5 => ("close", json!({ "reason": "test" })),
        6 => ("reopen", json!({})),
        7 => (
            "label",
            json!({ "flag": dice.one_of(&["red", "none"]), "add_tags": [format!("t{}", dice.below(8))] }),
        ),
        8 => ("label", json!({ "category": dice.one_of(&["payment", "other"]) })),
        9 => ("merge", json!({ "into": dice.one_of(asked).id })),
        10 => ("unmerge", json!({})),
        11 => ("label", json!({ "unread": dice.percent(50) })),
        _ => ("rating", json!({ "rating": "neutral" })),
    };
    let customers = dice.percent(35) || verb == "rating";
    let (who, verb, body) = match (customers, verb) {
        (true, "rating") => ("ada", "rating", body),
        (true, _) if dice.percent(15) => ("ada", "settle", json!({})),
        (true, _) => ("ada", "messages", json!({ "text": text })),
        (false, _) => (dice.one_of(&["mia", "leo", "sue"]), verb, body),
    };
    let seen = seen.get(&one.id).copied().unwrap_or(1);
    Sent { who, asked: one, verb, body, key: format!("key-{number}"), seen }
}

/// Sends until it is answered by something other than "try again".
fn until_answered(desk: &Desk, sent: &Sent) -> Answer {
    for _ in 0..60 {
        let answer = sent.call(desk).send();
        if answer.status != 503 && answer.status != 429 {
            return answer;
        }
    }
    panic!("never answered: {sent:?}");
}

fn history(seed: u64, chances: [f64; 4]) {
    let [stale_reads, conflicts, throttles, lost_answers] = chances;
    let active = Arc::new(AtomicBool::new(false));
    let faults = Faults {
        seed,
        stale_reads,
        lag: 12,
        conflicts,
        throttles,
        lost_answers,
        active: Arc::clone(&active),
        ..Faults::default()
    };
    let mails = MailService::default();
    let desk = Desk::with(Setup { faults: Some(faults), mails: Some(mails), ..Setup::default() });
    desk.get("/v1/shops/taipei/form").send().ok();
    let asked: Vec<Asked> = (0..3).map(|number| desk.ada().submits(&format!("No. {number}"))).collect();
    active.store(true, Ordering::Relaxed);
    let mut dice = Dice::new(seed);
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    let mut texts: Vec<(String, bool)> = Vec::new();
    for round in 0..50 {
        desk.wait(seconds(30));
        let sent: Vec<Sent> =
            (0..4).map(|who| something(&mut dice, &asked, round * 4 + who, &seen)).collect();
        let first = desk.at_once(sent.iter().map(|one| one.call(&desk)));
        for (one, first) in sent.iter().zip(first) {
            let answer = if matches!(first.status, 503 | 429) { until_answered(&desk, one) } else { first };
            assert!(answer.status < 500, "seed {seed}: {one:?}: {}", answer.text());
            let told = answer.json();
            let version = told["inquiry"]["version"].as_u64().or(told["current"]["version"].as_u64());
            if let Some(version) = version {
                seen.insert(one.asked.id.clone(), version);
            }
            if let Some(text) = one.body["text"].as_str() {
                texts.push((text.to_owned(), answer.status < 300));
            }
        }
        if round % 5 == 0 {
            desk.dispatch();
        }
        active.store(false, Ordering::Relaxed);
        match round {
            25 => desk.wait(days(8)),
            26 => desk.run_sweeps(),
            35 => desk.stores(&without_mia()),
            _ => {}
        }
        active.store(true, Ordering::Relaxed);
    }
    active.store(false, Ordering::Relaxed);
    for _ in 0..4 {
        desk.wait(seconds(200));
        desk.run_sweeps();
        desk.dispatch();
    }
    right(&desk, &asked, &texts, seed);
}

/// The shop after mia no longer serves.
fn without_mia() -> ShopRecord {
    let mut shop = taipei();
    shop.shop.members[0].service = false;
    shop
}

fn right(desk: &Desk, asked: &[Asked], texts: &[(String, bool)], seed: u64) {
    desks_agree(desk, asked, seed);
    let mut stored: Vec<String> = Vec::new();
    let mut replies = 0;
    for one in asked {
        let timeline = desk.sue().timeline(one);
        let header = desk.sue().header(one);
        assert_eq!(replayed(&timeline, "logistics", "important"), shown(&header), "seed {seed}");
        assert_eq!(header["version"], timeline.len(), "seed {seed}");
        stored.extend(timeline.iter().filter_map(|entry| entry["text"].as_str().map(str::to_owned)));
        let owed: Vec<&Value> = timeline.iter().filter(|entry| entry["event"] == "agent_replied").collect();
        assert!(owed.iter().all(|entry| entry["mail"]["state"] == "sent"), "seed {seed}: {owed:?}");
        replies += owed.len();
        let lists = ["list=all&limit=100", "list=history"];
        let found = lists.iter().filter(|list| desk.sue().has(list, one)).count();
        let listed = usize::from(header["merged_into"].is_null());
        assert_eq!(found, listed, "seed {seed}: in exactly one list");
    }
    let said = texts.iter().filter(|(_, acknowledged)| *acknowledged).count();
    assert!(said > 40 && said < texts.len(), "seed {seed}: some of it is accepted, some not: {said}");
    for (text, acknowledged) in texts {
        let times = stored.iter().filter(|it| *it == text).count();
        assert_eq!(times, usize::from(*acknowledged), "seed {seed}: {text}");
    }
    let mails = desk.mailbox("ada@example.com").len();
    assert!(mails >= replies, "seed {seed}: {mails} mails for {replies} replies");
}

/// What stands on the desks is what the inquiries say, whatever ended, came back, was merged or left behind.
fn desks_agree(desk: &Desk, asked: &[Asked], seed: u64) {
    let mut holders: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for one in asked {
        let header = desk.sue().header(one);
        let active = header["ended"].is_null() && header["merged_into"].is_null();
        if let Some(agent) = header["assignee"].as_str().filter(|_| active) {
            assert_ne!(agent, "mia", "seed {seed}: she no longer serves");
            holders.entry(agent.to_owned()).or_default().push(one.id.clone());
        }
    }
    desk.stores(&taipei());
    for (agent, held) in desk.held("taipei") {
        let mut theirs = holders.remove(&agent).unwrap_or_default();
        theirs.sort();
        assert_eq!(held, theirs, "seed {seed}: {agent}");
    }
    assert!(holders.is_empty(), "seed {seed}: {holders:?}");
}

#[test]
fn stale_reads_conflicts_and_throttles_break_no_history() {
    for seed in 1..=6 {
        history(seed, [0.5, 0.1, 0.1, 0.0]);
    }
}

#[test]
fn lost_answers_lose_and_double_nothing() {
    for seed in 21..=26 {
        history(seed, [0.3, 0.05, 0.05, 0.15]);
    }
}

#[test]
fn submissions_over_a_bad_line_are_one_inquiry_each() {
    let active = Arc::new(AtomicBool::new(false));
    let faults = Faults {
        seed: 9,
        stale_reads: 0.5,
        conflicts: 0.2,
        throttles: 0.2,
        lost_answers: 0.2,
        active: Arc::clone(&active),
        ..Faults::default()
    };
    let desk = Desk::with(Setup { faults: Some(faults), ..Setup::default() });
    desk.get("/v1/shops/taipei/form").send().ok();
    active.store(true, Ordering::Relaxed);
    let mut made = Vec::new();
    for number in 0..60 {
        let key = format!("key-{number}");
        let send = || desk.ada().submission(json!({ "text": format!("No. {number}") })).key(&key).send();
        let gets_through = || {
            let mut answers = (0..60).map(|_| send());
            answers.find(|answer| answer.status != 503).expect("it gets through").ok()
        };
        let (answer, again) = (gets_through(), gets_through());
        assert_eq!(again["id"], answer["id"]);
        made.push(answer["id"].as_str().unwrap_or_default().to_owned());
    }
    active.store(false, Ordering::Relaxed);
    let mut listed = desk.mia().ids("list=unassigned&limit=100");
    listed.sort();
    made.sort();
    assert_eq!(listed, made);
}
