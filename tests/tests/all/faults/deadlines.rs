//! The schedule of deadlines on the table's worst days: killed after any operation, twice at once,
//! beside people who write at that moment (SPEC §6.6, RELIABILITY F9).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use local::engine::Faults;
use serde_json::{Value, json};

use crate::support::{Asked, Desk, MailService, Setup, days, hours, seconds};

/// How many inquiries come due.
const ASKED: usize = 3;

struct Scene {
    desk: Desk,
    asked: Vec<Asked>,
    left: Arc<AtomicI64>,
    active: Arc<AtomicBool>,
}

impl Scene {
    /// Inquiries of mia's, left alone for eight days; nothing goes wrong yet.
    fn set(faults: Faults) -> Self {
        let active = Arc::new(AtomicBool::new(false));
        let faults = Faults { active: Arc::clone(&active), ..faults };
        let left = Arc::clone(&faults.left);
        let mails = Some(MailService::default());
        let desk = Desk::with(Setup { faults: Some(faults), mails, ..Setup::default() });
        let asked: Vec<Asked> =
            (0..ASKED).map(|number| desk.ada().submits(&format!("No. {number}"))).collect();
        for one in &asked {
            desk.mia().takes(one);
        }
        desk.wait(days(8));
        Self { desk, asked, left, active }
    }

    fn run(&self) -> bool {
        self.desk.block_on(enforce_deadlines::run(self.desk.app.clone())).is_ok()
    }

    /// The process is killed after so many operations of a run; false if it needed no more.
    fn is_killed_after(&self, operations: i64) -> bool {
        self.left.store(operations, Ordering::Relaxed);
        self.active.store(true, Ordering::Relaxed);
        self.run();
        self.active.store(false, Ordering::Relaxed);
        self.left.swap(i64::MAX, Ordering::Relaxed) < 0
    }

    /// All that it comes to: what happened and when, what is on the bells, what went out, what is held.
    fn comes_to(&self) -> Value {
        self.desk.wait(seconds(130));
        self.desk.run_sweeps();
        self.desk.dispatch();
        let inquiries: Vec<Value> = self.asked.iter().map(|one| self.story(one)).collect();
        let bells: BTreeMap<&str, Vec<Value>> =
            ["mia", "leo", "sue", "otto"].map(|who| (who, self.bell(who))).into();
        let mails = self.desk.mailbox("ada@example.com").len();
        json!({ "inquiries": inquiries, "bells": bells, "mails": mails, "load": self.desk.load("taipei", "mia") })
    }

    fn story(&self, one: &Asked) -> Value {
        let entries = self.desk.sue().timeline(one);
        let began = moment(&entries[0]["at"]);
        let told = entries.iter().map(|it| {
            let state = it["mail"]["state"].clone();
            json!([it["seq"], it["event"], it["alarm"], (moment(&it["at"]) - began + 30) / 60, state])
        });
        let header = self.desk.sue().header(one);
        json!([told.collect::<Vec<_>>(), header["version"], header["status"], header["ended"]["reason"]])
    }

    /// What somebody was told, by which of the inquiries.
    fn bell(&self, who: &str) -> Vec<Value> {
        let page = self.desk.agent("taipei", who).get("/alerts").send().ok();
        let place = |id: &Value| self.asked.iter().position(|one| *id == one.id.as_str());
        let alerts = page["alerts"].as_array().into_iter().flatten();
        let mut all: Vec<Value> = alerts.map(|it| json!([place(&it["inquiry"]), it["kind"]])).collect();
        assert!(page["next"].is_null(), "a page holds them");
        all.sort_by_key(Value::to_string);
        all
    }
}

fn moment(at: &Value) -> i64 {
    at.as_str().and_then(|text| text.parse::<jiff::Timestamp>().ok()).map_or(0, |at| at.as_second())
}

#[test]
fn killed_after_any_operation_and_run_again_it_comes_to_the_same() {
    let whole = Scene::set(Faults::default());
    assert!(whole.run());
    let whole = whole.comes_to();
    assert_eq!(whole["mails"], ASKED, "{whole}");
    let mut kills = 0;
    loop {
        let scene = Scene::set(Faults::default());
        let killed = scene.is_killed_after(kills);
        assert_eq!(scene.comes_to(), whole, "killed after {kills} operations");
        if !killed {
            break;
        }
        kills += 1;
    }
    assert!(kills > 6, "a run is more than {kills} operations");
}

#[test]
fn two_runs_at_once_come_to_the_same() {
    let whole = Scene::set(Faults::default());
    assert!(whole.run());
    let whole = whole.comes_to();
    let scene = Scene::set(Faults::default());
    scene.desk.block_on(async {
        let run = || enforce_deadlines::run(scene.desk.app.clone());
        let (one, two) = tokio::join!(run(), run());
        one.and(two).expect("both run");
    });
    assert_eq!(scene.comes_to(), whole);
}

#[test]
fn stale_indexes_conflicts_and_throttles_change_nothing() {
    let whole = Scene::set(Faults::default());
    assert!(whole.run());
    let whole = whole.comes_to();
    for seed in 1..=8 {
        let faults = Faults {
            seed,
            stale_reads: 0.5,
            conflicts: 0.15,
            throttles: 0.15,
            lost_answers: 0.1,
            ..Faults::default()
        };
        let scene = Scene::set(faults);
        scene.active.store(true, Ordering::Relaxed);
        for _ in 0..6 {
            scene.run();
        }
        scene.active.store(false, Ordering::Relaxed);
        assert_eq!(scene.comes_to(), whole, "seed {seed}");
    }
}

#[test]
fn a_reply_or_a_message_at_the_moment_of_the_end_has_exactly_one_outcome() {
    for (who, late) in [("mia", false), ("mia", true), ("ada", false), ("ada", true)] {
        let desk = Desk::open();
        let asked = desk.ada().submits("Where is my parcel?");
        desk.mia().takes(&asked);
        let seen = desk.mia().version(&asked);
        let before = if late { seconds(0) } else { seconds(30) };
        desk.wait(days(7) - before);
        let answer = desk.block_on(async {
            let command = match who {
                "mia" => desk
                    .mia()
                    .command(&asked, "reply", &json!({ "text": "Here", "then": "done" }))
                    .seeing(seen),
                _ => desk.ada().command(&asked, "messages", &json!({ "text": "Hello?" })),
            };
            let run = || enforce_deadlines::run(desk.app.clone());
            let (answer, one, two) = tokio::join!(command.sent(), run(), run());
            one.and(two).expect("the schedule runs");
            answer
        });
        let events = desk.sue().events(&asked);
        let times = |event: &str| events.iter().filter(|it| *it == event).count();
        let wrote = times("agent_replied") + times("customer_wrote") + times("customer_followed_up");
        assert_eq!(times("timed_out"), usize::from(late), "{who} {late}: {events:?}");
        assert_eq!(wrote, usize::from(answer.status < 300), "{who} {late}: {} {events:?}", answer.status);
        let header = desk.sue().header(&asked);
        assert_eq!(header["version"], events.len());
        let closed = header["ended"]["reason"] == "timeout";
        assert_eq!(closed, late && answer.status >= 300, "{who} {late}: {header}");
        assert_eq!(
            answer.status >= 300,
            who == "mia" && late,
            "she has not seen that it ended: {}",
            answer.text()
        );
        desk.wait(hours(1));
        desk.run_sweeps();
        desk.dispatch();
        let apologies = desk.mailbox("ada@example.com").len() - times("agent_replied");
        assert!((usize::from(closed)..=usize::from(late)).contains(&apologies), "{who} {late}: {apologies}");
        assert_eq!(
            desk.load("taipei", "mia"),
            usize::from(header["ended"].is_null() && header["assignee"] == "mia"),
            "{who} {late}"
        );
        assert_eq!(times("raised"), 5, "{events:?}");
    }
}
