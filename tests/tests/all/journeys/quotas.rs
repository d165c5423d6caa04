//! Floods end somewhere (SPEC §2.4, §2.7).

use serde_json::json;

use crate::support::{Answer, Desk, hours, seconds};

fn text() -> serde_json::Value {
    json!({ "text": "Hello" })
}

#[track_caller]
fn wait_of(answer: Answer) -> i64 {
    let seconds = answer.header("retry-after").parse().expect("a number of seconds");
    answer.refused(429, "too_many_requests");
    seconds
}

#[test]
fn an_address_gets_three_confirmation_mails_a_day_over_all_shops() {
    let desk = Desk::open();
    let (here, there) = (desk.guest("gus@example.org"), desk.guest_of("lantern", "gus@example.org"));
    here.submits("1");
    there.submits("2");
    there.submits("3");
    assert_eq!(here.submits("4").confirmation, "earlier_link");
    assert_eq!(there.submits("5").confirmation, "earlier_link");
    desk.dispatch();
    assert_eq!(desk.mailbox("gus@example.org").len(), 3);
}

#[test]
fn where_no_earlier_link_would_release_it_the_guest_is_asked_to_come_back() {
    let desk = Desk::open();
    let (here, there) = (desk.guest("gus@example.org"), desk.guest_of("lantern", "GUS@example.org"));
    for text in ["1", "2", "3"] {
        there.submits(text);
    }
    let wait = wait_of(here.submission(text()).send());
    assert!((24 * 3600 - 5..=24 * 3600).contains(&wait), "{wait}");
    desk.wait(seconds(wait));
    assert_eq!(here.submits("again").confirmation, "mail_sent");
}

#[test]
fn a_mailbox_takes_twenty_submissions_an_hour() {
    let desk = Desk::open();
    let gus = desk.guest("gus@example.org");
    for number in 0..20 {
        gus.submits(&number.to_string());
    }
    let wait = wait_of(gus.submission(text()).send());
    assert!((170..=181).contains(&wait), "a twentieth of an hour: {wait}");
    desk.guest("other@example.org").submits("not my mailbox");
    desk.wait(seconds(wait));
    gus.submits("again");
    wait_of(gus.submission(text()).send());
}

#[test]
fn a_network_address_takes_three_hundred_guests_submissions_an_hour() {
    let desk = Desk::open();
    for number in 0..300 {
        desk.guest(&format!("g{number}@example.org")).submits("Hello");
    }
    let wait = wait_of(desk.guest("one-more@example.org").submission(text()).send());
    assert!((11..=13).contains(&wait), "{wait}");
    desk.ada().submits("Members are not strangers.");
    desk.wait(hours(1));
    desk.guest("one-more@example.org").submits("Hello");
}

#[test]
fn what_is_refused_is_not_stored() {
    let desk = Desk::open();
    let gus = desk.guest("gus@example.org");
    gus.submission(json!({ "text": "Buy!", "website": "http://spam.example" }))
        .send()
        .refused(422, "invalid_fields");
    assert!(desk.drops_messages().is_empty());
    gus.submits("A real one.");
    desk.dispatch();
    let released = gus.confirms(&desk.mailbox("gus@example.org")[0].token("confirm")).ok();
    assert_eq!(released["released"].as_array().map(Vec::len), Some(1));
}
