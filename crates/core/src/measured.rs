//! Measured values against limits: nobody can tell inside the accuracy band.

use serde::{Deserialize, Serialize};

use crate::{code_list::code_list, units::Metres};

code_list! {
    /// The four outcomes of a rule.
    Verdict, "verdicts" {
        /// The request meets the rule.
        Complies = "complies",
        /// The request breaks the rule.
        DoesNotComply = "does_not_comply",
        /// Something is missing that would decide it.
        CannotTell = "cannot_tell",
        /// The rule does not judge this request.
        DoesNotApply = "does_not_apply",
    }
}

/// A length with its 95 % accuracy radius, both in metres.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// The measured value.
    pub value: Metres,
    /// Its 95 % radius.
    pub accuracy: Metres,
}

impl Measured {
    /// Compares with a lower limit. Inside the accuracy band nobody can tell.
    #[must_use]
    pub fn at_least(self, limit: Metres) -> Verdict {
        let (value, accuracy, limit) = (self.value.get(), self.accuracy.get(), limit.get());
        if limit <= value - accuracy {
            Verdict::Complies
        } else if value + accuracy < limit {
            Verdict::DoesNotComply
        } else {
            Verdict::CannotTell
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_is_undecided_inside_the_accuracy_band() {
        for (name, value, accuracy, limit, verdict) in [
            ("well clear", 300.0, 5.0, 250.0, "complies"),
            ("just clear", 255.1, 5.0, 250.0, "complies"),
            ("exactly clear", 255.0, 5.0, 250.0, "complies"),
            ("inside the band, below", 249.0, 5.0, 250.0, "cannot_tell"),
            ("inside the band, above", 252.0, 5.0, 250.0, "cannot_tell"),
            ("119 ± 5 against 120", 119.0, 5.0, 120.0, "cannot_tell"),
            ("too near", 120.0, 5.0, 250.0, "does_not_comply"),
            ("exact survey, exact limit", 120.0, 0.0, 120.0, "complies"),
        ] {
            let measured = Measured { value: Metres::computed(value), accuracy: Metres::computed(accuracy) };
            assert_eq!(measured.at_least(Metres::computed(limit)).code(), verdict, "{name}");
        }
    }
}
