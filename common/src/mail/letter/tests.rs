#![expect(clippy::unwrap_used, reason = "a test that cannot read its own mail has failed")]

use mail_parser::{Message, MessageParser};
use proptest::prelude::*;

use super::*;

/// Names and subjects that try to be headers, bodies, recipients or something unreadable.
const HOSTILE: &[&str] = &[
    "",
    " ",
    "\r\n",
    "\0",
    "Ada\r\nBcc: victim@example.com",
    "Ada\nBcc: victim@example.com",
    "Ada\rBcc: victim@example.com",
    "Ada\r\n\r\n<html>a body",
    "Ada\r\n Bcc: victim@example.com",
    "Ada\u{85}Bcc: victim@example.com\u{2028}Cc: victim@example.com",
    "Ada\u{b}\u{c}Bcc: victim@example.com",
    "\"Ada\" <victim@example.com>, ",
    "Ada <victim@example.com>",
    "victim@example.com, Ada",
    "group: victim@example.com;",
    "=?utf-8?Q?Ada=0D=0ABcc:_victim@example.com?=",
    "=?utf-8?B?QWRhDQpCY2M6IHZpY3RpbUBleGFtcGxlLmNvbQ==?=",
    "\\\" Bcc: victim@example.com",
    "(comment) Ada",
    "\u{202e}moc.elpmaxe@mitciv",
    "王小明 👩‍👩‍👧‍👦 \t 您好",
    "客服客服客服客服客服客服客服客服客服客服客服客服客服客服客服客服客服客服客服客服客服客服客服客服客服客服",
    "ＡＢＣ：victim＠example．com",
];

const THREADED: &[&str] = &[
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Reply-To",
    "In-Reply-To",
    "References",
    "Auto-Submitted",
    "Content-Language",
    "X-Kefu-Notice",
    "MIME-Version",
    "Content-Type",
];

fn letter(name: &str, subject: &str) -> Letter {
    let address = |text: &str| Email::parse(text).unwrap();
    Letter {
        notice: "inq_0123_7".to_owned(),
        thread: Some("inq_0123".to_owned()),
        at: "2026-03-02T01:02:03.456Z".parse().unwrap(),
        from: Mailbox::named(name, address("service@kefu.example")),
        to: Mailbox::named(name, address("ada@example.com")),
        reply_to: Some(Mailbox::named(name, address("answers@kefu.example"))),
        locale: Locale::ZhHant,
        subject: subject.to_owned(),
        text: "您好：\n\n第二行\n".to_owned(),
        html: "<p>您好</p>\n".to_owned(),
    }
}

fn parsed(bytes: &[u8]) -> Message<'_> {
    MessageParser::new().parse(bytes).unwrap()
}

fn header_names(message: &Message<'_>) -> Vec<String> {
    message.headers().iter().map(|header| header.name().to_owned()).collect()
}

/// The headers are the ones we meant, with the values we meant, whatever the name and subject are.
fn holds_its_shape(name: &str, subject: &str) {
    let bytes = letter(name, subject).mime();
    let message = parsed(&bytes);
    assert_eq!(header_names(&message), THREADED, "{name:?} {subject:?}");
    for (addresses, address) in [
        (message.from(), "service@kefu.example"),
        (message.to(), "ada@example.com"),
        (message.reply_to(), "answers@kefu.example"),
    ] {
        let all: Vec<_> = addresses.unwrap().iter().collect();
        assert_eq!(all.len(), 1, "{name:?}");
        assert_eq!(all[0].address(), Some(address), "{name:?}");
        assert_eq!(all[0].name().unwrap_or_default(), header_line(name, NAME_CHARACTERS), "{name:?}");
    }
    assert_eq!(
        message.subject().unwrap_or_default(),
        header_line(subject, SUBJECT_CHARACTERS),
        "{subject:?}"
    );
    assert_eq!(message.text_body_count(), 1);
    assert_eq!(message.html_body_count(), 1);
    assert_eq!(message.attachment_count(), 0);
    let text = message.body_text(0).unwrap().replace("\r\n", "\n");
    assert_eq!(text.trim_end(), "您好：\n\n第二行");
}

#[test]
fn a_mail_says_who_it_is_from_and_what_it_belongs_to() {
    let bytes = letter("台北選物", "您的詢問").mime();
    let message = parsed(&bytes);
    assert_eq!(message.message_id(), Some("inq_0123_7@kefu.example"));
    assert_eq!(message.references().as_text(), Some("inq_0123@kefu.example"));
    assert_eq!(message.in_reply_to().as_text(), Some("inq_0123@kefu.example"));
    assert_eq!(message.header_raw("Auto-Submitted").map(str::trim), Some("auto-generated"));
    assert_eq!(message.header_raw("X-Kefu-Notice").map(str::trim), Some("inq_0123_7"));
    assert_eq!(message.header_raw("Content-Language").map(str::trim), Some("zh-Hant"));
    assert_eq!(message.date().unwrap().to_rfc3339(), "2026-03-02T01:02:03Z");
    assert_eq!(message.body_html(0).unwrap().trim_end(), "<p>您好</p>");
}

#[test]
fn a_mail_without_thread_and_answering_address_has_no_such_headers() {
    let alone = Letter { thread: None, reply_to: None, ..letter("台北選物", "請確認") };
    let bytes = alone.mime();
    let optional = ["Reply-To", "In-Reply-To", "References"];
    let expected: Vec<_> = THREADED.iter().filter(|name| !optional.contains(name)).collect();
    assert_eq!(header_names(&parsed(&bytes)).iter().collect::<Vec<_>>(), expected);
}

#[test]
fn what_people_type_never_makes_a_header() {
    for name in HOSTILE {
        for subject in HOSTILE {
            holds_its_shape(name, subject);
        }
    }
}

#[test]
fn header_lines_are_short_and_ascii() {
    let bytes = letter(&"客服👩‍👩‍👧‍👦".repeat(100), &"您的詢問".repeat(100)).mime();
    let headers = bytes.windows(4).position(|w| w == b"\r\n\r\n").map(|end| &bytes[..end]).unwrap();
    for line in headers.split(|b| *b == b'\n') {
        assert!(line.is_ascii() && line.len() <= 79, "{}", String::from_utf8_lossy(line));
    }
}

#[test]
fn an_id_is_tamed_for_tags_headers_and_file_names() {
    let odd = Letter { notice: "inq/0#7\r\nBcc: x@y.z 客".to_owned(), ..letter("a", "b") };
    assert_eq!(odd.notice_token(), "inq-0-7--Bcc--x-y-z--");
    assert_eq!(Letter { notice: "n".repeat(500), ..odd.clone() }.notice_token().len(), 128);
    let odd = Letter { thread: Some("inq\r\nBcc: x".to_owned()), ..odd };
    assert_eq!(header_names(&parsed(&odd.mime())), THREADED);
}

#[test]
fn nothing_personal_shows_in_a_log() {
    let shown = format!("{:?}", letter("王小明", "秘密"));
    assert_eq!(shown, r#"Letter { notice: "inq_0123_7", .. }"#);
    assert_eq!(format!("{:?}", letter("王小明", "秘密").to), "Mailbox { .. }");
}

#[test]
fn a_line_is_bounded_in_characters() {
    assert_eq!(one_line("客服客服", 4), "客服客服");
    assert_eq!(one_line("客服客服", 3), "客服…");
    assert_eq!(header_line("=?utf-8?Q?=0D=0A?=", 40), "= ?utf-8?Q?=0D=0A?=");
    assert_eq!(one_line(" a\t\r\n b ", 9), "a b");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]
    #[test]
    fn no_name_or_subject_changes_the_headers(
        name in any::<String>(), subject in any::<String>(), at in 0usize..HOSTILE.len(), cut in any::<bool>(),
    ) {
        let joined = if cut { format!("{name}{}", HOSTILE[at]) } else { format!("{}{name}", HOSTILE[at]) };
        holds_its_shape(&joined, &subject);
        holds_its_shape(&subject, &joined);
    }
}
