#![expect(clippy::unwrap_used, reason = "the cast of a test is known to be valid")]

use domain::ids::InquiryId;

use super::*;

const LINK: &str = "https://kefu.example/guest/#inquiry=eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl&shop=taipei";

pub(super) fn sender() -> Sender {
    Sender {
        shop_name: "台北選物".to_owned(),
        from_address: Email::parse("service@kefu.example").unwrap(),
        phone: Some("02-2345-6789".to_owned()),
        email: Some("hello@taipei.example".to_owned()),
    }
}

fn plain_sender() -> Sender {
    Sender { phone: None, email: None, ..sender() }
}

pub(super) fn deliver<T>(locale: Locale, write: impl FnOnce(&Delivery<'_>) -> T) -> T {
    let to = Email::parse("ada@example.com").unwrap();
    let at = "2026-03-02T01:02:03Z".parse().unwrap();
    write(&Delivery { notice: "n7", at, locale, to: &to })
}

fn inquiry() -> InquiryId {
    InquiryId::from_parts("0000000000000", "00000k7qx3m2p").unwrap()
}

fn link() -> Link {
    Link::parse(LINK).unwrap()
}

fn reopen_link() -> Link {
    Link::parse(&LINK.replace("inquiry=", "reopen=")).unwrap()
}

fn facts<'a>(inquiry: &'a InquiryId, read_at: ReadAt<'a>, done: bool) -> Reply<'a> {
    Reply {
        inquiry,
        name: Some("王小明"),
        subject: Some("包裹還沒到"),
        agent: "小米",
        text: "您好，包裹今天寄出了。\n\n單號：  AB-123 <新竹物流>",
        read_at,
        done,
    }
}

fn closed<'a>(inquiry: &'a InquiryId, reopen: &'a Link) -> TimedOut<'a> {
    TimedOut { inquiry, name: Some("王小明"), subject: Some("包裹還沒到"), reopen }
}

/// The subject, the text and the HTML of a mail, as one page to look at.
pub(super) fn page(letter: &Letter) -> String {
    format!("Subject: {}\n\n{}\n=== html ===\n{}", letter.subject, letter.text, letter.html)
}

#[test]
fn the_confirmation_in_each_language() {
    for locale in Locale::ALL {
        let letter = deliver(*locale, |delivery| confirmation(&sender(), delivery, &link()));
        insta::assert_snapshot!(format!("confirmation.{}", locale.as_str()), page(&letter));
    }
}

#[test]
fn a_reply_to_a_guest_in_each_language() {
    let (inquiry, link) = (inquiry(), link());
    for locale in Locale::ALL {
        let facts = facts(&inquiry, ReadAt::SignedLink(&link), false);
        let letter = deliver(*locale, |delivery| reply(&sender(), delivery, &facts));
        insta::assert_snapshot!(format!("reply.guest.{}", locale.as_str()), page(&letter));
    }
}

#[test]
fn a_reply_to_a_member_that_ends_the_inquiry_in_each_language() {
    let (inquiry, link) = (inquiry(), Link::parse("https://taipei.example/account").unwrap());
    for locale in Locale::ALL {
        let facts = facts(&inquiry, ReadAt::AccountPage(&link), true);
        let letter = deliver(*locale, |delivery| reply(&sender(), delivery, &facts));
        insta::assert_snapshot!(format!("reply.member.done.{}", locale.as_str()), page(&letter));
    }
}

#[test]
fn a_reply_with_the_least_that_can_be_known_in_each_language() {
    let inquiry = inquiry();
    for locale in Locale::ALL {
        let facts = Reply { name: None, subject: None, ..facts(&inquiry, ReadAt::Account, true) };
        let letter = deliver(*locale, |delivery| reply(&plain_sender(), delivery, &facts));
        insta::assert_snapshot!(format!("reply.least.{}", locale.as_str()), page(&letter));
    }
}

#[test]
fn the_apology_for_a_closing_in_each_language() {
    let (inquiry, link) = (inquiry(), reopen_link());
    for locale in Locale::ALL {
        let letter = deliver(*locale, |delivery| timed_out(&sender(), delivery, &closed(&inquiry, &link)));
        insta::assert_snapshot!(format!("timed_out.{}", locale.as_str()), page(&letter));
    }
}

#[test]
fn an_apology_that_may_show_nothing_typed_in_each_language() {
    let (inquiry, link) = (inquiry(), reopen_link());
    for locale in Locale::ALL {
        let closed = TimedOut { name: None, subject: None, ..closed(&inquiry, &link) };
        let letter = deliver(*locale, |delivery| timed_out(&plain_sender(), delivery, &closed));
        assert_eq!(letter.to.name, None);
        insta::assert_snapshot!(format!("timed_out.least.{}", locale.as_str()), page(&letter));
    }
}

#[test]
fn an_apology_threads_with_the_mails_of_its_inquiry_and_has_one_link() {
    let (inquiry, link) = (inquiry(), reopen_link());
    for locale in Locale::ALL {
        let sorry = deliver(*locale, |delivery| timed_out(&sender(), delivery, &closed(&inquiry, &link)));
        let facts = facts(&inquiry, ReadAt::SignedLink(&link), false);
        let replied = deliver(*locale, |delivery| reply(&sender(), delivery, &facts));
        assert_eq!(sorry.thread, replied.thread);
        assert!(sorry.subject.contains("K7QX-3M2P"), "{}", sorry.subject);
        assert!(!sorry.subject.contains("包裹"), "nothing typed in the subject: {}", sorry.subject);
        assert_eq!(sorry.text.matches("://").count(), 1, "{}", sorry.text);
    }
}

#[test]
fn a_confirmation_goes_to_a_bare_address_and_threads_with_nothing() {
    let letter = deliver(Locale::En, |delivery| confirmation(&sender(), delivery, &link()));
    assert_eq!(letter.to.name, None);
    assert_eq!(letter.thread, None);
    assert!(letter.text.contains(LINK));
    assert!(letter.text.contains("72 hours"));
}

#[test]
fn markup_in_what_people_type_is_shown_and_never_run() {
    let (inquiry, link) = (inquiry(), link());
    let evil = r#"<script>alert(1)</script><img src=x onerror="alert(2)">"#;
    let facts = Reply {
        name: Some(evil),
        subject: Some(evil),
        agent: evil,
        text: evil,
        ..facts(&inquiry, ReadAt::SignedLink(&link), true)
    };
    let sender = Sender {
        shop_name: evil.to_owned(),
        phone: Some(evil.to_owned()),
        email: Some(evil.to_owned()),
        ..sender()
    };
    for locale in Locale::ALL {
        let replied = deliver(*locale, |delivery| reply(&sender, delivery, &facts));
        let asked = deliver(*locale, |delivery| confirmation(&sender, delivery, &link));
        let closed = TimedOut { name: Some(evil), subject: Some(evil), ..closed(&inquiry, &link) };
        let sorry = deliver(*locale, |delivery| timed_out(&sender, delivery, &closed));
        for html in [&replied.html, &asked.html, &sorry.html] {
            assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
        }
        assert!(replied.text.contains(evil), "the plain text shows it as it was written");
    }
}

#[test]
fn no_mail_loads_anything_from_elsewhere() {
    let (inquiry, link) = (inquiry(), link());
    for locale in Locale::ALL {
        let facts = facts(&inquiry, ReadAt::SignedLink(&link), true);
        let replied = deliver(*locale, |delivery| reply(&sender(), delivery, &facts));
        let sorry = deliver(*locale, |delivery| timed_out(&sender(), delivery, &closed(&inquiry, &link)));
        for html in [replied.html, sorry.html] {
            for remote in ["src=", "<link", "url(", "@import", "<form", "<iframe"] {
                assert!(!html.contains(remote), "{remote}");
            }
            assert_eq!(html.matches("http").count(), html.matches("https://kefu.example").count());
        }
    }
}

#[test]
fn a_typed_subject_is_one_short_line_even_in_the_body() {
    let (inquiry, link) = (inquiry(), link());
    let typed = format!("第一行\r\nBcc: victim@example.com\n{}", "長".repeat(300));
    let facts = Reply { subject: Some(&typed), ..facts(&inquiry, ReadAt::SignedLink(&link), false) };
    let letter = deliver(Locale::ZhHant, |delivery| reply(&sender(), delivery, &facts));
    assert!(!letter.subject.contains(['\r', '\n']));
    assert!(letter.subject.chars().count() < 120, "{}", letter.subject);
    assert!(!letter.text.contains("\nBcc"));
    let closed = TimedOut { name: Some(&typed), subject: Some(&typed), ..closed(&inquiry, &link) };
    let letter = deliver(Locale::En, |delivery| timed_out(&sender(), delivery, &closed));
    assert!(!letter.text.contains("\nBcc"));
    assert!(!String::from_utf8(letter.mime()).unwrap().contains("\nBcc"));
}

#[test]
fn only_web_addresses_are_links() {
    for good in [LINK, "http://127.0.0.1:8787/guest/#x"] {
        assert!(Link::parse(good).is_ok(), "{good}");
    }
    for bad in [
        "",
        "https://",
        "javascript:alert(1)",
        "//kefu.example",
        "https://a b",
        "https://a\r\nb",
        "data:text/html,x",
    ] {
        assert!(Link::parse(bad).is_err(), "{bad}");
    }
}
