//! Spans of a week in a shop's time: business hours, shifts (SPEC §5.7, §6.1). Zones are applied
//! here and nowhere else; on the days of a change of clocks a span is as long as it really is.

mod business_hours;

pub use business_hours::BusinessHours;

use jiff::Timestamp;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;

/// Minutes of a day.
pub const DAY_MINUTES: u16 = 24 * 60;

/// A day of the week, Monday first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "they are the days' names")]
pub enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Day {
    /// Every day, Monday first.
    pub const ALL: &'static [Self] = &[
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Tuesday => "tuesday",
            Self::Wednesday => "wednesday",
            Self::Thursday => "thursday",
            Self::Friday => "friday",
            Self::Saturday => "saturday",
            Self::Sunday => "sunday",
        }
    }
    /// The day of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|day| day.as_str() == word)
    }
    /// The day of a date's weekday.
    pub const fn of(weekday: Weekday) -> Self {
        match weekday {
            Weekday::Monday => Self::Monday,
            Weekday::Tuesday => Self::Tuesday,
            Weekday::Wednesday => Self::Wednesday,
            Weekday::Thursday => Self::Thursday,
            Weekday::Friday => Self::Friday,
            Weekday::Saturday => Self::Saturday,
            Weekday::Sunday => Self::Sunday,
        }
    }
}

/// A span of a day: from a minute to before another, 24:00 at the latest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The day.
    pub day: Day,
    /// Its first minute, 0 to 1,439.
    pub from: u16,
    /// The minute behind its last, 1 to 1,440.
    pub to: u16,
}

/// A span has to end after it starts, and on the same day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a span ends after it starts, at 24:00 at the latest")]
pub struct EndsBeforeStart;

/// Two spans of a day have minutes in common: the place of the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("span {0} overlaps another")]
pub struct Overlaps(pub usize);

impl Span {
    /// A span of that day.
    ///
    /// # Errors
    /// [`EndsBeforeStart`]; what goes on after midnight is two spans.
    pub fn new(day: Day, from: u16, to: u16) -> Result<Self, EndsBeforeStart> {
        if from < to && to <= DAY_MINUTES { Ok(Self { day, from, to }) } else { Err(EndsBeforeStart) }
    }
    fn holds(&self, day: Day, minute: u16) -> bool {
        self.day == day && (self.from..self.to).contains(&minute)
    }
}

/// `09:30` as minutes; `24:00` too, which only an end can be.
pub fn parse_time(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let two = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !two(hours) || !two(minutes) {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let all = hours * 60 + minutes;
    (minutes < 60 && all <= DAY_MINUTES).then_some(all)
}

/// Minutes as `09:30`.
pub fn format_time(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Spans of a week in their order; none overlaps another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Week(Vec<Span>);

impl Week {
    /// These spans.
    ///
    /// # Errors
    /// [`Overlaps`] names the second of two that overlap, by its place in what was given.
    pub fn new(spans: Vec<Span>) -> Result<Self, Overlaps> {
        for (place, span) in spans.iter().enumerate() {
            let meets = |other: &Span| other.day == span.day && other.from < span.to && span.from < other.to;
            if spans[..place].iter().any(meets) {
                return Err(Overlaps(place));
            }
        }
        let mut sorted = spans;
        sorted.sort_unstable();
        Ok(Self(sorted))
    }

    /// Every minute.
    pub fn whole() -> Self {
        Self(Day::ALL.iter().map(|day| Span { day: *day, from: 0, to: DAY_MINUTES }).collect())
    }

    /// The spans, in order.
    pub fn spans(&self) -> &[Span] {
        &self.0
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a minute of a day is in it.
    pub fn covers(&self, day: Day, minute: u16) -> bool {
        self.0.iter().any(|span| span.holds(day, minute))
    }

    /// Whether the clock on the zone's walls shows a covered minute at that instant. An hour that
    /// a change of clocks skips never comes; one that it repeats is covered twice.
    pub fn covers_at(&self, at: Timestamp, zone: &TimeZone) -> bool {
        let local = zone.to_datetime(at);
        let minute =
            u16::try_from(local.hour()).unwrap_or(0) * 60 + u16::try_from(local.minute()).unwrap_or(0);
        self.covers(Day::of(local.weekday()), minute)
    }

    /// The minutes of this week that are in none of the others.
    #[must_use]
    pub fn minus<'a>(&self, others: impl IntoIterator<Item = &'a Self>) -> Self {
        let taken: Vec<Span> = others.into_iter().flat_map(|week| week.0.iter().copied()).collect();
        let mut left = Vec::new();
        for span in &self.0 {
            let mut cuts: Vec<Span> = taken.iter().filter(|cut| cut.day == span.day).copied().collect();
            cuts.sort_unstable();
            let mut from = span.from;
            for cut in cuts {
                if from < cut.from.min(span.to) {
                    left.push(Span { day: span.day, from, to: cut.from.min(span.to) });
                }
                from = from.max(cut.to);
            }
            if from < span.to {
                left.push(Span { day: span.day, from, to: span.to });
            }
        }
        Self(left)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn week(spans: &[(Day, u16, u16)]) -> Week {
        let spans = spans.iter().filter_map(|(day, from, to)| Span::new(*day, *from, *to).ok());
        Week::new(spans.collect()).unwrap_or_default()
    }

    #[test]
    fn a_span_ends_after_it_starts_and_on_its_day() {
        assert!(Span::new(Day::Monday, 540, 541).is_ok());
        for (from, to) in [(540, 540), (540, 539), (0, 1441)] {
            assert_eq!(Span::new(Day::Monday, from, to), Err(EndsBeforeStart), "{from} {to}");
        }
        assert!(Span::new(Day::Monday, 0, 1440).is_ok());
    }

    #[test]
    fn spans_may_touch_but_not_overlap() {
        let span = |from, to| Span { day: Day::Monday, from, to };
        assert!(Week::new(vec![span(600, 700), span(540, 600)]).is_ok());
        assert_eq!(Week::new(vec![span(600, 700), span(540, 601)]), Err(Overlaps(1)));
    }

    #[test]
    fn times_are_read_as_they_are_written() {
        for (text, minutes) in [("00:00", Some(0)), ("09:30", Some(570)), ("24:00", Some(1440))] {
            assert_eq!(parse_time(text), minutes, "{text}");
        }
        for bad in ["24:01", "9:30", "09:60", "0930", "-1:00", "+9:30", "", "09:3a"] {
            assert_eq!(parse_time(bad), None, "{bad}");
        }
        assert_eq!(format_time(570), "09:30");
    }

    #[test]
    fn a_shift_holds_by_the_wall_clock_also_when_clocks_change() -> Result<(), jiff::Error> {
        let zone = TimeZone::get("Europe/Berlin")?;
        let shift = week(&[(Day::Sunday, 120, 210)]);
        // 02:00 to 03:00 does not exist on 29 March 2026, and comes twice on 25 October.
        let cases = [
            ("2026-03-29T00:59:59Z", false),
            ("2026-03-29T01:00:00Z", true),
            ("2026-03-29T01:30:00Z", false),
            ("2026-10-25T00:00:00Z", true),
            ("2026-10-25T01:59:59Z", true),
            ("2026-10-25T02:29:59Z", true),
            ("2026-10-25T02:30:00Z", false),
        ];
        for (at, covered) in cases {
            assert_eq!(shift.covers_at(at.parse()?, &zone), covered, "{at}");
        }
        Ok(())
    }

    proptest! {
        /// Minute by minute: what is left is in the one and in none of the others.
        #[test]
        fn minus_leaves_exactly_what_nobody_covers(
            spans in proptest::collection::vec((0usize..7, 0u16..48, 1u16..20), 0..12)
        ) {
            let others: Vec<Week> = spans
                .iter()
                .map(|(day, from, length)| week(&[(Day::ALL[*day], from * 30, (from + length).min(48) * 30)]))
                .collect();
            let open = week(&[(Day::Monday, 540, 1080), (Day::Tuesday, 0, 600), (Day::Tuesday, 660, 1440)]);
            let left = open.minus(&others);
            for day in Day::ALL {
                for minute in (0..DAY_MINUTES).step_by(15) {
                    let expected =
                        open.covers(*day, minute) && !others.iter().any(|it| it.covers(*day, minute));
                    prop_assert_eq!(left.covers(*day, minute), expected);
                }
            }
        }
    }
}
