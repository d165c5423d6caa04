#![expect(clippy::unwrap_used, reason = "the cast of a test is known to be valid")]

use super::super::tests::{deliver, page, sender};
use super::*;

fn kefu() -> Sender {
    Sender { shop_name: "Kefu 客服".to_owned(), phone: None, email: None, ..sender() }
}

fn admin() -> Link {
    Link::parse("https://kefu.example/admin/").unwrap()
}

fn told(kind: AlertKind, minute: usize) -> DigestLine {
    DigestLine { kind, reference: "K7QX-3M2P".to_owned(), at: format!("2026-03-02 09:{minute:02}") }
}

/// Every kind of alert in one shop, one of them in another.
fn shops() -> [DigestShop; 2] {
    let lines = AlertKind::ALL.iter().enumerate().map(|(minute, kind)| told(*kind, minute)).collect();
    [
        DigestShop { name: "台北選物".to_owned(), lines },
        DigestShop { name: "燈籠小舖".to_owned(), lines: vec![told(AlertKind::TimedOut, 30)] },
    ]
}

fn letter(locale: Locale, shops: &[DigestShop], more: usize) -> Letter {
    let link = admin();
    let content = Digest { nickname: "小米", shops, more, link: &link };
    deliver(locale, |delivery| digest(&kefu(), delivery, &content))
}

#[test]
fn the_digest_in_each_language() {
    for locale in Locale::ALL {
        let letter = letter(*locale, &shops(), 3);
        insta::assert_snapshot!(format!("digest.{}", locale.as_str()), page(&letter));
    }
}

#[test]
fn the_shortest_digest_in_each_language() {
    let shops =
        [DigestShop { name: "台北選物".to_owned(), lines: vec![told(AlertKind::QuestionAsked, 5)] }];
    for locale in Locale::ALL {
        let letter = letter(*locale, &shops, 0);
        insta::assert_snapshot!(format!("digest.least.{}", locale.as_str()), page(&letter));
    }
}

#[test]
fn every_kind_is_told_in_words_of_its_own() {
    for locale in Locale::ALL {
        let mut told: Vec<_> = AlertKind::ALL.iter().map(|kind| words(*kind, *locale)).collect();
        told.sort_unstable();
        told.dedup();
        assert_eq!(told.len(), AlertKind::ALL.len(), "{locale:?}");
    }
}

#[test]
fn the_subject_counts_what_is_left_out_too() {
    assert!(letter(Locale::En, &shops(), 3).subject.contains("18 notifications"));
    assert!(letter(Locale::ZhHant, &shops(), 0).subject.contains("15 則"));
}

#[test]
fn it_threads_with_nothing_and_has_one_link() {
    for locale in Locale::ALL {
        let letter = letter(*locale, &shops(), 3);
        assert_eq!(letter.thread, None);
        assert_eq!(letter.text.matches("://").count(), 1, "{}", letter.text);
        assert_eq!(letter.html.matches("http").count(), letter.html.matches("https://kefu.example").count());
    }
}

#[test]
fn names_that_staff_typed_are_one_line_of_text() {
    let evil = "<script>alert(1)</script>\r\nBcc: victim@example.com";
    let shops = [DigestShop { name: evil.to_owned(), lines: vec![told(AlertKind::TimedOut, 1)] }];
    let link = admin();
    let content = Digest { nickname: evil, shops: &shops, more: 0, link: &link };
    for locale in Locale::ALL {
        let letter = deliver(*locale, |delivery| digest(&kefu(), delivery, &content));
        assert!(!letter.html.contains("<script"), "{}", letter.html);
        assert!(!letter.text.contains("\nBcc"), "{}", letter.text);
        assert!(!String::from_utf8(letter.mime()).unwrap().contains("\nBcc"));
    }
}
