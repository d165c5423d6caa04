//! A bill worked out by hand, term by term, so that the program is compared with something that is not the program.

use bench::costs::Measured;
use bench::costs::assumed::{ALARMS, SECRETS};
use bench::costs::bill::Bill;
use bench::costs::measured::Step;
use bench::costs::prices::{Free, TOKYO, VIRGINIA};
use bench::costs::traffic::Usage;

/// A month of somebody busy: more than is free of everything.
const BUSY: Usage = Usage {
    requests: 20e6,
    edge_requests: 22e6,
    edge_functions: 21e6,
    invocations: 24e6,
    gb_seconds: 1_400_000.0,
    write: 40e6,
    read: 8e6,
    stored_gb: 30.0,
    queue: 5e6,
    log_gb: 25.0,
    edge_gb: 1_100.0,
    origin_gb: 10.0,
    mails: 2e6,
};

#[track_caller]
fn near(is: f64, by_hand: f64, what: &str) {
    assert!((is - by_hand).abs() < 0.000_05, "{what}: {is}, by hand {by_hand}");
}

/// Compares each term with what was worked out, in order, and the sum with theirs.
#[track_caller]
fn compare(bill: &Bill, by_hand: &[(&str, f64)]) {
    let names: Vec<&str> = bill.0.iter().map(|term| term.0).collect();
    assert_eq!(names, by_hand.iter().map(|term| term.0).collect::<Vec<_>>());
    for ((name, is), (_, by_hand)) in bill.0.iter().zip(by_hand) {
        near(*is, *by_hand, name);
    }
    near(bill.sum(), by_hand.iter().map(|term| term.1).sum(), "all");
}

#[test]
fn a_busy_month_in_virginia() {
    let by_hand = [
        // 40 million × 0.625
        ("DynamoDB, writes", 25.0),
        // 8 million × 0.125
        ("DynamoDB, reads", 1.0),
        // (30 - 25) × 0.25 + 30 × 0.20 = 1.25 + 6.00
        ("DynamoDB, storage and backups", 7.25),
        // 20 million × 1.00
        ("API Gateway", 20.0),
        // (24 - 1) million × 0.20 + (1,400,000 - 400,000) × 0.0000166667 = 4.60 + 16.6667
        ("Lambda", 21.266_7),
        // (22 - 10) million × 1.00 + (1,100 - 1,000) × 0.085 + 10 × 0.020 = 12.00 + 8.50 + 0.20
        ("CloudFront", 20.7),
        // (21 - 2) million × 0.10
        ("CloudFront Functions", 1.9),
        // (5 - 1) million × 0.50
        ("SQS", 2.0),
        // (25 - 5) × 0.50 + 25 × 0.15 × 0.03 = 10.00 + 0.1125
        ("CloudWatch, logs", 10.112_5),
        // with 15 alarms and 2 secrets: (15 - 10) × 0.10 + 2 × 0.40 = 0.50 + 0.80
        ("Alarms and secrets", (ALARMS - 10.0) * 0.10 + SECRETS * 0.40),
        // 2,000 thousand × 0.10
        ("SES", 200.0),
    ];
    compare(&Bill::of(&BUSY, &VIRGINIA, &Free::ACCOUNT), &by_hand);
}

#[test]
fn a_busy_month_of_a_second_stage_in_tokyo() {
    let by_hand = [
        // 40 million × 0.715
        ("DynamoDB, writes", 28.6),
        // 8 million × 0.1425
        ("DynamoDB, reads", 1.14),
        // 30 × 0.285 + 30 × 0.228 = 8.55 + 6.84
        ("DynamoDB, storage and backups", 15.39),
        // 20 million × 1.29
        ("API Gateway", 25.8),
        // 24 million × 0.20 + 1,400,000 × 0.0000166667 = 4.80 + 23.33338
        ("Lambda", 28.133_38),
        // 22 million × 1.20 + 1,100 × 0.114 + 10 × 0.060 = 26.40 + 125.40 + 0.60
        ("CloudFront", 152.4),
        // 21 million × 0.10
        ("CloudFront Functions", 2.1),
        // 5 million × 0.50
        ("SQS", 2.5),
        // 25 × 0.76 + 25 × 0.15 × 0.033 = 19.00 + 0.12375
        ("CloudWatch, logs", 19.123_75),
        // with 15 alarms and 2 secrets: 15 × 0.10 + 2 × 0.40 = 1.50 + 0.80
        ("Alarms and secrets", ALARMS * 0.10 + SECRETS * 0.40),
        // 2,000 thousand × 0.10
        ("SES", 200.0),
    ];
    compare(&Bill::of(&BUSY, &TOKYO, &Free::NOTHING), &by_hand);
}

#[test]
fn what_is_within_the_allowance_is_not_taken_off_the_rest() {
    let bill = Bill::of(&Usage { write: 1e6, ..Usage::default() }, &VIRGINIA, &Free::ACCOUNT);
    // Nothing is below zero: 1 million × 0.625, and what never changes.
    near(bill.sum(), 0.625 + (ALARMS - 10.0) * 0.10 + SECRETS * 0.40, "a small month");
}

fn step(of: &str, what: &str, (trips, write, read, bytes): (f64, f64, f64, f64)) -> Step {
    Step { of: of.to_owned(), what: what.to_owned(), trips, write, read, bytes }
}

#[test]
fn a_short_life() {
    let measured = Measured(vec![
        step("150", "submit", (2.0, 4.0, 0.5, 1_000.0)),
        step("150", "send the mail", (3.0, 2.0, 1.0, 0.0)),
        step("150", "show", (1.0, 0.0, 0.5, 2_000.0)),
        step("150 stored", "all", (0.0, 0.0, 0.0, 2_500.0)),
    ]);
    let life = Usage::life(&measured, 150);
    // A command and a view: two requests, each with an invocation and a run at the edge; the mail is not in it.
    let counts = [life.requests, life.edge_requests, life.edge_functions, life.invocations, life.mails];
    assert_eq!(counts, [2.0, 2.0, 2.0, 2.0, 0.0]);
    assert_eq!((life.write, life.read, life.queue), (4.0, 1.0, 0.0));
    // Of a processor's 2 ms each takes 2 × 1.73 ÷ 0.25 = 13.84 ms, 10 ms for starts (200 × 0.05), 5 ms a trip:
    // (10 + 13.84 + 10) + (5 + 13.84 + 10) = 62.68 ms, of 0.25 GB: 0.01567 GB-seconds.
    near(life.gb_seconds, 0.015_67, "GB-seconds");
    // A request logs 200 + 204 + 40 + 26 = 470 bytes, and the gateway 219 + 26 = 245 of it: 2 × 715 bytes.
    near(life.log_gb * 1e9, 1_430.0, "bytes of logs");
    // 3,000 bytes of answers; 1,500 of the command are passed on; 2,500 stay.
    near(life.edge_gb * 1e9, 3_000.0, "bytes sent");
    near(life.origin_gb * 1e9, 1_500.0, "bytes passed on");
    near(life.stored_gb * 1e9, 2_500.0, "bytes stored");
    let mails = Usage::mails(&measured, 150);
    // A message is sent, taken and deleted; its function waits 15 ms for the table and 100 ms for SES: 138.84 ms.
    assert_eq!((mails.mails, mails.requests, mails.queue, mails.write), (1.0, 0.0, 3.0, 2.0));
    near(mails.gb_seconds, 0.034_71, "GB-seconds of a mail");
    // Without the view: one request less.
    assert_eq!(Usage::commands(&measured, 150).requests, 1.0);
}
