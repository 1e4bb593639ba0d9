//! Hosts of a mast or a radio station: standing masts first, then roofs, lamp posts, power poles, bridges, land.

use hatang_core::{
    AssetClass, Capacity, Details, Metres, NetworkCode, RequestItem, Text,
    asset::{Host, HostKind, Lifecycle, Mast},
};

use super::{
    Candidate, HostCandidate,
    HostVerdict::{self, CannotTell, NotShareable, Shareable, ShareableAfterWorks},
    Saves,
    factor::{self, AFTER_WORKS, ASK, Factor, Part, Unit},
    fails_together,
};
use crate::{assumption::RAISABLE_SHARE, finding::reaches, land::Side, scene::Scene, wording};

const SLOT: Unit = Unit { vi: "vị trí lắp đặt", en: "slot" };
/// A structure designed for more operators than it carries hosts one more, after a feasibility study.
const STRENGTH_BY_DESIGN: f64 = 0.7;

pub(super) fn hosts<'a>(item: &'a RequestItem, scene: &Scene<'a>) -> Vec<HostCandidate> {
    let reach = scene.reach();
    let near = |class| {
        let standing = scene.around(class, item, reach).into_iter().map(|near| Candidate::new(&near, item));
        standing.chain(Candidate::decided(class, reach, item, scene))
    };
    let all = near(AssetClass::Mast).chain(near(AssetClass::Host));
    all.filter(|one| one.distance.value.get() - one.distance.accuracy.get() <= reach)
        .filter(|one| one.asset.status != Lifecycle::Proposed)
        .map(|one| judged(one, item, scene, reach))
        // A lamp post too low for a mast is no answer worth reading; a mast that cannot host is.
        .filter(|host| host.class == AssetClass::Mast || host.verdict != NotShareable)
        .collect()
}

fn judged(candidate: Candidate<'_>, item: &RequestItem, scene: &Scene<'_>, reach: f64) -> HostCandidate {
    let asset = candidate.asset;
    let free = candidate.free();
    let applicant = scene.network(item);
    let networks = match &candidate.sight {
        Some(sight) => scene.seen.networks_on(sight),
        None => scene.seen.networks_named_by(asset),
    };
    let applicant_on_it = applicant.filter(|own| networks.known.contains(own));
    let mut factors = vec![
        factor::legal(asset),
        factor::owner(asset, item),
        factor::terms(&candidate, item),
        distance(&candidate, reach),
    ];
    match &asset.details {
        // A blurred view holds back what is known of the structure.
        _ if candidate.is_generalised() => {
            factors.push(factor::capacity(free, 1, SLOT));
            factors.push(fit(item, None));
        }
        Details::Mast(mast) => {
            factors.push(slots(free, mast, applicant_on_it));
            factors.push(fit(item, tops(mast.height_m, mast.on_building, mast.building_height_m)));
            factors.push(structural(mast, networks.known.len()));
        }
        Details::Host(host) => {
            factors.push(factor::capacity(free, 1, SLOT));
            factors.push(fit_on(host, item));
        }
        _ => {}
    }
    factors.extend(zone(&candidate, &factors, scene));
    let fails_together = fails_together::of(&candidate, &networks, applicant, scene);
    let needs_a_mast = matches!(&asset.details, Details::Host(host) if !replaces_a_mast(host, item));
    let host = candidate.judged(item, free, factors, Saves { masts: u32::from(!needs_a_mast), trench_m: 0.0 });
    HostCandidate { fails_together, ..host }
}

/// Where only small masts may stand, a mast cannot be raised and none can be put on a roof or a piece of land.
fn zone(candidate: &Candidate<'_>, factors: &[Factor], scene: &Scene<'_>) -> Option<Factor> {
    let grows = factors.iter().any(|factor| factor.name == "fit" && factor.verdict == ShareableAfterWorks);
    let radius = candidate.accuracy.radius;
    let zones = scene.zones_in(|word| word == A1_ONLY, candidate.shape.bounding_box().expanded(radius.get()));
    let sides = zones.into_iter().map(|zone| Side::of_shape(&candidate.shape, radius, &zone.shape));
    let side = sides.filter(|side| *side != Side::Outside).min_by_key(|side| *side == Side::Edge)?;
    let factor = |verdict, value, vi: &str, en: &str| Some(Factor::new("zone", verdict, value, vi, en));
    match (grows, side) {
        (false, _) => factor(
            Shareable,
            1.0,
            "Khu vực chỉ cho cột loại A1: dùng chung công trình đã có là phù hợp.",
            "Only small masts may stand here: sharing what stands suits the zone.",
        ),
        (true, Side::Inside) => factor(
            NotShareable,
            0.0,
            "Khu vực chỉ cho cột loại A1: không được nâng cao hay dựng cột lớn.",
            "Only small masts may stand here: nothing may be raised or put up.",
        ),
        (true, _) => factor(
            CannotTell,
            ASK,
            "Sát ranh khu vực chỉ cho cột loại A1: cần toạ độ chính xác hơn.",
            "At the edge of a zone for small masts only: a better survey is needed.",
        ),
    }
}

/// The plan's word for zones where only small masts may stand.
const A1_ONLY: &str = "a1_only";

/// From 1 at the place itself to 0 at the end of the reach.
fn distance(candidate: &Candidate<'_>, reach: f64) -> Factor {
    let (metres, radius) = (candidate.distance.value.get(), candidate.distance.accuracy.get());
    let (text, reach_text) = (wording::plus_minus(candidate.distance), wording::metres(Metres::computed(reach)));
    let value = (1.0 - metres / reach.max(1.0)).clamp(0.0, 1.0);
    if metres + radius <= reach {
        let (vi, en) = (format!("Cách {}.", text.vi), format!("It is {} away.", text.en));
        return Factor::new("distance", Shareable, value, vi, en);
    }
    let vi = format!("Cách {}: chưa chắc nằm trong phạm vi {}, cần toạ độ chính xác hơn.", text.vi, reach_text.vi);
    let en = format!("It is {} away: whether within {} needs a better survey.", text.en, reach_text.en);
    Factor::new("distance", CannotTell, value, vi, en)
}

/// A place for one more operator. A full mast may take one when its strength is known to leave room.
fn slots(free: Capacity, mast: &Mast, applicant_on_it: Option<&NetworkCode>) -> Factor {
    let factor = factor::capacity(free, 1, SLOT);
    if free != Capacity::Known(0) {
        return factor;
    }
    let after_works = |vi: String, en: String| Factor::new("capacity", ShareableAfterWorks, AFTER_WORKS, vi, en);
    match (applicant_on_it, strength_in_use(mast)) {
        (Some(network), _) => after_works(
            format!("Cột đã đủ chỗ, nhưng mạng {network} đã có trên cột: nâng cấp tại chỗ."),
            format!("No slot is free, but {network} is already on the mast: upgrade in place."),
        ),
        (None, Some((used, part))) if used < 100.0 => {
            let (used, of) = (wording::number(used, 1), part.text());
            after_works(
                format!("Không còn vị trí trống; {} mới dùng {} %: có thể làm thêm giá đỡ.", of.vi, used.vi),
                format!("No slot is free; {} uses {} % of its strength: a slot can be added.", of.en, used.en),
            )
        }
        _ => factor,
    }
}

/// How high antennas can hang, at least and at most: the mast and the building beneath it. The two differ where a
/// building's height is stated and not whether the mast stands on it. Heights whose sum is none are not known.
fn tops(height: Option<Metres>, on_building: Option<bool>, building: Option<Metres>) -> Option<[Metres; 2]> {
    let own = height?;
    let with = |building: Metres| Metres::new(own.get() + building.get()).ok();
    match (on_building, building) {
        (Some(true), building) => building.and_then(with).map(|top| [top; 2]),
        (None, Some(building)) => Some([own, with(building)?]),
        (Some(false), _) | (None, None) => Some([own; 2]),
    }
}

fn wanted(item: &RequestItem) -> Option<[Metres; 2]> {
    tops(item.height_m, item.on_building, item.building_height_m)
}

/// The height that is there against the height that is wanted. Where either may be one of two, both extremes must say
/// the same.
fn fit(item: &RequestItem, there: Option<[Metres; 2]>) -> Factor {
    let factor = |verdict, value, text: Text| Factor::new("fit", verdict, value, text.vi, text.en);
    let Some(wanted) = wanted(item) else {
        let text = Text::new("Hồ sơ chưa nêu đủ chiều cao cần có.", "The request does not say which height it needs.");
        return factor(CannotTell, ASK, text);
    };
    let Some(there) = there else {
        let text =
            Text::new("Chưa biết chiều cao công trình: cần hỏi chủ sở hữu.", "Its height is not known: ask the owner.");
        return factor(CannotTell, ASK, text);
    };
    let verdict = by_height(wanted[1], there[0]);
    if verdict != by_height(wanted[0], there[1]) {
        return factor(CannotTell, ASK, on_a_building_or_not(wanted[0] != wanted[1]));
    }
    let [there, wanted] = wording::compared(there[0], wanted[1]);
    let (value, raise) = match verdict {
        Shareable => (1.0, ("", "")),
        ShareableAfterWorks => (
            AFTER_WORKS,
            (
                "; có thể nâng cao (giả định làm việc: từ 75 % chiều cao)",
                "; it could be raised (working assumption: from 75 % of the height)",
            ),
        ),
        _ => (0.0, ("; quá thấp", "; too low")),
    };
    let vi = format!("Cao {}, cần {}{}.", there.vi, wanted.vi, raise.0);
    factor(verdict, value, Text::new(vi, format!("{} high, {} wanted{}.", there.en, wanted.en, raise.1)))
}

fn by_height(wanted: Metres, there: Metres) -> HostVerdict {
    if reaches(there.get(), wanted.get()) {
        Shareable
    } else if reaches(there.get(), wanted.get() * RAISABLE_SHARE) {
        ShareableAfterWorks
    } else {
        NotShareable
    }
}

fn on_a_building_or_not(is_the_requests: bool) -> Text {
    if is_the_requests {
        return Text::new(
            "Hồ sơ nêu chiều cao nhà mà chưa nêu cột có đặt trên nhà hay không.",
            "The request states a building's height and not whether the mast stands on the building.",
        );
    }
    Text::new(
        "Có chiều cao nhà mà chưa rõ cột có đặt trên nhà hay không: cần hỏi chủ sở hữu.",
        "A building's height is stated and not whether the mast stands on the building: ask the owner.",
    )
}

/// The height that another sector's structure offers. A roof or a piece of land can carry a mast of its own.
fn fit_on(host: &Host, item: &RequestItem) -> Factor {
    let after_works = |vi: &str, en: &str| Factor::new("fit", ShareableAfterWorks, AFTER_WORKS, vi, en);
    let there = host.height_m.map(|height| [height; 2]);
    match host.kind {
        None => Factor::new("fit", CannotTell, ASK, "Chưa biết loại công trình.", "What it is, is not known."),
        Some(HostKind::PublicLand) => {
            after_works("Đất công: vẫn phải dựng cột.", "Public land: a mast is still needed.")
        }
        Some(HostKind::Roof) => match fit(item, there) {
            low if low.verdict != CannotTell && Shareable < low.verdict => after_works(
                "Mái nhà thấp hơn chiều cao cần có: phải dựng cột trên mái.",
                "The roof is lower than wanted: it needs a mast on it.",
            ),
            other => other,
        },
        Some(HostKind::LampPost | HostKind::PowerPole | HostKind::Bridge) => fit(item, there),
    }
}

/// Whether equipment on it makes the requested mast needless.
fn replaces_a_mast(host: &Host, item: &RequestItem) -> bool {
    match (host.kind, host.height_m, wanted(item)) {
        (None | Some(HostKind::PublicLand), ..) => false,
        (Some(HostKind::Roof), there, wanted) => matches!((there, wanted), (Some(t), Some([_, w])) if w <= t),
        _ => true,
    }
}

/// Whether the structure bears one more operator: by what is in use of its strength, else by what it was designed for.
fn structural(mast: &Mast, networks_on_it: usize) -> Factor {
    let factor = |verdict, value, text: Text| Factor::new("structural", verdict, value, text.vi, text.en);
    let Some((used, part)) = strength_in_use(mast) else {
        let Some((designed, carried)) = room_by_design(mast, networks_on_it) else {
            let vi = "Chưa nêu mức sử dụng kết cấu, thiết kế cũng chưa cho biết còn chỗ: cần hỏi chủ sở hữu.";
            let en = "Structural use is not stated, and the design does not show room: ask the owner.";
            return factor(CannotTell, ASK, Text::new(vi, en));
        };
        let (vi, en) = (
            format!(
                "Chưa nêu mức sử dụng kết cấu; thiết kế cho {designed} doanh nghiệp, đang có {carried}: cần khảo sát \
                 khả thi trước khi lắp."
            ),
            format!(
                "Structural use is not stated; designed for {designed} operators, {carried} there: a feasibility \
                 study comes before installing."
            ),
        );
        return factor(Shareable, STRENGTH_BY_DESIGN, Text::new(vi, en));
    };
    factor::strength(used, part)
}

/// The greater share in use, of the structure's strength or of its foundation's, in percent; none where the structure's
/// is not stated, unless the foundation's is used up.
fn strength_in_use(mast: &Mast) -> Option<(f64, Part)> {
    match (mast.structural_use_pct, mast.foundation_use_pct) {
        (Some(structure), Some(foundation)) if structure < foundation => Some((foundation, Part::Foundation)),
        (Some(structure), _) => Some((structure, Part::Structure)),
        (None, Some(foundation)) if 100.0 <= foundation => Some((foundation, Part::Foundation)),
        (None, _) => None,
    }
}

/// The operators that a mast was designed for and those that it carries, when both are known and there is room.
fn room_by_design(mast: &Mast, networks_on_it: usize) -> Option<(u32, u32)> {
    let carried = mast.slots.used?.max(u32::try_from(networks_on_it).ok()?);
    mast.operators_designed.filter(|designed| carried < *designed).map(|designed| (designed, carried))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn where_a_mast_may_stand_on_a_building_or_beside_it_both_heights_must_fit() {
        let metres = |value: f64| Some(Metres::computed(value));
        let request = |building: serde_json::Value, on_building: serde_json::Value| -> RequestItem {
            serde_json::from_value(json!({
                "class": "mast", "owner": "vnpt", "height_m": 30.0, "building_height_m": building,
                "on_building": on_building, "shape": { "type": "Point", "coordinates": [106.48, 20.68] },
            }))
            .unwrap()
        };
        let plain = request(json!(null), json!(null));
        for (name, item, there, expected) in [
            ("high enough", &plain, tops(metres(42.0), None, None), Shareable),
            (
                "too low by itself, and high enough on a roof",
                &plain,
                tops(metres(12.0), None, metres(20.0)),
                CannotTell,
            ),
            ("on the roof", &plain, tops(metres(12.0), Some(true), metres(20.0)), Shareable),
            ("beside the building", &plain, tops(metres(12.0), Some(false), metres(20.0)), NotShareable),
            ("high enough either way", &plain, tops(metres(42.0), None, metres(20.0)), Shareable),
            ("too low either way", &plain, tops(metres(5.0), None, metres(5.0)), NotShareable),
            ("a roof of unknown height", &plain, tops(metres(42.0), Some(true), None), CannotTell),
            (
                "wanted on a roof or beside it",
                &request(json!(40.0), json!(null)),
                tops(metres(42.0), None, None),
                CannotTell,
            ),
            ("wanted on a roof", &request(json!(40.0), json!(true)), tops(metres(42.0), None, None), NotShareable),
            ("wanted beside it", &request(json!(40.0), json!(false)), tops(metres(42.0), None, None), Shareable),
        ] {
            assert_eq!(fit(item, there).verdict, expected, "{name}");
        }
    }

    #[test]
    fn of_a_masts_structure_and_foundation_the_one_that_is_fuller_counts_and_is_named() {
        for (structure, foundation, expected) in [
            (Some(60.0), None, "The structure uses 60 % of its strength."),
            (Some(60.0), Some(40.0), "The structure uses 60 % of its strength."),
            (Some(60.0), Some(90.0), "The foundation uses 90 % of its strength; the added load must be checked."),
            (Some(60.0), Some(100.0), "The foundation's strength is used up: it must be strengthened."),
            (None, Some(100.0), "The foundation's strength is used up: it must be strengthened."),
            (None, Some(40.0), "Structural use is not stated, and the design does not show room: ask the owner."),
        ] {
            let mast = Mast { structural_use_pct: structure, foundation_use_pct: foundation, ..Mast::default() };
            assert_eq!(structural(&mast, 1).reason_en, expected);
        }
        let full = Mast { structural_use_pct: Some(60.0), foundation_use_pct: Some(100.0), ..Mast::default() };
        assert_eq!(structural(&full, 1).verdict, ShareableAfterWorks);
        assert_eq!(slots(Capacity::Known(0), &full, None).verdict, NotShareable, "no slot can be added");
    }
}
