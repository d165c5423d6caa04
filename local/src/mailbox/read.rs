//! Reads mails from the folder that they are dropped into.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use jiff::Timestamp;
use mail_parser::{Address, HeaderValue, Message, MessageParser};
use serde::Serialize;

/// A mail as its reader has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mail {
    /// The name of its file.
    pub id: String,
    /// When it was sent.
    pub at: Timestamp,
    /// The address it went to.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// All its headers, decoded.
    pub headers: BTreeMap<String, String>,
    /// The plain part.
    pub text: String,
    /// The part with markup.
    pub html: String,
    /// The addresses of pages in the plain part, in order.
    pub links: Vec<String>,
}

/// The newest mails, newest first; only those to this address, if one is given.
pub fn newest(folder: &Path, to: Option<&str>, most: usize) -> io::Result<Vec<Mail>> {
    let mut names = Vec::new();
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    for entry in entries {
        if let Some(sent) = entry?.file_name().to_str().and_then(sent) {
            names.push(sent);
        }
    }
    names.sort_unstable_by(|a, b| b.cmp(a));
    let mut mails = Vec::new();
    for (_, name) in names {
        // A file that was removed since then is no mail any more.
        let Some(mail) = one(folder, &name)? else { continue };
        if to.is_none_or(|to| mail.to.eq_ignore_ascii_case(to)) {
            mails.push(mail);
        }
        if mails.len() == most {
            break;
        }
    }
    Ok(mails)
}

/// The mail in this file, if there is one.
pub fn one(folder: &Path, name: &str) -> io::Result<Option<Mail>> {
    let Some((at, _)) = sent(name) else { return Ok(None) };
    match std::fs::read(folder.join(name)) {
        Ok(bytes) => Ok(MessageParser::default().parse(&bytes).map(|message| mail(name, at, &message))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// When a mail of this file name, `<milliseconds>-<notice>.eml`, was sent; none if it is not the name of
/// a mail. Nothing else passes, least of all a path.
fn sent(name: &str) -> Option<(i64, String)> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let stem = name.strip_suffix(".eml").filter(|stem| stem.bytes().all(plain))?;
    Some((stem.split('-').next()?.parse().ok()?, name.to_owned()))
}

fn mail(name: &str, at: i64, message: &Message<'_>) -> Mail {
    let text = message.body_text(0).unwrap_or_default().into_owned();
    Mail {
        id: name.to_owned(),
        at: Timestamp::from_millisecond(at).unwrap_or_default(),
        to: message.to().and_then(|to| to.first()?.address()).unwrap_or_default().to_owned(),
        subject: message.subject().unwrap_or_default().to_owned(),
        headers: headers(message),
        links: links(&text),
        html: message.body_html(0).unwrap_or_default().into_owned(),
        text,
    }
}

fn headers(message: &Message<'_>) -> BTreeMap<String, String> {
    let raw = message.headers_raw().map(|(_, value)| value.trim());
    let named = message.headers().iter().zip(raw);
    named.map(|(header, raw)| (header.name.as_str().to_owned(), shown(&header.value, raw))).collect()
}

fn shown(value: &HeaderValue<'_>, raw: &str) -> String {
    match value {
        HeaderValue::Text(text) => text.to_string(),
        HeaderValue::TextList(texts) => texts.join(" "),
        HeaderValue::Address(Address::List(list)) => {
            let one = |it: &mail_parser::Addr<'_>| match (it.name(), it.address().unwrap_or_default()) {
                (Some(name), address) => format!("{name} <{address}>"),
                (None, address) => address.to_owned(),
            };
            list.iter().map(one).collect::<Vec<_>>().join(", ")
        }
        _ => raw.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

fn links(text: &str) -> Vec<String> {
    let word_end = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\u{3000}'..='\u{303f}');
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("https://").into_iter().chain(rest.find("http://")).min() {
        let link = rest[start..].split(word_end).next().unwrap_or_default();
        rest = &rest[start + link.len()..];
        found.push(
            link.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '，', '！', '？', '）']).to_owned(),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Folder;

    type Outcome = Result<(), Box<dyn std::error::Error>>;

    const MAIL: &str = "From: =?utf-8?B?5Y+w5YyX6YG454mp?= <kefu@example.com>\r\n\
        To: Ada <Ada@example.com>\r\nSubject: =?utf-8?B?5oKo5aW9?=\r\nX-Kefu-Notice: n1\r\n\
        Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
        看 http://127.0.0.1:8787/guest/#inquiry=a.b-c&shop=taipei。再見 (https://a.example/x).\r\n\
        --b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>看</p>\r\n--b--\r\n";

    #[test]
    fn a_mail_is_decoded() -> Outcome {
        let folder = Folder::new("mail")?;
        std::fs::write(folder.path().join("1700000000000-n1.eml"), MAIL)?;
        let mail = one(folder.path(), "1700000000000-n1.eml")?.ok_or("no mail")?;
        assert_eq!((mail.subject.as_str(), mail.to.as_str()), ("您好", "Ada@example.com"));
        assert_eq!(mail.headers["From"], "台北選物 <kefu@example.com>");
        assert_eq!(mail.headers["X-Kefu-Notice"], "n1");
        assert_eq!(
            mail.links,
            ["http://127.0.0.1:8787/guest/#inquiry=a.b-c&shop=taipei", "https://a.example/x"]
        );
        assert_eq!(mail.html.trim(), "<p>看</p>");
        assert_eq!(mail.at.to_string(), "2023-11-14T22:13:20Z");
        Ok(())
    }

    #[test]
    fn the_newest_come_first_and_only_to_whom_was_asked_for() -> Outcome {
        let folder = Folder::new("mail")?;
        for (name, to) in [("900-a", "ada"), ("1000-b", "ben"), ("1000-b-2", "ben"), ("2000-c", "ada")] {
            std::fs::write(
                folder.path().join(format!("{name}.eml")),
                MAIL.replace("Ada@", &format!("{to}@")),
            )?;
        }
        std::fs::write(folder.path().join(".3000-d.1.tmp"), MAIL)?;
        let ids = |to, most| -> io::Result<Vec<String>> {
            Ok(newest(folder.path(), to, most)?.into_iter().map(|mail| mail.id).collect())
        };
        assert_eq!(ids(None, 3)?, ["2000-c.eml", "1000-b.eml", "1000-b-2.eml"]);
        assert_eq!(ids(Some("ADA@example.com"), 9)?, ["2000-c.eml", "900-a.eml"]);
        assert_eq!(ids(Some("nobody@example.com"), 9)?, Vec::<String>::new());
        Ok(())
    }

    #[test]
    fn nothing_outside_the_folder_is_read() -> Outcome {
        let folder = Folder::new("mail")?;
        for name in ["../1-a.eml", "1-a/../../x.eml", "/etc/passwd", ".1-a.eml", "a.eml", "1-a.txt", ""] {
            assert_eq!(one(folder.path(), name)?, None, "{name}");
        }
        assert_eq!(newest(&folder.path().join("missing"), None, 1)?, []);
        Ok(())
    }
}
