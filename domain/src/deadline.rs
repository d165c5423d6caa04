//! Limits of time, as pure functions of what happened (SPEC §6). They hold at the moment
//! of asking, whether or not a schedule has run.

use jiff::{SignedDuration, Timestamp};

/// From history to locked (SPEC §3.4).
pub const LOCKED_AFTER: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Unreplied for longer than this is about to expire (SPEC §4.2).
pub const EXPIRING_AFTER: SignedDuration = SignedDuration::from_hours(20);

/// The customer waits so long: the second warning (SPEC §6.3).
pub const UNANSWERED_1_DAY: SignedDuration = SignedDuration::from_hours(24);
/// Since the customer's last message: the third warning (SPEC §6.3).
pub const UNANSWERED_5_DAYS: SignedDuration = SignedDuration::from_hours(5 * 24);
/// Since the customer's last message: the last warning (SPEC §6.3).
pub const UNANSWERED_6_DAYS: SignedDuration = SignedDuration::from_hours(6 * 24);
/// Since the customer's last message: closed unanswered (SPEC §6.3).
pub const TIMED_OUT_AFTER: SignedDuration = SignedDuration::from_hours(7 * 24);
/// From an agent's last heartbeat to offline (SPEC §5.1).
pub const OFFLINE_AFTER: SignedDuration = SignedDuration::from_secs(60);

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

/// That much later; the end of time at the latest.
pub fn after(start: Timestamp, span: SignedDuration) -> Timestamp {
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
