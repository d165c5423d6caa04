//! Many at once on a table on its worst days (RELIABILITY F5, F16): transactions conflict, answers are
//! lost, reads are stale, several distribute at the same time. When it is over the desks agree with
//! the inquiries, and the system gave nobody more than they had room for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::ids::ShopId;
use local::engine::Faults;
use serde_json::{Value, json};

use super::ledger::Ledger;
use crate::support::{Asked, Call, Desk, Dice, Setup, TAIPEI, seconds};

const AGENTS: [&str; 4] = ["mia", "leo", "sue", "otto"];
const CAPACITY: u64 = 3;
const HISTORIES: u64 = 12;
const ROUNDS: usize = 30;

/// Something that somebody does; whether it is answered does not matter.
fn something<'a>(desk: &'a Desk, dice: &mut Dice, known: &[Value]) -> Call<'a> {
    let who = desk.agent(TAIPEI, dice.one_of(&AGENTS));
    // A page that closed does not come back: most of the time another one is open.
    let tab = format!("t{}", dice.below(3));
    let body = |receiving: bool| json!({ "tab": tab, "receiving": receiving });
    match dice.below(8) {
        0 | 1 => {
            let name = format!("c{}", dice.below(6));
            desk.member(TAIPEI, &name, &name)
                .submission(json!({ "text": format!("Question {}", dice.below(1_000_000)) }))
        }
        2 | 3 => who.post("/presence", &body(true)),
        4 => who.post("/presence", &body(false)),
        5 => who.post("/presence", &json!({ "tab": tab, "leaving": true })),
        _ if known.is_empty() => who.post("/presence", &body(true)),
        choice => {
            let header = dice.one_of(known);
            let asked = Asked::of(&header);
            let seen = header["version"].as_u64().unwrap_or_default();
            let (verb, body) = match choice {
                6 => ("reply", json!({ "text": "Here you are", "then": "done" })),
                _ => ("assign", json!({ "to": dice.one_of(&[Some("mia"), Some("leo"), None]) })),
            };
            who.command(&asked, verb, &body).seeing(seen)
        }
    }
}

/// All inquiries of the shop, read when nothing goes wrong any more.
fn all(desk: &Desk) -> Vec<Value> {
    let sue = desk.sue();
    let ids: BTreeSet<String> =
        ["list=all", "list=history"].iter().flat_map(|query| sue.ids(query)).collect();
    ids.iter().map(|id| sue.get(&format!("/inquiries/{id}")).send().ok()).collect()
}

#[test]
fn whatever_breaks_the_desks_agree_with_the_inquiries() {
    let shop = ShopId::parse(TAIPEI).expect("a shop's id");
    let (mut given, mut asked) = (0, 0);
    for seed in 0..HISTORIES {
        let active = Arc::new(AtomicBool::new(false));
        let faults = Faults {
            seed,
            stale_reads: 0.2,
            conflicts: 0.1,
            throttles: 0.05,
            lost_answers: 0.05,
            active: active.clone(),
            ..Faults::default()
        };
        let desk = Desk::with(Setup { faults: Some(faults), ..Setup::default() });
        for agent in AGENTS {
            desk.sue().desk(agent, &json!({ "capacity": CAPACITY }));
        }
        let mut dice = Dice::new(seed);
        let mut known: Vec<Value> = Vec::new();
        active.store(true, Ordering::Relaxed);
        for round in 0..ROUNDS {
            let calls: Vec<_> = (0..6).map(|_| something(&desk, &mut dice, &known)).collect();
            desk.at_once(calls);
            desk.block_on(async {
                let give = || distribute_inquiries::distribute(&desk.app, &shop, &[]);
                // What fails is tried again by the next round.
                let _: (Result<_, _>, Result<_, _>) = tokio::join!(give(), give());
            });
            desk.wait(seconds(1 + dice.below(20) as i64));
            if round % 5 == 4 {
                active.store(false, Ordering::Relaxed);
                known = all(&desk).into_iter().map(|mut shown| shown["inquiry"].take()).collect();
                active.store(true, Ordering::Relaxed);
            }
        }
        active.store(false, Ordering::Relaxed);
        let (mut holders, mut ledger): (BTreeMap<String, BTreeSet<String>>, _) = Default::default();
        for shown in all(&desk) {
            asked += 1;
            let inquiry = &shown["inquiry"];
            let one = Asked::of(inquiry);
            Ledger::add(&mut ledger, &one.id, &desk.sue().timeline(&one));
            if let Some(agent) = inquiry["assignee"].as_str().filter(|_| inquiry["ended"].is_null()) {
                let id = inquiry["id"].as_str().unwrap_or_default().to_owned();
                holders.entry(agent.to_owned()).or_default().insert(id);
            }
            for entry in shown["timeline"].as_array().into_iter().flatten() {
                if entry["event"] == "assigned" && entry["by"]["kind"] == "system" && !entry["to"].is_null() {
                    given += 1;
                    assert!(entry["routed"]["load"].as_u64() <= Some(CAPACITY), "history {seed}: {entry}");
                }
            }
        }
        // Within a round all happens at once; rounds are a second apart at least.
        ledger.never_too_much(900);
        for (agent, held) in desk.held(TAIPEI) {
            let theirs = holders.remove(&agent).unwrap_or_default();
            assert_eq!(held.into_iter().collect::<BTreeSet<_>>(), theirs, "history {seed}: {agent}");
        }
        assert!(holders.is_empty(), "{holders:?}");
    }
    assert!(given > 100 && asked > 200, "enough happened: {given} given of {asked}");
}
