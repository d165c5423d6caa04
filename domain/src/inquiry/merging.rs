//! Merging duplicates of one customer: a pointer; messages never move (SPEC §3.9).

use jiff::Timestamp;

use super::{Inquiry, Raised};
use crate::actor::{Agent, By};
use crate::change::Change;
use crate::event::{Event, Why};
use crate::labels::Alarm;
use crate::refusal::Refusal;
use crate::shop::Shop;

/// The most inquiries that can be part of one.
const MOST_ABSORBED: usize = 20;

impl Inquiry {
    /// Makes this inquiry part of `into`: this one is locked and leaves the lists, the other
    /// shows it, and waits for an answer if this one did. Answers with both changes, this one's
    /// first; they are stored together.
    ///
    /// # Errors
    /// [`Refusal::NotMergeable`], [`Refusal::TooManyMerged`], [`Refusal::Merged`], [`Refusal::Locked`].
    pub fn merge(
        &self,
        into: &Self,
        shop: &Shop,
        agent: &Agent,
        now: Timestamp,
    ) -> Result<(Change, Change), Refusal> {
        self.writable(now)?;
        into.writable(now)?;
        let same_customer = self.shop == into.shop && self.customer.key == into.customer.key;
        if !same_customer || self.id == into.id || !self.absorbed.is_empty() || !into.confirmed {
            return Err(Refusal::NotMergeable);
        }
        if into.absorbed.len() >= MOST_ABSORBED {
            return Err(Refusal::TooManyMerged);
        }
        let by = || By::Agent(agent.id.clone());
        let (mut part, mut whole) = (self.clone(), into.clone());
        part.merged_into = Some(into.id.clone());
        whole.absorbed.push(self.id.clone());
        let waits = self.waiting_since().is_some();
        if waits {
            whole.waits_for(self);
        }
        let absorbed = Event::Absorbed { inquiry: self.id.clone(), waits };
        let mut whole = Change::to(whole).record(by(), now, absorbed);
        if waits {
            if into.ended.is_some() && into.assignee != self.assignee {
                whole = whole.assign(self.assignee.clone(), Why::Reopened, None, by(), now);
            }
            whole = whole.arrived(false, shop, now);
        }
        Ok((Change::to(part).record(by(), now, Event::Merged { into: into.id.clone() }), whole))
    }

    /// Takes over the wait of a part: its unanswered message is in an active list, with its deadlines,
    /// whatever became of this one before.
    fn waits_for(&mut self, part: &Self) {
        let waited = self.waiting_since().is_some();
        let (mine, theirs) = (self.silent_since(), part.silent_since());
        let mut raised = part.raised;
        if waited {
            raised = Raised::from_bits(raised.bits() | self.raised.bits());
            // The days without a word count from the later message, and so do their warnings.
            let later = if theirs >= mine { part.raised } else { self.raised };
            for alarm in [Alarm::Unanswered5Days, Alarm::Unanswered6Days] {
                raised = if later.has(alarm) { raised } else { raised.without(alarm) };
            }
        } else {
            self.unanswered_since = None;
            self.reply_due_at = None;
        }
        let earlier = |one: Option<Timestamp>, other: Option<Timestamp>| one.into_iter().chain(other).min();
        self.unanswered_since = earlier(self.unanswered_since, part.unanswered_since);
        self.reply_due_at = earlier(self.reply_due_at, part.reply_due_at);
        self.raised = raised.without(Alarm::SnoozeOver);
        self.reopened_at = self.reopened_at.max(Some(theirs));
        self.remind_at = None;
        self.ended = None;
        self.seen = part.seen && self.seen && self.assignee == part.assignee;
        self.come_back();
    }

    /// Undoes a merge: removes the pointer; the part stands again where it stood. The whole goes on
    /// waiting if it waited: nothing unanswered ends by an undo.
    ///
    /// # Errors
    /// [`Refusal::NotMerged`].
    pub fn unmerge(
        &self,
        from: &Self,
        shop: &Shop,
        agent: &Agent,
        now: Timestamp,
    ) -> Result<(Change, Change), Refusal> {
        if self.merged_into.as_ref() != Some(&from.id) {
            return Err(Refusal::NotMerged);
        }
        let by = || By::Agent(agent.id.clone());
        let (mut part, mut whole) = (self.clone(), from.clone());
        part.merged_into = None;
        let active = part.ended.is_none();
        if active {
            // Its clocks stood still.
            part.count_days_anew(shop, now);
        }
        whole.absorbed.retain(|id| *id != self.id);
        let part = Change::to(part).record(by(), now, Event::Unmerged { from: from.id.clone() });
        Ok((
            if active { part.arrived(false, shop, now) } else { part },
            Change::to(whole).record(by(), now, Event::Released { inquiry: self.id.clone() }),
        ))
    }
}

#[cfg(test)]
mod tests {
    use crate::event::Then;
    use crate::inquiry::Inquiry;
    use crate::labels::{Alarm, Status};
    use crate::refusal::Refusal;
    use crate::testing::{agent, asked, asked_again, assigned_to, at, mia, shop, text};

    const DAY: i64 = 24 * 3600;

    #[test]
    fn a_merged_one_is_locked_until_the_merge_is_undone() -> Result<(), Refusal> {
        let (part, whole) = asked().merge(&asked_again(), &shop(), &mia(), at(1))?;
        assert!(!part.after.listed());
        let merged = Refusal::Merged { into: whole.after.id.clone() };
        assert_eq!(
            part.after.reply(&shop(), &mia(), &text("?"), Then::Done, at(2)).err(),
            Some(merged.clone())
        );
        assert_eq!(part.after.follow_up(&shop(), &text("?"), at(2)).err(), Some(merged));
        let (alone, rest) = part.after.unmerge(&whole.after, &shop(), &mia(), at(3))?;
        assert!(alone.after.listed() && rest.after.absorbed.is_empty());
        assert_eq!(alone.after.status(), asked().status());
        Ok(())
    }

    #[test]
    fn only_two_of_the_same_customer_merge() {
        let mut other = asked_again();
        other.customer.key = crate::ids::CustomerKey::from_bits(9);
        assert_eq!(asked().merge(&other, &shop(), &mia(), at(1)).err(), Some(Refusal::NotMergeable));
        assert_eq!(asked().merge(&asked(), &shop(), &mia(), at(1)).err(), Some(Refusal::NotMergeable));
        assert_eq!(asked().unmerge(&other, &shop(), &mia(), at(1)).err(), Some(Refusal::NotMerged));
    }

    #[test]
    fn what_waits_goes_on_waiting_in_the_whole_though_that_had_ended() -> Result<(), Refusal> {
        let whole = Inquiry { assignee: Some(agent("leo")), ..asked_again() };
        let whole = whole.reply(&shop(), &mia(), &text("Done"), Then::Done, at(0))?.after;
        let part = Inquiry { unanswered_since: Some(at(DAY)), ..assigned_to("mia") };
        let part = Inquiry { last_customer_message_at: at(DAY), ..part };
        let (_, merged) = part.merge(&whole, &shop(), &mia(), at(2 * DAY))?;
        let whole = merged.after;
        assert_eq!((whole.status(), whole.waiting_since()), (Status::AwaitingReply, Some(at(DAY))));
        assert_eq!(whole.reply_due_at, part.reply_due_at, "as promised to the part");
        assert_eq!(whole.assignee, Some(agent("mia")), "whoever had the part has it");
        let late = whole.enforce(at(8 * DAY - 1)).after;
        assert!(late.raised.has(Alarm::Unanswered6Days) && late.status() == Status::AwaitingReply);
        assert_eq!(whole.enforce(at(8 * DAY)).after.status(), Status::Replied, "the part's seven days");
        Ok(())
    }

    #[test]
    fn two_that_wait_wait_since_the_earlier_and_end_with_the_later() -> Result<(), Refusal> {
        let early = asked().enforce(at(5 * DAY)).after;
        let mut late = asked_again();
        (late.unanswered_since, late.last_customer_message_at) = (Some(at(4 * DAY)), at(4 * DAY));
        for (part, whole) in [(&early, &late), (&late, &early)] {
            let whole = part.merge(whole, &shop(), &mia(), at(5 * DAY))?.1.after;
            assert_eq!(whole.waiting_since(), Some(at(0)));
            assert!(whole.raised.has(Alarm::Overdue) && !whole.raised.has(Alarm::Unanswered5Days));
            assert_eq!(whole.enforce(at(11 * DAY - 1)).after.status(), Status::AwaitingReply);
            assert_eq!(whole.enforce(at(11 * DAY)).after.status(), Status::Replied);
        }
        Ok(())
    }

    #[test]
    fn an_undone_merge_counts_the_days_anew_and_warns_again() -> Result<(), Refusal> {
        let old = asked().enforce(at(6 * DAY)).after;
        let (part, whole) = old.merge(&asked_again(), &shop(), &mia(), at(6 * DAY))?;
        let alone = part.after.unmerge(&whole.after, &shop(), &mia(), at(20 * DAY))?.0.after;
        assert!(!alone.raised.has(Alarm::Unanswered5Days) && !alone.raised.has(Alarm::Unanswered6Days));
        assert!(alone.enforce(at(26 * DAY)).after.raised.has(Alarm::Unanswered6Days));
        let gone = Inquiry { assignee: Some(agent("gone")), ..part.after };
        assert_eq!(gone.unmerge(&whole.after, &shop(), &mia(), at(20 * DAY))?.0.after.assignee, None);
        Ok(())
    }
}
