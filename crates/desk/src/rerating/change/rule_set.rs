//! Which screenings a change of a rule set may concern.

use std::collections::BTreeMap;

use hatang_core::{
    Registry, RuleSet,
    case::{KeptScreening, Side},
    rule_set::NATIONAL,
};
use jiff::civil::Date;

use super::Change;
use crate::day::vietnam_day;

impl Change {
    /// Notes the screenings that were judged by a rule set on a day on which it now says something else. The national
    /// set judges beside every local one. `O(n)` in open requests.
    pub(super) fn note_rule_set(&mut self, registry: &Registry, now: &RuleSet) {
        let before = registry.rule_sets().get(&now.code);
        let judged_by_it = |kept: &KeptScreening| now.code.as_str() == NATIONAL || kept.rule_set == now.code;
        let mut differs: BTreeMap<Date, bool> = BTreeMap::new();
        for case in registry.cases().all().map(|held| &held.case).filter(|case| case.is_current()) {
            for side in [Side::Applicant, Side::Office] {
                let newest = registry.cases().newest(case.id, side).filter(|kept| judged_by_it(kept));
                let Some(day) = newest.map(|kept| vietnam_day(kept.at)) else { continue };
                if *differs.entry(day).or_insert_with(|| !judge_alike(before, now, day)) {
                    self.judged.push((case.id, side));
                }
            }
        }
    }
}

/// Whether a set judges on a day as it did before: a version of a later day, a clock or a title change no answer.
fn judge_alike(before: Option<&RuleSet>, now: &RuleSet, day: Date) -> bool {
    before.is_some_and(|before| before.area == now.area && before.on(day) == now.on(day))
}
