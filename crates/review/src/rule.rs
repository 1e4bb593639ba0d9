//! Rules are data; here are the predicates that they name.

mod designed_for;
mod parallel_line;
mod spacing;

use hatang_core::{Predicate, RequestItem, Rule, Text, Verdict};

use self::spacing::Spacing;
use crate::{
    assumption::WORST_ACCURACY,
    finding::{Finding, Outcome},
    missing::Missing,
    scene::{Corridor, Scene},
    wording,
};

/// What every rule of the set says about a request, in the set's order.
pub(crate) fn findings(item: &RequestItem, scene: &Scene<'_>) -> Vec<Finding> {
    scene.rule_set.rules.iter().map(|rule| Finding::new(rule, outcome(rule, item, scene))).collect()
}

fn outcome(rule: &Rule, item: &RequestItem, scene: &Scene<'_>) -> Outcome {
    if !rule.subjects.contains(&item.class) {
        return other_class();
    }
    let is_measured = !matches!(rule.predicate, Predicate::DesignedFor { .. });
    if is_measured && WORST_ACCURACY < item.accuracy().radius.get() {
        return place_unknown(item);
    }
    match rule.predicate {
        Predicate::Spacing { between, urban_m, non_urban_m, exempt_height_m } => {
            let rule = Spacing { between, urban: urban_m, other: non_urban_m, exempt_height: exempt_height_m };
            spacing::judge(&rule, item, scene)
        }
        Predicate::DesignedFor { operators } => designed_for::judge(operators, item),
        Predicate::NoParallelLine { corridor_m, shortest_run_m } => {
            let corridor = Corridor { width: corridor_m.get(), shortest_run: shortest_run_m.get() };
            parallel_line::judge(corridor, item, scene)
        }
    }
}

fn other_class() -> Outcome {
    let vi = "Quy định này không xét loại công trình được đề nghị.";
    Outcome::new(Verdict::DoesNotApply, Text::new(vi, "The rule does not judge structures of the requested class."))
}

/// A place known this badly is none: what stands around it cannot be said.
fn place_unknown(item: &RequestItem) -> Outcome {
    let radius = wording::metres(item.accuracy().radius);
    let reason = Text::new(
        format!("Vị trí đề nghị chỉ biết ± {}: chưa thể kết luận.", radius.vi),
        format!("The requested place is known to ± {} only: nobody can tell.", radius.en),
    );
    Outcome { missing: vec![Missing::better_survey()], ..Outcome::new(Verdict::CannotTell, reason) }
}
