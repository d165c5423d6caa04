//! What each operation costs: round trips, units and bytes, exactly (DESIGN §2).
//!
//! A member's inquiry, messages of 150 bytes, a subject of 24; the shop is in the process already, as it
//! is for all but the first request of a minute.

mod beside;
mod constants;
mod document;
mod life;
mod worked;

use common::store::table::Units;
use serde_json::json;

use crate::support::{Answer, Asked, Desk, SignedDuration};

/// 150 bytes of what people write.
const TEXT: &str = "I ordered two lamps on Monday and paid by card, but the page still says that nothing \
    was shipped. Could you please tell me when they will arrive? Thx.";
/// 24 bytes.
const SUBJECT: &str = "Where are my two lamps??";

/// Trips, write units and read units.
fn units(cost: Units) -> (u32, f64, f64) {
    (cost.trips, cost.write, cost.read)
}

/// Costs by name, in the order in which they arose, and what they add up to.
#[derive(Default)]
struct Bill(Vec<(&'static str, Units, usize)>);

impl Bill {
    fn pays(&mut self, desk: &Desk, what: &'static str, act: impl FnOnce() -> Answer) -> Answer {
        desk.wait(SignedDuration::from_mins(7));
        let (cost, answer) = desk.cost(act);
        assert!((200..300).contains(&answer.status), "{what}: {}", answer.text());
        self.0.push((what, cost, answer.bytes.len()));
        answer
    }

    fn sends(&mut self, desk: &Desk) {
        let (cost, failed) = desk.cost(|| desk.dispatch());
        assert_eq!(failed, 0);
        self.0.push(("send the mail", cost, 0));
    }

    /// Trips, write units and read units of all of it.
    fn sum(&self) -> (u32, f64, f64) {
        self.0.iter().fold((0, 0.0, 0.0), |(trips, write, read), (_, cost, _)| {
            (trips + cost.trips, write + cost.write, read + cost.read)
        })
    }

    fn printed(&self) {
        println!("{:24} {:>5} {:>6} {:>5} {:>6}", "operation", "trips", "write", "read", "bytes");
        for (what, cost, bytes) in &self.0 {
            println!("{what:24} {:>5} {:>6} {:>5} {bytes:>6}", cost.trips, cost.write, cost.read);
        }
        let (trips, write, read) = self.sum();
        println!("{:24} {trips:>5} {write:>6} {read:>5}", "in all");
    }
}

/// A desk at which everybody has been before.
fn warm() -> Desk {
    let desk = Desk::open();
    for shop in ["taipei", "lantern"] {
        desk.get(format!("/v1/shops/{shop}/form")).send().ok();
    }
    assert_eq!((TEXT.len(), SUBJECT.len()), (150, 24));
    desk
}

fn submits(desk: &Desk) -> Answer {
    asks(desk, TEXT)
}

fn asks(desk: &Desk, text: &str) -> Answer {
    let orders = json!({ "text": text, "subject": SUBJECT, "order": "A-20270301-17", "source": "order" });
    desk.ada().submission(orders).send()
}

/// What one command costs: trips, write units, read units.
type Cost = (u32, f64, f64);

#[test]
fn each_command_is_one_write_trip_and_at_most_one_read() {
    let desk = warm();
    let whole = desk.ada().submits("The whole.");
    let ready = |steps: &[&str]| -> Asked {
        let asked = desk.ada().asked(&submits(&desk));
        desk.mia().takes(&asked);
        for step in steps {
            match *step {
                "answered" => drop(desk.mia().keeps_open(&asked, TEXT)),
                "done" => drop(desk.mia().replies(&asked, TEXT)),
                _ => drop(desk.mia().merges(&asked, &whole)),
            }
        }
        desk.dispatch();
        asked
    };
    let mut wrong = Vec::new();
    let mut costs = |what: &'static str, expected: Cost, act: &dyn Fn() -> Answer| {
        let (cost, answer) = desk.cost(act);
        assert!((200..300).contains(&answer.status), "{what}: {}", answer.text());
        println!("{what:24} {:>5} {:>6} {:>5} {:>6}", cost.trips, cost.write, cost.read, answer.bytes.len());
        if units(cost) != expected {
            wrong.push((what, units(cost)));
        }
    };
    costs("submit", (1, 4.0, 0.0), &|| submits(&desk));
    for (verb, steps, body, expected) in COMMANDS {
        let asked = ready(steps);
        let seen = desk.mia().version(&asked);
        let body = body.replace("{text}", TEXT).replace("{whole}", &whole.id);
        let body: serde_json::Value = serde_json::from_str(&body).expect("a body");
        costs(verb, *expected, &|| desk.mia().command(&asked, verb, &body).seeing(seen).send());
    }
    for (verb, steps, body, expected) in CUSTOMERS {
        let asked = ready(steps);
        let body: serde_json::Value = serde_json::from_str(&body.replace("{text}", TEXT)).expect("a body");
        costs(verb, *expected, &|| desk.ada().command(&asked, verb, &body).send());
    }
    assert_eq!(wrong, []);
}

/// Commands of staff on an inquiry that is assigned, after these steps, and what they cost.
const COMMANDS: &[(&str, &[&str], &str, Cost)] = &[
    ("reply", &[], r#"{"text":"{text}","then":"keep_open"}"#, (2, 5.0, 0.5)),
    ("reply", &[], r#"{"text":"{text}","then":"done"}"#, (2, 9.0, 0.5)),
    ("notes", &[], r#"{"text":"{text}"}"#, (2, 3.0, 0.5)),
    ("assign", &[], r#"{"to":"leo"}"#, (3, 10.0, 1.5)),
    ("close", &[], r#"{"reason":"test"}"#, (2, 8.0, 0.5)),
    ("close", &["answered"], "{}", (2, 7.0, 0.5)),
    ("reopen", &["done"], "{}", (2, 7.0, 0.5)),
    ("label", &[], r#"{"flag":"red"}"#, (2, 4.0, 0.5)),
    ("label", &[], r#"{"add_tags":["vip"]}"#, (2, 3.0, 0.5)),
    ("label", &[], r#"{"unread":true}"#, (2, 4.0, 0.5)),
    ("merge", &[], r#"{"into":"{whole}"}"#, (3, 11.0, 2.0)),
    ("unmerge", &["merged"], "{}", (4, 11.0, 3.0)),
];

/// Commands of customers.
const CUSTOMERS: &[(&str, &[&str], &str, Cost)] = &[
    ("messages", &["answered"], r#"{"text":"{text}"}"#, (2, 5.0, 0.5)),
    ("messages", &["done"], r#"{"text":"{text}"}"#, (2, 6.0, 0.5)),
    ("settle", &[], "{}", (2, 8.0, 0.5)),
    ("rating", &["done"], r#"{"rating":"satisfied"}"#, (2, 2.0, 0.5)),
];

#[test]
fn a_guests_way_in_costs_what_it_should() {
    let desk = warm();
    let mut bill = Bill::default();
    let gus = desk.guest("gus@example.org");
    bill.pays(&desk, "guest submits", || gus.submission(json!({ "text": TEXT, "subject": SUBJECT })).send());
    bill.sends(&desk);
    let token = desk.mailbox("gus@example.org")[0].token("confirm");
    bill.pays(&desk, "guest confirms", || gus.confirms(&token));
    bill.printed();
    let costs: Vec<_> = bill.0.iter().map(|(_, cost, _)| units(*cost)).collect();
    assert_eq!(costs, GUEST);
}

/// A guest's submission, its mail, the confirmation.
const GUEST: [Cost; 3] = [(3, 7.0, 2.0), (2, 2.0, 1.0), (4, 4.0, 2.5)];

#[test]
fn a_page_of_twenty_five_is_under_eight_kilobytes_at_a_flat_cost() {
    let desk = warm();
    let ask = |many: usize| {
        for _ in 0..many {
            desk.wait(SignedDuration::from_secs(61));
            let asked = desk.ada().asked(&submits(&desk));
            desk.mia().takes(&asked);
        }
    };
    ask(25);
    let page = |query: &str| desk.cost(|| desk.mia().get(&format!("/inquiries?{query}")).send());
    let (cost, answer) = page("list=mine&limit=25");
    println!(
        "{:24} {:>5} {:>6} {:>5} {:>6}",
        "25 of 25",
        cost.trips,
        cost.write,
        cost.read,
        answer.bytes.len()
    );
    assert_eq!(answer.json()["inquiries"].as_array().map(Vec::len), Some(25));
    assert!(answer.bytes.len() < 8_192, "{} bytes", answer.bytes.len());
    assert!(answer.bytes.len() / 25 <= 327);
    assert_eq!(units(cost), SHORT_PAGE);
    ask(80);
    page("list=mine&limit=25");
    for sort in ["waiting", "latest"] {
        let (few, answer) = page(&format!("list=mine&limit=25&sort={sort}"));
        println!(
            "{:24} {:>5} {:>6} {:>5} {:>6}",
            format!("25 of 105, {sort}"),
            few.trips,
            few.write,
            few.read,
            answer.bytes.len()
        );
        assert!(answer.bytes.len() < 8_192, "{} bytes", answer.bytes.len());
        assert_eq!(units(few), if sort == "waiting" { LONG_WAITING } else { LONG_LATEST });
    }
    ask(300);
    for (sort, expected) in [("waiting", LONG_WAITING), ("latest", LONG_LATEST)] {
        let (many, _) = page(&format!("list=mine&limit=25&sort={sort}"));
        assert_eq!(units(many), expected, "{sort}: it does not grow with what is stored");
    }
}

/// A page of a list that is read whole, and of a long one in both sorts.
const SHORT_PAGE: Cost = (2, 0.0, 1.5);
const LONG_WAITING: Cost = (4, 0.0, 2.5);
const LONG_LATEST: Cost = (2, 0.0, 1.5);

#[test]
fn a_page_of_orders_costs_the_same_however_many_there_are() {
    let desk = warm();
    let mut stored = 0;
    let mut pushed_until = |count: usize| {
        for number in stored..count {
            desk.places(&format!("B-{number:04}"));
        }
        stored = count;
    };
    let costs = || {
        ["/orders?list=to_ship", "/orders?list=overdue", "/refunds", "/orders/B-0001"].map(|path| {
            let (cost, answer) = desk.cost(|| desk.mia().get(path).send());
            println!(
                "{path:24} {:>5} {:>6} {:>5} {:>6}",
                cost.trips,
                cost.write,
                cost.read,
                answer.bytes.len()
            );
            assert_eq!(answer.status, 200);
            units(cost)
        })
    };
    pushed_until(110);
    let some = costs();
    pushed_until(400);
    assert_eq!(costs(), some);
    assert_eq!(some, ORDER_PAGES);
    let (push, _) = desk.cost(|| desk.places("B-9999"));
    let known = crate::support::order(&desk, "B-0001");
    let (again, _) = desk.cost(|| desk.pushes(&known));
    assert_eq!((units(push), units(again)), PUSHES);
}

/// To ship, overdue, refunds, and an order.
const ORDER_PAGES: [Cost; 4] = [(4, 0.0, 3.5), (4, 0.0, 3.5), (4, 0.0, 2.0), (2, 0.0, 1.5)];
/// A new order, and one that is known.
const PUSHES: (Cost, Cost) = ((2, 3.0, 1.0), (1, 0.0, 1.0));
