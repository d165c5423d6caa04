use proptest::prelude::*;

use super::{Due, Raised};
use crate::event::{Event, Then};
use crate::inquiry::{Closing, Inquiry};
use crate::labels::{Alarm, EndReason, Priority};
use crate::refusal::Refusal;
use crate::shop::Shop;
use crate::testing::{assigned_to, at, mia, shop, text};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

fn of_priority(priority: Priority) -> Inquiry {
    let asked = assigned_to("mia");
    Inquiry { priority, reply_due_at: Some(shop().reply_due(at(0), priority)), ..asked }
}

fn raised(inquiry: &Inquiry, seconds: i64, alarm: Alarm) -> bool {
    inquiry.enforce(at(seconds)).after.raised.has(alarm)
}

/// Every limit of SPEC §6 a second before, at, and a second after.
#[test]
fn every_limit_holds_from_its_very_second() {
    let cases = [
        (Priority::Urgent, 4 * HOUR, Alarm::Overdue),
        (Priority::Important, 12 * HOUR, Alarm::Overdue),
        (Priority::General, 24 * HOUR, Alarm::Overdue),
        (Priority::General, 20 * HOUR, Alarm::Expiring),
        (Priority::General, 24 * HOUR, Alarm::Unanswered1Day),
        (Priority::General, 5 * DAY, Alarm::Unanswered5Days),
        (Priority::General, 6 * DAY, Alarm::Unanswered6Days),
    ];
    for (priority, limit, alarm) in cases {
        let inquiry = of_priority(priority);
        for (seconds, expected) in [(limit - 1, false), (limit, true), (limit + 1, true)] {
            assert_eq!(raised(&inquiry, seconds, alarm), expected, "{alarm:?} at {seconds}");
        }
    }
    for (seconds, closed) in [(7 * DAY - 1, false), (7 * DAY, true), (7 * DAY + 1, true)] {
        let after = of_priority(Priority::General).enforce(at(seconds)).after;
        assert_eq!(after.ended.is_some(), closed, "{seconds}");
        assert!(
            !closed || after.ended.is_some_and(|it| it.reason == EndReason::Timeout && it.at == at(7 * DAY))
        );
    }
}

#[test]
fn the_ladder_is_climbed_in_order_at_its_own_times_however_late_somebody_looks() {
    let change = of_priority(Priority::Urgent).enforce(at(30 * DAY));
    let story: Vec<_> = change
        .entries
        .iter()
        .map(|entry| match entry.event {
            Event::Raised { alarm } => (alarm.as_str(), entry.at),
            _ => ("closed", entry.at),
        })
        .collect();
    assert_eq!(
        story,
        [
            ("overdue", at(4 * HOUR)),
            ("expiring", at(20 * HOUR)),
            ("unanswered_1_day", at(24 * HOUR)),
            ("unanswered_5_days", at(5 * DAY)),
            ("unanswered_6_days", at(6 * DAY)),
            ("closed", at(7 * DAY)),
        ]
    );
    assert_eq!(change.notices.len(), 1, "one mail to the customer: the apology");
    assert_eq!(change.after.next_due(), None);
    assert!(change.after.enforce(at(60 * DAY)).entries.is_empty());
}

#[test]
fn the_days_to_the_end_count_from_the_last_message_and_the_hours_from_the_first() -> Result<(), Refusal> {
    let inquiry = of_priority(Priority::General);
    let again = inquiry.enforce(at(5 * DAY + 1)).after.follow_up(&shop(), &text("?"), at(5 * DAY + 1))?.after;
    assert!(!again.raised.has(Alarm::Unanswered5Days));
    assert!(again.raised.has(Alarm::Overdue), "a second message does not restart the wait");
    assert_eq!(again.expires_at(), Some(at(12 * DAY + 1)));
    Ok(())
}

#[test]
fn in_conversation_it_is_raised_after_a_day_without_a_further_reply() -> Result<(), Refusal> {
    let talking =
        of_priority(Priority::General).reply(&shop(), &mia(), &text("I ask"), Then::KeepOpen, at(60))?;
    for (seconds, expected) in [(DAY + 59, false), (DAY + 60, true), (DAY + 61, true)] {
        assert_eq!(raised(&talking.after, seconds, Alarm::Forgotten), expected, "{seconds}");
    }
    let mut soon = shop();
    soon.service_settings.reminder_hours = 2;
    let talking =
        of_priority(Priority::General).reply(&soon, &mia(), &text("I ask"), Then::KeepOpen, at(60))?;
    assert_eq!(talking.after.next_due(), Some((at(2 * HOUR + 60), Due::Alarm(Alarm::Forgotten))));
    Ok(())
}

#[test]
fn an_answer_ends_the_ladder_and_a_new_message_begins_it() -> Result<(), Refusal> {
    let late = of_priority(Priority::Urgent).enforce(at(5 * HOUR)).after;
    let answered = late.reply(&shop(), &mia(), &text("Sorry"), Then::KeepOpen, at(5 * HOUR))?.after;
    assert_eq!(answered.raised, Raised::default());
    let again = answered.follow_up(&shop(), &text("And?"), at(6 * HOUR))?.after;
    assert_eq!(again.next_due(), Some((at(10 * HOUR), Due::Alarm(Alarm::Overdue))));
    Ok(())
}

#[test]
fn what_staff_take_back_from_history_is_not_closed_again_at_once() -> Result<(), Refusal> {
    let closed = of_priority(Priority::General).enforce(at(7 * DAY)).after;
    let back = closed.reopen(&shop(), &mia(), at(10 * DAY))?.after;
    assert!(back.enforce(at(10 * DAY + 60)).after.ended.is_none());
    assert_eq!(back.expires_at(), Some(at(17 * DAY)));
    Ok(())
}

#[test]
fn a_higher_priority_promises_an_earlier_time_from_the_same_message() -> Result<(), Refusal> {
    let inquiry = of_priority(Priority::General);
    let labels = crate::inquiry::Labels { priority: Some(Priority::Urgent), ..Default::default() };
    let urgent = inquiry.label(&shop(), &mia(), labels, at(5 * HOUR))?.after;
    let change = urgent.enforce(at(5 * HOUR));
    assert!(change.after.raised.has(Alarm::Overdue));
    assert_eq!(change.entries[0].at, at(5 * HOUR), "the timeline never goes back");
    Ok(())
}

/// What people do, in order; each at some time after the one before.
#[derive(Debug, Clone)]
enum Act {
    Writes,
    Replies(Then),
    Closes,
    Reopens,
    Settles,
    Snoozes(i64),
    Prioritizes(Priority),
}

fn acts() -> impl Strategy<Value = Vec<(i64, Act)>> {
    let act = prop_oneof![
        3 => Just(Act::Writes),
        2 => Just(Act::Replies(Then::KeepOpen)),
        1 => Just(Act::Replies(Then::Done)),
        1 => Just(Act::Closes),
        1 => Just(Act::Reopens),
        1 => Just(Act::Settles),
        2 => (60..3 * DAY).prop_map(Act::Snoozes),
        1 => Just(Act::Prioritizes(Priority::Urgent)),
    ];
    proptest::collection::vec((1..4 * DAY, act), 1..12)
}

fn done(inquiry: &Inquiry, act: &Act, shop: &Shop, now: i64) -> Inquiry {
    let (mia, words) = (mia(), text("words"));
    let change = match act {
        Act::Writes => inquiry.follow_up(shop, &words, at(now)),
        Act::Replies(then) => inquiry.reply(shop, &mia, &words, *then, at(now)),
        Act::Closes => {
            inquiry.close(&mia, Closing { reason: Some(EndReason::Duplicate), detail: None }, at(now))
        }
        Act::Reopens => inquiry.reopen(shop, &mia, at(now)),
        Act::Settles => inquiry.settle(at(now)),
        Act::Snoozes(seconds) => inquiry.snooze(&mia, Some(at(now + seconds)), at(now)),
        Act::Prioritizes(priority) => {
            let labels = crate::inquiry::Labels { priority: Some(*priority), ..Default::default() };
            inquiry.label(shop, &mia, labels, at(now))
        }
    };
    change.map_or_else(|_| inquiry.clone(), |change| change.after)
}

proptest! {
    /// Whether the schedule runs punctually, now and then, or never: the state is the same,
    /// to the last entry's number.
    #[test]
    fn the_state_does_not_depend_on_when_the_schedule_ran(
        acts in acts(), runs in proptest::collection::vec(1..6 * DAY, 0..40)
    ) {
        let shop = shop();
        let (mut now, mut lazy, mut driven) = (0, assigned_to("mia"), assigned_to("mia"));
        let mut runs = runs.iter().scan(0, |time, step| { *time += step; Some(*time) }).peekable();
        for (step, act) in &acts {
            now += step;
            while let Some(run) = runs.next_if(|run| *run < now) {
                driven = driven.enforce(at(run)).after;
                driven = driven.enforce(at(run)).after;
            }
            lazy = done(&lazy.enforce(at(now)).after, act, &shop, now);
            driven = done(&driven.enforce(at(now)).after, act, &shop, now);
        }
        prop_assert_eq!(lazy.enforce(at(now + 40 * DAY)).after, driven.enforce(at(now + 40 * DAY)).after);
    }

    /// Nothing is raised before its time, nothing later than at its time, and it always ends.
    #[test]
    fn nothing_is_due_in_the_past_after_enforcing(acts in acts()) {
        let shop = shop();
        let (mut now, mut inquiry) = (0, assigned_to("mia"));
        for (step, act) in &acts {
            now += step;
            inquiry = done(&inquiry.enforce(at(now)).after, act, &shop, now).enforce(at(now)).after;
            prop_assert!(inquiry.next_due().is_none_or(|(due, _)| due > at(now)));
        }
    }
}
