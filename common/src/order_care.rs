//! What every command of a customer on one of their orders has in common (SPEC §10.4, §10.5, §10.10): the
//! order is theirs, and what they ask opens or joins an inquiry, in the same transaction.

use domain::change::Change;
use domain::ids::{InquiryId, OrderNumber};
use domain::inquiry::{GivenEvidence, Inquiry, Submission};
use domain::labels::{Category, Locale, Source};
use domain::order::{Order, OrderChange};
use domain::refusal::{OrderRefusal, Refusal};
use domain::text::Text;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::auth::Asking;
use crate::http::Command;
use crate::problem::{Code, Problem};
use crate::store::items::OrderRecord;
use crate::store::{OrderCommand, OrderDone, OrderNotDone, Said};
use crate::view::my_order::MyOrder;

/// What a customer's command on an order did.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyOrderChanged {
    /// The order after it.
    pub order: MyOrder,
    /// The inquiry in which it is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inquiry: Option<String>,
}

impl MyOrderChanged {
    /// What the customer sees of it.
    pub fn of(done: &OrderDone, asking: &Asking, app: &App) -> Self {
        let inquiry = done.entries.iter().find_map(|entry| entry.inquiry.as_ref());
        Self {
            order: MyOrder::of(&done.record.order, asking.shop(), app.clock.now()),
            inquiry: inquiry.map(ToString::to_string),
        }
    }
}

/// The order that a path names, if it is the customer's; a guest whose link was about one inquiry sees only the
/// order of that.
///
/// # Errors
/// [`Code::NotFound`], whether it is somebody else's or nobody's.
pub async fn own(app: &App, asking: &Asking, number: &str) -> Result<OrderRecord, Problem> {
    let not_found = || Problem::new(Code::NotFound);
    let number = OrderNumber::parse(number).map_err(|_| not_found())?;
    let record = app.store.order(&asking.shop().id, &number).await?;
    let record = record.filter(|it| it.order.customer.key == asking.customer.key).ok_or_else(not_found)?;
    if let Some(only) = &asking.only {
        let inquiry = app.store.inquiry(&asking.shop().id, only, false).await?;
        inquiry.filter(|it| it.inquiry.order.as_deref() == Some(number.as_str())).ok_or_else(not_found)?;
    }
    Ok(record)
}

/// What a customer asks about an order.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// What about.
    pub category: Category,
    /// The first message, in the customer's words or in Kefu's.
    pub text: &'a Text,
    /// The language of it.
    pub locale: Locale,
    /// Whether the shop has to answer.
    pub awaits_reply: bool,
    /// The inquiry that the customer names.
    pub inquiry: Option<&'a InquiryId>,
}

/// Carries out a command that opens an inquiry or joins one: the one that the customer names, else an active one
/// about this order, else a new one. `decide` is given its id.
///
/// # Errors
/// [`Problem`].
pub async fn asked<T>(
    app: &App,
    asking: &Asking,
    number: &OrderNumber,
    (ask, command): (Ask<'_>, &Command<T>),
    decide: impl Fn(&Order, &InquiryId) -> Result<OrderChange, OrderRefusal>,
) -> Result<OrderDone, Problem> {
    let joined = match ask.inquiry {
        Some(named) => Some(named.clone()),
        None => active_about(app, asking, number).await?,
    };
    if let Some(id) = joined {
        match joining(app, asking, number, (ask, &id, command), &decide).await {
            // What cannot be written into any more is gone on from in a new one.
            Err(OrderNotDone::InquiryRefused(Refusal::Locked | Refusal::Merged { .. })) => {}
            done => return Ok(done?),
        }
    }
    let opening = opened(app, asking, number, ask, command);
    let id = opening.after.id.clone();
    let once = command.once(asking.customer.key.as_str());
    let (shop, now) = (asking.shop(), app.clock.now());
    let asked = OrderCommand { shop, number, once: &once, seen: None, now };
    Ok(app.change_order(asked, Said::Opens(&opening), |order| decide(order, &id)).await?)
}

async fn joining<T>(
    app: &App,
    asking: &Asking,
    number: &OrderNumber,
    (ask, id, command): (Ask<'_>, &InquiryId, &Command<T>),
    decide: &impl Fn(&Order, &InquiryId) -> Result<OrderChange, OrderRefusal>,
) -> Result<OrderDone, OrderNotDone> {
    let (shop, now) = (asking.shop(), app.clock.now());
    let once = command.once(asking.customer.key.as_str());
    let says = |inquiry: &Inquiry| match ask.awaits_reply {
        true => inquiry.ask_about_order(shop, (ask.category, number), ask.text, now),
        false => Ok(Change::to(inquiry.clone())),
    };
    let asked = OrderCommand { shop, number, once: &once, seen: None, now };
    app.change_order(asked, Said::In(id, &says), |order| decide(order, id)).await
}

/// The customer's active inquiry about that order, the one with the latest message.
async fn active_about(
    app: &App,
    asking: &Asking,
    number: &OrderNumber,
) -> Result<Option<InquiryId>, Problem> {
    let page = app.store.customers(&asking.shop().id, &asking.customer.key, None, true).await?;
    let about = page
        .records
        .into_iter()
        .map(|record| record.inquiry)
        .find(|it| it.listed() && it.ended.is_none() && it.order.as_deref() == Some(number.as_str()));
    Ok(about.map(|inquiry| inquiry.id))
}

fn opened<T>(app: &App, asking: &Asking, number: &OrderNumber, ask: Ask<'_>, command: &Command<T>) -> Change {
    let key = format!("order:{number}:{}", command.key());
    let id = asking.record.pepper.inquiry(&asking.customer.key, &key);
    let submission = Submission {
        source: Source::Order,
        category: ask.category,
        subject: None,
        text: ask.text.clone(),
        order: Some(number.to_string()),
        product: None,
        locale: ask.locale,
        evidence: GivenEvidence::default(),
        follows: None,
    };
    let now = app.clock.now();
    let change = Inquiry::submit(id, asking.shop(), asking.customer.clone(), submission, true, now);
    if ask.awaits_reply {
        return change;
    }
    // Nobody has to answer: it stands in the customer's account, and counts in no rate.
    let settled = change.after.settle(now);
    settled.map_or(change.clone(), |settled| change.then(settled))
}

/// Kefu's own words as a text.
///
/// # Errors
/// Never in practice: they are neither empty nor long.
pub fn words(words: &str) -> Result<Text, Problem> {
    Text::parse(words).map_err(|_| Problem::new(Code::Unavailable))
}
