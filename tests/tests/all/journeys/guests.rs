//! A guest asks: nothing happens before the address is confirmed (SPEC §2.4).

use serde_json::json;

use crate::support::{Desk, hours, seconds};

const GUS: &str = "gus@example.org";

#[test]
fn a_guest_asks_confirms_reads_and_writes_again() {
    let desk = Desk::open();
    let gus = desk.guest(GUS);
    let asked = gus
        .submits_with(json!({ "text": "PARROT: is the lamp in stock?", "subject": "ZEBRA", "locale": "en" }));
    assert_eq!(asked.confirmation, "mail_sent");
    desk.dispatch();
    let mail = desk.mailbox(GUS).remove(0);
    for typed in ["PARROT", "ZEBRA", "Gus"] {
        assert!(
            !mail.whole.to_string().contains(typed),
            "the first mail carries nothing that was typed: {typed}"
        );
    }

    for list in ["list=unassigned", "list=all", "list=history"] {
        assert!(!desk.sue().has(list, &asked), "{list} before the confirmation");
    }
    assert_eq!(desk.mia().counts()["unassigned"], 0);
    desk.mia().get(&format!("/inquiries/{}", asked.id)).send().refused(404, "not_found");
    desk.mia().command(&asked, "notes", &json!({ "text": "?" })).send().refused(404, "not_found");

    desk.wait(hours(10));
    let confirmed = gus.confirms(&mail.token("confirm")).ok();
    assert_eq!(confirmed["released"], json!([{ "id": asked.id, "reference": asked.reference }]));
    assert!(desk.mia().has("list=unassigned", &asked));
    let header = desk.mia().header(&asked);
    assert_eq!(header["waiting_since"], header["opened_at"], "waiting runs from the confirmation");
    assert_eq!(header["opened_at"].as_str().unwrap_or_default()[..15], desk.now().to_string()[..15]);

    desk.mia().replies(&asked, "Yes, two are left.");
    desk.dispatch();
    let mail = desk.mailbox(GUS).remove(0);
    assert!(mail.subject.contains("ZEBRA") && mail.text.contains("two are left"), "{mail:?}");
    let opened = gus.opens(&mail.token("inquiry")).ok();
    assert_eq!(opened["inquiry"], asked.id);
    let gus = gus.in_session(&opened);
    assert_eq!(gus.reads(&asked), ["PARROT: is the lamp in stock?", "Yes, two are left."]);
    gus.follows_up(&asked, "I take both!");
    assert_eq!(desk.mia().header(&asked)["status"], "awaiting_reply");
    desk.wait(hours(1) - seconds(2));
    gus.shows(&asked);
    desk.wait(seconds(2));
    gus.get(&format!("/my/inquiries/{}", asked.id)).send().refused(401, "unauthorized");
}

#[test]
fn confirming_releases_all_that_the_address_has_waiting_in_the_shop_and_only_there() {
    let desk = Desk::open();
    let gus = desk.guest(GUS);
    let asked: Vec<_> = ["One", "Two", "Three"].map(|text| gus.submits(text)).into();
    let elsewhere = desk.guest_of("lantern", "other@example.org").submits("Elsewhere");
    let stranger = desk.guest("stranger@example.org").submits("Mine");
    desk.dispatch();
    let token = desk.mailbox(GUS)[0].token("confirm");
    let released = gus.confirms(&token).ok();
    assert_eq!(released["released"].as_array().map(Vec::len), Some(3));
    for one in &asked {
        assert!(desk.mia().has("list=unassigned", one));
    }
    assert!(!desk.mia().has("list=unassigned", &stranger) && !desk.nora().has("list=mine", &elsewhere));
    let session = gus.in_session(&released);
    assert_eq!(session.lists().len(), 3, "the session opens all of theirs");

    let before = desk.mia().version(&asked[0]);
    gus.confirms(&token).ok();
    assert_eq!(desk.mia().version(&asked[0]), before, "confirming again changes nothing");
}

#[test]
fn the_fourth_submission_of_a_day_sends_no_mail_and_the_earlier_link_releases_it() {
    let desk = Desk::open();
    let gus = desk.guest(GUS);
    for text in ["1", "2", "3"] {
        assert_eq!(gus.submits(text).confirmation, "mail_sent");
        desk.wait(seconds(1));
    }
    let fourth = gus.submits("4");
    assert_eq!(fourth.confirmation, "earlier_link");
    desk.dispatch();
    assert_eq!(desk.mailbox(GUS).len(), 3);
    let released = gus.confirms(&desk.mailbox(GUS)[2].token("confirm")).ok();
    assert_eq!(released["released"].as_array().map(Vec::len), Some(4));
    assert!(desk.mia().has("list=unassigned", &fourth));
    desk.wait(hours(24));
    assert_eq!(gus.submits("5").confirmation, "mail_sent", "the next day there is a mail again");
}

#[test]
fn a_long_submission_says_that_its_mail_is_on_the_way() {
    let desk = Desk::open();
    let asked = desk.guest(GUS).submits(&"長".repeat(10_000));
    assert_eq!(asked.confirmation, "mail_sent");
    desk.dispatch();
    assert_eq!(desk.mailbox(GUS).len(), 1);
}

#[test]
fn a_session_from_a_reply_opens_that_inquiry_only() {
    let desk = Desk::open();
    let gus = desk.guest(GUS);
    let (one, two) = (gus.submits("One"), gus.submits("Two"));
    desk.dispatch();
    gus.confirms(&desk.mailbox(GUS)[0].token("confirm")).ok();
    desk.mia().replies(&one, "First.");
    desk.dispatch();
    let gus = gus.in_session(&gus.opens(&desk.mailbox(GUS)[0].token("inquiry")).ok());
    assert_eq!(gus.lists().len(), 1);
    gus.shows(&one);
    gus.get(&format!("/my/inquiries/{}", two.id)).send().refused(404, "not_found");
    gus.command(&two, "messages", &json!({ "text": "?" })).send().refused(404, "not_found");
}

#[test]
fn a_shop_may_let_guests_in_unconfirmed() {
    let desk = Desk::open();
    let mut shop = crate::support::taipei();
    shop.shop.guests_unconfirmed = true;
    desk.stores(&shop);
    let asked = desk.guest(GUS).submits_with(json!({ "text": "PARROT?", "subject": "ZEBRA" }));
    assert_eq!(asked.confirmation, "not_needed");
    assert!(desk.mia().has("list=unassigned", &asked));
    desk.mia().replies(&asked, "Yes.");
    desk.dispatch();
    let mails = desk.mailbox(GUS);
    assert_eq!(mails.len(), 1);
    assert!(!mails[0].whole.to_string().contains("PARROT") && !mails[0].whole.to_string().contains("ZEBRA"));
}
