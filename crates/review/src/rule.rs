//! Rules are data; here are the predicates that they name.
//!
//! Every set of the scene answers by all of its rules: the national one and the local one stand beside each other, and
//! none takes another's place. Within a set the version that holds on the scene's day answers.

mod below_height;
mod beside;
mod boxes;
mod clear_of;
mod count;
mod crossing_clearance;
mod depth_under;
mod designed_for;
mod dossier;
mod in_plan;
mod new_where_room;
mod not_in_zone;
mod parallel_line;
mod run;
mod small_mast;
mod spacing;
mod works_place_ducts;

use hatang_core::{
    Predicate, RequestItem, Rule, RuleSet, Text, Verdict,
    rule_set::{Gate, Standing},
};

use self::spacing::Spacing;
use crate::{
    assumption::WORST_ACCURACY,
    finding::{Finding, Outcome},
    land::Side,
    missing::Missing,
    scene::{Corridor, Scene},
    wording,
};

/// What every rule of every set says about a request, in the sets' order.
pub(crate) fn findings(item: &RequestItem, scene: &Scene<'_>) -> Vec<Finding> {
    let of_set = |set: &&RuleSet| {
        let side = set.area.as_ref().map_or(Side::Inside, |area| Side::of_any_part(item, area));
        let finding = |standing| match standing {
            Standing::InForce(rule) => Finding::new(set, rule, in_area(side, || gated(rule, item, scene))),
            Standing::NotInForce(rule) => Finding::new(set, rule, not_in_force(scene)),
        };
        set.on(scene.on).into_iter().map(finding).collect::<Vec<_>>()
    };
    scene.rule_sets.iter().flat_map(of_set).collect()
}

/// A set that holds in a part of the land only judges what lies there.
fn in_area(side: Side, judged: impl FnOnce() -> Outcome) -> Outcome {
    match side {
        Side::Inside => judged(),
        Side::Outside => Outcome::not_asked(
            "Vị trí nằm ngoài phạm vi áp dụng của bộ quy tắc.",
            "The place lies outside the area where the rule set holds.",
        ),
        Side::Edge => match judged() {
            outcome if matches!(outcome.verdict, Verdict::Complies | Verdict::DoesNotApply) => outcome,
            _ => Outcome::lacks(vec![Missing::area_edge()]),
        },
    }
}

fn not_in_force(scene: &Scene<'_>) -> Outcome {
    Outcome::not_asked(
        format!("Quy định không có hiệu lực vào ngày {}.", wording::date_vi(scene.on)),
        format!("The rule is not in force on {}.", scene.on),
    )
}

/// A rule that another authority answers is met by that authority's approval alone. Where nothing calls for it, it does
/// not apply.
fn gated(rule: &Rule, item: &RequestItem, scene: &Scene<'_>) -> Outcome {
    let outcome = outcome(rule, item, scene);
    let Some(gate) = &rule.gate else { return outcome };
    match outcome.verdict {
        Verdict::DoesNotApply => outcome,
        Verdict::Complies => Outcome { verdict: Verdict::DoesNotApply, ..outcome },
        _ if item.approvals.contains(&rule.id) => {
            Outcome { verdict: Verdict::Complies, missing: Vec::new(), reason: opened(gate), ..outcome }
        }
        _ => {
            let calls_for = calls_for(gate);
            let reason = Text::new(
                format!("{} {}", outcome.reason.vi, calls_for.vi),
                format!("{} {}", outcome.reason.en, calls_for.en),
            );
            Outcome { reason, ..outcome }
        }
    }
}

fn opened(gate: &Gate) -> Text {
    let (authority, approval) = (&gate.authority, &gate.approval);
    if gate.owed {
        return Text::new(
            format!("Hồ sơ nêu đã gửi {} tới {}.", approval.vi, authority.vi),
            format!("The dossier says that {} has gone to {}.", approval.en, authority.en),
        );
    }
    Text::new(
        format!("Hồ sơ nêu đã có {} của {}.", approval.vi, authority.vi),
        format!("The dossier says that it holds {}, given by {}.", approval.en, authority.en),
    )
}

fn calls_for(gate: &Gate) -> Text {
    let (authority, approval) = (&gate.authority, &gate.approval);
    if gate.owed {
        return Text::new(
            format!("Phải gửi {} tới {}.", approval.vi, authority.vi),
            format!("{} is owed to {}.", capital(&approval.en), authority.en),
        );
    }
    Text::new(
        format!("{} thuộc thẩm quyền của {}.", capital(&approval.vi), authority.vi),
        format!("{} is for {} to give.", capital(&approval.en), authority.en),
    )
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn outcome(rule: &Rule, item: &RequestItem, scene: &Scene<'_>) -> Outcome {
    if !rule.subjects.contains(&item.class) {
        return Outcome::not_asked(
            "Quy định này không xét loại công trình được đề nghị.",
            "The rule does not judge structures of the requested class.",
        );
    }
    if let Some(whatever_its_place) = by_height(&rule.predicate, item) {
        return whatever_its_place;
    }
    if is_measured(&rule.predicate) && WORST_ACCURACY < item.accuracy().radius.get() {
        return place_unknown(item);
    }
    match &rule.predicate {
        Predicate::Spacing { between, urban_m, non_urban_m, exempt_height_m, up_to_height_m } => {
            let rule = Spacing {
                between: *between,
                urban: *urban_m,
                other: *non_urban_m,
                exempt_height: *exempt_height_m,
                up_to_height: *up_to_height_m,
            };
            spacing::judge(&rule, item, scene)
        }
        Predicate::DesignedFor { operators } => designed_for::judge(*operators, item),
        Predicate::NoParallelLine { corridor_m, shortest_run_m } => {
            let corridor = Corridor { width: corridor_m.get(), shortest_run: shortest_run_m.get() };
            parallel_line::judge(corridor, item, scene)
        }
        Predicate::NoNewWhereRoom { corridor_m, shortest_run_m } => {
            let corridor = Corridor { width: corridor_m.get(), shortest_run: shortest_run_m.get() };
            new_where_room::judge(corridor, item, scene)
        }
        Predicate::ClearOf { layer, strips, heights, vertical_m, reading_open } => {
            let rule = clear_of::ClearOf {
                layer: *layer,
                strips,
                heights: *heights,
                vertical: *vertical_m,
                reading_open: *reading_open,
            };
            clear_of::judge(&rule, item, scene)
        }
        Predicate::CrossingClearance { over, least_m, above_top } => {
            crossing_clearance::judge(*over, *least_m, *above_top, item, scene)
        }
        Predicate::NotInZone { zones, side, from_height_m, mast_classes, new_only } => {
            let rule = not_in_zone::NotInZone {
                zones,
                flagged: *side,
                from_height: *from_height_m,
                mast_classes,
                new_only: *new_only,
            };
            not_in_zone::judge(&rule, item, scene)
        }
        Predicate::BelowHeight { below_m } => below_height::judge(*below_m, item),
        Predicate::SmallMast { share_of_building, height_m, half_width_m } => {
            small_mast::judge(*share_of_building, *height_m, *half_width_m, item)
        }
        Predicate::DepthUnder { surface, least_m, unless } => depth_under::judge(*surface, *least_m, *unless, item),
        Predicate::BoxesPerOperator { most } => boxes::judge(*most, item, scene),
        Predicate::Dossier { documents, crossing, without_plan } => {
            dossier::judge(documents, *crossing, *without_plan, item, scene)
        }
        Predicate::InPlan { within_m } => in_plan::judge(*within_m, item, scene),
        Predicate::CountInTerritory { class, least, quality } => count::judge(*class, *least, *quality, item, scene),
        Predicate::WorksPlaceDucts { sector, operators } => works_place_ducts::judge(sector, *operators, item, scene),
    }
}

/// What a request's height alone decides of a distance, however badly its place is known.
fn by_height(predicate: &Predicate, item: &RequestItem) -> Option<Outcome> {
    let Predicate::Spacing { exempt_height_m, up_to_height_m, .. } = predicate else { return None };
    let height = item.height_m?;
    let exempt = exempt_height_m.filter(|exempt| height <= *exempt);
    let up_to = up_to_height_m.filter(|up_to| *up_to < height);
    exempt
        .map(|exempt| spacing::exempt_request(height, exempt))
        .or_else(|| up_to.map(|up_to| spacing::too_high(height, up_to)))
}

/// Whether the answer hangs on where the request lies.
const fn is_measured(predicate: &Predicate) -> bool {
    !matches!(
        predicate,
        Predicate::DesignedFor { .. }
            | Predicate::BelowHeight { .. }
            | Predicate::SmallMast { .. }
            | Predicate::DepthUnder { .. }
            | Predicate::Dossier { crossing: None, .. }
            | Predicate::CountInTerritory { .. }
    )
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
