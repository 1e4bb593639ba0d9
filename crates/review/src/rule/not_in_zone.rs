//! On which side of a zone's edge a requested structure stands.

use hatang_core::{Metres, RequestItem, Text, asset::MastClass, plan::Zone, rule_set::ZoneSide};

use super::below_height::Top;
use crate::{
    assumption,
    finding::{Outcome, reaches},
    land::Side,
    missing::Missing,
    scene::{Scene, around},
    wording,
};

/// The parameters of the rule.
pub(super) struct NotInZone<'a> {
    pub(super) zones: &'a [String],
    pub(super) flagged: ZoneSide,
    pub(super) from_height: Option<Metres>,
    pub(super) mast_classes: &'a [MastClass],
    pub(super) new_only: bool,
}

/// Judges whether the request lies on the flagged side of the named zones. What the plan does not hold may still be
/// there unless the plan says that it is complete.
///
/// Source: the rule's instrument and article, for example NĐ 217/2026 or NĐ 222/2026, Art. 82, or the plan's own for
/// the zones that it makes.
pub(super) fn judge(rule: &NotInZone<'_>, item: &RequestItem, scene: &Scene<'_>) -> Outcome {
    if rule.new_only && upgrades_what_stands(item, scene) {
        return Outcome::not_asked(
            "Nâng cấp công trình đã có, không phải dựng mới.",
            "It upgrades what stands; nothing new is put up.",
        );
    }
    let mut missing = Vec::new();
    for decided in [by_height(rule, item), by_class(rule, item)] {
        match decided {
            Concerned::Yes => {}
            Concerned::No(outcome) => return outcome,
            Concerned::Perhaps(unknown) => missing.push(unknown),
        }
    }
    by_place(rule, missing, item, scene)
}

/// Whether a request is one that the rule is about.
enum Concerned {
    Yes,
    No(Outcome),
    /// That hangs on this.
    Perhaps(Missing),
}

/// Whether a structure that the registry holds is what the request raises, strengthens or widens.
fn upgrades_what_stands(item: &RequestItem, scene: &Scene<'_>) -> bool {
    let of_code = item.upgrades.as_ref().and_then(|code| scene.seen.by_code(&item.owner, item.class, code));
    of_code.is_some_and(|sight| sight.asset().status.stands())
}

fn by_height(rule: &NotInZone<'_>, item: &RequestItem) -> Concerned {
    let Some(from) = rule.from_height else { return Concerned::Yes };
    match Top::of(item) {
        Ok(top) if !reaches(top.high.get(), from.get()) => {
            let [height, from] = wording::compared(top.high, from);
            Concerned::No(Outcome::not_asked(
                format!("Cao {}, dưới mức xét {}.", height.vi, from.vi),
                format!("{} high, less than the {} that are judged.", height.en, from.en),
            ))
        }
        Ok(top) if reaches(top.low.get(), from.get()) => Concerned::Yes,
        Ok(_) => Concerned::Perhaps(Top::missing()),
        Err(unknown) => Concerned::Perhaps(unknown),
    }
}

fn by_class(rule: &NotInZone<'_>, item: &RequestItem) -> Concerned {
    match item.mast_class {
        _ if rule.mast_classes.is_empty() => Concerned::Yes,
        None => Concerned::Perhaps(Missing::of_request("mast_class")),
        Some(class) if rule.mast_classes.contains(&class) => Concerned::Yes,
        Some(class) => Concerned::No(Outcome::complies(
            format!("Khai loại cột {class}, không thuộc loại bị hạn chế."),
            format!("Declared as class {class}, which is not restricted."),
        )),
    }
}

fn by_place(rule: &NotInZone<'_>, missing: Vec<Missing>, item: &RequestItem, scene: &Scene<'_>) -> Outcome {
    let words = rule.zones;
    let zones = scene.zones_in(|word| words.iter().any(|one| one == word), around(item, 0.0));
    let (mut inside, mut edge) = (None, None);
    for zone in zones {
        match Side::of_any_part(item, &zone.shape) {
            Side::Inside => inside = Some(zone),
            Side::Edge => edge = Some(zone),
            Side::Outside => {}
        }
    }
    let is_complete = words.iter().all(|word| scene.plan.is_some_and(|plan| plan.has_every_zone(word)));
    let and = |last: Missing| -> Vec<Missing> { missing.iter().cloned().chain([last]).collect() };
    let outcome = match (rule.flagged, inside, edge) {
        (ZoneSide::Inside, Some(zone), _) if missing.is_empty() => {
            let lies_in = lies_in(zone);
            Outcome::fails(lies_in.vi, lies_in.en)
        }
        (ZoneSide::Outside, Some(zone), _) => {
            let lies_in = lies_in(zone);
            Outcome::complies(lies_in.vi, lies_in.en)
        }
        (_, None, Some(edge)) => Outcome::lacks(and(Missing::zone_edge_of(&name(edge)))),
        (_, None, None) if !is_complete => Outcome::lacks(and(Missing::zones(words))),
        (ZoneSide::Inside, None, None) => {
            Outcome::complies("Nằm ngoài các khu vực này.", "It lies outside these zones.")
        }
        (ZoneSide::Outside, None, None) if missing.is_empty() => Outcome::fails(
            "Nằm ngoài khu vực được quy hoạch cho việc này.",
            "It lies outside the zones planned for this.",
        ),
        (ZoneSide::Inside, Some(_), _) | (ZoneSide::Outside, None, None) => Outcome::lacks(missing),
    };
    Outcome { assumptions: assumption::of_request(item).into_iter().collect(), ..outcome }
}

fn name(zone: &Zone) -> Text {
    zone.name.as_deref().map_or_else(|| wording::zone(&zone.zone), |name| Text::new(name, name))
}

/// In which zone it lies, by the document that made it one where the plan names it.
fn lies_in(zone: &Zone) -> Text {
    let name = name(zone);
    let by = |word: &str| zone.instrument.as_ref().map_or_else(String::new, |named| format!(" ({word}: {named})"));
    Text::new(
        format!("Nằm trong khu vực “{}”{}.", name.vi, by("văn bản")),
        format!("It lies in the zone “{}”{}.", name.en, by("instrument")),
    )
}
