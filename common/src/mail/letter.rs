//! One mail before MIME, and the MIME bytes it becomes.

use std::fmt;

use domain::labels::Locale;
use domain::text::Email;
use jiff::Timestamp;
use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::date::Date;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;

/// The most characters of a display name in a header.
const NAME_CHARACTERS: usize = 100;
/// The most characters of a subject line, brackets and reference included.
const SUBJECT_CHARACTERS: usize = 150;

/// Somebody a mail is from or to.
#[derive(Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// The name shown beside the address. Anything: it is made into one line when it is written.
    pub name: Option<String>,
    /// The address.
    pub address: Email,
}

/// A mail, complete but for its encoding. Its parts may hold anything that people type:
/// [`Letter::mime`] sees to it that none of it becomes a header.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// The id of the notice that this mail carries out: its `X-Kefu-Notice`, the left side of its
    /// `Message-ID` and its tag at SES, so that a doubled mail can be recognised.
    pub notice: String,
    /// The inquiry that the mail belongs to: mails of one inquiry share a `References` and thread.
    pub thread: Option<String>,
    /// When the mail was written, for its `Date`.
    pub at: Timestamp,
    /// The shop's name and the deployment's address.
    pub from: Mailbox,
    /// The one recipient.
    pub to: Mailbox,
    /// Where answers should go, if not to `from`.
    pub reply_to: Option<Mailbox>,
    /// The language of subject and body.
    pub locale: Locale,
    /// The subject line.
    pub subject: String,
    /// The body as plain text.
    pub text: String,
    /// The body as HTML.
    pub html: String,
}

impl Letter {
    /// The mail as MIME bytes: `multipart/alternative` of text and HTML under exactly the headers
    /// From, To, Reply-To (if any), Subject, Date, Message-ID, In-Reply-To and References (if threaded),
    /// Auto-Submitted, Content-Language, X-Kefu-Notice and MIME's own.
    ///
    /// SES puts its own `Message-ID` and `Date` in place of ours; threads hang on `References` there.
    pub fn mime(&self) -> Vec<u8> {
        let notice = self.notice_token();
        let host = self.from.address.as_str().rsplit('@').next().unwrap_or_default();
        let mut message = MessageBuilder::new()
            .from(self.from.header())
            .to(self.to.header())
            .subject(header_line(&self.subject, SUBJECT_CHARACTERS))
            .date(Date::new(self.at.as_second()))
            .message_id(format!("{notice}@{host}"));
        if let Some(reply_to) = &self.reply_to {
            message = message.reply_to(reply_to.header());
        }
        if let Some(thread) = &self.thread {
            let root = format!("{}@{host}", token(thread));
            message = message.in_reply_to(root.clone()).references(MessageId::new(root));
        }
        let message = message
            .header("Auto-Submitted", Raw::new("auto-generated"))
            .header("Content-Language", Raw::new(self.locale.as_str()))
            .header("X-Kefu-Notice", Raw::new(notice))
            .text_body(self.text.as_str())
            .html_body(self.html.as_str());
        let mut bytes = Vec::new();
        message.serialize(&mut bytes);
        bytes
    }

    /// The notice's id in letters, digits, `_` and `-`, at most 128: what SES allows in a tag, and safe
    /// in a header and in a file's name. Any other character becomes `-`.
    pub fn notice_token(&self) -> String {
        token(&self.notice)
    }
}

impl Mailbox {
    /// A mailbox with a name.
    pub fn named(name: impl Into<String>, address: Email) -> Self {
        Self { name: Some(name.into()), address }
    }

    fn header(&self) -> Address<'_> {
        let name = self.name.as_deref().map(|name| header_line(name, NAME_CHARACTERS));
        Address::new_address(name.filter(|name| !name.is_empty()), self.address.as_str())
    }
}

impl From<Email> for Mailbox {
    fn from(address: Email) -> Self {
        Self { name: None, address }
    }
}

/// Only the notice's id: addresses and texts stay out of logs.
impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Letter").field("notice", &self.notice).finish_non_exhaustive()
    }
}

/// Nothing of it: names and addresses stay out of logs.
impl fmt::Debug for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailbox").finish_non_exhaustive()
    }
}

/// `text` as one line of at most `most` characters: control characters, line separators and the marks
/// that turn the direction of writing become spaces, runs of white space one, a longer line ends in `…`.
pub(super) fn one_line(text: &str, most: usize) -> String {
    let unruly = |c: char| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let words = text.split(|c: char| c.is_whitespace() || unruly(c)).filter(|word| !word.is_empty());
    let line = words.collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(most) {
        None => line,
        Some(_) => {
            let kept: String = line.chars().take(most.saturating_sub(1)).collect();
            format!("{}…", kept.trim_end())
        }
    }
}

/// One line for a header. What looks like an encoded word (RFC 2047) is broken up: many readers decode
/// it even where it is quoted, and it may hold line breaks.
fn header_line(text: &str, most: usize) -> String {
    one_line(text, most).replace("=?", "= ?")
}

fn token(id: &str) -> String {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    id.chars().take(128).map(|c| if allowed(c) { c } else { '-' }).collect()
}

#[cfg(test)]
#[path = "letter/tests.rs"]
mod tests;
