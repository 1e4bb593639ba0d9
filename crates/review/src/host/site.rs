//! Hosts of a mast or a radio station: standing masts first, then roofs, lamp posts, power poles, bridges, land.

use hatang_core::{
    AssetClass, Capacity, Details, Metres, NetworkCode, RequestItem, Text,
    asset::{Host, HostKind, Lifecycle, Mast},
};

use super::{
    Candidate, HostCandidate,
    HostVerdict::{CannotTell, NotShareable, Shareable, ShareableAfterWorks},
    Saves,
    factor::{self, AFTER_WORKS, ASK, Factor, Unit},
    fails_together,
};
use crate::{assumption::RAISABLE_SHARE, land::Side, scene::Scene, wording};

const SLOT: Unit = Unit { vi: "vị trí lắp đặt", en: "slot" };
/// A structure designed for more operators than it carries hosts one more, after a feasibility study.
const STRENGTH_BY_DESIGN: f64 = 0.7;
/// Above this share of its strength in use, in percent, one more operator's load may be too much.
const NEARLY_FULL_PCT: f64 = 85.0;

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
        Some(sight) => scene.seen.networks_on(sight).known,
        None => scene.seen.networks_named_by(asset).known,
    };
    let applicant_on_it = applicant.filter(|own| networks.contains(own));
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
            factors.push(fit(item, top(mast.height_m, mast.on_building, mast.building_height_m)));
            factors.push(structural(mast, networks.len()));
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
    let zones = scene.plan.into_iter().flat_map(|plan| &plan.zones).filter(|zone| zone.zone == A1_ONLY);
    let radius = candidate.accuracy.radius;
    let sides = zones.map(|zone| Side::of_shape(&candidate.shape, radius, &zone.shape));
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
    match (applicant_on_it, mast.structural_use_pct) {
        (Some(network), _) => after_works(
            format!("Cột đã đủ chỗ, nhưng mạng {network} đã có trên cột: nâng cấp tại chỗ."),
            format!("No slot is free, but {network} is already on the mast: upgrade in place."),
        ),
        (None, Some(used)) if used < 100.0 => {
            let used = wording::number(used, 1);
            after_works(
                format!("Không còn vị trí trống; kết cấu mới dùng {} %: có thể làm thêm giá đỡ.", used.vi),
                format!("No slot is free; the structure uses {} % of its strength: a slot can be added.", used.en),
            )
        }
        _ => factor,
    }
}

/// How high antennas can hang: the mast and the building beneath it. Heights whose sum is none are not known.
fn top(height: Option<Metres>, on_building: Option<bool>, building: Option<Metres>) -> Option<Metres> {
    match on_building {
        Some(true) => Metres::new(height?.get() + building?.get()).ok(),
        _ => height,
    }
}

fn wanted(item: &RequestItem) -> Option<Metres> {
    top(item.height_m, item.on_building, item.building_height_m)
}

/// The height that is there against the height that is wanted.
fn fit(item: &RequestItem, there: Option<Metres>) -> Factor {
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
    let (verdict, value) = if wanted <= there {
        (Shareable, 1.0)
    } else if wanted.get() * RAISABLE_SHARE <= there.get() {
        (ShareableAfterWorks, AFTER_WORKS)
    } else {
        (NotShareable, 0.0)
    };
    let (wanted, there) = (wording::metres(wanted), wording::metres(there));
    let raise = match verdict {
        Shareable => ("", ""),
        ShareableAfterWorks => (
            "; có thể nâng cao (giả định làm việc: từ 75 % chiều cao)",
            "; it could be raised (working assumption: from 75 % of the height)",
        ),
        _ => ("; quá thấp", "; too low"),
    };
    let vi = format!("Cao {}, cần {}{}.", there.vi, wanted.vi, raise.0);
    factor(verdict, value, Text::new(vi, format!("{} high, {} wanted{}.", there.en, wanted.en, raise.1)))
}

/// The height that another sector's structure offers. A roof or a piece of land can carry a mast of its own.
fn fit_on(host: &Host, item: &RequestItem) -> Factor {
    let after_works = |vi: &str, en: &str| Factor::new("fit", ShareableAfterWorks, AFTER_WORKS, vi, en);
    match host.kind {
        None => Factor::new("fit", CannotTell, ASK, "Chưa biết loại công trình.", "What it is, is not known."),
        Some(HostKind::PublicLand) => {
            after_works("Đất công: vẫn phải dựng cột.", "Public land: a mast is still needed.")
        }
        Some(HostKind::Roof) => match fit(item, host.height_m) {
            low if low.verdict != CannotTell && Shareable < low.verdict => after_works(
                "Mái nhà thấp hơn chiều cao cần có: phải dựng cột trên mái.",
                "The roof is lower than wanted: it needs a mast on it.",
            ),
            other => other,
        },
        Some(HostKind::LampPost | HostKind::PowerPole | HostKind::Bridge) => fit(item, host.height_m),
    }
}

/// Whether equipment on it makes the requested mast needless.
fn replaces_a_mast(host: &Host, item: &RequestItem) -> bool {
    match (host.kind, host.height_m, wanted(item)) {
        (None | Some(HostKind::PublicLand), ..) => false,
        (Some(HostKind::Roof), there, wanted) => matches!((there, wanted), (Some(t), Some(w)) if w <= t),
        _ => true,
    }
}

/// Whether the structure bears one more operator: by what is in use of its strength, else by what it was designed for.
fn structural(mast: &Mast, networks_on_it: usize) -> Factor {
    let factor = |verdict, value, text: Text| Factor::new("structural", verdict, value, text.vi, text.en);
    let Some(used) = mast.structural_use_pct else {
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
    if 100.0 <= used {
        let vi = "Kết cấu đã dùng hết: phải gia cường.";
        let en = "The structure's strength is used up: it must be strengthened.";
        return factor(ShareableAfterWorks, AFTER_WORKS, Text::new(vi, en));
    }
    let check = if NEARLY_FULL_PCT < used {
        ("; phải kiểm tra tải trọng thêm", "; the added load must be checked")
    } else {
        ("", "")
    };
    let used = wording::number(used, 1);
    let vi = format!("Kết cấu đã dùng {} %{}.", used.vi, check.0);
    factor(Shareable, 1.0, Text::new(vi, format!("The structure uses {} % of its strength{}.", used.en, check.1)))
}

/// The operators that a mast was designed for and those that it carries, when both are known and there is room.
fn room_by_design(mast: &Mast, networks_on_it: usize) -> Option<(u32, u32)> {
    let carried = mast.slots.used?.max(u32::try_from(networks_on_it).ok()?);
    mast.operators_designed.filter(|designed| carried < *designed).map(|designed| (designed, carried))
}
