//! What people type never becomes a header of a mail, nor markup in it.

use std::collections::BTreeSet;

use serde_json::json;

use crate::support::Desk;

/// What tries to be more than it is, and is a name or a subject all the same.
const STRANGE: [&str; 9] = [
    "=?utf-8?q?=0D=0ABcc:_victim@example.com?=",
    "\"Ada\" <victim@example.com>",
    "Ada, victim@example.com",
    "<script>alert(1)</script>",
    "{{ subject }} ${name} %0d%0aBcc: victim@example.com",
    "a\u{2028}Bcc: victim@example.com\u{2029}b",
    "\u{202e}moc.elpmaxe@mitciv",
    "客服客服客服客服客服客服客服客服客服客服客服客服客服客服客服客服",
    "😀 & <b>\"'",
];

/// The headers of a mail about a reply; a confirmation's has no thread to hang on.
const HEADERS: [&str; 13] = [
    "Auto-Submitted",
    "Content-Language",
    "Content-Type",
    "Date",
    "From",
    "In-Reply-To",
    "MIME-Version",
    "Message-ID",
    "References",
    "Reply-To",
    "Subject",
    "To",
    "X-Kefu-Notice",
];

#[test]
fn names_and_subjects_never_reach_a_header_of_their_own() {
    let desk = Desk::open();
    for (number, strange) in STRANGE.iter().enumerate() {
        let address = format!("guest{number}@example.com");
        let body = json!({
            "category": "other", "text": strange, "subject": strange, "name": strange, "email": address,
            "order": &strange.chars().take(64).collect::<String>(), "locale": "en",
        });
        let made = desk.post("/v1/shops/taipei/inquiries").json(&body).send();
        let asked = desk.guest(&address).asked(&made);
        desk.dispatch();
        let [confirmation] = desk.mailbox(&address).try_into().expect("one mail");
        let whole = confirmation.whole.to_string();
        assert!(!whole.contains("victim") && !whole.contains("script") && !whole.contains("😀"), "{whole}");
        desk.guest(&address).confirms(&confirmation.token("confirm")).ok();
        desk.mia().replies(&asked, strange);
        desk.dispatch();
        let mails = desk.mailbox(&address);
        assert_eq!(mails.len(), 2);
        for mail in &mails {
            let headers: BTreeSet<&str> =
                mail.whole["headers"].as_object().expect("headers").keys().map(String::as_str).collect();
            let strangers: Vec<_> = headers
                .iter()
                .filter(|name| !HEADERS.iter().any(|known| known.eq_ignore_ascii_case(name)))
                .collect();
            assert!(strangers.is_empty(), "{strange:?}: {strangers:?}");
            assert_eq!(mail.to, address);
            assert!(!mail.subject.contains(char::is_control), "{:?}", mail.subject);
            assert!(!mail.whole["headers"]["From"].to_string().contains("victim"));
            assert!(!mail.html.contains("<script") && !mail.html.contains("<b>"), "{}", mail.html);
        }
        assert!(mails[0].text.contains(strange.trim()), "what the agent wrote is there as it was written");
    }
    assert!(desk.mailbox("victim@example.com").is_empty());
}
