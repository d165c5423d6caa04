//! The mail that brings an agent's reply (SPEC §7.1).

use domain::ids::InquiryId;

use super::super::letter::one_line;
use super::{Delivery, Letter, Link, Parts, Sender, in_three_languages};

/// The most characters of the customer's own subject and names in a mail.
const TYPED_CHARACTERS: usize = 60;

/// An agent's reply, as the customer is to read it.
#[derive(Clone, Copy)]
pub struct Reply<'a> {
    /// The inquiry: its short reference is shown, and the mails about it thread.
    pub inquiry: &'a InquiryId,
    /// The customer's name, as typed.
    pub name: Option<&'a str>,
    /// The customer's subject, as typed: shown as one line of at most 60 characters.
    pub subject: Option<&'a str>,
    /// The agent's nickname.
    pub agent: &'a str,
    /// The agent's text, shown whole and as text.
    pub text: &'a str,
    /// Where the customer reads on and answers.
    pub read_at: ReadAt<'a>,
    /// Whether the reply also ended the inquiry: the mail then says that writing again re-opens it,
    /// and asks for a rating.
    pub done: bool,
}

/// Where a customer finds the conversation.
#[derive(Clone, Copy)]
pub enum ReadAt<'a> {
    /// A guest: the signed link, which is theirs alone.
    SignedLink(&'a Link),
    /// A member: the page of the shop's site that lists their inquiries.
    AccountPage(&'a Link),
    /// A member of a shop whose page is not known: the mail says where to look.
    Account,
}

/// Tells the customer what the agent replied; one mail also for a reply that ends the inquiry.
pub fn reply(sender: &Sender, delivery: &Delivery<'_>, reply: &Reply<'_>) -> Letter {
    let line = |typed: &str| Some(one_line(typed, TYPED_CHARACTERS)).filter(|line| !line.is_empty());
    let (link, private) = match reply.read_at {
        ReadAt::SignedLink(link) => (Some(link.as_str()), true),
        ReadAt::AccountPage(link) => (Some(link.as_str()), false),
        ReadAt::Account => (None, false),
    };
    let mail = Content {
        lang: delivery.locale.as_str(),
        shop: &sender.shop_name,
        phone: sender.phone.as_deref(),
        email: sender.email.as_deref(),
        reference: reply.inquiry.reference(),
        name: reply.name.and_then(line),
        subject: reply.subject.and_then(line),
        agent: one_line(reply.agent, TYPED_CHARACTERS),
        text: reply.text,
        link,
        private,
        done: reply.done,
    };
    let parts = Parts {
        subject: Subject::render(delivery.locale, &mail),
        text: Text::render(delivery.locale, &mail),
        html: Html::render(delivery.locale, &mail),
    };
    let letter = sender.letter(delivery, reply.name, parts);
    Letter { thread: Some(reply.inquiry.as_str().to_owned()), ..letter }
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
    agent: String,
    text: &'a str,
    link: Option<&'a str>,
    private: bool,
    done: bool,
}

in_three_languages! { Subject of Content:
"reply/zh-Hant/subject.txt", "reply/zh-Hans/subject.txt", "reply/en/subject.txt" }
in_three_languages! { Text of Content:
"reply/zh-Hant/body.txt", "reply/zh-Hans/body.txt", "reply/en/body.txt" }
in_three_languages! { Html of Content:
"reply/zh-Hant/body.html", "reply/zh-Hans/body.html", "reply/en/body.html" }
