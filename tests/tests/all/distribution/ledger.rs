//! What is stored, replayed: in whose hands every inquiry was and when, from its timeline alone.

use jiff::Timestamp;
use serde_json::Value;

/// An inquiry in the same hands for a while; active all the time.
#[derive(Debug, Clone)]
pub struct Stay {
    /// Which inquiry.
    pub inquiry: String,
    /// Whose; nobody's while it waits for somebody.
    pub holder: Option<String>,
    /// Since when, in milliseconds.
    pub from: i64,
    /// Until when.
    pub until: i64,
    /// Since when its customer waits, if they do.
    pub waits_since: Option<i64>,
    /// Who put it back, while it is nobody's.
    pub put_back_by: Option<String>,
    /// How much the system said that the agent has, this one included, and up to how many; only if the
    /// system gave it.
    pub routed: Option<(u64, u64)>,
}

/// The stays of all inquiries.
#[derive(Debug, Default)]
pub struct Ledger(pub Vec<Stay>);

#[derive(Clone, PartialEq, Eq)]
struct State {
    active: bool,
    holder: Option<String>,
    waits_since: Option<i64>,
}

fn at(entry: &Value) -> i64 {
    let at: Timestamp = entry["at"].as_str().and_then(|at| at.parse().ok()).expect("a time");
    at.as_millisecond()
}

fn name(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

impl Ledger {
    /// Replays one inquiry's timeline.
    pub fn add(&mut self, inquiry: &str, timeline: &[Value]) {
        let mut state = State { active: false, holder: None, waits_since: None };
        let mut open: Option<Stay> = None;
        for entry in timeline {
            let (now, mut next) = (at(entry), state.clone());
            let (mut put_back_by, mut routed) = (None, None);
            match entry["event"].as_str().unwrap_or_default() {
                "submitted" | "customer_wrote" | "customer_reopened" => {
                    let waits = state.waits_since.filter(|_| state.active);
                    (next.active, next.waits_since) = (true, waits.or(Some(now)));
                }
                "agent_replied" => (next.active, next.waits_since) = (entry["then"] != "done", None),
                "closed" | "settled" | "timed_out" => next.active = false,
                "reopened" => next.active = true,
                "assigned" => {
                    next.holder = name(&entry["to"]);
                    put_back_by = name(&entry["from"]).filter(|_| entry["reason"] == "put_back");
                    let told = &entry["routed"];
                    routed = told["load"].as_u64().zip(told["capacity"].as_u64());
                }
                _ => {}
            }
            if next != state {
                self.0.extend(open.take().map(|stay| Stay { until: now, ..stay }));
                state = next;
                open = state.active.then(|| Stay {
                    inquiry: inquiry.to_owned(),
                    holder: state.holder.clone(),
                    from: now,
                    until: i64::MAX,
                    waits_since: state.waits_since,
                    put_back_by,
                    routed,
                });
            }
        }
        self.0.extend(open);
    }

    /// Every time the system gave one.
    pub fn given(&self) -> impl Iterator<Item = (&Stay, &str)> {
        self.0
            .iter()
            .filter(|stay| stay.routed.is_some())
            .filter_map(|stay| Some((stay, stay.holder.as_deref()?)))
    }

    /// Nobody got more by the system than they had room for.
    ///
    /// When it gave one, its agent certainly held all that had come to them at the latest then and that they
    /// still had `blur` milliseconds later: what left them within the blur may have left before the write.
    #[track_caller]
    pub fn never_too_much(&self, blur: i64) {
        for (given, agent) in self.given() {
            let held = |it: &&Stay| {
                it.holder.as_deref() == Some(agent) && it.from <= given.from && it.until > given.from + blur
            };
            let others = self.0.iter().filter(held).filter(|it| it.inquiry != given.inquiry).count();
            let (_, capacity) = given.routed.unwrap_or_default();
            assert!(others < capacity as usize, "{agent} had {others} of {capacity} and got {given:?}");
        }
    }

    /// Whoever waited longer was not passed.
    ///
    /// When the system gave one to an agent, no other was nobody's from `blur` milliseconds before until `blur`
    /// milliseconds after, whose customer waited longer and that this agent had not put back. So an older one
    /// counts as passed only if it could be taken all the time around the decision: one that came or went
    /// within the blur may have been seen otherwise by whoever decided.
    #[track_caller]
    pub fn oldest_first(&self, blur: i64) {
        for (given, agent) in self.given() {
            let before = self.0.iter().find(|it| it.inquiry == given.inquiry && it.until == given.from);
            let waited = before.and_then(|it| it.waits_since).unwrap_or(i64::MAX);
            let passed = self.0.iter().find(|it| {
                it.holder.is_none()
                    && it.inquiry != given.inquiry
                    && it.waits_since.is_some_and(|since| since < waited)
                    && it.put_back_by.as_deref() != Some(agent)
                    && it.from <= given.from - blur
                    && it.until > given.from + blur
            });
            assert!(passed.is_none(), "{passed:?} was passed by {given:?}, which waited since {waited}");
        }
    }
}
