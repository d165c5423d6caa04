//! One step after the other, from a seed.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::ledger::Ledger;
use crate::support::{Asked, Desk, Dice, TAIPEI, seconds};

const AGENTS: [&str; 4] = ["mia", "leo", "sue", "otto"];
const STORIES: u64 = 25;
const STEPS: usize = 60;

struct Story {
    desk: Desk,
    dice: Dice,
    asked: Vec<Asked>,
    /// What people gave by hand counts, but may go above.
    capacity: BTreeMap<&'static str, usize>,
}

impl Story {
    fn new(seed: u64) -> Self {
        let (mut desk, mut dice) = (Desk::open(), Dice::new(seed));
        let mut capacity = BTreeMap::new();
        for agent in AGENTS {
            let most = dice.below(4);
            desk.sue().desk(agent, &json!({ "capacity": most }));
            capacity.insert(agent, most);
        }
        desk.forgets();
        Self { desk, dice, asked: Vec::new(), capacity }
    }

    fn step(&mut self) {
        let (desk, agent) = (&self.desk, self.dice.one_of(&AGENTS));
        let who = desk.agent(TAIPEI, agent);
        match self.dice.below(12) {
            0..=3 => {
                let name = format!("c{}", self.dice.below(5));
                let text = format!("Question {}", self.asked.len());
                self.asked.push(desk.member(TAIPEI, &name, &name).submits(&text));
            }
            4 | 5 => drop(who.is_here()),
            6 => drop(who.leaves()),
            7 => drop(who.receives(self.dice.percent(60))),
            8 => {
                let most = self.dice.below(4);
                desk.sue().desk(agent, &json!({ "capacity": most }));
                self.capacity.insert(agent, most);
            }
            9 => desk.wait(seconds(20 + self.dice.below(60) as i64)),
            _ => self.ends_one(),
        }
        self.desk.wait(seconds(1));
    }

    fn ends_one(&mut self) {
        let held: Vec<(String, Vec<String>)> = self.desk.held(TAIPEI);
        let mine: Vec<_> = held.into_iter().filter(|(_, held)| !held.is_empty()).collect();
        if mine.is_empty() {
            return;
        }
        let (agent, held) = self.dice.one_of(&mine);
        let id = self.dice.one_of(&held);
        let asked = self.asked.iter().find(|asked| asked.id == id).expect("it was asked").clone();
        let who = self.desk.agent(TAIPEI, &agent);
        if self.dice.percent(50) {
            who.replies(&asked, "Done.");
        } else {
            who.tries(&asked, "assign", &json!({ "to": null })).ok();
        }
    }

    /// What is stored: who has what, by the desks and by the inquiries themselves.
    fn check(&self, before: &BTreeMap<String, usize>) {
        let desks: BTreeMap<String, Vec<String>> = self.desk.held(TAIPEI).into_iter().collect();
        let sue = self.desk.sue();
        let headers: Vec<Value> = self.asked.iter().map(|asked| sue.header(asked)).collect();
        let mut waiting: Vec<&Value> = Vec::new();
        for (asked, header) in self.asked.iter().zip(&headers) {
            let active = header["ended"].is_null();
            let assignee = header["assignee"].as_str().filter(|_| active);
            let holders: Vec<&String> =
                desks.iter().filter(|(_, held)| held.contains(&asked.id)).map(|(agent, _)| agent).collect();
            assert_eq!(
                holders,
                assignee.into_iter().collect::<Vec<_>>(),
                "the desks agree with the inquiries"
            );
            if active && assignee.is_none() {
                waiting.push(header);
            }
        }
        let shown = sue.get("/agents").send().ok();
        for agent in shown["agents"].as_array().into_iter().flatten() {
            let (id, load) =
                (agent["id"].as_str().unwrap_or_default(), agent["load"].as_u64().unwrap_or_default());
            let (load, capacity) = (usize::try_from(load).unwrap_or_default(), self.capacity[id]);
            let was = before.get(id).copied().unwrap_or_default();
            assert!(load <= capacity || load <= was, "{id} has {load} of {capacity}, before {was}");
            let can = agent["online"] == true && agent["receiving"] == true && load < capacity;
            // Whoever put one back does not get it again; nothing else may wait for somebody who can.
            let theirs =
                |header: &&Value| put_back_by(&sue.timeline(&Asked::of(header))) != Some(id.to_owned());
            assert!(!can || !waiting.iter().any(theirs), "{id} could take what waits");
        }
    }

    fn loads(&self) -> BTreeMap<String, usize> {
        self.desk.held(TAIPEI).into_iter().map(|(agent, held)| (agent, held.len())).collect()
    }

    /// Every time the system gave one, it said why, and none was given while an older one waited.
    fn reasons(&self) {
        let mut ledger = Ledger::default();
        for asked in &self.asked {
            let timeline = self.desk.sue().timeline(asked);
            ledger.add(&asked.id, &timeline);
            for entry in timeline {
                if entry["event"] == "assigned" && entry["by"]["kind"] == "system" && !entry["to"].is_null() {
                    let routed = &entry["routed"];
                    assert!(routed["because"].is_string(), "{entry}");
                    assert!(routed["load"].as_u64() <= routed["capacity"].as_u64(), "{entry}");
                }
            }
        }
        // One step after the other, a second apart.
        ledger.never_too_much(900);
        ledger.oldest_first(900);
    }
}

/// Who put it back last, if nobody had it since.
fn put_back_by(timeline: &[Value]) -> Option<String> {
    let last = timeline.iter().rfind(|entry| entry["event"] == "assigned")?;
    (last["reason"] == "put_back").then(|| last["from"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn whatever_happens_the_system_gives_oldest_first_and_never_too_much() {
    for seed in 0..STORIES {
        let mut story = Story::new(seed);
        for _ in 0..STEPS {
            let before = story.loads();
            story.step();
            story.desk.run_sweeps();
            story.check(&before);
        }
        story.reasons();
    }
}

#[test]
fn what_was_asked_first_is_given_first() {
    let desk = Desk::open();
    let mut dice = Dice::new(7);
    let asked: Vec<Asked> = (0..60)
        .map(|number| {
            desk.wait(seconds(1 + dice.below(50) as i64));
            desk.ada().submits(&format!("Question {number}"))
        })
        .collect();
    desk.takes_arrivals();
    for agent in ["mia", "leo", "sue", "otto"] {
        desk.agent(TAIPEI, agent).is_here();
    }
    desk.distributes();
    let given: Vec<bool> = asked.iter().map(|it| desk.sue().header(it)["assignee"].is_string()).collect();
    assert_eq!(given.iter().filter(|it| **it).count(), 40, "four times ten places");
    assert!(given[..40].iter().all(|it| *it), "the forty that wait longest");
}
