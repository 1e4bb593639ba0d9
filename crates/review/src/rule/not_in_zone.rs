//! On which side of a zone's edge a requested structure stands.

use hatang_core::{Metres, RequestItem, Text, rule_set::ZoneSide};

use super::below_height::top;
use crate::{assumption, finding::Outcome, land::Side, missing::Missing, scene::Scene, wording};

/// Judges whether the request lies on the flagged side of the named zones. What the plan does not hold may still be
/// there unless the plan says that it is complete. `O(n)` in the plan's zones.
///
/// Source: the rule's instrument and article, for example NĐ 217/2026 or NĐ 222/2026, Art. 82.
pub(super) fn judge(
    words: &[String],
    flagged: ZoneSide,
    from_height: Option<Metres>,
    item: &RequestItem,
    scene: &Scene<'_>,
) -> Outcome {
    let mut missing = Vec::new();
    if let Some(from) = from_height {
        match top(item) {
            Ok(height) if height < from => {
                let (height, from) = (wording::metres(height), wording::metres(from));
                return Outcome::not_asked(
                    format!("Cao {}, dưới mức xét {}.", height.vi, from.vi),
                    format!("{} high, less than the {} that are judged.", height.en, from.en),
                );
            }
            Ok(_) => {}
            Err(unknown) => missing.push(unknown),
        }
    }
    let zones = scene.plan.into_iter().flat_map(|plan| &plan.zones).filter(|zone| words.contains(&zone.zone));
    let (mut inside, mut edge) = (None, None);
    for zone in zones {
        match Side::of_any_part(item, &zone.shape) {
            Side::Inside => inside = Some(zone),
            Side::Edge => edge = Some(zone),
            Side::Outside => {}
        }
    }
    let name = |zone: Option<&hatang_core::plan::Zone>| {
        zone.map_or_else(Text::default, |zone| match &zone.name {
            Some(name) => Text::new(&**name, &**name),
            None => wording::zone(&zone.zone),
        })
    };
    let lies_in = |zone: Option<&hatang_core::plan::Zone>| {
        let name = name(zone);
        (format!("Nằm trong khu vực “{}”.", name.vi), format!("It lies in the zone “{}”.", name.en))
    };
    let is_complete = words.iter().all(|word| scene.plan.is_some_and(|plan| plan.has_every_zone(word)));
    let assumptions = assumption::of_request(item).into_iter().collect();
    let outcome = match (flagged, inside, edge) {
        (ZoneSide::Inside, Some(_), _) if missing.is_empty() => {
            let (vi, en) = lies_in(inside);
            Outcome::fails(vi, en)
        }
        (ZoneSide::Outside, Some(_), _) => {
            let (vi, en) = lies_in(inside);
            Outcome::complies(vi, en)
        }
        (_, None, Some(_)) => Outcome::lacks(missing.into_iter().chain([Missing::zone_edge_of(&name(edge))]).collect()),
        (_, None, None) if !is_complete => Outcome::lacks(missing.into_iter().chain([Missing::zones(words)]).collect()),
        (ZoneSide::Inside, None, None) => {
            Outcome::complies("Nằm ngoài các khu vực này.", "It lies outside these zones.")
        }
        (ZoneSide::Outside, None, None) if missing.is_empty() => Outcome::fails(
            "Nằm ngoài khu vực được quy hoạch cho việc này.",
            "It lies outside the zones planned for this.",
        ),
        (ZoneSide::Inside, Some(_), _) | (ZoneSide::Outside, None, None) => Outcome::lacks(missing),
    };
    Outcome { assumptions, ..outcome }
}
