//! What every command of staff on one inquiry has in common.

use domain::actor::By;
use domain::change::Change;
use domain::event::{Entry, Event};
use domain::ids::{AgentId, InquiryId, OrderNumber};
use domain::inquiry::Inquiry;
use domain::order::{Order, OrderChange};
use domain::order_event::{Consent, OrderEvent, RefundStep};
use domain::refusal::{OrderRefusal, Refusal};
use domain::shop::Shop;
use jiff::Timestamp;

use crate::app::App;
use crate::auth::SignedIn;
use crate::http::Command;
use crate::problem::{Code, Problem};
use crate::store::items::Line;
use crate::store::{Command as StoreCommand, OrderCommand, OrderNotDone, Said};
use crate::view::order::{OrderChanged, OrderView};
use crate::view::{Changed, staff_problem};

/// A consent is looked for among so many entries; what is older says little of a request.
const MOST_SINCE: usize = 1_000;

/// The inquiry that a path names.
///
/// # Errors
/// [`Code::NotFound`] for what cannot be one.
pub fn inquiry_id(text: &str) -> Result<InquiryId, Problem> {
    InquiryId::parse(text).map_err(|_| Problem::new(Code::NotFound))
}

/// Carries out a command on the inquiry that the path names, if it still is what the sender
/// saw, and answers with what it changed.
///
/// # Errors
/// [`Problem`] with the inquiry as it stands and what happened since.
pub async fn change<T>(
    app: &App,
    signed_in: &SignedIn,
    id: &str,
    command: &Command<T>,
    seen: Option<u32>,
    decide: impl Fn(&Inquiry) -> Result<Change, Refusal>,
) -> Result<Changed, Problem> {
    let id = inquiry_id(id)?;
    let (shop, now) = (signed_in.shop(), app.clock.now());
    let once = command.once(signed_in.agent.id.as_str());
    let asked = StoreCommand { shop, id: &id, once: &once, seen, by_staff: true, now };
    match app.change(asked, decide).await {
        Ok(done) => Ok(Changed::of(&done, shop, now)),
        Err(not_done) => Err(staff_problem(not_done, seen, shop, now)),
    }
}

/// The order that a path names.
///
/// # Errors
/// [`Code::NotFound`] for what cannot be one.
pub fn order_number(text: &str) -> Result<OrderNumber, Problem> {
    OrderNumber::parse(text).map_err(|_| Problem::new(Code::NotFound))
}

/// Carries out a command on an order, if it still is what the sender saw, and answers with what it changed.
///
/// # Errors
/// [`Problem`] with the order as it stands.
pub async fn change_order<T>(
    app: &App,
    signed_in: &SignedIn,
    number: &OrderNumber,
    command: &Command<T>,
    said: Said<'_>,
    decide: impl Fn(&Order) -> Result<OrderChange, OrderRefusal>,
) -> Result<OrderChanged, Problem> {
    let (shop, now) = (signed_in.shop(), app.clock.now());
    let once = command.once(signed_in.agent.id.as_str());
    let asked = OrderCommand { shop, number, once: &once, seen: Some(command.seen()?), now };
    match app.change_order(asked, said, decide).await {
        Ok(done) => Ok(OrderChanged::of(&done.record.order, &done.entries, shop, now)),
        Err(not_done) => Err(order_problem(not_done, shop, now)),
    }
}

/// What staff get when a command on an order was not carried out: where the order stands.
pub fn order_problem(not_done: OrderNotDone, shop: &Shop, now: Timestamp) -> Problem {
    let (mut problem, record) = match not_done {
        OrderNotDone::Refused(refusal, record) => (Problem::from(refusal), record),
        OrderNotDone::MovedOn(record) => (Problem::new(Code::OrderMovedOn), record),
        other => return other.into(),
    };
    problem.order = Some(Box::new(OrderView::of(&record.order, shop, now)));
    problem
}

/// An inquiry in which something of an order is told: it has to be of the order's customer.
///
/// # Errors
/// [`Code::NotFound`] where it is not, or the order is none.
pub async fn inquiry_about(
    app: &App,
    shop: &Shop,
    number: &OrderNumber,
    inquiry: &str,
) -> Result<InquiryId, Problem> {
    let id = inquiry_id(inquiry)?;
    let order = app.store.order(&shop.id, number).await?.ok_or_else(|| Problem::new(Code::NotFound))?;
    let theirs = order.order.customer.key == id.customer();
    let found = app.store.inquiry(&shop.id, &id, true).await?.filter(|it| it.inquiry.confirmed && theirs);
    found.map(|_| id).ok_or_else(|| Problem::new(Code::NotFound))
}

/// The proof that a message of an inquiry is (SPEC §10.3): one that its customer wrote.
///
/// # Errors
/// [`Code::NotAProof`] for any other entry.
pub async fn proof(
    app: &App,
    shop: &Shop,
    inquiry: &InquiryId,
    message: Option<u32>,
) -> Result<Option<Consent>, Problem> {
    let Some(seq) = message else { return Ok(None) };
    let refused = || Problem::from(OrderRefusal::NotAProof);
    let record = app.store.inquiry(&shop.id, inquiry, true).await?.ok_or_else(refused)?;
    let (lines, _) = app.store.older(&record, seq.saturating_add(1), 1).await?;
    let line = lines.iter().find(|line| line.entry.seq == seq).ok_or_else(refused)?;
    if line.entry.by != By::Customer || line.entry.event.message().is_none() {
        return Err(refused());
    }
    Ok(Some(Consent::Message { inquiry: inquiry.clone(), seq }))
}

/// The same for a decision about a refund that the customer asked for: what they wrote before they asked is no
/// consent to the answer (SPEC §10.4), and neither is the request itself.
///
/// # Errors
/// [`Code::NotAProof`].
pub async fn proof_after(
    app: &App,
    shop: &Shop,
    inquiry: &InquiryId,
    (order, refund): (&OrderNumber, u32),
    message: Option<u32>,
) -> Result<Option<Consent>, Problem> {
    let proof = proof(app, shop, inquiry, message).await?;
    let Some(seq) = message else { return Ok(proof) };
    let refused = || Problem::from(OrderRefusal::NotAProof);
    let record = app.store.inquiry(&shop.id, inquiry, true).await?.ok_or_else(refused)?;
    let since = usize::try_from(record.inquiry.version.saturating_sub(seq)).unwrap_or(usize::MAX);
    if since > MOST_SINCE {
        return Err(refused());
    }
    let (lines, _) = app.store.older(&record, u32::MAX, since).await?;
    let asked_since = |line: &Line| line.entry.seq > seq && asks_for(&line.entry, order, refund);
    if lines.iter().any(asked_since) { Err(refused()) } else { Ok(proof) }
}

/// Whether the customer asked for that refund.
fn asks_for(entry: &Entry, of: &OrderNumber, refund: u32) -> bool {
    let Event::Order { order, event: OrderEvent::Refund { number, step, .. } } = &entry.event else {
        return false;
    };
    let asked = matches!(step, RefundStep::Requested { .. }) && entry.by == By::Customer;
    asked && order == of && *number == refund
}

/// Somebody else was given it since: the problem's `current.assignee` says who.
pub fn taken_by_another(problem: Problem, to: Option<&AgentId>) -> Problem {
    let winner = problem.current.as_ref().and_then(|current| current.assignee.as_deref());
    let another = to.is_some() && winner.is_some() && winner != to.map(AgentId::as_str);
    let since = problem.entries.iter().any(|entry| entry.event == "assigned");
    if problem.code == Code::InquiryMovedOn && another && since {
        return Problem { code: Code::AlreadyTaken, ..problem };
    }
    problem
}

/// What the giver should know of whom they gave it to: `offline`, `not_receiving`, `full`. Their load
/// counts it already.
///
/// # Errors
/// [`Problem`].
pub async fn warnings(
    app: &App,
    signed_in: &SignedIn,
    to: Option<&AgentId>,
) -> Result<Vec<&'static str>, Problem> {
    let shop = signed_in.shop();
    let others = to.filter(|to| **to != signed_in.agent.id && shop.only_agent().is_none());
    let Some(to) = others else { return Ok(Vec::new()) };
    let desk = app.store.desk(&shop.id, to).await?;
    let all = [
        (!desk.online(app.clock.now()), "offline"),
        (!desk.receiving, "not_receiving"),
        (desk.load() > desk.capacity, "full"),
    ];
    Ok(all.into_iter().filter(|(so, _)| *so).map(|(_, word)| word).collect())
}
