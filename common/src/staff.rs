//! What every command of staff on one inquiry has in common.

use domain::change::Change;
use domain::ids::{AgentId, InquiryId, OrderNumber};
use domain::inquiry::Inquiry;
use domain::order::{Order, OrderChange};
use domain::order_event::Consent;
use domain::refund::is_proof;
use domain::refusal::{OrderRefusal, Refusal};
use domain::shop::Shop;
use jiff::Timestamp;

use crate::app::App;
use crate::auth::SignedIn;
use crate::http::Command;
use crate::problem::{Code, Problem};
use crate::store::{Command as StoreCommand, OrderCommand, OrderNotDone, Said, ShopRecord};
use crate::view::order::{OrderChanged, OrderView};
use crate::view::{Changed, staff_problem};

/// A consent is looked for among so many entries; what is older says little of a request.
const MOST_SINCE: u32 = 1_000;
/// So often a shop that others change at the same time is changed anew.
const ATTEMPTS: usize = 5;

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

/// The proof that a message of an inquiry is (SPEC §10.3), of what the shop does or, for a decision about a refund
/// that the customer asked for, of that (SPEC §10.4).
///
/// # Errors
/// [`Code::NotAProof`] for any other entry.
pub async fn proof(
    app: &App,
    shop: &Shop,
    inquiry: &InquiryId,
    message: Option<u32>,
    answered: Option<(&OrderNumber, u32)>,
) -> Result<Option<Consent>, Problem> {
    let Some(seq) = message else { return Ok(None) };
    let refused = || Problem::from(OrderRefusal::NotAProof);
    let record = app.store.inquiry(&shop.id, inquiry, true).await?.ok_or_else(refused)?;
    let since = record.inquiry.version.saturating_sub(seq);
    let (before, enough) = match answered {
        Some(_) if since > MOST_SINCE => return Err(refused()),
        Some(_) => (u32::MAX, since.saturating_add(1)),
        None => (seq.saturating_add(1), 1),
    };
    let (lines, _) = app.store.older(&record, before, usize::try_from(enough).unwrap_or(1)).await?;
    let entries = lines.iter().map(|line| &line.entry);
    if is_proof(entries, seq, answered) {
        Ok(Some(Consent::Message { inquiry: inquiry.clone(), seq }))
    } else {
        Err(refused())
    }
}

/// Changes a shop's own record, again where somebody else changed it meanwhile.
///
/// # Errors
/// What the change refuses; [`Code::SettingsMovedOn`] where others are faster all the time.
pub async fn change_shop(
    app: &App,
    signed_in: &SignedIn,
    change: impl Fn(&mut ShopRecord) -> Result<(), Problem>,
) -> Result<(), Problem> {
    for _ in 0..ATTEMPTS {
        let fresh = app.store.fresh_shop(&signed_in.shop().id).await?;
        let mut record = (*fresh.ok_or_else(|| Problem::new(Code::NotFound))?).clone();
        change(&mut record)?;
        if app.store.change_shop(&record).await? {
            return Ok(());
        }
    }
    Err(Problem::new(Code::SettingsMovedOn))
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
