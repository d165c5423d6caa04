//! The real program, killed at any moment while customers write and agents answer (RELIABILITY F1, F18):
//! no acknowledged write is lost, every owed mail goes out, at most one mail is doubled per kill.

pub mod machine;

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use serde_json::{Value, json};

use self::machine::{Machine, Person, Unanswered};
use crate::support::{Dice, Folder};

const ROUNDS: u64 = 24;
const CLIENTS: usize = 4;

/// A message that the program acknowledged: of which inquiry, and its text.
type Acknowledged = (String, String);

/// Asks, answers and asks again until the program is gone; says each thing once it was acknowledged.
fn works(machine: &Machine, name: &str, acknowledged: &Sender<Acknowledged>) -> Result<(), Unanswered> {
    let mia = machine.agent("mia")?;
    let customer = machine.member(name)?;
    for number in 0.. {
        let say = |what: &str| format!("{name} {number} {what} {}.", "…".repeat(number % 300));
        let said = |id: &str, text: &str| drop(acknowledged.send((id.to_owned(), text.to_owned())));
        let (ask, answer, thanks) = (say("asks"), say("is answered"), say("thanks"));
        let body = json!({ "category": "logistics", "text": ask });
        let made = customer.post("/v1/shops/taipei/inquiries", None, &body)?;
        let id = made["id"].as_str().unwrap_or_default();
        said(id, &ask);
        let reply = json!({ "text": answer, "then": "done" });
        mia.post(&format!("/v1/shops/taipei/inquiries/{id}/reply"), Some(1), &reply)?;
        said(id, &answer);
        customer.post(
            &format!("/v1/shops/taipei/my/inquiries/{id}/messages"),
            None,
            &json!({ "text": thanks }),
        )?;
        said(id, &thanks);
    }
    Ok(())
}

/// Waits for the program to have said so much, and a moment of chance more.
fn a_moment_of_chance(heard: &Receiver<Acknowledged>, dice: &mut Dice, all: &mut Vec<Acknowledged>) {
    for _ in 0..1 + dice.below(60) {
        all.extend(heard.recv_timeout(Duration::from_secs(10)).ok());
    }
    let until = Duration::from_micros(dice.below(4_000) as u64);
    match heard.recv_timeout(until) {
        Ok(more) => all.push(more),
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
    }
}

/// The timelines of these inquiries, once every mail that they owe has gone out.
fn settled(machine: &Machine, mia: &Person<'_>, ids: &[&String]) -> BTreeMap<String, Vec<Value>> {
    let mut all = BTreeMap::new();
    for id in ids {
        let read = || -> Vec<Value> {
            let shown = mia.get(&format!("/v1/shops/taipei/inquiries/{id}")).expect("it answers");
            assert!(shown["timeline"].is_array(), "{id} is there: {shown}");
            assert_eq!(shown["older"], false);
            shown["timeline"].as_array().cloned().unwrap_or_default()
        };
        let owed = |entries: &[Value]| entries.iter().any(|entry| entry["mail"]["state"] == "queued");
        let entries = machine.until(|| Some(read()).filter(|entries| !owed(entries)));
        all.insert((*id).clone(), entries.expect("every owed mail goes out"));
    }
    all
}

#[test]
fn killed_at_any_moment_it_loses_nothing_that_it_acknowledged() {
    let data = Folder::new();
    let mut dice = Dice::new(7);
    let mut all: Vec<Acknowledged> = Vec::new();
    let mut doubled = 0;
    let mut replies = 0;
    let mut machine = Machine::start(data.path());
    for round in 0..ROUNDS {
        let (say, heard) = channel();
        let from = all.len();
        std::thread::scope(|scope| {
            for client in 0..CLIENTS {
                let (say, machine) = (say.clone(), &machine);
                scope.spawn(move || {
                    let gone = works(machine, &format!("r{round}c{client}"), &say);
                    assert!(matches!(gone, Err(Unanswered::Gone)), "{gone:?}");
                });
            }
            drop(say);
            a_moment_of_chance(&heard, &mut dice, &mut all);
            machine.kill();
        });
        all.extend(heard.try_iter());
        machine = Machine::start(data.path());
        let mia = machine.agent("mia").expect("she signs in");
        let mut ids: Vec<&String> = all[from..].iter().map(|(id, _)| id).collect();
        ids.dedup();
        ids.sort();
        ids.dedup();
        let stored = settled(&machine, &mia, &ids);
        for (id, text) in &all[from..] {
            let times = stored[id].iter().filter(|entry| entry["text"] == text.as_str()).count();
            assert_eq!(times, 1, "round {round}: {text}");
        }
        let replied =
            |entries: &Vec<Value>| entries.iter().filter(|it| it["event"] == "agent_replied").count();
        replies += stored.values().map(replied).sum::<usize>();
        let mails = machine.mails();
        assert_eq!(mails.len(), replies, "round {round}: every stored reply has a mail, and nothing else");
        let doubles = mails.values().map(|copies| copies - 1).sum::<usize>();
        assert!(doubles <= doubled + 1, "round {round}: at most one more double: {doubles} after {doubled}");
        doubled = doubles;
    }
    println!("{ROUNDS} kills, {} acknowledged writes, {replies} mails, {doubled} of them doubled", all.len());
    assert!(all.len() > 300, "the test has something to say: {}", all.len());
}
