//! An agent answers (SPEC §3, §7.1).

use jiff::Timestamp;

use super::{EXCERPT_BYTES, Inquiry, Raised};
use crate::actor::{Agent, By};
use crate::change::Change;
use crate::event::{Event, Then, Why};
use crate::labels::EndReason;
use crate::refusal::Refusal;
use crate::shop::Shop;
use crate::text::Text;

impl Inquiry {
    /// Stores an agent's reply and what becomes of the inquiry; the customer gets one mail.
    /// From history too, until the lock: ending it again starts the 30 days anew (SPEC §3.4).
    /// Whoever answers one that is nobody's, or whose agent no longer serves, has it.
    ///
    /// # Errors
    /// [`Refusal::Locked`] and [`Refusal::Merged`].
    pub fn reply(
        &self,
        shop: &Shop,
        agent: &Agent,
        text: &Text,
        then: Then,
        now: Timestamp,
    ) -> Result<Change, Refusal> {
        self.writable(now)?;
        let mut next = self.clone();
        next.unanswered_since = None;
        next.reply_due_at = None;
        next.raised = Raised::default();
        next.remind_at = Some(shop.remind_at(now));
        next.reopened_at = None;
        next.come_back();
        next.seen = true;
        next.last_message_at = now;
        next.preview = text.excerpt(EXCERPT_BYTES);
        // A second message to somebody who has not written yet answers nothing (SPEC §2.8).
        next.first_answered_at = self.first_answered_at.or(self.unanswered_since.map(|_| now));
        next.last_answered_by = Some(agent.id.clone());
        next.last_answered_at = Some(now);
        next.ended = None;
        if then == Then::Done {
            next.end(EndReason::Answered, None, now);
        }
        let by = || By::Agent(agent.id.clone());
        let change =
            Change::to(next).record(by(), now, Event::AgentReplied { text: text.as_str().to_owned(), then });
        let kept = self.assignee.as_ref().is_some_and(|assignee| shop.can_serve(assignee));
        if kept {
            return Ok(change);
        }
        Ok(change.assign(Some(agent.id.clone()), Why::Replied, None, by(), now))
    }
}

#[cfg(test)]
mod tests {
    use crate::event::Then;
    use crate::labels::{EndReason, Status};
    use crate::notice::{Notice, NoticeKind};
    use crate::refusal::Refusal;
    use crate::testing::{agent, asked, assigned_to, at, mia, shop, text};

    #[test]
    fn a_reply_answers_and_owes_one_mail() -> Result<(), Refusal> {
        let change =
            asked().reply(&shop(), &mia(), &text("Checking with the warehouse"), Then::KeepOpen, at(60))?;
        assert_eq!(change.after.status(), Status::InConversation);
        assert_eq!(change.notices, [Notice { kind: NoticeKind::Reply, seq: 2 }]);
        assert_eq!(change.after.first_answered_at, Some(at(60)));
        assert_eq!(change.after.assignee, Some(agent("mia")), "who answers has it");
        assert_eq!(change.after.version, 3);
        Ok(())
    }

    #[test]
    fn who_answers_has_what_somebody_had_who_no_longer_serves() -> Result<(), Refusal> {
        let reply = |of: &str| assigned_to(of).reply(&shop(), &mia(), &text("Here"), Then::KeepOpen, at(60));
        assert_eq!(reply("gone")?.after.assignee, Some(agent("mia")));
        assert_eq!(reply("leo")?.after.assignee, Some(agent("leo")));
        Ok(())
    }

    #[test]
    fn a_reply_that_ends_owes_one_mail_too_and_frees_the_list() -> Result<(), Refusal> {
        let change = asked().reply(&shop(), &mia(), &text("It left today"), Then::Done, at(60))?;
        assert_eq!(change.after.status(), Status::Replied);
        assert_eq!(change.after.ended.map(|ended| ended.reason), Some(EndReason::Answered));
        assert_eq!(change.notices.len(), 1);
        Ok(())
    }

    #[test]
    fn answering_from_history_starts_the_thirty_days_anew() -> Result<(), Refusal> {
        let day = 24 * 3600;
        let done = asked().reply(&shop(), &mia(), &text("Done"), Then::Done, at(0))?.after;
        let again = done.reply(&shop(), &mia(), &text("One more thing"), Then::Done, at(29 * day))?.after;
        assert!(!again.locked(at(31 * day)));
        assert!(again.locked(at(59 * day)));
        Ok(())
    }
}
