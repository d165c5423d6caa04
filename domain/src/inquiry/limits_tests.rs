//! The limits of SPEC §6 in a shop whose clocks change: hours that pass count, not what clocks show.

use jiff::{SignedDuration, Timestamp};

use crate::calendar::{Day, Span, Week};
use crate::event::Then;
use crate::inquiry::{Closing, Inquiry};
use crate::labels::{Alarm, EndReason, Priority};
use crate::refusal::Refusal;
use crate::shop::{ReplyClock, Shop};
use crate::testing::{agent, mia, shop, submitted_to, text};

type Outcome = Result<(), Box<dyn std::error::Error>>;

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
/// Clocks in Berlin go on at 01:00 UTC, and back at 01:00 UTC: an hour or two after these.
const BEFORE_CHANGES: [&str; 4] =
    ["2027-03-28T00:00:00Z", "2027-03-27T23:00:00Z", "2027-10-31T00:00:00Z", "2027-10-30T23:00:00Z"];

fn berlin() -> Shop {
    Shop { time_zone: "Europe/Berlin".to_owned(), ..shop() }
}

fn mias(shop: &Shop, priority: Priority, since: Timestamp) -> Inquiry {
    let asked = submitted_to(shop, since).after;
    let reply_due_at = Some(shop.reply_due(since, priority));
    Inquiry { assignee: Some(agent("mia")), priority, reply_due_at, ..asked }
}

/// A second before, at, and a second after: from its very second on.
fn around(limit: Timestamp) -> [(Timestamp, bool); 3] {
    let second = SignedDuration::from_secs(1);
    [(limit - second, false), (limit, true), (limit + second, true)]
}

fn later(since: Timestamp, seconds: i64) -> Timestamp {
    since + SignedDuration::from_secs(seconds)
}

#[test]
fn every_limit_is_as_many_real_hours_also_over_the_days_on_which_clocks_change() -> Outcome {
    let limits = [
        (Priority::Urgent, 4 * HOUR, Alarm::Overdue),
        (Priority::Important, 12 * HOUR, Alarm::Overdue),
        (Priority::General, 24 * HOUR, Alarm::Overdue),
        (Priority::General, 20 * HOUR, Alarm::Expiring),
        (Priority::General, 24 * HOUR, Alarm::Unanswered1Day),
        (Priority::General, 5 * DAY, Alarm::Unanswered5Days),
        (Priority::General, 6 * DAY, Alarm::Unanswered6Days),
    ];
    for start in BEFORE_CHANGES {
        let (shop, since) = (berlin(), start.parse::<Timestamp>()?);
        for (priority, seconds, alarm) in limits {
            let inquiry = mias(&shop, priority, since);
            for (now, expected) in around(later(since, seconds)) {
                let raised = inquiry.enforce(now).after.raised.has(alarm);
                assert_eq!(raised, expected, "{alarm:?} of {priority:?} since {start} at {now}");
            }
        }
        for (now, closed) in around(later(since, 7 * DAY)) {
            let ended = mias(&shop, Priority::General, since).enforce(now).after.ended;
            assert_eq!(ended.is_some(), closed, "the end of what came {start} at {now}");
            let at_its_time =
                |it: crate::inquiry::Ended| it.reason == EndReason::Timeout && it.at == later(since, 7 * DAY);
            assert!(ended.is_none_or(at_its_time));
        }
    }
    Ok(())
}

#[test]
fn so_are_the_lock_the_reminder_and_a_snooze() -> Outcome {
    for start in BEFORE_CHANGES {
        let (shop, since) = (berlin(), start.parse::<Timestamp>()?);
        let inquiry = mias(&shop, Priority::General, since);
        let closing = Closing { reason: Some(EndReason::Duplicate), detail: None };
        let closed = inquiry.close(&mia(), closing, since)?.after;
        for (now, locked) in around(later(since, 30 * DAY)) {
            assert_eq!(closed.locked(now), locked, "since {start} at {now}");
            let reply = closed.reply(&shop, &mia(), &text("Hello"), Then::Done, now);
            assert_eq!(reply.err() == Some(Refusal::Locked), locked);
        }
        let talking = inquiry.reply(&shop, &mia(), &text("I ask"), Then::KeepOpen, since)?.after;
        for (now, raised) in around(later(since, DAY)) {
            assert_eq!(talking.enforce(now).after.raised.has(Alarm::Forgotten), raised, "{start} {now}");
        }
        let aside = inquiry.snooze(&mia(), Some(later(since, 3 * HOUR)), since)?.after;
        for (now, over) in around(later(since, 3 * HOUR)) {
            let after = aside.enforce(now).after;
            assert_eq!(
                (after.raised.has(Alarm::SnoozeOver), after.is_aside(now)),
                (over, !over),
                "{start} {now}"
            );
        }
    }
    Ok(())
}

#[test]
fn overdue_is_raised_at_the_very_second_at_which_business_hours_are_used_up() -> Outcome {
    let mut shop = berlin();
    shop.service_settings.reply_clock = ReplyClock::Business;
    let nights =
        [Span { day: Day::Sunday, from: 60, to: 240 }, Span { day: Day::Monday, from: 540, to: 720 }];
    shop.service_settings.business_hours = Week::new(nights.into())?;
    // Sunday 01:00 to 04:00: two hours in March, four in October; what is left, on Monday from nine.
    let cases = [
        ("2027-03-27T23:00:00Z", "2027-03-29T09:00:00Z"),
        ("2027-10-30T20:00:00Z", "2027-10-31T03:00:00Z"),
        ("2027-10-31T00:30:00Z", "2027-11-01T09:30:00Z"),
    ];
    for (start, due) in cases {
        let (since, due) = (start.parse::<Timestamp>()?, due.parse::<Timestamp>()?);
        let inquiry = mias(&shop, Priority::Urgent, since);
        assert_eq!(inquiry.reply_due_at, Some(due), "since {start}");
        for (now, overdue) in around(due) {
            let change = inquiry.enforce(now);
            assert_eq!(change.after.raised.has(Alarm::Overdue), overdue, "{start} {now}");
        }
    }
    Ok(())
}
