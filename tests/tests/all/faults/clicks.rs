//! Fifty clicks on "refund" at the running program, all at the same moment: one refund (RELIABILITY F6).

use super::killing::machine::Machine;
use super::till::{AMOUNT, Till, make_key, paid_out, refunds_of};
use crate::support::Folder;

const CLICKS: usize = 50;

/// Clicks from as many connections at once; what each was answered, as status and problem.
fn clicks(till: &Till<'_>, number: &str, key: impl Fn(usize) -> String + Sync) -> Vec<(u16, String)> {
    till.places(number, "ada", 30).expect("it is pushed");
    let body = till.agreed("ada").expect("she asks");
    let seen = till.version(number).expect("it is there");
    let all_here = std::sync::Barrier::new(CLICKS);
    let click = |at: usize| {
        all_here.wait();
        let (status, said) = till.mia().sends_once(&refunds_of(number), (seen, &key(at)), &body);
        (status, said["code"].as_str().unwrap_or_default().to_owned())
    };
    std::thread::scope(|scope| {
        let clicking: Vec<_> = (0..CLICKS).map(|at| scope.spawn(move || click(at))).collect();
        clicking.into_iter().map(|it| it.join().expect("it is answered")).collect()
    })
}

/// The order and the ledger, once the provider has paid.
fn holds_one_refund(machine: &Machine, till: &Till<'_>, number: &str) {
    let refunds = |state: &str| {
        let order = till.order(number)?;
        let refunds = order["refunds"].as_array()?.clone();
        refunds.iter().all(|it| it["state"] == state).then_some(refunds)
    };
    let refunds = machine.until(|| refunds("succeeded")).expect("it is paid");
    assert_eq!(refunds.len(), 1);
    let ledger = till.ledger();
    let of_order: Vec<_> = ledger.iter().filter(|(_, entry)| entry["order"] == number).collect();
    assert_eq!(of_order.len(), 1, "one key, one refund");
    assert_eq!((of_order[0].1["paid_count"].as_u64(), paid_out(of_order[0].1)), (Some(1), AMOUNT));
}

#[test]
fn of_fifty_clicks_at_the_running_program_one_refund_comes() {
    let data = Folder::new();
    let machine = Machine::start(data.path());
    let key = make_key(&machine).expect("a key");
    let till = Till::open(&machine, &key).expect("they sign in");

    let same = clicks(&till, "A-same", |_| "once".to_owned());
    assert!(same.iter().all(|(status, _)| *status == 200), "each is told that it is done: {same:?}");
    holds_one_refund(&machine, &till, "A-same");

    let different = clicks(&till, "A-different", |at| format!("click-{at}"));
    let (won, lost): (Vec<_>, Vec<_>) = different.into_iter().partition(|(status, _)| *status == 200);
    assert_eq!(won.len(), 1, "{lost:?}");
    assert!(lost.iter().all(|it| *it == (409, "order_moved_on".to_owned())), "{lost:?}");
    holds_one_refund(&machine, &till, "A-different");
}
