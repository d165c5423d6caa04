//! An inquiry's life with messages of several sizes, an open page, and the schedules while nothing is due: measured here
//! with what happens beside (`beside.rs`), kept in `bench/src/costs/measured.txt`, and priced in docs/costs.md.

use std::path::PathBuf;
use std::sync::OnceLock;

use bench::costs::Measured;
use bench::costs::measured::{POLLS, SIZES, Step};
use common::app::App;
use common::failure::Failure;
use common::store::table::Units;
use serde_json::{Value, json};

use super::beside::{self, Paid};
use super::{Bill, TEXT, asks, submits, units, warm};
use crate::support::{Answer, Desk, SignedDuration, seconds};
use crate::tidy::openapi::blesses;
use crate::tidy::root;

/// By how much answers may be longer or shorter than what is kept: times are written with as many digits as they
/// need. In bytes, and as a share.
const NEAR: (f64, f64) = (64.0, 0.03);

/// The units of a life with the usual messages: write and read.
const LIFE: (f64, f64) = (34.0, 24.0);

/// What is measured, once it is the same as what is kept; as it is kept, so that the document stays what it was.
pub fn measured() -> &'static Measured {
    static MEASURED: OnceLock<Measured> = OnceLock::new();
    MEASURED.get_or_init(|| {
        let (now, kept) = (measure(), std::fs::read_to_string(file()).unwrap_or_default());
        let kept = Measured::read(&kept);
        if same(&now, &kept) {
            return kept;
        }
        assert!(
            blesses(),
            "what is measured is not what is kept: run `make bless` and commit.\n{}",
            now.written()
        );
        std::fs::write(file(), now.written()).expect("it is written");
        now
    })
}

fn file() -> PathBuf {
    root().join("bench/src/costs/measured.txt")
}

/// The same steps and units; answers may be a few bytes longer or shorter.
fn same(one: &Measured, other: &Measured) -> bool {
    let near = |(one, other): (&Step, &Step)| {
        let bytes = one.bytes;
        (one.bytes - other.bytes).abs() <= NEAR.0.max(NEAR.1 * bytes)
            && *one == Step { bytes, ..other.clone() }
    };
    one.0.len() == other.0.len() && one.0.iter().zip(&other.0).all(near)
}

fn measure() -> Measured {
    let mut all = Vec::new();
    for size in SIZES {
        let text: String = TEXT.chars().cycle().take(size).collect();
        let (life, stored) = life(&text);
        all.extend(steps(&size.to_string(), life.0));
        all.extend(steps(&format!("{size} beside"), beside::inside(&text)));
        all.extend(steps(&format!("{size} slow"), beside::slow(&text)));
        let left = ("the inquiry, its pages, entries in indexes", Units::default(), stored);
        all.extend(steps(&format!("{size} stored"), [left]));
    }
    all.extend(steps("storefront", beside::storefront()));
    all.push(open_page());
    all.extend(idle());
    Measured(all)
}

fn steps(of: &str, paid: impl IntoIterator<Item = Paid>) -> Vec<Step> {
    paid.into_iter().map(|(what, cost, bytes)| step(of, what, cost, bytes)).collect()
}

fn step(of: &str, what: &str, cost: Units, bytes: usize) -> Step {
    let (trips, write, read) = units(cost);
    let (of, what) = (of.to_owned(), what.to_owned());
    Step { of, what, trips: f64::from(trips), write, read, bytes: bytes as f64 }
}

/// Five commands, eight views, two mails; and what they leave stored. Who gets it is measured beside.
fn life(text: &str) -> (Bill, usize) {
    let desk = warm();
    let mut bill = Bill::default();
    let made = bill.pays(&desk, "submit", || asks(&desk, text));
    let asked = desk.ada().asked(&made);
    desk.mia().takes(&asked);
    let list = || desk.mia().get("/inquiries?list=mine&counts=true").send();
    let show = || desk.mia().get(&format!("/inquiries/{}", asked.id)).send();
    let answer = json!({ "text": text, "then": "keep_open" });
    let commands = |verb: &str, body: &Value, seen: u64| -> Answer {
        desk.mia().command(&asked, verb, body).seeing(seen).send()
    };
    bill.pays(&desk, "list with counts", list);
    bill.pays(&desk, "show", show);
    bill.pays(&desk, "reply, keep open", || commands("reply", &answer, 2));
    bill.sends(&desk);
    bill.pays(&desk, "the customer's list", || desk.ada().get("/my/inquiries").send());
    bill.pays(&desk, "the customer's page", || desk.ada().get(&format!("/my/inquiries/{}", asked.id)).send());
    bill.pays(&desk, "follow up", || desk.ada().command(&asked, "messages", &json!({ "text": text })).send());
    bill.pays(&desk, "list with counts", list);
    bill.pays(&desk, "show", show);
    bill.pays(&desk, "reply, keep open", || commands("reply", &answer, 4));
    bill.sends(&desk);
    bill.pays(&desk, "list with counts", list);
    bill.pays(&desk, "show", show);
    bill.pays(&desk, "close", || commands("close", &json!({}), 5));
    bill.printed();
    let stored = beside::stored(&desk, &asked);
    (bill, stored)
}

/// Ten minutes of an agent's open page.
fn open_page() -> Step {
    let desk = warm();
    let asked = desk.ada().asked(&submits(&desk));
    desk.mia().takes(&asked);
    let poll = || desk.mia().get("/inquiries?list=mine&counts=true&tab=open").send();
    poll().ok();
    desk.wait(SignedDuration::from_mins(7));
    poll().ok();
    let (cost, bytes) = desk.cost(|| {
        let polls = (0..POLLS).map(|_| {
            desk.wait(seconds(10));
            let answer = poll();
            assert_eq!(answer.status, 200, "{}", answer.text());
            answer.bytes.len()
        });
        polls.sum::<usize>()
    });
    step("page", &format!("{POLLS} requests of an open page"), cost, bytes)
}

/// Each schedule, when there is nothing to do.
fn idle() -> [Step; 5] {
    let desk = warm();
    [
        runs(&desk, "enforce-deadlines", enforce_deadlines::run),
        runs(&desk, "resume-distribution", resume_distribution::run),
        runs(&desk, "resume-refunds", resume_refunds::run),
        runs(&desk, "resend-notices", resend_notices::run),
        runs(&desk, "send-digests", send_digests::run),
    ]
}

fn runs<F: Future<Output = Result<(), Failure>>>(desk: &Desk, what: &str, run: fn(App) -> F) -> Step {
    let (cost, done) = desk.cost(|| desk.block_on(run(desk.app.clone())));
    done.expect("it runs");
    step("idle", what, cost, 0)
}

#[test]
fn the_life_of_an_inquiry_costs_what_it_should() {
    let sums = SIZES.map(|size| {
        let life = measured().life(size);
        let (write, read) =
            life.iter().fold((0.0, 0.0), |(write, read), it| (write + it.write, read + it.read));
        println!("{size} bytes: {write} write units, {read} read units");
        (write, read)
    });
    let [usual, longer, long] = sums;
    assert_eq!(usual, LIFE);
    // The steps are minutes apart, so that each reads its shop again, as processes do that are seldom asked.
    assert!(usual.0 <= 40.0 && usual.1 <= 26.0, "the bound: 40 write and 26 read units");
    assert!(usual.0 <= longer.0 && longer.0 <= long.0, "longer messages cost more: {sums:?}");
    assert!(long.0 <= 80.0 && long.1 <= 34.0, "and not by more than their bytes: {sums:?}");
}

#[test]
fn what_a_storefront_asks_before_reads_the_shop_and_no_more() {
    let asked: Vec<&Step> = measured().of("storefront").collect();
    assert_eq!(asked.len(), 5, "a form and four preflights");
    assert!(asked.iter().all(|it| (it.trips, it.write, it.read) == (1.0, 0.0, 1.0)), "{asked:?}");
}

#[test]
fn a_life_leaves_its_texts_stored_and_little_more() {
    for size in SIZES {
        let (stored, texts) = (measured().stored(size), 4.0 * size as f64);
        println!("{size} bytes: {stored} bytes stored");
        assert!(stored > texts && stored < 1.5 * texts + 3_000.0, "{size}: {stored}");
    }
}

#[test]
fn an_idle_minute_reads_little_and_writes_nothing() {
    let minute = || measured().of("idle");
    assert_eq!(minute().map(|it| it.write).sum::<f64>(), 0.0);
    let read = minute().map(|it| it.read).sum::<f64>();
    assert!(read <= 12.0, "{read}");
}
