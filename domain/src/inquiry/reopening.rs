//! An agent takes an inquiry back from history; also the undo of closing.

use jiff::Timestamp;

use super::{Inquiry, Raised};
use crate::actor::{Agent, By};
use crate::change::Change;
use crate::event::Event;
use crate::labels::Alarm;
use crate::refusal::Refusal;
use crate::shop::Shop;

impl Inquiry {
    /// Makes it active again, as it was before it ended: an unanswered message waits on from
    /// when it was written, though the seven days to its end count anew, and so does the reminder.
    /// It is its agent's again if they still serve.
    ///
    /// # Errors
    /// [`Refusal::NotEnded`], [`Refusal::Locked`], [`Refusal::Merged`].
    pub fn reopen(&self, shop: &Shop, agent: &Agent, now: Timestamp) -> Result<Change, Refusal> {
        self.writable(now)?;
        if self.ended.is_none() {
            return Err(Refusal::NotEnded);
        }
        let mut next = self.clone();
        next.ended = None;
        next.count_days_anew(shop, now);
        let change = Change::to(next).record(By::Agent(agent.id.clone()), now, Event::Reopened);
        Ok(change.arrived(false, shop, now))
    }

    /// The days to the end and the time to the reminder count from now, and their warnings come again.
    pub(super) fn count_days_anew(&mut self, shop: &Shop, now: Timestamp) {
        self.reopened_at = Some(now);
        let counted = [Alarm::Unanswered5Days, Alarm::Unanswered6Days, Alarm::Forgotten];
        self.raised = counted.into_iter().fold(self.raised, Raised::without);
        self.remind_at = Some(shop.remind_at(now)).filter(|_| self.unanswered_since.is_none());
    }
}

#[cfg(test)]
mod tests {
    use crate::event::Then;
    use crate::inquiry::Closing;
    use crate::labels::{Alarm, EndReason, Status};
    use crate::refusal::Refusal;
    use crate::shop::Shop;
    use crate::testing::{agent, asked, assigned_to, at, mia, shop, single_agent_shop, text};

    #[test]
    fn reopening_undoes_a_close_with_the_wait_it_had() -> Result<(), Refusal> {
        let closing = Closing { reason: Some(EndReason::Test), detail: None };
        let again = asked().close(&mia(), closing, at(60))?.after.reopen(&shop(), &mia(), at(65))?.after;
        assert_eq!(again.status(), Status::AwaitingReply);
        assert_eq!(again.waiting_since(), Some(at(0)));
        assert_eq!(again.reopen(&shop(), &mia(), at(66)).err(), Some(Refusal::NotEnded));
        Ok(())
    }

    #[test]
    fn an_answered_one_comes_back_in_conversation_until_the_lock() -> Result<(), Refusal> {
        let done = asked().reply(&shop(), &mia(), &text("Yes"), Then::Done, at(0))?.after;
        assert_eq!(done.reopen(&shop(), &mia(), at(10))?.after.status(), Status::InConversation);
        assert_eq!(done.reopen(&shop(), &mia(), at(30 * 24 * 3600)).err(), Some(Refusal::Locked));
        Ok(())
    }

    #[test]
    fn one_that_was_forgotten_can_be_forgotten_again() -> Result<(), Refusal> {
        let day = 24 * 3600;
        let open = asked().reply(&shop(), &mia(), &text("Soon"), Then::KeepOpen, at(0))?.after;
        let closing = Closing { reason: None, detail: None };
        let closed = open.enforce(at(day)).after.close(&mia(), closing, at(day + 1))?.after;
        let again = closed.reopen(&shop(), &mia(), at(2 * day))?.after;
        assert!(!again.raised.has(Alarm::Forgotten));
        assert!(again.enforce(at(3 * day)).after.raised.has(Alarm::Forgotten), "raised once more");
        Ok(())
    }

    #[test]
    fn it_comes_back_to_its_agent_only_if_they_still_serve() -> Result<(), Refusal> {
        let reopened =
            |of: &str, shop: Shop| assigned_to(of).settle(at(1))?.after.reopen(&shop, &mia(), at(2));
        assert_eq!(reopened("leo", shop())?.after.assignee, Some(agent("leo")));
        assert_eq!(reopened("gone", shop())?.after.assignee, None);
        assert_eq!(reopened("leo", single_agent_shop())?.after.assignee, Some(agent("nora")));
        Ok(())
    }
}
