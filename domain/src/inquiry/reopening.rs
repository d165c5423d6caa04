//! An agent takes an inquiry back from history; also the undo of closing.

use jiff::Timestamp;

use super::Inquiry;
use crate::actor::{Agent, By};
use crate::change::Change;
use crate::event::Event;
use crate::labels::Alarm;
use crate::refusal::Refusal;
use crate::shop::Shop;

impl Inquiry {
    /// Makes it active again, as it was before it ended: an unanswered message waits on from
    /// when it was written, though the seven days to its end count anew.
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
        next.reopened_at = Some(now);
        next.raised = self.raised.without(Alarm::Unanswered5Days).without(Alarm::Unanswered6Days);
        next.remind_at = Some(shop.remind_at(now)).filter(|_| self.unanswered_since.is_none());
        Ok(Change::to(next).record(By::Agent(agent.id.clone()), now, Event::Reopened))
    }
}

#[cfg(test)]
mod tests {
    use crate::event::Then;
    use crate::inquiry::Closing;
    use crate::labels::{EndReason, Status};
    use crate::refusal::Refusal;
    use crate::testing::{asked, at, mia, shop, text};

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
}
