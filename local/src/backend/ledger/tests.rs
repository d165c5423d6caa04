//! Money goes out once under a key, whatever is asked in whatever order and whatever goes wrong.

use super::*;

type Outcome = Result<(), Box<dyn std::error::Error>>;

const KEY: &str = "A1001-R1";
const NOW: Timestamp = Timestamp::UNIX_EPOCH;

/// What may happen to a refund.
#[derive(Clone, Copy, Debug)]
enum Step {
    Pay(u32),
    Ask(u32),
    Settle,
    Return,
}

const STEPS: [Step; 7] =
    [Step::Pay(1), Step::Pay(2), Step::Pay(3), Step::Ask(1), Step::Ask(2), Step::Settle, Step::Return];

fn pay(attempt: u32) -> Request {
    let amount = Amount { minor: 128_000, currency: "TWD".to_owned() };
    Request::Refund(Pay { order: "A1001".to_owned(), refund: KEY.to_owned(), attempt, amount })
}

fn ask(attempt: u32) -> Request {
    Request::Status(Question { refund: KEY.to_owned(), attempt })
}

fn with(faults: &[Fault]) -> Ledger {
    let faults = Faults { next: faults.iter().copied().collect(), always: Fault::None };
    Ledger { refunds: BTreeMap::new(), faults }
}

fn take(ledger: &mut Ledger, step: Step) {
    match step {
        Step::Pay(attempt) => drop(ledger.react(&pay(attempt), NOW)),
        Step::Ask(attempt) => drop(ledger.react(&ask(attempt), NOW)),
        Step::Settle => drop(ledger.settle(KEY, NOW)),
        Step::Return => drop(ledger.give_back(KEY, NOW)),
    }
}

fn said(ledger: &mut Ledger, request: &Request) -> Option<(&'static str, u32)> {
    ledger.react(request, NOW).said.map(|said| (said.status, said.attempt))
}

/// What is wrong with an entry: money out twice, out without being known to be, or twice by one attempt.
fn wrong(entry: &Entry) -> bool {
    let paid =
        |attempt| entry.history.iter().filter(|it| it.what == What::Paid && it.attempt == attempt).count();
    let out = entry.paid_count.checked_sub(entry.returned_count);
    out != Some(u32::from(entry.state == State::Succeeded)) || (1..=3).any(|attempt| paid(attempt) > 1)
}

#[test]
fn money_is_out_once_at_most_and_exactly_when_it_is_said_to_be() {
    for first in Fault::ALL {
        for second in Fault::ALL {
            for number in 0..STEPS.len().pow(4) {
                let mut ledger = with(&[first, second]);
                let steps = [1, 7, 49, 343].map(|place| STEPS[number / place % 7]);
                for (done, step) in steps.into_iter().enumerate() {
                    take(&mut ledger, step);
                    let broken = ledger.refunds.get(KEY).filter(|entry| wrong(entry));
                    assert_eq!(broken, None, "{first:?} {second:?} {:?}", &steps[..=done]);
                }
            }
        }
    }
}

#[test]
fn the_same_call_again_pays_nothing_and_says_the_same() {
    for fault in Fault::ALL {
        let mut ledger = with(&[fault]);
        let first = ledger.react(&pay(1), NOW).said;
        let entry =
            |ledger: &Ledger| ledger.refunds.get(KEY).map_or((0, 0), |it| (it.paid_count, it.attempt));
        let before = entry(&ledger);
        let again = ledger.react(&pay(1), NOW).said;
        if fault.refuses() {
            assert_eq!(
                (first, before, entry(&ledger)),
                (None, (0, 0), (1, 1)),
                "{fault:?}: nothing was done"
            );
        } else {
            assert_eq!((first, before), (again, entry(&ledger)), "{fault:?}");
        }
    }
}

#[test]
fn a_later_attempt_pays_only_after_the_one_before_failed() {
    let mut ledger = with(&[Fault::Fail]);
    assert_eq!(said(&mut ledger, &pay(1)), Some(("failed", 1)));
    assert_eq!(said(&mut ledger, &ask(2)), Some(("not_found", 2)), "it has not arrived");
    assert_eq!(said(&mut ledger, &pay(2)), Some(("succeeded", 2)));
    assert_eq!(said(&mut ledger, &pay(3)), Some(("succeeded", 2)));
    assert_eq!(said(&mut ledger, &pay(1)), Some(("succeeded", 2)), "an old call that comes late");
    assert_eq!(ledger.refunds[KEY].paid_count, 1);
    ledger.give_back(KEY, NOW);
    assert_eq!(said(&mut ledger, &ask(2)), Some(("failed", 2)));
    assert_eq!(said(&mut ledger, &pay(2)), Some(("failed", 2)));
    assert_eq!(said(&mut ledger, &pay(3)), Some(("succeeded", 3)));
    assert_eq!((ledger.refunds[KEY].paid_count, ledger.refunds[KEY].returned_count), (2, 1));
}

#[test]
fn a_key_is_for_one_amount() {
    let mut ledger = with(&[]);
    ledger.react(&pay(1), NOW);
    for (minor, order, currency) in
        [(1, "A1001", "TWD"), (128_000, "A1002", "TWD"), (128_000, "A1001", "USD")]
    {
        let amount = Amount { minor, currency: currency.to_owned() };
        let other = Pay { order: order.to_owned(), refund: KEY.to_owned(), attempt: 2, amount };
        assert_eq!(said(&mut ledger, &Request::Refund(other)), None);
    }
    assert_eq!((ledger.refunds[KEY].paid_count, ledger.refunds[KEY].amount.minor), (1, 128_000));
}

#[test]
fn every_fault_does_what_its_name_says() {
    use Manner::{AtOnce, Error, Never, Slowly};
    for (fault, manner, status, later, early) in [
        (Fault::None, AtOnce, Some("succeeded"), None, 0),
        (Fault::TimeoutAfterSuccess, Never, Some("succeeded"), None, 0),
        (Fault::Slow, Slowly, Some("succeeded"), None, 0),
        (Fault::Error500AfterSuccess, Error(500), Some("succeeded"), None, 0),
        (Fault::Error500, Error(500), None, None, 0),
        (Fault::Conflict409, Error(409), None, None, 0),
        (Fault::TooMany429, Error(429), None, None, 0),
        (Fault::AcceptThenSucceed, AtOnce, Some("accepted"), Some(Later::Settle { told: 1 }), 0),
        (Fault::AcceptThenFail, AtOnce, Some("accepted"), Some(Later::Settle { told: 1 }), 0),
        (Fault::Fail, AtOnce, Some("failed"), None, 0),
        (Fault::LateFailure, AtOnce, Some("succeeded"), Some(Later::Return), 0),
        (Fault::DuplicateCallBacks, AtOnce, Some("accepted"), Some(Later::Settle { told: 3 }), 0),
        (Fault::OutOfOrderCallBacks, AtOnce, Some("accepted"), Some(Later::ReturnOutOfOrder), 0),
        (Fault::EarlyCallBack, AtOnce, Some("succeeded"), None, 1),
    ] {
        let reaction = with(&[fault]).react(&pay(1), NOW);
        let said = reaction.said.as_ref().map(|said| said.status);
        assert_eq!(
            (reaction.manner, said, reaction.later, reaction.early.len()),
            (manner, status, later, early),
            "{fault:?}"
        );
    }
}

#[test]
fn who_asks_is_told_the_end_though_a_crash_came_between() -> Outcome {
    for (fault, status, paid) in
        [(Fault::AcceptThenSucceed, "succeeded", 1), (Fault::AcceptThenFail, "failed", 0)]
    {
        let mut ledger = with(&[fault]);
        ledger.react(&pay(1), NOW);
        let mut read: Ledger = serde_json::from_str(&serde_json::to_string(&ledger)?)?;
        assert_eq!(read, ledger);
        assert_eq!(said(&mut read, &ask(1)), Some((status, 1)));
        assert_eq!(read.refunds[KEY].paid_count, paid);
        // The call-back that was on its way says the same, and pays nothing.
        assert_eq!(read.settle(KEY, NOW).map(|said| said.status), Some(status));
        assert_eq!(read.refunds[KEY].paid_count, paid);
    }
    Ok(())
}
