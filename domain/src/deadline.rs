//! Limits of time, as pure functions of what happened (SPEC §6). They hold at the moment
//! of asking, whether or not a schedule has run.

use jiff::{SignedDuration, Timestamp};

/// From history to locked (SPEC §3.4).
pub const LOCKED_AFTER: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Unreplied for longer than this is about to expire (SPEC §4.2).
pub const EXPIRING_AFTER: SignedDuration = SignedDuration::from_hours(20);

/// When the reply is due: the first unanswered message plus the promised hours, on the wall clock.
pub fn reply_due(waiting_since: Timestamp, hours: u32) -> Timestamp {
    after(waiting_since, SignedDuration::from_hours(i64::from(hours)))
}

/// When an inquiry that ended then is locked: nobody can write from this moment on.
pub fn locks_at(ended_at: Timestamp) -> Timestamp {
    after(ended_at, LOCKED_AFTER)
}

/// What waits since this moment or longer is about to expire at `now`.
pub fn expiring_before(now: Timestamp) -> Timestamp {
    now.saturating_sub(EXPIRING_AFTER).unwrap_or(Timestamp::MIN)
}

/// Whether a reply is overdue by more than 20 hours of waiting.
pub fn is_expiring(waiting_since: Timestamp, now: Timestamp) -> bool {
    waiting_since < expiring_before(now)
}

fn after(start: Timestamp, span: SignedDuration) -> Timestamp {
    start.saturating_add(span).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::at;

    #[test]
    fn expiring_begins_after_twenty_hours_to_the_second() {
        let since = at(0);
        for (seconds, expected) in [(20 * 3600 - 1, false), (20 * 3600, false), (20 * 3600 + 1, true)] {
            assert_eq!(is_expiring(since, at(seconds)), expected, "{seconds}");
        }
    }
}
