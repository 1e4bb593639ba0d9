//! Periods and due dates that an instrument sets. A period that no authority has set counts up and shows no due date.

use jiff::{ToSpan as _, civil::Date};
use serde::{Deserialize, Serialize};

use super::Citation;
use crate::{codes::RuleId, text::Text};

/// One version of a period or due date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// Its id in the catalogue, such as `CK-SHARE`.
    pub id: RuleId,
    /// Counts up when an official changes it.
    pub version: u32,
    /// What it measures, for people.
    pub name: Text,
    /// How long, or until when; absent while nobody has entered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<ClockLimit>,
    /// By how much it may be longer, where the instrument says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<ClockLimit>,
    /// First day on which this version holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// Last day on which this version holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
    /// Clocks of the same set that say otherwise of the same matter: both are shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contradicts: Vec<RuleId>,
    /// The text it rests on.
    pub citation: Citation,
}

/// How long a period is, or on which day of each year it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ClockLimit {
    /// So many hours.
    Hours {
        /// How many.
        count: u32,
    },
    /// So many calendar days.
    Days {
        /// How many.
        count: u32,
    },
    /// So many Vietnamese working days.
    WorkingDays {
        /// How many.
        count: u32,
    },
    /// So many months.
    Months {
        /// How many.
        count: u32,
    },
    /// A day of every year.
    EachYear {
        /// The month, from 1.
        month: i8,
        /// The day of the month, from 1.
        day: i8,
    },
}

/// Why nothing can be counted by a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidLimit {
    /// A period that is over before it begins, or longer than anybody keeps files.
    #[error("a period counts from 1 to {MAX_COUNT}, not {count}")]
    Count {
        /// How many.
        count: u32,
    },
    /// A day that does not come every year.
    #[error("there is no {day}.{month}. in every year")]
    NoSuchDay {
        /// The month.
        month: i8,
        /// The day of the month.
        day: i8,
    },
}

/// The longest period, in whatever it is counted: a century of days.
const MAX_COUNT: u32 = 36_525;

/// A year without a 29 February, in which a day of every year has to be found.
const COMMON_YEAR: i16 = 2027;

impl ClockLimit {
    /// Checks that a period can be counted by the limit.
    ///
    /// # Errors
    /// [`InvalidLimit`] when it counts nothing or for ever, or names a day that does not come every year.
    pub fn check(self) -> Result<(), InvalidLimit> {
        match self {
            Self::Hours { count } | Self::Days { count } | Self::WorkingDays { count } | Self::Months { count } => {
                if (1..=MAX_COUNT).contains(&count) { Ok(()) } else { Err(InvalidLimit::Count { count }) }
            }
            Self::EachYear { month, day } => match Date::new(COMMON_YEAR, month, day) {
                Ok(_) => Ok(()),
                Err(_) => Err(InvalidLimit::NoSuchDay { month, day }),
            },
        }
    }

    /// The last day of a period that begins on a day; `None` where counting it needs the calendar of public holidays, and
    /// at the end of time.
    #[must_use]
    pub fn last_day(self, begins: Date) -> Option<Date> {
        match self {
            Self::Hours { count } => begins.checked_add(i64::from(count.div_ceil(24)).days()).ok(),
            Self::Days { count } => begins.checked_add(i64::from(count).days()).ok(),
            Self::Months { count } => begins.checked_add(i64::from(count).months()).ok(),
            Self::EachYear { month, day } => {
                let of = |year| Date::new(year, month, day).ok();
                of(begins.year()).filter(|day| begins <= *day).or_else(|| of(begins.year().checked_add(1)?))
            }
            Self::WorkingDays { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_period_ends_on_the_last_day_that_belongs_to_it() {
        for (limit, begins, last) in [
            (ClockLimit::Hours { count: 36 }, date(2026, 1, 30), Some(date(2026, 2, 1))),
            (ClockLimit::Days { count: 30 }, date(2026, 1, 31), Some(date(2026, 3, 2))),
            (ClockLimit::Months { count: 1 }, date(2026, 1, 31), Some(date(2026, 2, 28))),
            (ClockLimit::EachYear { month: 10, day: 31 }, date(2026, 10, 31), Some(date(2026, 10, 31))),
            (ClockLimit::EachYear { month: 10, day: 31 }, date(2026, 11, 1), Some(date(2027, 10, 31))),
            (ClockLimit::WorkingDays { count: 7 }, date(2026, 1, 5), None),
        ] {
            assert_eq!(limit.last_day(begins), last, "{limit:?} from {begins}");
        }
    }

    #[test]
    fn a_limit_counts_something_and_its_day_comes_every_year() {
        for (limit, is_good) in [
            (ClockLimit::WorkingDays { count: 1 }, true),
            (ClockLimit::Days { count: 0 }, false),
            (ClockLimit::Months { count: MAX_COUNT }, true),
            (ClockLimit::Hours { count: MAX_COUNT + 1 }, false),
            (ClockLimit::EachYear { month: 2, day: 28 }, true),
            (ClockLimit::EachYear { month: 2, day: 29 }, false),
            (ClockLimit::EachYear { month: 13, day: 1 }, false),
        ] {
            assert_eq!(limit.check().is_ok(), is_good, "{limit:?}");
        }
    }
}
