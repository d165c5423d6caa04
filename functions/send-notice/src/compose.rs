//! From an entry that owes a mail to the mail.

use common::app::App;
use common::auth::links;
use common::failure::Failure;
use common::mail::Letter;
use common::mail::letters::{self, Delivery, Link, OrderStep, ReadAt, Reply, Sender, TimedOut};
use common::store::items::Line;
use domain::actor::{By, CustomerKind};
use domain::event::{Event, Then};
use domain::inquiry::Inquiry;
use domain::labels::{EndReason, PaymentMethod};
use domain::order::Order;
use domain::shop::Shop;
use domain::text::Email;

/// The mail about an entry; `None` if there is none to send: no mail about such an entry, or
/// no address that mail could go to.
/// `facts` is the order that the entry is about, if it is about one.
pub fn letter(
    app: &App,
    shop: &Shop,
    inquiry: &Inquiry,
    line: &Line,
    facts: Option<&Order>,
) -> Result<Option<Letter>, Failure> {
    let Ok(to) = Email::parse(&inquiry.customer.email) else { return Ok(None) };
    let notice = format!("{}-{}", inquiry.id, line.entry.seq);
    let delivery = Delivery { notice: &notice, at: app.clock.now(), locale: inquiry.locale, to: &to };
    let sender = Sender {
        shop_name: shop.name.clone(),
        from_address: app.config.mail_from.clone(),
        phone: shop.phone.clone(),
        email: shop.email.clone(),
    };
    match &line.entry.event {
        Event::Submitted { .. } => {
            let url = links::confirm_url(app, &shop.id, &inquiry.customer.key, app.clock.now())?;
            Ok(Some(letters::confirmation(&sender, &delivery, &link(&url)?)))
        }
        Event::AgentReplied { text, then } => {
            reply(app, shop, inquiry, &sender, &delivery, (text, *then), &line.entry.by).map(Some)
        }
        Event::TimedOut => {
            let url = link(&links::reopen_url(app, &shop.id, &inquiry.id, app.clock.now())?)?;
            let proven = proven(shop, inquiry);
            let mail = TimedOut {
                inquiry: &inquiry.id,
                name: Some(inquiry.customer.name.as_str()).filter(|_| proven),
                subject: Some(inquiry.subject.as_str()).filter(|_| proven),
                reopen: &url,
            };
            Ok(Some(letters::timed_out(&sender, &delivery, &mail)))
        }
        Event::Order { order, event } => {
            let url = match (inquiry.customer.kind, &shop.account_url) {
                (CustomerKind::Guest, _) => {
                    Some(links::inquiry_url(app, &shop.id, &inquiry.id, app.clock.now())?)
                }
                (CustomerKind::Member, url) => url.clone(),
            };
            let url = url.as_deref().map(link).transpose()?;
            let payment_method = facts.map_or(PaymentMethod::Other, |order| order.payment_method);
            let step = OrderStep {
                inquiry: &inquiry.id,
                name: Some(inquiry.customer.name.as_str()).filter(|_| proven(shop, inquiry)),
                number: order.as_str(),
                event,
                payment_method,
                arrival: shop.arrival(payment_method),
                link: url.as_ref(),
            };
            Ok(letters::order_step(&sender, &delivery, &step))
        }
        _ => Ok(None),
    }
}

/// Whether a mail that an entry owed is still of use: nobody is told that an inquiry was closed
/// which goes on by now (SPEC §6.3).
pub fn still_of_use(inquiry: &Inquiry, line: &Line) -> bool {
    let timed_out = matches!(line.entry.event, Event::TimedOut);
    let closed_then =
        || inquiry.ended.as_ref().is_some_and(|it| it.reason == EndReason::Timeout && it.at == line.entry.at);
    !timed_out || closed_then()
}

/// Where guests need not confirm, nothing that they typed goes to an address that they typed.
fn proven(shop: &Shop, inquiry: &Inquiry) -> bool {
    !(inquiry.customer.kind == CustomerKind::Guest && shop.guests_unconfirmed)
}

fn reply(
    app: &App,
    shop: &Shop,
    inquiry: &Inquiry,
    sender: &Sender,
    delivery: &Delivery<'_>,
    (text, then): (&str, Then),
    by: &By,
) -> Result<Letter, Failure> {
    let agent = match by {
        By::Agent(id) => shop.member(id).map(|member| member.nickname.as_str()),
        _ => None,
    };
    let guest = inquiry.customer.kind == CustomerKind::Guest;
    let url = match (guest, &shop.account_url) {
        (true, _) => Some(link(&links::inquiry_url(app, &shop.id, &inquiry.id, app.clock.now())?)?),
        (false, Some(url)) => Some(link(url)?),
        (false, None) => None,
    };
    let read_at = match &url {
        Some(url) if guest => ReadAt::SignedLink(url),
        Some(url) => ReadAt::AccountPage(url),
        None => ReadAt::Account,
    };
    let proven = proven(shop, inquiry);
    Ok(letters::reply(
        sender,
        delivery,
        &Reply {
            inquiry: &inquiry.id,
            name: Some(inquiry.customer.name.as_str()).filter(|_| proven),
            subject: Some(inquiry.subject.as_str()).filter(|_| proven),
            agent: agent.unwrap_or(&shop.name),
            text,
            read_at,
            done: then == Then::Done,
        },
    ))
}

fn link(url: &str) -> Result<Link, Failure> {
    Link::parse(url)
        .map_err(|error| Failure::Configuration(format!("{error}: check the shop's and the public URL")))
}
