//! The customer writes again (SPEC §3.3).

use jiff::Timestamp;

use super::{EXCERPT_BYTES, Inquiry};
use crate::actor::By;
use crate::change::Change;
use crate::event::Event;
use crate::labels::Alarm;
use crate::refusal::Refusal;
use crate::shop::Shop;
use crate::text::Text;

impl Inquiry {
    /// Adds the customer's message: from any status back to awaiting reply. An active one stays
    /// with its agent; one that had ended arrives anew, first of all for whoever had it (SPEC §3.3).
    ///
    /// # Errors
    /// [`Refusal::Locked`] after 30 days in history: open a new inquiry that follows this one.
    /// [`Refusal::Merged`]: write into the other one.
    pub fn follow_up(&self, shop: &Shop, text: &Text, now: Timestamp) -> Result<Change, Refusal> {
        self.writable(now)?;
        let mut next = self.came_back(shop, now);
        next.last_customer_message_at = now;
        next.last_message_at = now;
        next.preview = text.excerpt(EXCERPT_BYTES);
        next.seen = false;
        let change = Change::to(next).record(
            By::Customer,
            now,
            Event::CustomerWrote { text: text.as_str().to_owned() },
        );
        Ok(change.arrived(self.ended.is_some(), shop, now))
    }

    /// The customer re-opens it without a word, by the link of the mail (SPEC §6.3). One that is
    /// active already stays as it is.
    ///
    /// # Errors
    /// [`Refusal::Locked`], [`Refusal::Merged`].
    pub fn reopen_by_customer(&self, shop: &Shop, now: Timestamp) -> Result<Change, Refusal> {
        self.writable(now)?;
        if self.ended.is_none() {
            return Ok(Change::to(self.clone()));
        }
        let mut next = self.came_back(shop, now);
        next.last_customer_message_at = now;
        next.seen = false;
        let change = Change::to(next).record(By::Customer, now, Event::CustomerReopened);
        Ok(change.arrived(true, shop, now))
    }

    /// Active, and the customer waits: from now, or from the first message that is unanswered.
    fn came_back(&self, shop: &Shop, now: Timestamp) -> Self {
        let mut next = self.clone();
        let waits_already = self.ended.is_none() && self.unanswered_since.is_some();
        if waits_already {
            // The days since the last message count anew, and so do their warnings.
            let raised = self.raised.without(Alarm::Unanswered5Days).without(Alarm::Unanswered6Days);
            next.raised = raised;
        } else {
            next.start_waiting(shop, now);
        }
        next.ended = None;
        next.reopened_at = None;
        next.come_back();
        next
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
    fn writing_reopens_and_it_arrives_anew_for_whoever_had_it() -> Result<(), Refusal> {
        let done = assigned_to("mia").reply(&shop(), &mia(), &text("Sent today"), Then::Done, at(60))?.after;
        assert_eq!(done.status(), Status::Replied);
        let again = done.follow_up(&shop(), &text("Still not here"), at(120))?.after;
        assert_eq!(again.status(), Status::AwaitingReply);
        assert_eq!(again.waiting_since(), Some(at(120)));
        assert_eq!((again.assignee.clone(), again.had_by.clone()), (None, Some(agent("mia"))));
        assert!(again.unread());
        Ok(())
    }

    #[test]
    fn an_active_one_stays_with_its_agent() -> Result<(), Refusal> {
        let talking =
            assigned_to("mia").reply(&shop(), &mia(), &text("I ask"), Then::KeepOpen, at(60))?.after;
        let again = talking.follow_up(&shop(), &text("Well?"), at(120))?.after;
        assert_eq!(again.assignee, Some(agent("mia")));
        Ok(())
    }

    #[test]
    fn one_button_of_the_customer_reopens_once() -> Result<(), Refusal> {
        let week = 7 * 24 * 3600;
        let closed = assigned_to("mia").enforce(at(week)).after;
        let back = closed.reopen_by_customer(&shop(), at(week + 60))?.after;
        assert_eq!(back.waiting_since(), Some(at(week + 60)));
        assert_eq!(back.enforce(at(week + 61)).after.status(), Status::AwaitingReply);
        assert!(back.reopen_by_customer(&shop(), at(week + 90))?.entries.is_empty());
        let month = week + 30 * 24 * 3600;
        assert_eq!(closed.reopen_by_customer(&shop(), at(month)).err(), Some(Refusal::Locked));
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
        let done = assigned_to("mia").reply(&shop(), &mia(), &text("Done"), Then::Done, at(0))?.after;
        let month = 30 * 24 * 3600;
        assert!(done.follow_up(&shop(), &text("in time"), at(month - 1)).is_ok());
        for late in [month, month + 1] {
            assert_eq!(done.follow_up(&shop(), &text("late"), at(late)), Err(Refusal::Locked));
            assert_eq!(
                done.reply(&shop(), &mia(), &text("late"), Then::Done, at(late)),
                Err(Refusal::Locked)
            );
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
