//! The real program, killed at any moment while refunds are executed, and a provider that fails in many ways
//! (RELIABILITY F7): afterwards the orders and the provider's ledger say the same, and money went back once.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use local::backend::Fault;
use serde_json::{Value, json};

use super::killing::machine::{Machine, Unanswered};
use super::till::{AMOUNT, Till, faults, make_key, paid_out};
use crate::support::{Dice, Folder};

const ROUNDS: usize = 200;
const CLIENTS: usize = 2;

/// What the clients say of an order, by its number.
enum Heard {
    /// It is about to be pushed.
    Begun(String),
    /// Its refund was acknowledged.
    Refunded(String),
}

/// Orders, and gives all of it back, again and again until the program is gone.
fn works(machine: &Machine, key: &str, name: &str, say: &Sender<Heard>) -> Result<(), Unanswered> {
    let till = Till::open(machine, key)?;
    for at in 0.. {
        let number = format!("{name}-{at}");
        drop(say.send(Heard::Begun(number.clone())));
        till.places(&number, name, 30)?;
        let body = till.agreed(name)?;
        till.refunds(&number, &body)?;
        drop(say.send(Heard::Refunded(number)));
    }
    Ok(())
}

/// Waits for some refunds to be acknowledged, and a moment of chance more.
fn a_moment_of_chance(heard: &Receiver<Heard>, dice: &mut Dice, orders: &mut Orders) {
    let mut wanted = dice.below(4);
    while wanted > 0 {
        let heard = heard.recv_timeout(Duration::from_secs(10)).expect("the clients are at work");
        wanted -= usize::from(matches!(heard, Heard::Refunded(_)));
        orders.hear(heard);
    }
    if let Ok(more) = heard.recv_timeout(Duration::from_micros(dice.below(12_000) as u64)) {
        orders.hear(more);
    }
}

/// The orders that may be there, and those whose refund was acknowledged.
#[derive(Default)]
struct Orders {
    begun: Vec<String>,
    refunded: Vec<String>,
}

impl Orders {
    fn hear(&mut self, heard: Heard) {
        match heard {
            Heard::Begun(number) => self.begun.push(number),
            Heard::Refunded(number) => self.refunded.push(number),
        }
    }
}

/// An order once nothing of its refund is open any more: what failed was tried again, and time has passed.
fn settled(machine: &Machine, till: &Till<'_>, number: &str) -> Option<Value> {
    let order = till.order(number)?;
    if order["refunds"].as_array().is_some_and(Vec::is_empty) {
        return Some(order);
    }
    let looks = std::cell::Cell::new(0);
    let ended = machine.until(|| {
        let order = till.order(number)?;
        match order["refunds"][0]["state"].as_str()? {
            "succeeded" => return Some(order),
            "failed" => till.tries_again(&order).map(drop).expect("it is tried again"),
            // The provider is asked when its time has come, which the host sees when its clock is moved; then it
            // takes a moment.
            _ if looks.replace(looks.get() + 1) % 20 == 0 => time_passes(machine),
            _ => {}
        }
        None
    });
    Some(ended.unwrap_or_else(|| panic!("{number} comes to an end: {:?}", till.order(number))))
}

fn time_passes(machine: &Machine) {
    machine.anybody("/local/clock", &json!({ "advance_seconds": 61 })).expect("it is moved");
}

#[test]
fn killed_at_any_moment_it_gives_every_refund_back_exactly_once() {
    let data = Folder::new();
    let mut dice = Dice::new(41);
    let mut orders = Orders::default();
    let mut machine = Machine::start(data.path());
    let key = make_key(&machine).expect("a key");
    let mut cut_off = 0;
    // A kill may swallow the word that money came back, of which nobody asks any more.
    let comes_back = [Fault::LateFailure, Fault::OutOfOrderCallBacks];
    let possible: Vec<Fault> = faults().into_iter().filter(|fault| !comes_back.contains(fault)).collect();
    for round in 0..ROUNDS {
        let next: Vec<_> = (0..dice.below(4)).map(|_| dice.one_of(&possible)).collect();
        let faults = json!({ "shop": "taipei", "next": next });
        machine.anybody("/local/shop-backend/faults", &faults).expect("it goes wrong");
        let from = orders.begun.len();
        let (say, heard) = channel();
        std::thread::scope(|scope| {
            for client in 0..CLIENTS {
                let (say, machine, key) = (say.clone(), &machine, &key);
                scope.spawn(move || {
                    let gone = works(machine, key, &format!("r{round}c{client}"), &say);
                    assert!(matches!(gone, Err(Unanswered::Gone)), "{gone:?}");
                });
            }
            drop(say);
            a_moment_of_chance(&heard, &mut dice, &mut orders);
            machine.kill();
        });
        heard.try_iter().for_each(|it| orders.hear(it));
        machine = machine.start_again();
        let till = Till::open(&machine, &key).expect("they sign in");
        cut_off += orders.begun[from..].iter().filter(|number| is_open(&till, number)).count();
        for number in &orders.begun[from..] {
            settled(&machine, &till, number);
        }
    }
    let till = Till::open(&machine, &key).expect("they sign in");
    let paid = agree(&till, &orders);
    println!("{ROUNDS} kills, {paid} refunds paid once each, {cut_off} of them open at the restart");
    assert!(paid >= ROUNDS && cut_off >= ROUNDS / 10, "the test has something to say: {paid}, {cut_off}");
}

fn is_open(till: &Till<'_>, number: &str) -> bool {
    let state = |order: Value| order["refunds"][0]["state"].as_str().map(str::to_owned);
    till.order(number).and_then(state).is_some_and(|state| state != "succeeded")
}

/// The orders and the ledger say the same, of every order; answers with how many were paid back.
fn agree(till: &Till<'_>, orders: &Orders) -> usize {
    let mut ledger = till.ledger();
    let mut paid = 0;
    for number in &orders.begun {
        let order = till.order(number);
        let refunds = order.as_ref().map_or(0, |it| it["refunds"].as_array().map_or(0, Vec::len));
        let entry = ledger.remove(&format!("{number}-R1"));
        assert_eq!(refunds, usize::from(entry.is_some()), "{number}: {order:?} and {entry:?}");
        assert!(refunds == 1 || !orders.refunded.contains(number), "{number} was acknowledged");
        if let (Some(order), Some(entry)) = (order, entry) {
            assert_eq!(order["refunded"], json!(AMOUNT), "{number}");
            assert_eq!((paid_out(&entry), &entry["paid_count"]), (AMOUNT, &json!(1)), "{number}: {entry}");
            paid += 1;
        }
    }
    assert!(ledger.is_empty(), "the provider paid nothing that nobody asked for: {ledger:?}");
    paid
}
