//! Signed links: one purpose each, for their time and their shop (RELIABILITY §2).

use crate::support::{Desk, Mail, days, hours, seconds};

const GUS: &str = "gus@example.org";

/// The confirmation mail and the mail of a reply.
fn mails(desk: &Desk) -> (Mail, Mail) {
    let gus = desk.guest(GUS);
    let asked = gus.submits("Is the lamp in stock?");
    desk.dispatch();
    let first = desk.mailbox(GUS).remove(0);
    gus.confirms(&first.token("confirm")).ok();
    desk.mia().replies(&asked, "Yes.");
    desk.dispatch();
    (first, desk.mailbox(GUS).remove(0))
}

#[test]
fn a_confirmation_link_lives_72_hours_to_the_second() {
    let desk = Desk::open();
    let gus = desk.guest(GUS);
    gus.submits("Is the lamp in stock?");
    // A token's end is a whole second: the mail is written within this one, and the test looks around its end.
    let written = desk.now();
    desk.dispatch();
    let token = desk.mailbox(GUS)[0].token("confirm");
    desk.wait_until(written.saturating_add(hours(72) - seconds(1)).expect("a time"));
    gus.confirms(&token).ok();
    desk.wait(seconds(1));
    desk.wait(seconds(1));
    gus.confirms(&token).refused(401, "unauthorized");
}

#[test]
fn a_replys_link_lives_as_long_as_it_can_be_needed() {
    let desk = Desk::open();
    let (_, reply) = mails(&desk);
    let token = reply.token("inquiry");
    desk.wait(days(90) - hours(1));
    desk.guest(GUS).opens(&token).ok();
    desk.wait(hours(1));
    desk.guest(GUS).opens(&token).refused(401, "unauthorized");
}

#[test]
fn a_token_of_another_purpose_or_shop_is_refused() {
    let desk = Desk::open();
    let (first, reply) = mails(&desk);
    let (confirm, inquiry) = (first.token("confirm"), reply.token("inquiry"));
    let gus = desk.guest(GUS);
    let session = gus.opens(&inquiry).ok()["session"]["token"].as_str().unwrap_or_default().to_owned();
    for wrong in [&inquiry, &session] {
        gus.confirms(wrong).refused(401, "unauthorized");
    }
    for wrong in [&confirm, &session] {
        gus.opens(wrong).refused(401, "unauthorized");
    }
    let elsewhere = desk.guest_of("lantern", GUS);
    elsewhere.confirms(&confirm).refused(401, "unauthorized");
    elsewhere.opens(&inquiry).refused(401, "unauthorized");
    for wrong in [&confirm, &inquiry, &desk.mia().token] {
        gus.clone().with(wrong.clone()).get("/my/inquiries").send().refused(401, "unauthorized");
    }
    elsewhere.with(session.clone()).get("/my/inquiries").send().refused(401, "unauthorized");
    let member = desk.ada().token.unwrap_or_default();
    for wrong in [&session, &member, &confirm, &inquiry] {
        desk.get("/v1/shops/taipei/inquiries").token(wrong).send().refused(401, "unauthorized");
    }
}

#[test]
fn a_changed_token_is_refused() {
    let desk = Desk::open();
    let (first, _) = mails(&desk);
    let token = first.token("confirm");
    for place in (0..token.len()).step_by(7) {
        let mut changed: Vec<char> = token.chars().collect();
        changed[place] = if changed[place] == 'A' { 'B' } else { 'A' };
        let changed: String = changed.into_iter().collect();
        desk.guest(GUS).confirms(&changed).refused(401, "unauthorized");
    }
}
