//! Time is enforced (SPEC §6): what is due is raised or closed, each once, in the order and at
//! the times at which it came due, however late somebody looks. So the state does not depend on
//! when, or how often, a schedule ran.

use jiff::Timestamp;

use super::Inquiry;
use crate::actor::By;
use crate::change::Change;
use crate::deadline;
use crate::event::Event;
use crate::labels::{Alarm, EndReason};

/// A set of alarms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Raised(u8);

impl Raised {
    /// Whether an alarm is in it.
    pub const fn has(self, alarm: Alarm) -> bool {
        self.0 & Self::bit(alarm) != 0
    }
    /// The set with one more.
    #[must_use]
    pub const fn with(self, alarm: Alarm) -> Self {
        Self(self.0 | Self::bit(alarm))
    }
    /// The set with one less.
    #[must_use]
    pub const fn without(self, alarm: Alarm) -> Self {
        Self(self.0 & !Self::bit(alarm))
    }
    /// Whether nothing was raised.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
    /// As one number: bit n stands for the alarm with place n of [`Alarm::ALL`].
    pub const fn bits(self) -> u8 {
        self.0
    }
    /// From that number.
    pub const fn from_bits(bits: u8) -> Self {
        Self(bits)
    }
    const fn bit(alarm: Alarm) -> u8 {
        1 << alarm as u8
    }
}

/// What comes due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// An alarm.
    Alarm(Alarm),
    /// The end, seven days after the customer's last message.
    TimeOut,
}

impl Inquiry {
    /// What comes due next, and when; nothing in history, in a merged or an unconfirmed one.
    pub fn next_due(&self) -> Option<(Timestamp, Due)> {
        if !self.active_and_listed() {
            return None;
        }
        let alarm = |at: Option<Timestamp>, alarm: Alarm| {
            at.filter(|_| !self.raised.has(alarm)).map(|at| (at, Due::Alarm(alarm)))
        };
        let since = self.unanswered_since;
        let waited = |span| since.map(|since| deadline::after(since, span));
        let silent = |span| since.map(|_| deadline::after(self.silent_since(), span));
        [
            alarm(self.reply_due_at.filter(|_| since.is_some()), Alarm::Overdue),
            alarm(waited(deadline::EXPIRING_AFTER), Alarm::Expiring),
            alarm(waited(deadline::UNANSWERED_1_DAY), Alarm::Unanswered1Day),
            alarm(silent(deadline::UNANSWERED_5_DAYS), Alarm::Unanswered5Days),
            alarm(silent(deadline::UNANSWERED_6_DAYS), Alarm::Unanswered6Days),
            silent(deadline::TIMED_OUT_AFTER).map(|at| (at, Due::TimeOut)),
            alarm(self.remind_at.filter(|_| since.is_none()), Alarm::Forgotten),
            alarm(self.snoozed_until, Alarm::SnoozeOver),
        ]
        .into_iter()
        .flatten()
        .min_by_key(|(at, _)| *at)
    }

    /// When it will be closed if nobody answers; only while the customer waits.
    pub fn expires_at(&self) -> Option<Timestamp> {
        let since = self.waiting_since().filter(|_| self.listed());
        since.map(|_| deadline::after(self.silent_since(), deadline::TIMED_OUT_AFTER))
    }

    /// Applies all that is due at `now`. With nothing due the change is empty.
    pub fn enforce(&self, now: Timestamp) -> Change {
        let mut change = Change::to(self.clone());
        while let Some((at, due)) = change.after.next_due().filter(|(at, _)| *at <= now) {
            change = match due {
                Due::Alarm(alarm) => change.raise(alarm, at),
                Due::TimeOut => change.time_out(at),
            };
        }
        change
    }

    /// What the seven days count from: the customer's last message, or later the moment in which
    /// staff took it back from history.
    pub(super) fn silent_since(&self) -> Timestamp {
        self.reopened_at.map_or(self.last_customer_message_at, |at| at.max(self.last_customer_message_at))
    }
}

impl Change {
    fn raise(mut self, alarm: Alarm, at: Timestamp) -> Self {
        self.after.raised = self.after.raised.with(alarm);
        self.after.put_aside = false;
        if alarm == Alarm::SnoozeOver {
            self.after.snoozed_until = None;
        }
        self.record(By::System, at, Event::Raised { alarm })
    }

    fn time_out(mut self, at: Timestamp) -> Self {
        let at = at.max(self.after.changed_at);
        self.after.end(EndReason::Timeout, None, at);
        self.record(By::System, at, Event::TimedOut)
    }
}

#[cfg(test)]
#[path = "enforcing_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "limits_tests.rs"]
mod limits_tests;
