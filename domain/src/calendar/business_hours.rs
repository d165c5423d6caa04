//! Time that counts only while a shop is open (SPEC §6.1).

use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::{Day, Week};

/// Days that are looked through for an open one.
const FURTHEST: SignedDuration = SignedDuration::from_hours(400 * 24);

/// When a shop is open: a week's hours, and the days on which it is closed all the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BusinessHours {
    /// The hours, several spans a day if need be.
    pub week: Week,
    /// Days without any.
    pub holidays: Vec<Date>,
}

/// An unbroken time in which the zone's clocks are neither turned on nor back.
struct Stretch {
    from: Timestamp,
    until: Timestamp,
    offset: Offset,
}

impl BusinessHours {
    /// The instant at which the shop will have been open for `length` since `start`. It is open
    /// whenever the clock on the wall shows an hour of its week: what clocks skip never counts, and
    /// what they repeat counts twice. `None` where it is not open for that long within the next 400 days.
    pub fn after(&self, start: Timestamp, length: SignedDuration, zone: &TimeZone) -> Option<Timestamp> {
        let end = start.checked_add(FURTHEST).ok()?;
        let (mut left, mut from) = (length, start);
        while from < end {
            let turned = zone.following(from).next().map(|transition| transition.timestamp());
            let until = turned.map_or(end, |turned| turned.min(end));
            let stretch = Stretch { from, until, offset: zone.to_offset(from) };
            let mut date = stretch.offset.to_datetime(from).date();
            while stretch.instant(date, 0)? < until {
                for (opens, closes) in self.open_on(date, &stretch) {
                    let open = closes.duration_since(opens);
                    if left <= open {
                        return opens.checked_add(left).ok();
                    }
                    left -= open;
                }
                date = date.tomorrow().ok()?;
            }
            from = until;
        }
        None
    }

    /// The instants of the stretch between which the shop is open on that day, in order.
    fn open_on(&self, date: Date, stretch: &Stretch) -> Vec<(Timestamp, Timestamp)> {
        if self.holidays.contains(&date) {
            return Vec::new();
        }
        let day = Day::of(date.weekday());
        let spans = self.week.spans().iter().filter(|span| span.day == day);
        let instants = spans.filter_map(|span| {
            let opens = stretch.instant(date, span.from)?.max(stretch.from);
            Some((opens, stretch.instant(date, span.to)?.min(stretch.until)))
        });
        instants.filter(|(opens, closes)| opens < closes).collect()
    }
}

impl Stretch {
    /// When its clocks show, or would show, that minute of the day; 24:00 is the next day's first.
    fn instant(&self, date: Date, minute: u16) -> Option<Timestamp> {
        let local = date.to_datetime(Time::midnight()).checked_add(i64::from(minute).minutes()).ok()?;
        self.offset.to_timestamp(local).ok()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::Span;

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
    fn hours_inside_what_clocks_skip_never_come_and_inside_what_they_repeat_come_twice() -> Outcome {
        let only = |day, from, to| BusinessHours {
            week: Week::new(vec![Span { day, from, to }]).unwrap_or_default(),
            holidays: Vec::new(),
        };
        // Berlin skips 02:00 to 03:00 on 29 March: of 02:15 to 02:45 nothing is left until a week later.
        let inside = only(Day::Sunday, 135, 165);
        let zone = TimeZone::get("Europe/Berlin")?;
        let half = SignedDuration::from_mins(30);
        let due = inside.after("2026-03-29T00:00:00+01:00".parse()?, half, &zone);
        assert_eq!(due, Some("2026-04-05T02:45:00+02:00".parse()?));
        // On 25 October it comes twice within an hour.
        let due = inside.after("2026-10-25T00:00:00+02:00".parse()?, half * 2, &zone);
        assert_eq!(due, Some("2026-10-25T02:45:00+01:00".parse()?));
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
        /// Counting the open minutes up to the answer gives back what was asked: in offices, at night, where
        /// midnight does not exist (Cairo, Santiago) and over the days on which clocks change.
        #[test]
        fn the_open_time_up_to_the_answer_is_what_was_asked(
            from_change in -3_000i64..3_000, minutes in 1i64..2_000, zone in 0usize..5, change in 0usize..4,
            spans in proptest::collection::vec((0usize..7, 0u16..1_400, 1u16..200), 1..12),
        ) {
            let zones =
                ["Asia/Taipei", "Europe/Berlin", "America/New_York", "Africa/Cairo", "America/Santiago"];
            let zone = TimeZone::get(zones[zone])?;
            let mut week = office().week;
            for (day, from, length) in spans {
                let span = Span { day: Day::ALL[day], from, to: (from + length).min(1_440) };
                let all = week.spans().iter().copied().chain([span]).collect();
                week = Week::new(all).unwrap_or(week);
            }
            let hours = BusinessHours { week, holidays: Vec::new() };
            let year: Timestamp = "2026-01-01T00:00:00Z".parse()?;
            let change = zone.following(year).nth(change).map_or(year, |it| it.timestamp());
            let start = change.checked_add(SignedDuration::from_mins(from_change))?;
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
