//! 200 inquiries and 8 agents who come and go, all at once against the running program; afterwards
//! what is stored is read and holds.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use super::ledger::Ledger;
use crate::faults::killing::machine::{Machine, Person};
use crate::support::{Dice, Folder};

const AGENTS: usize = 8;
const INQUIRIES: usize = 200;
const CAPACITY: u64 = 5;
const SHOP: &str = "/v1/shops/crowd";

fn members() -> Vec<Value> {
    let agent =
        |number| json!({ "id": format!("a{number}"), "nickname": "a", "role": "agent", "service": true });
    let boss = json!({ "id": "boss", "nickname": "b", "role": "owner", "service": false });
    (0..AGENTS).map(agent).chain([boss]).collect()
}

/// Comes and goes, and answers what it is given, until everything was answered.
fn works(machine: &Machine, number: usize, answered: &AtomicUsize) {
    let (me, mut dice) = (machine.agent(&format!("a{number}")).expect("a token"), Dice::new(number as u64));
    let says = |body: Value| drop(me.post(&format!("{SHOP}/presence"), None, &body));
    let (mut rounds, mut page_number) = (0, 0);
    while answered.load(Ordering::Relaxed) < INQUIRIES && rounds < 3_000 {
        rounds += 1;
        let tab = format!("t{page_number}");
        match dice.below(10) {
            0 => {
                says(json!({ "tab": tab, "leaving": true }));
                page_number += 1;
            }
            1 => says(json!({ "tab": tab, "receiving": false })),
            _ => says(json!({ "tab": tab, "receiving": true })),
        }
        let list = format!("{SHOP}/inquiries?list=mine&limit=5&tab=t{page_number}");
        let page = me.get(&list).expect("a page");
        for row in page["inquiries"].as_array().into_iter().flatten() {
            let seen = row["version"].as_u64().and_then(|it| u32::try_from(it).ok());
            let path = format!("{SHOP}/inquiries/{}/reply", row["id"].as_str().unwrap_or_default());
            if me.post(&path, seen, &json!({ "text": "Here you are", "then": "done" })).is_ok() {
                answered.fetch_add(1, Ordering::Relaxed);
            }
        }
    }
}

fn asks(machine: &Machine, number: usize) -> Vec<String> {
    let ask = |text: usize| {
        let body = json!({ "category": "logistics", "text": format!("Question {number}.{text}") });
        let made =
            member(machine, number).post(&format!("{SHOP}/inquiries"), None, &body).expect("it is asked");
        made["id"].as_str().unwrap_or_default().to_owned()
    };
    (0..INQUIRIES / 10).map(ask).collect()
}

fn member(machine: &Machine, number: usize) -> Person<'_> {
    machine.member_of("crowd", &format!("c{number}")).expect("a token")
}

#[test]
fn a_crowd_all_at_once_leaves_nobody_above_capacity_and_nothing_waiting() {
    let folder = Folder::new();
    let machine = Machine::start(folder.path());
    let shop = json!({ "id": "crowd", "name": "Crowd", "members": members() });
    machine.anybody("/local/shops", &shop).expect("the shop is made");
    let boss = machine.agent("boss").expect("a token");
    for number in 0..AGENTS {
        let path = format!("{SHOP}/agents/a{number}/desk");
        boss.put(&path, &json!({ "capacity": CAPACITY })).expect("a desk");
    }
    let answered = AtomicUsize::new(0);
    let ids: Vec<String> = std::thread::scope(|all| {
        let asking: Vec<_> = (0..10)
            .map(|number| {
                all.spawn({
                    let machine = &machine;
                    move || asks(machine, number)
                })
            })
            .collect();
        for number in 0..AGENTS {
            let (machine, answered) = (&machine, &answered);
            all.spawn(move || works(machine, number, answered));
        }
        asking.into_iter().flat_map(|it| it.join().expect("they ask")).collect()
    });
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), INQUIRIES);

    let reader = machine.agent("a0").expect("a token");
    let (mut answers, mut ledger): (BTreeMap<String, usize>, _) = Default::default();
    for id in &ids {
        let shown = reader.get(&format!("{SHOP}/inquiries/{id}")).expect("it is there");
        assert_eq!(shown["inquiry"]["status"], "replied", "everything was answered: {shown}");
        let timeline = shown["timeline"].as_array().cloned().unwrap_or_default();
        Ledger::add(&mut ledger, id, &timeline);
        let mut holder = Value::Null;
        for entry in shown["timeline"].as_array().into_iter().flatten() {
            if entry["event"] == "assigned" {
                assert_eq!(entry["from"], holder, "one after the other: {shown}");
                holder = entry["to"].clone();
                let routed = &entry["routed"];
                assert!(routed["because"].is_string(), "{entry}");
                assert!(routed["load"].as_u64() <= Some(CAPACITY), "{entry}");
            }
        }
        *answers.entry(holder.as_str().unwrap_or_default().to_owned()).or_default() += 1;
    }
    assert_eq!(answers.values().sum::<usize>(), INQUIRIES);
    assert!(ledger.given().count() >= INQUIRIES, "the system gave them all");
    // Everything happens at once here: what changed within a quarter of a second may have been seen either way.
    ledger.oldest_first(250);
    let agents = reader.get(&format!("{SHOP}/agents")).expect("agents");
    for agent in agents["agents"].as_array().into_iter().flatten() {
        assert_eq!(agent["load"], 0, "nobody has anything left: {agent}");
    }
}
