//! The customer writes again (SPEC §3.3).

use jiff::Timestamp;

use super::{EXCERPT_BYTES, Inquiry};
use crate::actor::By;
use crate::change::Change;
use crate::event::{Event, Why};
use crate::refusal::Refusal;
use crate::shop::Shop;
use crate::text::Text;

impl Inquiry {
    /// Adds the customer's message: from any status back to awaiting reply. It stays with its
    /// agent while that agent serves the shop, else it is a new arrival.
    ///
    /// # Errors
    /// [`Refusal::Locked`] after 30 days in history: open a new inquiry that follows this one.
    /// [`Refusal::Merged`]: write into the other one.
    pub fn follow_up(&self, shop: &Shop, text: &Text, now: Timestamp) -> Result<Change, Refusal> {
        self.writable(now)?;
        let mut next = self.clone();
        next.ended = None;
        next.unanswered_since = self.unanswered_since.filter(|_| self.ended.is_none()).or(Some(now));
        next.last_customer_message_at = now;
        next.last_message_at = now;
        next.preview = text.excerpt(EXCERPT_BYTES);
        next.seen = false;
        let change = Change::to(next).record(
            By::Customer,
            now,
            Event::CustomerWrote { text: text.as_str().to_owned() },
        );
        Ok(change.freed_from_who_left(shop, now).given_to_only_agent(shop, now))
    }
}

impl Change {
    fn freed_from_who_left(mut self, shop: &Shop, now: Timestamp) -> Self {
        let left = self.after.assignee.take_if(|agent| !shop.can_serve(agent));
        match left {
            None => self,
            from => self.record(
                By::System,
                now,
                Event::Assigned { from, to: None, why: Why::AgentLeft, note: None },
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::event::Then;
    use crate::labels::Status;
    use crate::refusal::Refusal;
    use crate::testing::{agent, assigned_to, at, mia, shop, text};

    #[test]
    fn a_second_unanswered_message_does_not_restart_the_wait() -> Result<(), Refusal> {
        let inquiry = assigned_to("mia").follow_up(&shop(), &text("anybody?"), at(600))?.after;
        assert_eq!(inquiry.waiting_since(), Some(at(0)));
        assert_eq!(inquiry.last_customer_message_at, at(600));
        Ok(())
    }

    #[test]
    fn writing_reopens_and_stays_with_its_agent() -> Result<(), Refusal> {
        let done = assigned_to("mia").reply(&mia(), &text("Sent today"), Then::Done, at(60))?.after;
        assert_eq!(done.status(), Status::Replied);
        let again = done.follow_up(&shop(), &text("Still not here"), at(120))?.after;
        assert_eq!(again.status(), Status::AwaitingReply);
        assert_eq!(again.waiting_since(), Some(at(120)));
        assert_eq!(again.assignee, Some(agent("mia")));
        assert!(again.unread());
        Ok(())
    }

    #[test]
    fn an_inquiry_of_somebody_who_left_arrives_anew() -> Result<(), Refusal> {
        let inquiry = assigned_to("gone").follow_up(&shop(), &text("hello?"), at(60))?.after;
        assert_eq!(inquiry.assignee, None);
        Ok(())
    }

    #[test]
    fn thirty_days_after_the_end_it_is_locked_to_the_second() -> Result<(), Refusal> {
        let done = assigned_to("mia").reply(&mia(), &text("Done"), Then::Done, at(0))?.after;
        let month = 30 * 24 * 3600;
        assert!(done.follow_up(&shop(), &text("in time"), at(month - 1)).is_ok());
        for late in [month, month + 1] {
            assert_eq!(done.follow_up(&shop(), &text("late"), at(late)), Err(Refusal::Locked));
            assert_eq!(done.reply(&mia(), &text("late"), Then::Done, at(late)), Err(Refusal::Locked));
        }
        Ok(())
    }

    #[test]
    fn waiting_restarts_for_a_message_that_was_closed_unanswered() -> Result<(), Refusal> {
        let closed = assigned_to("mia").settle(at(10))?.after;
        let again = closed.follow_up(&shop(), &text("after all"), at(500))?.after;
        assert_eq!(again.waiting_since(), Some(at(500)));
        Ok(())
    }
}
