//! Which event the staff are told of on the site, and who (SPEC §6.1, §6.3, §7.7): a pure table.
//! By mail an alert goes at most once an hour, in a digest.

use crate::actor::{By, Role};
use crate::event::{Entry, Event};
use crate::ids::AgentId;
use crate::inquiry::Inquiry;
use crate::labels::Alarm;
use crate::order_event::{OrderEvent, RefundStep, ReturnStep};
use crate::question::Asked;
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
/// answered stands open only there.
pub fn caused(entry: &Entry, before: &Inquiry, after: &Inquiry, shop: &Shop) -> Option<Alert> {
    let assignee = after.assignee.clone();
    let (kind, to): (AlertKind, Vec<AgentId>) = match &entry.event {
        Event::Raised { alarm: alarm @ (Alarm::Forgotten | Alarm::SnoozeOver) } => {
            (AlertKind::Alarm(*alarm), assignee.into_iter().collect())
        }
        Event::Raised { alarm } => (AlertKind::Alarm(*alarm), with_supervisors(assignee, shop)),
        Event::TimedOut => (AlertKind::TimedOut, with_supervisors(assignee, shop)),
        Event::QuestionAsked { to, .. } => (AlertKind::QuestionAsked, asked(to, shop)),
        Event::QuestionAnswered { question, .. } => {
            let asker = before.questions.iter().find(|open| open.seq == *question);
            (AlertKind::QuestionAnswered, asker.map(|open| open.by.clone()).into_iter().collect())
        }
        Event::Order { event, .. } => (of_order(event)?, with_supervisors(assignee, shop)),
        _ => return None,
    };
    let mut told: Vec<AgentId> = Vec::with_capacity(to.len());
    for agent in to {
        let themselves = entry.by == By::Agent(agent.clone());
        if !themselves && shop.can_serve(&agent) && !told.contains(&agent) {
            told.push(agent);
        }
    }
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

fn with_supervisors(assignee: Option<AgentId>, shop: &Shop) -> Vec<AgentId> {
    let supervisors = shop.members.iter().filter(|member| member.role >= Role::Supervisor);
    assignee.into_iter().chain(supervisors.map(|member| member.agent.clone())).collect()
}

fn asked(to: &Asked, shop: &Shop) -> Vec<AgentId> {
    match to {
        Asked::Agent(agent) => vec![agent.clone()],
        Asked::Department(name) => shop.department(name).map(|it| it.agents.clone()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Alert, AlertKind, caused};
    use crate::labels::Alarm;
    use crate::question::Asked;
    use crate::refusal::Refusal;
    use crate::testing::{agent, assigned_to, at, mia, shop, text};

    #[test]
    fn an_overdue_reply_is_told_to_its_agent_and_the_supervisors() {
        let before = assigned_to("mia");
        let change = before.enforce(at(12 * 3600));
        let alerts: Vec<Alert> = change
            .entries
            .iter()
            .filter_map(|entry| caused(entry, &before, &change.after, &shop()))
            .collect();
        let kind = AlertKind::Alarm(Alarm::Overdue);
        assert_eq!(alerts, [Alert { kind, to: vec![agent("mia"), agent("sue")] }]);
    }

    #[test]
    fn a_question_is_told_to_who_is_asked_and_its_answer_to_who_asked() -> Result<(), Refusal> {
        let before = assigned_to("mia");
        let asked =
            before.ask(&shop(), &mia(), Asked::Department("倉庫".to_owned()), &text("In stock?"), at(1))?;
        let alert = caused(&asked.entries[0], &before, &asked.after, &shop());
        assert_eq!(alert, Some(Alert { kind: AlertKind::QuestionAsked, to: vec![agent("leo")] }));
        let leo = crate::actor::Agent { id: agent("leo"), ..mia() };
        let answered = asked.after.answer_question(&leo, asked.after.version, None, at(2))?;
        let alert = caused(&answered.entries[0], &asked.after, &answered.after, &shop());
        assert_eq!(alert, Some(Alert { kind: AlertKind::QuestionAnswered, to: vec![agent("mia")] }));
        Ok(())
    }
}
