//! The mails about an order: each step of a refund, a return, a delay or a cancellation (SPEC §7.7, §10).

mod words;

use domain::ids::InquiryId;
use domain::labels::PaymentMethod;
use domain::order_event::OrderEvent;
use domain::shop::Arrival;

use super::{Delivery, Letter, Link, Parts, Sender, in_three_languages};

/// A step of an order.
#[derive(Clone, Copy)]
pub struct OrderStep<'a> {
    /// The inquiry in which it is told: the mails about it thread.
    pub inquiry: &'a InquiryId,
    /// The customer's name.
    pub name: Option<&'a str>,
    /// The order's number.
    pub number: &'a str,
    /// What happened.
    pub event: &'a OrderEvent,
    /// How the order was paid.
    pub payment_method: PaymentMethod,
    /// When money arrives that goes back that way.
    pub arrival: Option<Arrival>,
    /// Where the customer sees the order.
    pub link: Option<&'a Link>,
}

/// Tells the customer of a step; `None` for what is not told by mail.
pub fn order_step(sender: &Sender, delivery: &Delivery<'_>, step: &OrderStep<'_>) -> Option<Letter> {
    let (headline, sentences) = words::of(step, delivery.locale)?;
    let mail = Content {
        lang: delivery.locale.as_str(),
        shop: &sender.shop_name,
        phone: sender.phone.as_deref(),
        email: sender.email.as_deref(),
        name: step.name,
        number: step.number,
        headline,
        sentences,
        link: step.link.map(Link::as_str),
    };
    let parts = Parts {
        subject: Subject::render(delivery.locale, &mail),
        text: Text::render(delivery.locale, &mail),
        html: Html::render(delivery.locale, &mail),
    };
    let letter = sender.letter(delivery, step.name, parts);
    Some(Letter { thread: Some(step.inquiry.as_str().to_owned()), ..letter })
}

/// What the templates may show.
struct Content<'a> {
    lang: &'a str,
    shop: &'a str,
    phone: Option<&'a str>,
    email: Option<&'a str>,
    name: Option<&'a str>,
    number: &'a str,
    headline: &'static str,
    sentences: Vec<String>,
    link: Option<&'a str>,
}

in_three_languages! { Subject of Content:
"order/zh-Hant/subject.txt", "order/zh-Hans/subject.txt", "order/en/subject.txt" }
in_three_languages! { Text of Content:
"order/zh-Hant/body.txt", "order/zh-Hans/body.txt", "order/en/body.txt" }
in_three_languages! { Html of Content:
"order/zh-Hant/body.html", "order/zh-Hans/body.html", "order/en/body.html" }

#[cfg(test)]
#[path = "order/tests.rs"]
mod tests;
