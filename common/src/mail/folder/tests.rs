#![expect(clippy::unwrap_used, reason = "a test that cannot read its own folder has failed")]

use std::path::PathBuf;

use domain::labels::Locale;
use domain::text::Email;

use super::*;
use crate::mail::{Mailbox, Mailer};

/// A folder of its own for each test, gone with it.
struct Desk(PathBuf);

impl Desk {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("kefu-mail-{test}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Self(path)
    }
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn letter(notice: &str) -> Letter {
    Letter {
        notice: notice.to_owned(),
        thread: None,
        at: "2026-03-02T01:02:03.456Z".parse().unwrap(),
        from: Mailbox::named("台北選物", Email::parse("service@kefu.example").unwrap()),
        to: Email::parse("ada@example.com").unwrap().into(),
        reply_to: None,
        locale: Locale::ZhHant,
        subject: "您的詢問".to_owned(),
        text: "您好".to_owned(),
        html: "<p>您好</p>".to_owned(),
    }
}

#[tokio::test]
async fn a_mail_becomes_one_file_named_by_time_and_notice() {
    let desk = Desk::new("one");
    let mailer = Mailer::Folder(desk.0.join("made/when/missing"));
    let receipt = mailer.send(&letter("inq_0123/../#7")).await.unwrap();
    assert_eq!(receipt.message_id, "1772413323456-inq_0123-----7.eml");
    let bytes = fs::read(desk.0.join("made/when/missing").join(&receipt.message_id)).unwrap();
    let message = mail_parser::MessageParser::new().parse(&bytes).unwrap();
    assert_eq!(message.subject(), Some("您的詢問"));
}

#[tokio::test]
async fn a_mail_sent_twice_makes_two_files_and_leaves_no_draft() {
    let desk = Desk::new("twice");
    let mailer = Mailer::Folder(desk.0.clone());
    for _ in 0..3 {
        mailer.send(&letter("n7")).await.unwrap();
    }
    let expected = ["1772413323456-n7-2.eml", "1772413323456-n7-3.eml", "1772413323456-n7.eml"];
    assert_eq!(desk.names(), expected);
}

#[tokio::test]
async fn mails_sent_at_once_never_take_each_others_place() {
    let desk = Desk::new("rivals");
    let mailer = Mailer::Folder(desk.0.clone());
    let rivals: Vec<_> = (0..16)
        .map(|_| {
            let mailer = mailer.clone();
            tokio::spawn(async move { mailer.send(&letter("n7")).await })
        })
        .collect();
    for rival in rivals {
        rival.await.unwrap().unwrap();
    }
    assert_eq!(desk.names().len(), 16);
    for name in desk.names() {
        assert!(
            fs::read(desk.0.join(name)).unwrap().ends_with(b"--\r\n"),
            "a mail is never seen half written"
        );
    }
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_worth_another_try() {
    let desk = Desk::new("blocked");
    fs::write(&desk.0, "a file is in the way").unwrap();
    let outcome = Mailer::Folder(desk.0.clone()).send(&letter("n7")).await;
    fs::remove_file(&desk.0).unwrap();
    assert!(matches!(outcome, Err(MailFailure::Unavailable { maybe_sent: false, .. })), "{outcome:?}");
}
