//! The mail that says sorry: nobody answered for seven days, and here is the way back (SPEC §6.3).

use domain::ids::InquiryId;

use super::super::letter::one_line;
use super::{Delivery, Letter, Link, Parts, Sender, in_three_languages};

/// The most characters of the customer's own subject and name in a mail.
const TYPED_CHARACTERS: usize = 60;

/// An inquiry that was closed unanswered.
#[derive(Clone, Copy)]
pub struct TimedOut<'a> {
    /// The inquiry: its short reference is shown, and the mails about it thread.
    pub inquiry: &'a InquiryId,
    /// The customer's name, as typed.
    pub name: Option<&'a str>,
    /// The customer's subject, as typed: shown as one line of at most 60 characters.
    pub subject: Option<&'a str>,
    /// The page with the one button that re-opens it.
    pub reopen: &'a Link,
}

/// Says sorry to the customer, with the way back.
pub fn timed_out(sender: &Sender, delivery: &Delivery<'_>, closed: &TimedOut<'_>) -> Letter {
    let line = |typed: &str| Some(one_line(typed, TYPED_CHARACTERS)).filter(|line| !line.is_empty());
    let mail = Content {
        lang: delivery.locale.as_str(),
        shop: &sender.shop_name,
        phone: sender.phone.as_deref(),
        email: sender.email.as_deref(),
        reference: closed.inquiry.reference(),
        name: closed.name.and_then(line),
        subject: closed.subject.and_then(line),
        link: closed.reopen.as_str(),
    };
    let parts = Parts {
        subject: Subject::render(delivery.locale, &mail),
        text: Text::render(delivery.locale, &mail),
        html: Html::render(delivery.locale, &mail),
    };
    let letter = sender.letter(delivery, closed.name, parts);
    Letter { thread: Some(closed.inquiry.as_str().to_owned()), ..letter }
}

/// What the templates may show.
struct Content<'a> {
    lang: &'a str,
    shop: &'a str,
    phone: Option<&'a str>,
    email: Option<&'a str>,
    reference: String,
    name: Option<String>,
    subject: Option<String>,
    link: &'a str,
}

in_three_languages! { Subject of Content:
"timed_out/zh-Hant/subject.txt", "timed_out/zh-Hans/subject.txt", "timed_out/en/subject.txt" }
in_three_languages! { Text of Content:
"timed_out/zh-Hant/body.txt", "timed_out/zh-Hans/body.txt", "timed_out/en/body.txt" }
in_three_languages! { Html of Content:
"timed_out/zh-Hant/body.html", "timed_out/zh-Hans/body.html", "timed_out/en/body.html" }
