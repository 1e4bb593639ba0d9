//! The outcome of one rule on one request, as it stands in the answer.

use hatang_core::{
    AssetId, Measured, Metres, Rule, RuleId, RuleSet, RuleSetCode, Severity, Text, Verdict,
    rule_set::{Citation, Gate},
};
use serde::Serialize;

use crate::missing::Missing;

/// A number with its 95 % radius. Metres are rounded to the millimetre after the verdict was reached.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Quantity {
    /// The number.
    pub value: f64,
    /// Its 95 % radius in the same unit; zero for counts.
    pub accuracy: f64,
    /// `m`, `operators`, `boxes` or `structures`.
    pub unit: &'static str,
}

/// The number that a rule asks for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Limit {
    /// The number.
    pub value: f64,
    /// `m`, `operators`, `boxes` or `structures`.
    pub unit: &'static str,
}

/// The outcome of one rule on one request.
///
/// The names of its fields and the words in them are what stored answers are compared by: more may be added, none changes
/// its meaning. A finding is told apart by `rule_set` and `rule`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The set that the rule belongs to.
    pub rule_set: RuleSetCode,
    /// The rule's id.
    pub rule: RuleId,
    /// The rule's version.
    pub version: u32,
    /// The outcome.
    pub verdict: Verdict,
    /// What follows when the rule is not met.
    pub severity: Severity,
    /// What was measured, where anything was.
    pub measured: Option<Quantity>,
    /// What it was compared with, where a number is set.
    pub limit: Option<Limit>,
    /// The text that the rule rests on.
    pub citation: Citation,
    /// Whose own approval answers it; the office never gives that.
    pub gate: Option<Gate>,
    /// Rules of the same set that read the same instrument otherwise.
    pub contradicts: Vec<RuleId>,
    /// The assets that decided.
    pub assets: Vec<AssetId>,
    /// What would decide it, when nobody can tell.
    pub missing: Vec<Missing>,
    /// The rule's name in Vietnamese.
    pub name_vi: String,
    /// The rule's name in English.
    pub name_en: String,
    /// Why, in one Vietnamese sentence with its numbers.
    pub reason_vi: String,
    /// Why, in one English sentence with its numbers.
    pub reason_en: String,
    /// Working assumptions that the outcome rests on.
    pub assumptions: Vec<Text>,
}

/// What a predicate says; the rule adds its name and source.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) verdict: Verdict,
    pub(crate) measured: Option<Quantity>,
    pub(crate) limit: Option<Limit>,
    pub(crate) assets: Vec<AssetId>,
    pub(crate) missing: Vec<Missing>,
    pub(crate) reason: Text,
    pub(crate) assumptions: Vec<Text>,
}

impl Outcome {
    pub(crate) const fn new(verdict: Verdict, reason: Text) -> Self {
        Self {
            verdict,
            measured: None,
            limit: None,
            assets: Vec::new(),
            missing: Vec::new(),
            reason,
            assumptions: Vec::new(),
        }
    }

    pub(crate) fn complies(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(Verdict::Complies, Text::new(vi, en))
    }

    pub(crate) fn fails(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(Verdict::DoesNotComply, Text::new(vi, en))
    }

    pub(crate) fn not_asked(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(Verdict::DoesNotApply, Text::new(vi, en))
    }

    /// Nobody can tell before these are known.
    pub(crate) fn lacks(missing: Vec<Missing>) -> Self {
        let listed = Missing::listed(&missing);
        let reason = Text::new(
            format!("Chưa thể kết luận, còn thiếu {}.", listed.vi),
            format!("Nobody can tell without {}.", listed.en),
        );
        Self { missing, ..Self::new(Verdict::CannotTell, reason) }
    }

    /// The rule's own number is not entered.
    pub(crate) fn unset() -> Self {
        let vi = "Chưa thể kết luận: con số của cơ quan có thẩm quyền chưa được nhập.";
        let en = "Cannot tell: the authority's number is not entered.";
        Self { missing: vec![Missing::authority_number()], ..Self::new(Verdict::CannotTell, Text::new(vi, en)) }
    }
}

impl Finding {
    pub(crate) fn new(set: &RuleSet, rule: &Rule, outcome: Outcome) -> Self {
        Self {
            rule_set: set.code.clone(),
            rule: rule.id.clone(),
            version: rule.version,
            verdict: outcome.verdict,
            severity: rule.severity,
            measured: outcome.measured,
            limit: outcome.limit,
            citation: rule.citation.clone(),
            gate: rule.gate.clone(),
            contradicts: rule.contradicts.clone(),
            assets: outcome.assets,
            missing: outcome.missing,
            name_vi: rule.name.vi.clone(),
            name_en: rule.name.en.clone(),
            reason_vi: outcome.reason.vi,
            reason_en: outcome.reason.en,
            assumptions: outcome.assumptions,
        }
    }
}

impl Quantity {
    pub(crate) fn metres(measured: Measured) -> Self {
        Self { value: rounded(measured.value), accuracy: rounded(measured.accuracy), unit: "m" }
    }
}

impl Limit {
    pub(crate) fn metres(limit: Metres) -> Self {
        Self { value: rounded(limit), unit: "m" }
    }
}

/// A length on the wire: to the millimetre, which no survey here reaches. A length too long for that stays as it is.
pub(crate) fn rounded(length: Metres) -> f64 {
    millimetres(length.get()).map_or(length.get(), |millimetres| millimetres / 1000.0)
}

/// Whether a number of metres of a design, which may come from a sum or a difference of such, is a bound or more. Whole
/// millimetres are compared, so that no rounding remainder of the arithmetic decides.
pub(crate) fn reaches(metres: f64, bound: f64) -> bool {
    match (millimetres(metres), millimetres(bound)) {
        (Some(there), Some(least)) => least <= there,
        _ => bound <= metres,
    }
}

/// Whole millimetres; none where there are too many to count.
fn millimetres(metres: f64) -> Option<f64> {
    Some((metres * 1000.0).round()).filter(|millimetres| millimetres.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_rounding_remainder_decides_whether_a_bound_is_reached() {
        for (name, metres, bound, expected) in [
            ("a cable over a bridge", 8.2 - 6.2, 2.0, true),
            ("one depth below another", 1.4 - 0.9, 0.5, true),
            ("a fifth of a building", 0.2 * 11.2, 2.24, true),
            ("a millimetre less", 1.999, 2.0, false),
            ("more", 2.001, 2.0, true),
            ("below the top of a bridge", -0.5, 2.0, false),
            ("beyond millimetres", f64::MAX, f64::MAX / 2.0, true),
            ("beyond millimetres, and less", f64::MAX / 2.0, f64::MAX, false),
        ] {
            assert_eq!(reaches(metres, bound), expected, "{name}");
        }
    }
}
