//! Put aside until a time (SPEC §3.10). It stops none of the clocks of §6: an alarm shows it again.

use jiff::{SignedDuration, Timestamp};

use super::Inquiry;
use crate::actor::{Agent, By};
use crate::change::Change;
use crate::deadline;
use crate::event::Event;
use crate::labels::Alarm;
use crate::refusal::Refusal;

/// The longest snooze.
pub const FURTHEST_SNOOZE: SignedDuration = SignedDuration::from_hours(90 * 24);

impl Inquiry {
    /// Puts it aside until then; `None` takes it back.
    ///
    /// # Errors
    /// [`Refusal::SnoozeInThePast`], [`Refusal::SnoozeTooFar`], [`Refusal::AlreadyEnded`].
    pub fn snooze(&self, agent: &Agent, until: Option<Timestamp>, now: Timestamp) -> Result<Change, Refusal> {
        self.active(now)?;
        let mut next = self.clone();
        next.snoozed_until = until;
        let event = match until {
            Some(until) if until <= now => return Err(Refusal::SnoozeInThePast),
            Some(until) if until > deadline::after(now, FURTHEST_SNOOZE) => {
                return Err(Refusal::SnoozeTooFar);
            }
            Some(until) => Event::Snoozed { until },
            None if self.snoozed_until.is_none() => return Ok(Change::to(self.clone())),
            None => Event::Unsnoozed,
        };
        next.put_aside = until.is_some();
        next.raised = self.raised.without(Alarm::SnoozeOver);
        Ok(Change::to(next).record(By::Agent(agent.id.clone()), now, event))
    }

    /// Whether the plain list leaves it out: put aside, and nothing was raised since.
    pub fn is_aside(&self, now: Timestamp) -> bool {
        self.put_aside && self.snoozed_until.is_some_and(|until| now < until)
    }
}

#[cfg(test)]
mod tests {
    use crate::labels::Alarm;
    use crate::refusal::Refusal;
    use crate::testing::{assigned_to, at, mia, shop, text};

    #[test]
    fn it_comes_back_at_its_time_to_the_second() -> Result<(), Refusal> {
        let aside = assigned_to("mia").snooze(&mia(), Some(at(3600)), at(0))?.after;
        for (seconds, aside_still) in [(3599, true), (3600, false), (3601, false)] {
            let after = aside.enforce(at(seconds)).after;
            assert_eq!(after.is_aside(at(seconds)), aside_still, "{seconds}");
            assert_eq!(after.raised.has(Alarm::SnoozeOver), !aside_still, "{seconds}");
        }
        Ok(())
    }

    #[test]
    fn the_past_and_the_far_future_are_refused() {
        let snooze = |seconds| assigned_to("mia").snooze(&mia(), Some(at(seconds)), at(100)).err();
        let month = 30 * 24 * 3600;
        assert_eq!(snooze(100), Some(Refusal::SnoozeInThePast));
        assert_eq!(snooze(101), None);
        assert_eq!(snooze(3 * month + 100), None);
        assert_eq!(snooze(3 * month + 101), Some(Refusal::SnoozeTooFar));
    }

    #[test]
    fn a_new_message_of_the_customer_and_an_alarm_bring_it_back() -> Result<(), Refusal> {
        let day = 24 * 3600;
        let aside = assigned_to("mia").snooze(&mia(), Some(at(10 * day)), at(0))?.after;
        let written = aside.follow_up(&shop(), &text("Hello?"), at(60))?.after;
        assert_eq!(written.snoozed_until, None);
        let late = aside.enforce(at(20 * 3600)).after;
        assert!(!late.is_aside(at(20 * 3600)), "an alarm shows it");
        assert_eq!(late.snoozed_until, Some(at(10 * day)));
        Ok(())
    }
}
