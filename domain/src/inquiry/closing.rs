//! 結案: an agent ends it without a message (SPEC §3.2).

use jiff::Timestamp;

use super::Inquiry;
use crate::actor::{Agent, By};
use crate::change::Change;
use crate::event::Event;
use crate::labels::EndReason;
use crate::refusal::Refusal;

/// Why an agent closes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Closing {
    /// One of [`EndReason::BY_AGENT`]; needed while a customer's message is unanswered.
    pub reason: Option<EndReason>,
    /// In words; needed with [`EndReason::Other`].
    pub detail: Option<String>,
}

impl Inquiry {
    /// Ends the inquiry: only the status changes, no message is stored and nobody gets a mail.
    /// With nothing left unanswered it is `resolved`, whatever was given (SPEC §3.1).
    ///
    /// # Errors
    /// [`Refusal::AlreadyEnded`], [`Refusal::ReasonNeeded`], [`Refusal::DetailNeeded`].
    pub fn close(&self, agent: &Agent, closing: Closing, now: Timestamp) -> Result<Change, Refusal> {
        self.active(now)?;
        let reason = match closing.reason {
            _ if self.unanswered_since.is_none() => EndReason::Resolved,
            Some(reason) if EndReason::BY_AGENT.contains(&reason) => reason,
            _ => return Err(Refusal::ReasonNeeded),
        };
        let detail = closing.detail.filter(|text| !text.is_empty());
        if reason == EndReason::Other && detail.is_none() {
            return Err(Refusal::DetailNeeded);
        }
        let mut next = self.clone();
        next.end(reason, detail.clone(), now);
        Ok(Change::to(next).record(By::Agent(agent.id.clone()), now, Event::Closed { reason, detail }))
    }
}

#[cfg(test)]
mod tests {
    use super::Closing;
    use crate::event::Then;
    use crate::labels::{EndReason, Status};
    use crate::refusal::Refusal;
    use crate::testing::{asked, at, mia, shop, text};

    fn closing(reason: EndReason) -> Closing {
        Closing { reason: Some(reason), detail: None }
    }

    #[test]
    fn closing_stores_no_message_and_sends_nothing() -> Result<(), Refusal> {
        let change = asked().close(&mia(), closing(EndReason::Spam), at(60))?;
        assert_eq!(change.after.status(), Status::Replied);
        assert_eq!(change.after.waiting_since(), None);
        assert!(change.notices.is_empty());
        assert!(change.entries.iter().all(|entry| entry.event.message().is_none()));
        assert_eq!(change.after.first_answered_at, None, "closing is not answering");
        Ok(())
    }

    #[test]
    fn an_unanswered_one_needs_one_of_the_reasons() {
        let refused = |closing| asked().close(&mia(), closing, at(60)).err();
        assert_eq!(refused(Closing::default()), Some(Refusal::ReasonNeeded));
        for not_the_agents in [EndReason::Timeout, EndReason::Customer, EndReason::Answered] {
            assert_eq!(refused(closing(not_the_agents)), Some(Refusal::ReasonNeeded));
        }
        assert_eq!(refused(closing(EndReason::Other)), Some(Refusal::DetailNeeded));
    }

    #[test]
    fn after_an_answer_it_is_resolved() -> Result<(), Refusal> {
        let answered = asked().reply(&shop(), &mia(), &text("Yes"), Then::KeepOpen, at(1))?.after;
        let closed = answered.close(&mia(), Closing::default(), at(2))?.after;
        assert_eq!(closed.ended.as_ref().map(|ended| ended.reason), Some(EndReason::Resolved));
        assert_eq!(closed.close(&mia(), Closing::default(), at(3)).err(), Some(Refusal::AlreadyEnded));
        Ok(())
    }
}
