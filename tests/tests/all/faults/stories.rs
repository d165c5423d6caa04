//! Orders at the running program, of which customers, agents and the provider make whatever comes to their minds; in the
//! end the demo backend's ledger and the orders agree to the cent (RELIABILITY F6 to F8).

use std::cell::{Cell, RefCell};

use local::backend::Fault;
use serde_json::{Value, json};

use super::killing::machine::{Machine, Person, Unanswered};
use super::till::{AMOUNT, SHOP, Till, faults, make_key, paid_out};
use crate::support::{Dice, Folder};

const STORIES: usize = 120;
const STEPS: usize = 14;
/// What costs real time.
const SELDOM: [Fault; 2] = [Fault::TimeoutAfterSuccess, Fault::Slow];
/// What fits a refund that stands there, by the numbers of [`Scene::step`].
fn fitting(state: &str) -> &'static [usize] {
    match state {
        "" => &[0, 1, 5, 6, 6, 7, 7, 18],
        "requested" => &[2, 8, 8, 10, 14],
        "proposed" => &[3, 3, 4, 16],
        "failed" => &[11, 11, 12],
        "approved" => &[13, 17],
        _ => &[5, 6, 7, 17, 18],
    }
}

/// Those who act, and what happened so far.
struct Scene<'a> {
    machine: &'a Machine,
    till: Till<'a>,
    sue: Person<'a>,
    customer: Person<'a>,
    dice: Dice,
    accepted: usize,
    refused: usize,
}

impl Scene<'_> {
    /// A command, carried out or refused in words; anything else is a fault of the program.
    fn told(&mut self, told: Result<Value, Unanswered>) {
        match told {
            Ok(_) => self.accepted += 1,
            Err(Unanswered::Refused(answer)) => {
                let in_words = answer.starts_with("HTTP/1.1 4") && !answer.starts_with("HTTP/1.1 401");
                assert!(in_words, "{answer}");
                self.refused += 1;
            }
            Err(Unanswered::Gone) => panic!("the program is gone"),
        }
    }

    fn customer(&mut self, number: &str, verb: &str, body: &Value) {
        let told = self.customer.post(&format!("{SHOP}/my/orders/{number}/{verb}"), None, body);
        self.told(told);
    }

    /// A command of an agent, who has just looked.
    fn agent(&mut self, number: &str, rest: &str, body: &Value) {
        let seen = self.till.version(number).expect("it is there");
        let agent = if self.dice.percent(50) { self.till.mia() } else { &self.sue };
        let told = agent.post(&format!("{SHOP}/orders/{number}/{rest}"), Some(seen), body);
        self.told(told);
    }

    fn breaks(&mut self) {
        let seldom = self.dice.below(60) == 0;
        let fault = if seldom { self.dice.one_of(&SELDOM) } else { self.dice.one_of(&faults()) };
        let next = json!({ "shop": "taipei", "next": [fault] });
        self.machine.anybody("/local/shop-backend/faults", &next).expect("it breaks");
    }

    fn waits(&mut self, seconds: u64) {
        let advance = json!({ "advance_seconds": seconds });
        self.machine.anybody("/local/clock", &advance).expect("time passes");
    }

    /// One thing that somebody does, or that happens.
    fn step(&mut self, number: &str, proof: &Value) {
        let order = self.till.order(number).expect("it is there");
        let refunds = order["refunds"].as_array().map_or(0, Vec::len);
        let state = order["refunds"].as_array().and_then(|all| all.last()).map(|last| &last["state"]);
        let state = state.and_then(Value::as_str).unwrap_or_default();
        let last = format!("refunds/{refunds}");
        let minor = if self.dice.percent(10) { AMOUNT } else { 1 + self.dice.below(40_000) as u64 };
        let mut offer = proof.clone();
        offer["amount"]["minor"] = json!(minor);
        let reason = json!("nobody wants it any more");
        let fits = self.dice.percent(75);
        match if fits { self.dice.one_of(fitting(state)) } else { self.dice.below(20) } {
            0 => self.customer(number, "refund-requests", &json!({ "reason": "changed_mind" })),
            1 => self.customer(number, "cancel", &json!({})),
            2 => self.customer(number, "withdraw", &json!({ "refund": refunds })),
            3 => self.customer(number, "answer", &json!({ "refund": refunds, "agrees": true })),
            4 => self.customer(number, "answer", &json!({ "refund": refunds, "agrees": false })),
            5 | 6 => self.agent(number, "refunds", &offer),
            7 => {
                offer.as_object_mut().map(|it| it.remove("proof"));
                self.agent(number, "refunds", &offer);
            }
            8 | 9 => self.agent(number, &last, &json!({ "action": "agree" })),
            10 => {
                let less = json!({ "action": "agree", "amount": offer["amount"] });
                self.agent(number, &last, &less);
            }
            11 => self.agent(number, &last, &json!({ "action": "retry" })),
            12 => self.agent(number, &last, &json!({ "action": "by_hand" })),
            13 => self.agent(number, &last, &json!({ "action": "confirm", "reference": "TX" })),
            14 => self.agent(number, &last, &json!({ "action": "reject", "reason": reason, "proof": 1 })),
            15 => self.agent(number, "ship", &json!({ "carrier": "黑貓", "tracking": "TW-1" })),
            16 => self.agent(number, &last, &json!({ "action": "withdraw" })),
            17 => self.waits(61),
            _ => self.breaks(),
        }
    }

    /// Whether an order has come to rest; otherwise something is done about it.
    fn rests(&mut self, number: &str) -> bool {
        let order = self.till.order(number).expect("it is there");
        let refunds = order["refunds"].as_array().cloned().unwrap_or_default();
        let mut rests = true;
        for refund in refunds {
            let path = format!("refunds/{}", refund["number"]);
            let by_hand = refund["payer"] == "by_hand";
            let decision = match refund["state"].as_str().unwrap_or_default() {
                "requested" => json!({ "action": "agree" }),
                "proposed" => json!({ "action": "withdraw" }),
                "failed" => json!({ "action": "retry" }),
                "approved" if by_hand => json!({ "action": "confirm", "reference": "TX" }),
                "executing" | "unknown" | "approved" => Value::Null,
                _ => continue,
            };
            rests = false;
            if !decision.is_null() {
                self.agent(number, &path, &decision);
            }
        }
        rests
    }
}

/// What is wrong between an order and the ledger, if anything is.
fn differs(till: &Till<'_>, number: &str) -> Option<String> {
    let (order, ledger) = (till.order(number)?, till.ledger());
    let mut all = 0;
    for refund in order["refunds"].as_array().into_iter().flatten() {
        let entry = ledger.get(refund["key"].as_str().unwrap_or_default());
        let out = entry.map_or(0, paid_out);
        let amount = refund["amount"].as_u64().unwrap_or_default();
        let paid = refund["state"] == "succeeded";
        all += if paid { amount } else { 0 };
        let expected = if paid && refund["payer"] == "webhook" { amount } else { 0 };
        if out != expected || refund["contradicted"] == true {
            return Some(format!("{refund} and {entry:?}"));
        }
    }
    assert!(all <= AMOUNT && order["refunded"] == all, "never more than was paid: {order}");
    assert!(all < AMOUNT || order["shipped_at"].is_null(), "shipped, or all of it given back: {order}");
    None
}

#[test]
fn whatever_happens_the_ledger_and_the_orders_agree_in_the_end() {
    let data = Folder::new();
    let machine = Machine::start(data.path());
    let key = make_key(&machine).expect("a key");
    let (till, sue) =
        (Till::open(&machine, &key).expect("they sign in"), machine.agent("sue").expect("a token"));
    let customer = machine.member("story").expect("a token");
    let (dice, accepted, refused) = (Dice::new(23), 0, 0);
    let mut scene = Scene { machine: &machine, till, sue, customer, dice, accepted, refused };
    let numbers: Vec<String> = (0..STORIES).map(|story| format!("S-{story}")).collect();
    for number in &numbers {
        // Overdue from the first day on, or not for long.
        let days = if scene.dice.percent(50) { 30 } else { 0 };
        scene.till.places(number, "story", days).expect("it is pushed");
        let proof = scene.till.agreed("story").expect("they ask");
        // What signs a member in is good for less than the clock is moved.
        scene.customer = machine.member("story").expect("a token");
        for _ in 0..STEPS {
            scene.step(number, &proof);
        }
    }
    machine
        .anybody("/local/shop-backend/faults", &json!({ "shop": "taipei", "next": [], "always": "none" }))
        .expect("nothing goes wrong any more");
    for number in &numbers {
        let (looks, scene) = (Cell::new(0), RefCell::new(&mut scene));
        let agreed = machine.until(|| {
            let mut scene = scene.borrow_mut();
            if looks.replace(looks.get() + 1) % 10 == 9 {
                scene.waits(61);
            }
            (scene.rests(number) && differs(&scene.till, number).is_none()).then_some(())
        });
        let scene = scene.borrow();
        assert!(
            agreed.is_some(),
            "{number}: {:?} {:?}",
            differs(&scene.till, number),
            scene.till.order(number)
        );
    }
    let ledger = scene.till.ledger();
    let paid = ledger.values().filter(|it| it["paid_count"] != json!(0)).count();
    println!(
        "{STORIES} stories, {} commands, {} refused, {paid} refunds paid",
        scene.accepted, scene.refused
    );
    assert!(
        paid > STORIES && scene.accepted > 3 * STORIES && scene.refused > STORIES,
        "it has something to say"
    );
}
