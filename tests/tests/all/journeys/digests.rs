//! What was not seen on the site is told by mail (SPEC §7.7).

use common::store::ShopRecord;
use serde_json::json;

use crate::support::roles::working_as;
use crate::support::{Desk, LANTERN, MailService, Mood, Setup, SignedDuration, hours, lantern};

/// What was found out is told when so much has passed.
const A_MOMENT: SignedDuration = SignedDuration::from_secs(61);

impl Desk {
    fn digests(&self) {
        let telling = send_digests::run(self.app.clone());
        self.block_on(working_as("send-digests", telling)).expect("the schedule runs");
    }

    fn told(&self, who: &str) -> usize {
        self.mailbox(&format!("{who}@staff.example")).len()
    }
}

/// An inquiry of mia's that is overdue by now, which is told to her and to who supervises.
fn overdue(desk: &Desk) {
    let asked = desk.ada().submits("Where is my parcel?");
    desk.mia().takes(&asked);
    desk.wait(hours(12));
    desk.enforces();
    desk.wait(A_MOMENT);
}

#[test]
fn digests_tell_once_an_hour_what_was_not_seen_and_can_be_turned_off() {
    let desk = Desk::open();
    let digests = || desk.digests();
    let first = desk.ada().submits("Where is my parcel?");
    desk.mia().takes(&first);
    desk.otto().put("/me/digest", &json!({ "digest": false })).send();
    desk.wait(hours(12));
    desk.enforces();
    desk.wait(A_MOMENT);
    digests();
    digests();
    let box_of = |who: &str| desk.mailbox(&format!("{who}@staff.example"));
    assert_eq!((box_of("mia").len(), box_of("sue").len(), box_of("otto").len()), (1, 1, 0));
    let mail = &box_of("mia")[0];
    assert!(mail.text.contains(&first.reference) && !mail.text.contains("parcel"), "{}", mail.text);
    assert!(!mail.text.contains("ada"), "nothing of the customer");

    // Another within the hour waits for the next, and what was seen on the site is not told.
    desk.wait(hours(8));
    desk.enforces();
    desk.wait(A_MOMENT);
    digests();
    assert_eq!(box_of("sue").len(), 2);
    desk.wait(hours(4));
    desk.enforces();
    let newest = desk.mia().get("/alerts").send().ok()["alerts"][0]["id"].clone();
    desk.mia().post("/alerts/seen", &json!({ "until": newest })).send();
    desk.wait(hours(1));
    digests();
    assert_eq!((box_of("mia").len(), box_of("sue").len()), (2, 3));
}

#[test]
fn digests_that_run_at_once_send_one_mail() {
    let desk = Desk::open();
    let asked = desk.ada().submits("Where is my parcel?");
    desk.mia().takes(&asked);
    desk.wait(hours(12));
    desk.enforces();
    desk.wait(A_MOMENT);
    desk.block_on(async {
        let run = || send_digests::run(desk.app.clone());
        let (one, two, three) = tokio::join!(run(), run(), run());
        one.and(two).and(three).expect("the schedule runs");
    });
    assert_eq!(desk.mailbox("mia@staff.example").len(), 1);
}

#[test]
fn nobody_is_told_the_same_again_whoever_else_still_waits_for_it() {
    let desk = Desk::open();
    // Mia has had a mail of this hour when something comes that concerns sue as well.
    let asked = desk.ada().submits("Where is my parcel?");
    desk.mia().takes(&asked);
    let until = (desk.now() + hours(11) + SignedDuration::from_mins(30)).to_string();
    desk.mia().tries(&asked, "snooze", &json!({ "until": until })).ok();
    desk.wait(hours(11) + SignedDuration::from_mins(30));
    desk.enforces();
    desk.wait(A_MOMENT);
    desk.digests();
    assert_eq!((desk.told("mia"), desk.told("sue")), (1, 0));
    desk.wait(SignedDuration::from_mins(30));
    desk.enforces();
    for _ in 0..24 {
        desk.wait(SignedDuration::from_mins(10));
        desk.digests();
    }
    assert_eq!((desk.told("mia"), desk.told("sue"), desk.told("otto")), (2, 1, 1), "within four hours");
    let owed = desk.block_on(desk.app.store.undigested(None, desk.now(), 10)).expect("a read");
    assert_eq!(owed.alerts, [], "and nothing is left");
}

#[test]
fn a_mail_that_is_refused_for_good_is_not_tried_for_ever_and_one_that_waits_goes_out_soon() {
    let mails = MailService::default();
    let desk = Desk::with(Setup { mails: Some(mails.clone()), ..Setup::default() });
    desk.otto().put("/me/digest", &json!({ "digest": false })).send();
    overdue(&desk);
    mails.is(Mood::Throttled);
    desk.digests();
    mails.is(Mood::Good);
    desk.wait(SignedDuration::from_mins(10));
    desk.digests();
    assert_eq!((desk.told("mia"), desk.told("sue")), (1, 1), "ten minutes later");

    overdue(&desk);
    mails.is(Mood::Refusing);
    desk.digests();
    let attempts = mails.attempts();
    mails.is(Mood::Good);
    desk.wait(hours(2));
    desk.digests();
    assert_eq!(mails.attempts(), attempts, "refused once, and told on the site all the same");
}

#[test]
fn each_shop_tells_the_address_that_it_knows_and_no_owner_reads_of_another_shop() {
    let desk = Desk::open();
    let mut second: ShopRecord = lantern();
    second.shop.members[1].email = Some("elsewhere@staff.example".to_owned());
    desk.stores(&second);
    desk.member(LANTERN, "eve", "Eve").submits("Is it open?");
    overdue(&desk);
    desk.digests();
    let (here, there) = (desk.mailbox("otto@staff.example"), desk.mailbox("elsewhere@staff.example"));
    assert_eq!((here.len(), there.len()), (1, 1));
    assert!(here[0].text.contains("台北選物") && !here[0].text.contains("燈籠小舖"), "{}", here[0].text);
    assert!(there[0].text.contains("燈籠小舖") && !there[0].text.contains("台北選物"), "{}", there[0].text);
}

#[test]
fn a_shop_that_cannot_be_read_keeps_nobody_else_from_their_digest() {
    let mut desk = Desk::open();
    desk.member(LANTERN, "eve", "Eve").submits("Is it open?");
    overdue(&desk);
    desk.breaks(LANTERN);
    let run = desk.block_on(send_digests::run(desk.app.clone()));
    assert!(run.is_err(), "it is said that something failed");
    assert_eq!(desk.told("mia"), 1);
    assert_eq!(desk.told("nora"), 0);
    desk.mends(&lantern());
    desk.wait(hours(1));
    desk.digests();
    assert_eq!((desk.told("mia"), desk.told("nora")), (1, 1));
}
