//! What every command of staff on one inquiry has in common.

use domain::change::Change;
use domain::ids::{AgentId, InquiryId};
use domain::inquiry::Inquiry;
use domain::refusal::Refusal;

use crate::app::App;
use crate::auth::SignedIn;
use crate::http::Command;
use crate::problem::{Code, Problem};
use crate::store::Command as StoreCommand;
use crate::view::{Changed, staff_problem};

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
