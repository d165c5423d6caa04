//! 值班表: who is on duty, and the hours that nobody covers (SPEC §5.7).

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::calendar::Week;

/// Whether somebody with these shifts is on duty at that moment.
pub fn on_duty(shifts: &Week, now: Timestamp, zone: &TimeZone) -> bool {
    shifts.covers_at(now, zone)
}

/// The hours that nobody covers: of the business hours, or of the whole week where the shop
/// never said when it is open.
pub fn uncovered<'a>(shifts: impl IntoIterator<Item = &'a Week>, business_hours: &Week) -> Week {
    let whole = Week::whole();
    let open = if business_hours.is_empty() { &whole } else { business_hours };
    open.minus(shifts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Day, Overlaps, Span};

    #[test]
    fn the_hours_between_two_shifts_are_covered_by_nobody() -> Result<(), Overlaps> {
        let shift = |from, to| Week::new(vec![Span { day: Day::Monday, from, to }]);
        let left = uncovered(&[shift(540, 720)?, shift(780, 1080)?], &shift(540, 1200)?);
        let spans: Vec<_> = left.spans().iter().map(|span| (span.from, span.to)).collect();
        assert_eq!(spans, [(720, 780), (1080, 1200)]);
        let nobody: [Week; 0] = [];
        assert_eq!(uncovered(&nobody, &Week::default()), Week::whole());
        Ok(())
    }
}
