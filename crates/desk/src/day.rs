//! Days as the office counts them.

use jiff::{
    SignedDuration, Timestamp,
    civil::Date,
    tz::{Offset, TimeZone},
};

/// Vietnam has one time, seven hours ahead of UTC, and no summer time.
const VIETNAM: Offset = Offset::constant(7);

/// The day that it is in Vietnam at an instant.
pub(crate) fn vietnam_day(at: Timestamp) -> Date {
    TimeZone::fixed(VIETNAM).to_datetime(at).date()
}

/// The last instant of a day in Vietnam; none at the end of time.
pub(crate) fn end_of_vietnam_day(day: Date) -> Option<Timestamp> {
    let midnight = day.tomorrow().ok()?.to_zoned(TimeZone::fixed(VIETNAM)).ok()?.timestamp();
    midnight.checked_sub(SignedDuration::from_micros(1)).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_begins_in_vietnam_seven_hours_before_it_does_in_greenwich() {
        for (at, day) in [("2026-12-31T16:59:59Z", date(2026, 12, 31)), ("2026-12-31T17:00:00Z", date(2027, 1, 1))] {
            assert_eq!(vietnam_day(at.parse().unwrap()), day, "{at}");
        }
        let end = end_of_vietnam_day(date(2026, 12, 31)).unwrap();
        assert_eq!(end.to_string(), "2026-12-31T16:59:59.999999Z");
    }
}
