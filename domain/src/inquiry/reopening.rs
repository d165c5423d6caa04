//! An agent takes an inquiry back from history; also the undo of closing.

use jiff::Timestamp;

use super::Inquiry;
use crate::actor::{Agent, By};
use crate::change::Change;
use crate::event::Event;
use crate::refusal::Refusal;

impl Inquiry {
    /// Makes it active again, as it was before it ended: an unanswered message waits on from
    /// when it was written.
    ///
    /// # Errors
    /// [`Refusal::NotEnded`], [`Refusal::Locked`], [`Refusal::Merged`].
    pub fn reopen(&self, agent: &Agent, now: Timestamp) -> Result<Change, Refusal> {
        self.writable(now)?;
        if self.ended.is_none() {
            return Err(Refusal::NotEnded);
        }
        let mut next = self.clone();
        next.ended = None;
        Ok(Change::to(next).record(By::Agent(agent.id.clone()), now, Event::Reopened))
    }
}

#[cfg(test)]
mod tests {
    use crate::event::Then;
    use crate::inquiry::Closing;
    use crate::labels::{EndReason, Status};
    use crate::refusal::Refusal;
    use crate::testing::{asked, at, mia, text};

    #[test]
    fn reopening_undoes_a_close_with_the_wait_it_had() -> Result<(), Refusal> {
        let closing = Closing { reason: Some(EndReason::Test), detail: None };
        let again = asked().close(&mia(), closing, at(60))?.after.reopen(&mia(), at(65))?.after;
        assert_eq!(again.status(), Status::AwaitingReply);
        assert_eq!(again.waiting_since(), Some(at(0)));
        assert_eq!(again.reopen(&mia(), at(66)).err(), Some(Refusal::NotEnded));
        Ok(())
    }

    #[test]
    fn an_answered_one_comes_back_in_conversation_until_the_lock() -> Result<(), Refusal> {
        let done = asked().reply(&mia(), &text("Yes"), Then::Done, at(0))?.after;
        assert_eq!(done.reopen(&mia(), at(10))?.after.status(), Status::InConversation);
        assert_eq!(done.reopen(&mia(), at(30 * 24 * 3600)).err(), Some(Refusal::Locked));
        Ok(())
    }
}
