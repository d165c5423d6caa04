//! The mails that Kefu sends, and no others (SPEC §7.7).
//!
//! Each is three templates a language, `templates/<mail>/<locale>/{subject.txt,body.txt,body.html}`,
//! checked when compiled. HTML is escaped by the template engine; nothing here builds markup.

mod confirmation;
mod digest;
mod order;
mod reply;
mod timed_out;

use domain::labels::Locale;
use domain::text::Email;
use jiff::Timestamp;

pub use confirmation::confirmation;
pub use digest::{Digest, DigestLine, DigestShop, digest};
pub use order::{OrderStep, order_step};
pub use reply::{ReadAt, Reply, reply};
pub use timed_out::{TimedOut, timed_out};

use super::{Letter, Mailbox};

/// Who a mail is from: what a customer may know of the shop (SPEC §1), never an agent's own contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// The shop's name, also the display name of the mail's `From`.
    pub shop_name: String,
    /// The deployment's verified address.
    pub from_address: Email,
    /// The shop's phone number for customers.
    pub phone: Option<String>,
    /// The shop's mail address for customers, shown as text.
    pub email: Option<String>,
}

/// What every mail needs besides its content.
#[derive(Clone, Copy)]
pub struct Delivery<'a> {
    /// The id of the notice that the mail carries out.
    pub notice: &'a str,
    /// When the mail is written.
    pub at: Timestamp,
    /// The recipient's language.
    pub locale: Locale,
    /// The recipient's address.
    pub to: &'a Email,
}

/// A web address that a mail may lead to.
#[derive(Clone, PartialEq, Eq)]
pub struct Link(String);

/// Why a text is not a web address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a link must be an http or https address without spaces")]
pub struct NotALink;

impl Link {
    /// Reads a web address: `https://` or `http://` and visible ASCII after it.
    ///
    /// # Errors
    /// [`NotALink`] for anything else, `javascript:` among it.
    pub fn parse(text: &str) -> Result<Self, NotALink> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let fits = rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_graphic()));
        if fits { Ok(Self(text.to_owned())) } else { Err(NotALink) }
    }
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The three rendered parts of a mail.
struct Parts {
    subject: String,
    text: String,
    html: String,
}

impl Sender {
    fn letter(&self, delivery: &Delivery<'_>, to_name: Option<&str>, parts: Parts) -> Letter {
        Letter {
            notice: delivery.notice.to_owned(),
            thread: None,
            at: delivery.at,
            from: Mailbox::named(self.shop_name.clone(), self.from_address.clone()),
            to: Mailbox { name: to_name.map(str::to_owned), address: delivery.to.clone() },
            reply_to: None,
            locale: delivery.locale,
            subject: parts.subject,
            text: parts.text,
            html: parts.html,
        }
    }
}

/// One template in the three languages: an enum whose variants are the files, and `render`.
macro_rules! in_three_languages {
    ($name:ident of $content:ident: $hant:literal, $hans:literal, $en:literal) => {
        #[derive(askama::Template)]
        enum $name<'a> {
            #[template(path = $hant)]
            ZhHant { mail: &'a $content<'a> },
            #[template(path = $hans)]
            ZhHans { mail: &'a $content<'a> },
            #[template(path = $en)]
            En { mail: &'a $content<'a> },
        }
        impl<'a> $name<'a> {
            fn render(locale: domain::labels::Locale, mail: &'a $content<'a>) -> String {
                let template = match locale {
                    domain::labels::Locale::ZhHant => Self::ZhHant { mail },
                    domain::labels::Locale::ZhHans => Self::ZhHans { mail },
                    domain::labels::Locale::En => Self::En { mail },
                };
                askama::Template::render(&template).expect("strings are written into a string")
            }
        }
    };
}
use in_three_languages;

#[cfg(test)]
#[path = "letters/tests.rs"]
mod tests;
