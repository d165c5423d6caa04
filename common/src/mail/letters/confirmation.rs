//! The mail that asks a guest to confirm (SPEC §2.4).

use super::{Delivery, Letter, Link, Parts, Sender, in_three_languages};

/// Asks a guest to confirm what was submitted under their address: the link lives 72 h.
///
/// The form can be filled in by anybody, so the mail carries **nothing that the submitter typed**, and
/// cannot: no name, subject or text is passed in.
pub fn confirmation(sender: &Sender, delivery: &Delivery<'_>, link: &Link) -> Letter {
    let mail = Content {
        lang: delivery.locale.as_str(),
        shop: &sender.shop_name,
        phone: sender.phone.as_deref(),
        email: sender.email.as_deref(),
        link: link.as_str(),
    };
    let parts = Parts {
        subject: Subject::render(delivery.locale, &mail),
        text: Text::render(delivery.locale, &mail),
        html: Html::render(delivery.locale, &mail),
    };
    sender.letter(delivery, None, parts)
}

/// What the templates may show.
struct Content<'a> {
    lang: &'a str,
    shop: &'a str,
    phone: Option<&'a str>,
    email: Option<&'a str>,
    link: &'a str,
}

in_three_languages! { Subject of Content:
"confirmation/zh-Hant/subject.txt", "confirmation/zh-Hans/subject.txt", "confirmation/en/subject.txt" }
in_three_languages! { Text of Content:
"confirmation/zh-Hant/body.txt", "confirmation/zh-Hans/body.txt", "confirmation/en/body.txt" }
in_three_languages! { Html of Content:
"confirmation/zh-Hant/body.html", "confirmation/zh-Hans/body.html", "confirmation/en/body.html" }
