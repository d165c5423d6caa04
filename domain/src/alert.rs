//! Which event the staff are told of on the site, and who (SPEC §6.1, §6.3, §7.7): a pure table.
//! By mail an alert goes at most once an hour, in a digest.

use crate::actor::{By, Role};
use crate::event::{Entry, Event};
use crate::ids::AgentId;
use crate::inquiry::Inquiry;
use crate::labels::Alarm;
use crate::order_event::{OrderEvent, RefundStep, ReturnStep};
use crate::shop::Shop;

/// What staff are told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlertKind {
    /// Time raised something.
    Alarm(Alarm),
    /// It was closed unanswered.
    TimedOut,
    /// A colleague asks.
    QuestionAsked,
    /// A question was answered.
    QuestionAnswered,
    /// A customer asks for money or to send something back: somebody has to decide.
    DecisionNeeded,
    /// A refund failed, nobody knows what became of it, or the provider contradicts.
    RefundNeedsAttention,
    /// A customer cancelled an overdue order.
    OrderCancelled,
    /// An agreed ship date passed unshipped.
    DelayPassed,
}

impl AlertKind {
    /// Every kind; stored as places in this list.
    pub const ALL: &'static [Self] = &[
        Self::Alarm(Alarm::Overdue),
        Self::Alarm(Alarm::Expiring),
        Self::Alarm(Alarm::Unanswered1Day),
        Self::Alarm(Alarm::Unanswered5Days),
        Self::Alarm(Alarm::Unanswered6Days),
        Self::Alarm(Alarm::Forgotten),
        Self::Alarm(Alarm::SnoozeOver),
        Self::TimedOut,
        Self::QuestionAsked,
        Self::QuestionAnswered,
        Self::DecisionNeeded,
        Self::RefundNeedsAttention,
        Self::OrderCancelled,
        Self::DelayPassed,
    ];

    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Alarm(alarm) => alarm.as_str(),
            Self::TimedOut => "timed_out",
            Self::QuestionAsked => "question_asked",
            Self::QuestionAnswered => "question_answered",
            Self::DecisionNeeded => "decision_needed",
            Self::RefundNeedsAttention => "refund_needs_attention",
            Self::OrderCancelled => "order_cancelled",
            Self::DelayPassed => "delay_passed",
        }
    }
}

/// Something that people of the staff are told of, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// What.
    pub kind: AlertKind,
    /// Who; nobody twice.
    pub to: Vec<AgentId>,
}

/// The alert that an entry causes, if any. `before` is the inquiry as it was: a question that is
/// answered stands open only there, and what came due before a command is told to whose it was then.
/// What would reach nobody, since it is unassigned or its agent is gone, is told to the supervisors.
pub fn caused(entry: &Entry, before: &Inquiry, shop: &Shop) -> Option<Alert> {
    let assignee = before.assignee.clone();
    let (kind, to): (AlertKind, Vec<AgentId>) = match &entry.event {
        Event::Raised { alarm: alarm @ (Alarm::Forgotten | Alarm::SnoozeOver) } => {
            (AlertKind::Alarm(*alarm), assignee.into_iter().collect())
        }
        Event::Raised { alarm } => (AlertKind::Alarm(*alarm), with_supervisors(assignee, shop)),
        Event::TimedOut => (AlertKind::TimedOut, with_supervisors(assignee, shop)),
        Event::QuestionAsked { to, .. } => (AlertKind::QuestionAsked, to.agents(shop).cloned().collect()),
        Event::QuestionAnswered { question, .. } => {
            let asker = before.questions.iter().find(|open| open.seq == *question);
            (AlertKind::QuestionAnswered, asker.map(|open| open.by.clone()).into_iter().collect())
        }
        Event::Order { event, .. } => (of_order(event)?, with_supervisors(assignee, shop)),
        _ => return None,
    };
    let mut told: Vec<AgentId> = Vec::with_capacity(to.len());
    for agent in to {
        if reached(&agent, shop) && !told.contains(&agent) {
            told.push(agent);
        }
    }
    if told.is_empty() {
        told = with_supervisors(None, shop);
    }
    told.retain(|agent| entry.by != By::Agent(agent.clone()));
    (!told.is_empty()).then_some(Alert { kind, to: told })
}

/// What of an order somebody of the staff has to look at.
fn of_order(event: &OrderEvent) -> Option<AlertKind> {
    match event {
        OrderEvent::Cancelled { .. } => Some(AlertKind::OrderCancelled),
        OrderEvent::DelayPassed => Some(AlertKind::DelayPassed),
        OrderEvent::Refund { step: RefundStep::Requested { .. }, .. }
        | OrderEvent::Return { step: ReturnStep::Requested { .. }, .. } => Some(AlertKind::DecisionNeeded),
        OrderEvent::Refund {
            step: RefundStep::Failed { .. } | RefundStep::Contradicted { .. } | RefundStep::Unknown { .. },
            ..
        } => Some(AlertKind::RefundNeedsAttention),
        _ => None,
    }
}

/// Whether somebody is told at all: who serves, and who answers for those who do (SPEC §6.1, §6.3).
fn reached(agent: &AgentId, shop: &Shop) -> bool {
    shop.member(agent).is_some_and(|member| member.service || member.role >= Role::Supervisor)
}

fn with_supervisors(assignee: Option<AgentId>, shop: &Shop) -> Vec<AgentId> {
    let supervisors = shop.members.iter().filter(|member| member.role >= Role::Supervisor);
    assignee.into_iter().chain(supervisors.map(|member| member.agent.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::{Alert, AlertKind, caused};
    use crate::ids::AgentId;
    use crate::inquiry::Inquiry;
    use crate::labels::Alarm;
    use crate::question::Asked;
    use crate::refusal::Refusal;
    use crate::shop::Shop;
    use crate::testing::{agent, assigned_to, at, mia, shop, text};

    #[test]
    fn an_overdue_reply_is_told_to_its_agent_and_the_supervisors() {
        let before = assigned_to("mia");
        let change = before.enforce(at(12 * 3600));
        let alerts: Vec<Alert> =
            change.entries.iter().filter_map(|entry| caused(entry, &before, &shop())).collect();
        let kind = AlertKind::Alarm(Alarm::Overdue);
        assert_eq!(alerts, [Alert { kind, to: vec![agent("mia"), agent("sue")] }]);
    }

    #[test]
    fn a_question_is_told_to_who_is_asked_and_its_answer_to_who_asked() -> Result<(), Refusal> {
        let before = assigned_to("mia");
        let asked =
            before.ask(&shop(), &mia(), Asked::Department("倉庫".to_owned()), &text("In stock?"), at(1))?;
        let alert = caused(&asked.entries[0], &before, &shop());
        assert_eq!(alert, Some(Alert { kind: AlertKind::QuestionAsked, to: vec![agent("leo")] }));
        let leo = crate::actor::Agent { id: agent("leo"), ..mia() };
        let answered = asked.after.answer_question(&leo, asked.after.version, None, at(2))?;
        let alert = caused(&answered.entries[0], &asked.after, &shop());
        assert_eq!(alert, Some(Alert { kind: AlertKind::QuestionAnswered, to: vec![agent("mia")] }));
        Ok(())
    }

    fn told(before: &Inquiry, seconds: i64, kind: AlertKind, shop: &Shop) -> Option<Vec<AgentId>> {
        let change = before.enforce(at(seconds));
        let mut alerts = change.entries.iter().filter_map(|entry| caused(entry, before, shop));
        alerts.find(|alert| alert.kind == kind).map(|alert| alert.to)
    }

    #[test]
    fn a_supervisor_answers_for_promises_also_without_serving() {
        let mut shop = shop();
        shop.members[2].service = false;
        let overdue = AlertKind::Alarm(Alarm::Overdue);
        let to = told(&assigned_to("mia"), 12 * 3600, overdue, &shop);
        assert_eq!(to, Some(vec![agent("mia"), agent("sue")]));
    }

    #[test]
    fn what_would_reach_nobody_is_told_to_the_supervisors() -> Result<(), Refusal> {
        let over = AlertKind::Alarm(Alarm::SnoozeOver);
        let aside = |name: &str| assigned_to(name).snooze(&mia(), Some(at(3600)), at(0));
        assert_eq!(told(&aside("mia")?.after, 3600, over, &shop()), Some(vec![agent("mia")]));
        assert_eq!(told(&aside("gone")?.after, 3600, over, &shop()), Some(vec![agent("sue")]));
        let nobodys = Inquiry { assignee: None, ..aside("mia")?.after };
        assert_eq!(told(&nobodys, 3600, over, &shop()), Some(vec![agent("sue")]));
        Ok(())
    }

    #[test]
    fn who_let_it_lapse_is_told_also_where_the_same_step_gives_it_to_somebody_else() -> Result<(), Refusal> {
        let before = assigned_to("mia");
        let due = before.enforce(at(12 * 3600));
        let leo = crate::actor::Agent { id: agent("leo"), ..mia() };
        let taken = due.after.assign_to(&shop(), &leo, Some(&leo.id), None, at(12 * 3600))?;
        let step = due.then(taken);
        let alerts: Vec<_> = step.entries.iter().filter_map(|it| caused(it, &before, &shop())).collect();
        assert_eq!(alerts.iter().map(|it| it.to.clone()).collect::<Vec<_>>(), [[agent("mia"), agent("sue")]]);
        Ok(())
    }
}
