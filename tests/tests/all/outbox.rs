//! Mails that are owed (RELIABILITY §3: I1, F1, F1b, F3): none is lost, none is sent twice but for a
//! crash inside the call.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use local::engine::Faults;

use crate::support::{Asked, Desk, MailService, Mood, Setup, seconds};

const ADA: &str = "ada@example.com";

/// The states of the mails of an inquiry's replies.
fn states(desk: &Desk, asked: &Asked) -> Vec<String> {
    let told = desk.mia().timeline(asked);
    let states = told.iter().filter_map(|entry| entry["mail"]["state"].as_str());
    states.map(str::to_owned).collect()
}

fn with_mails() -> (Desk, MailService) {
    let mails = MailService::default();
    (Desk::with(Setup { mails: Some(mails.clone()), ..Setup::default() }), mails)
}

fn replied(desk: &Desk) -> Asked {
    let asked = desk.ada().submits("Where is my parcel?");
    desk.mia().replies(&asked, "It left today.");
    asked
}

#[test]
fn a_message_that_is_delivered_up_to_five_times_sends_one_mail() {
    for times in 1..=5 {
        let desk = Desk::open();
        let asked = replied(&desk);
        let bodies = desk.drops_messages();
        assert_eq!(bodies.len(), 1);
        for _ in 0..times {
            assert_eq!(desk.block_on(desk.hands_over(&bodies)), 0);
        }
        assert_eq!(desk.mailbox(ADA).len(), 1, "{times} deliveries");
        assert_eq!(states(&desk, &asked), ["sent"]);
    }
}

#[test]
fn messages_of_many_occasions_in_one_group_send_one_mail_each() {
    let desk = Desk::open();
    let asked = replied(&desk);
    desk.ada().follows_up(&asked, "Thanks!");
    desk.mia().replies(&asked, "Welcome!");
    desk.wait(seconds(121));
    for _ in 0..3 {
        desk.run_sweeps();
        desk.wait(seconds(61));
    }
    assert_eq!(desk.dispatch(), 0);
    assert_eq!(desk.mailbox(ADA).len(), 2);
    assert_eq!(states(&desk, &asked), ["sent", "sent"]);
}

#[test]
fn a_duplicate_that_could_read_an_earlier_state_sends_nothing() {
    for seed in 1..=12 {
        let active = Arc::new(AtomicBool::new(false));
        let faults = Faults { seed, stale_reads: 1.0, active: Arc::clone(&active), ..Faults::default() };
        let mails = MailService::default();
        let desk = Desk::with(Setup { faults: Some(faults), mails: Some(mails), ..Setup::default() });
        let asked = replied(&desk);
        let bodies = desk.drops_messages();
        active.store(true, Ordering::Relaxed);
        for _ in 0..5 {
            assert_eq!(desk.block_on(desk.hands_over(&bodies)), 0);
        }
        active.store(false, Ordering::Relaxed);
        assert_eq!(desk.mailbox(ADA).len(), 1, "seed {seed}");
        assert_eq!(states(&desk, &asked), ["sent"]);
    }
}

#[test]
fn while_the_queue_is_down_a_reply_is_stored_and_the_sweep_sends_its_mail() {
    let mut desk = Desk::open();
    let there = desk.queue.url().to_owned();
    desk.queue_is_at("http://queue.invalid/000000000000/nowhere.fifo");
    let asked = replied(&desk);
    assert_eq!(states(&desk, &asked), ["queued"]);
    desk.queue_is_at(&there);
    desk.dispatch();
    assert!(desk.mailbox(ADA).is_empty(), "nobody knows of it");
    desk.run_sweeps();
    desk.dispatch();
    assert!(desk.mailbox(ADA).is_empty(), "the queue has two minutes for itself");
    desk.wait(seconds(121));
    desk.run_sweeps();
    desk.dispatch();
    assert_eq!(desk.mailbox(ADA).len(), 1);
    assert_eq!(states(&desk, &asked), ["sent"]);
    desk.wait(seconds(600));
    desk.run_sweeps();
    assert!(desk.drops_messages().is_empty(), "what is sent is owed no more");
}

#[test]
fn a_crash_between_commit_and_queue_loses_no_mail() {
    let desk = Desk::open();
    let asked = replied(&desk);
    let guest = desk.guest("gus@example.org");
    guest.submits("Hello");
    desk.drops_messages();
    desk.starts_anew();
    desk.dispatch();
    assert_eq!((desk.mailbox(ADA).len(), desk.mailbox("gus@example.org").len()), (1, 1));
    assert_eq!(states(&desk, &asked), ["sent"]);
}

#[test]
fn more_owed_mails_than_one_run_takes_are_sent_by_the_next_runs() {
    let desk = Desk::open();
    let asked: Vec<Asked> = (0..520).map(|_| replied(&desk)).collect();
    desk.drops_messages();
    desk.wait(seconds(121));
    for _ in 0..2 {
        desk.run_sweeps();
        desk.dispatch();
        desk.wait(seconds(61));
    }
    assert!(asked.iter().all(|one| states(&desk, one) == ["sent"]));
}

#[test]
fn a_mailer_that_is_out_of_order_leaves_the_mail_owed() {
    let (desk, mails) = with_mails();
    mails.is(Mood::Throttled);
    let asked = replied(&desk);
    assert_eq!(desk.dispatch(), 1, "the message comes again");
    assert_eq!((mails.attempts(), states(&desk, &asked)), (1, vec!["queued".to_owned()]));
    for _ in 0..10 {
        desk.wait(seconds(121));
        desk.run_sweeps();
        desk.dispatch();
    }
    assert_eq!(states(&desk, &asked), ["queued"], "however long it takes");
    mails.is(Mood::Good);
    desk.wait(seconds(121));
    desk.run_sweeps();
    desk.dispatch();
    assert_eq!((desk.mailbox(ADA).len(), states(&desk, &asked)), (1, vec!["sent".to_owned()]));
}

#[test]
fn one_inquiry_that_cannot_be_sent_does_not_hold_up_the_others() {
    let (desk, mails) = with_mails();
    let first = replied(&desk);
    let second = desk.ben().submits("And mine?");
    desk.leo().replies(&second, "Tomorrow.");
    mails.is(Mood::Throttled);
    let service = mails.clone();
    desk.dispatch();
    service.is(Mood::Good);
    desk.dispatch();
    assert_eq!((states(&desk, &first), states(&desk, &second)), (vec!["sent".into()], vec!["sent".into()]));
    assert_eq!((desk.mailbox(ADA).len(), desk.mailbox("ben@example.com").len()), (1, 1));
}

#[test]
fn a_mail_that_is_refused_is_shown_as_failed_and_not_tried_again() {
    let (desk, mails) = with_mails();
    mails.is(Mood::Refusing);
    let asked = replied(&desk);
    assert_eq!(desk.dispatch(), 0);
    assert_eq!(states(&desk, &asked), ["failed"]);
    desk.wait(seconds(600));
    desk.run_sweeps();
    desk.dispatch();
    assert_eq!(mails.attempts(), 1);
    mails.is(Mood::Good);
    desk.ada().follows_up(&asked, "Hello?");
    desk.mia().replies(&asked, "Here.");
    desk.dispatch();
    assert_eq!(states(&desk, &asked), ["failed", "sent"]);
}

#[test]
fn a_crash_between_sending_and_marking_doubles_that_mail_and_no_other() {
    let active = Arc::new(AtomicBool::new(false));
    let faults = Faults { throttles: 1.0, active: Arc::clone(&active), ..Faults::default() };
    let mails = MailService::default();
    let desk = Desk::with(Setup { faults: Some(faults), mails: Some(mails.clone()), ..Setup::default() });
    let asked = replied(&desk);
    let table_breaks = Arc::clone(&active);
    mails.when_taken(move || table_breaks.store(true, Ordering::Relaxed));
    assert_eq!(desk.dispatch(), 1, "it was sent, and could not be marked");
    assert_eq!(desk.mailbox(ADA).len(), 1);
    mails.when_taken(|| ());
    active.store(false, Ordering::Relaxed);
    assert_eq!(states(&desk, &asked), ["queued"]);
    for _ in 0..3 {
        desk.dispatch();
        desk.wait(seconds(121));
        desk.run_sweeps();
    }
    assert_eq!(desk.mailbox(ADA).len(), 2, "exactly one double");
    assert_eq!(states(&desk, &asked), ["sent"]);
}

#[test]
fn an_answer_of_the_mail_service_that_is_lost_loses_no_mail() {
    let (desk, mails) = with_mails();
    mails.is(Mood::AnswerLost);
    let asked = replied(&desk);
    assert_eq!(desk.dispatch(), 1);
    mails.is(Mood::Good);
    desk.dispatch();
    assert_eq!((desk.mailbox(ADA).len(), states(&desk, &asked)), (2, vec!["sent".to_owned()]));
}

#[test]
fn what_is_not_a_message_is_let_go() {
    let desk = Desk::open();
    let bodies =
        ["", "{}", "not json", r#"{"format":2,"shop":"taipei","inquiry":"inq_x"}"#].map(str::to_owned);
    assert_eq!(desk.block_on(desk.hands_over(&bodies)), 0);
    let unknown = r#"{"format":1,"shop":"taipei","inquiry":"inq_00000000000000000000000000"}"#.to_owned();
    assert_eq!(desk.block_on(desk.hands_over(&[unknown])), 0);
}
