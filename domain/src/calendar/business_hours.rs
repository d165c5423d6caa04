//! Time that counts only while a shop is open (SPEC §6.1).

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::{DAY_MINUTES, Day, Span, Week};

/// Days that are looked through for an open one.
const FURTHEST_DAYS: usize = 400;

/// When a shop is open: a week's hours, and the days on which it is closed all the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BusinessHours {
    /// The hours, several spans a day if need be.
    pub week: Week,
    /// Days without any.
    pub holidays: Vec<Date>,
}

impl BusinessHours {
    /// The instant at which the shop will have been open for `length` since `start`. Seconds count
    /// as they really pass, so that a day on which clocks change is as long as it is. `None` where it
    /// is not open for that long within the next 400 days.
    pub fn after(&self, start: Timestamp, length: SignedDuration, zone: &TimeZone) -> Option<Timestamp> {
        let mut left = length;
        let mut date = zone.to_datetime(start).date();
        for _ in 0..FURTHEST_DAYS {
            for (opens, closes) in self.open_on(date, zone) {
                let from = opens.max(start);
                let open = closes.duration_since(from);
                if open.is_negative() || open.is_zero() {
                    continue;
                }
                if left <= open {
                    return from.checked_add(left).ok();
                }
                left -= open;
            }
            date = date.tomorrow().ok()?;
        }
        None
    }

    /// The instants between which the shop is open on that day, in order.
    fn open_on(&self, date: Date, zone: &TimeZone) -> Vec<(Timestamp, Timestamp)> {
        if self.holidays.contains(&date) {
            return Vec::new();
        }
        let day = Day::of(date.weekday());
        let spans = self.week.spans().iter().filter(|span| span.day == day);
        spans.filter_map(|span| instants(date, span, zone)).collect()
    }
}

fn instants(date: Date, span: &Span, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
    Some((instant(date, span.from, zone)?, instant(date, span.to, zone)?))
}

/// When the zone's clocks show that minute: the first time if they show it twice, and for one that
/// they skip as much later as they skip.
fn instant(date: Date, minute: u16, zone: &TimeZone) -> Option<Timestamp> {
    let (date, minute) = if minute == DAY_MINUTES { (date.tomorrow().ok()?, 0) } else { (date, minute) };
    let midnight = date.to_datetime(Time::midnight());
    let local = midnight.checked_add(i64::from(minute).minutes()).ok()?;
    zone.to_ambiguous_timestamp(local).compatible().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Outcome = Result<(), Box<dyn std::error::Error>>;

    /// Monday to Friday from 9 to 12 and from 13 to 18.
    fn office() -> BusinessHours {
        let days = &Day::ALL[..5];
        let spans = days.iter().flat_map(|day| {
            [Span { day: *day, from: 540, to: 720 }, Span { day: *day, from: 780, to: 1080 }]
        });
        BusinessHours { week: Week::new(spans.collect()).unwrap_or_default(), holidays: Vec::new() }
    }

    fn due(hours: &BusinessHours, zone: &str, start: &str, length: i64) -> Result<String, jiff::Error> {
        let zone = TimeZone::get(zone)?;
        let start = start.parse()?;
        let due = hours.after(start, SignedDuration::from_hours(length), &zone);
        Ok(due.map_or_else(|| "never".to_owned(), |due| zone.to_datetime(due).to_string()))
    }

    #[test]
    fn only_open_hours_count_across_lunch_nights_weekends_and_holidays() -> Outcome {
        let mut hours = office();
        let taipei = |hours: &BusinessHours, start: &str, length| due(hours, "Asia/Taipei", start, length);
        // 2026-11-20 is a Friday.
        assert_eq!(taipei(&hours, "2026-11-20T10:00:00+08:00", 4)?, "2026-11-20T15:00:00");
        assert_eq!(taipei(&hours, "2026-11-20T16:30:00+08:00", 4)?, "2026-11-23T11:30:00");
        assert_eq!(taipei(&hours, "2026-11-21T03:00:00+08:00", 3)?, "2026-11-23T12:00:00");
        assert_eq!(taipei(&hours, "2026-11-20T12:30:00+08:00", 5)?, "2026-11-20T18:00:00");
        hours.holidays = vec!["2026-11-23".parse()?];
        assert_eq!(taipei(&hours, "2026-11-20T16:30:00+08:00", 4)?, "2026-11-24T11:30:00");
        Ok(())
    }

    #[test]
    fn a_day_on_which_clocks_change_is_as_long_as_it_is() -> Outcome {
        let night = Week::new(vec![Span { day: Day::Sunday, from: 0, to: 360 }])?;
        let hours = BusinessHours { week: night, holidays: Vec::new() };
        // Six hours by the wall: five in March, seven in October.
        assert_eq!(due(&hours, "Europe/Berlin", "2026-03-29T00:00:00+01:00", 5)?, "2026-03-29T06:00:00");
        assert_eq!(due(&hours, "Europe/Berlin", "2026-10-25T00:00:00+02:00", 7)?, "2026-10-25T06:00:00");
        assert_eq!(due(&hours, "Europe/Berlin", "2026-10-25T00:00:00+02:00", 6)?, "2026-10-25T05:00:00");
        Ok(())
    }

    #[test]
    fn a_shop_that_never_opens_promises_nothing() -> Outcome {
        assert_eq!(due(&BusinessHours::default(), "Asia/Taipei", "2026-11-20T10:00:00+08:00", 1)?, "never");
        Ok(())
    }

    #[test]
    fn around_the_clock_is_wall_time_to_the_second() -> Outcome {
        let hours = BusinessHours { week: Week::whole(), holidays: Vec::new() };
        let (zone, start) =
            (TimeZone::get("America/New_York")?, "2026-10-31T23:59:59Z".parse::<Timestamp>()?);
        for seconds in [1, 59, 3600, 4 * 3600 + 1, 90_000, 7 * 86_400] {
            let length = SignedDuration::from_secs(seconds);
            assert_eq!(hours.after(start, length, &zone), start.checked_add(length).ok(), "{seconds}");
        }
        Ok(())
    }

    proptest! {
        /// Counting the open minutes up to the answer gives back what was asked.
        #[test]
        fn the_open_time_up_to_the_answer_is_what_was_asked(
            start in 1_790_000_000i64..1_800_000_000, minutes in 1i64..2_000, zone in 0usize..3
        ) {
            let zone = TimeZone::get(["Asia/Taipei", "Europe/Berlin", "America/New_York"][zone])?;
            let hours = office();
            let start = Timestamp::from_second(start - start.rem_euclid(60))?;
            let due = hours.after(start, SignedDuration::from_mins(minutes), &zone);
            let due = due.ok_or_else(|| TestCaseError::fail("never"))?;
            let mut counted = 0;
            let mut minute = start;
            while minute < due {
                counted += i64::from(hours.week.covers_at(minute, &zone));
                minute = minute.checked_add(SignedDuration::from_mins(1))?;
            }
            prop_assert_eq!(counted, minutes);
        }
    }
}
