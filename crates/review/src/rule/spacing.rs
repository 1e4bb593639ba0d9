//! How far a requested mast stands from the masts that a rule counts.

use hatang_core::{Metres, NetworkCode, RequestItem, Text, Verdict, rule_set::SpacingBetween};

use crate::{
    assumption,
    finding::{Limit, Outcome, Quantity},
    land::Land,
    missing::Missing,
    neighbour::{Neighbour, masts_around},
    scene::Scene,
    wording,
};

/// The parameters of a spacing rule.
pub(super) struct Spacing {
    pub(super) between: SpacingBetween,
    pub(super) urban: Option<Metres>,
    pub(super) other: Option<Metres>,
    pub(super) exempt_height: Option<Metres>,
    pub(super) up_to_height: Option<Metres>,
}

/// Whether a mast is one that the rule counts.
enum Counts {
    Yes,
    No,
    /// It does, unless this turns out otherwise.
    Perhaps(Missing),
}

/// One mast's own verdict and what would settle it.
struct Judged<'a> {
    mast: &'a Neighbour<'a>,
    verdict: Verdict,
    missing: Vec<Missing>,
}

/// All masts against one distance.
struct Tally<'a> {
    limit: Metres,
    verdict: Verdict,
    /// The masts behind the verdict, nearest first.
    decisive: Vec<&'a Judged<'a>>,
}

/// Judges the geodesic distances from the requested place to every mast that the rule counts.
///
/// Both places' 95 % radii combine as the root of their squares. One certain violation settles the rule; otherwise one
/// undecided mast leaves it open. What the request's height alone decides has been said before. `O(log n + k)` with `k`
/// masts within the limit plus [`crate::WORST_ACCURACY`] or placed worse than that.
///
/// Source: the rule's instrument and article, for example QĐ 72/2025/QĐ-UBND Bắc Ninh, Art. 15(5).
pub(super) fn judge(rule: &Spacing, item: &RequestItem, scene: &Scene<'_>) -> Outcome {
    match judge_distances(rule, item, scene) {
        clear if clear.verdict == Verdict::Complies => clear,
        // Whether its height takes it out of the rule's reach is not known.
        _ if rule.up_to_height.is_some() && item.height_m.is_none() => {
            Outcome::lacks(vec![Missing::of_request("height_m")])
        }
        found => found,
    }
}

fn judge_distances(rule: &Spacing, item: &RequestItem, scene: &Scene<'_>) -> Outcome {
    let land = Land::of(item, scene);
    let urban = land.may_be_urban().then_some(rule.urban);
    let other = land.may_be_other().then_some(rule.other);
    let limits: Option<Vec<Metres>> = urban.into_iter().chain(other).collect();
    let Some(limits) = limits else { return unset(item, scene) };

    let widest = limits.iter().copied().fold(Metres::ZERO, |widest, limit| if widest < limit { limit } else { widest });
    let masts = masts_around(item, scene, widest);
    let applicant = scene.known_network(item);
    let tallies: Vec<Vec<Judged<'_>>> =
        limits.iter().map(|limit| judged(&masts, *limit, rule, item, &applicant)).collect();
    let tallies: Vec<Tally<'_>> = limits.iter().zip(&tallies).map(|(limit, judged)| tally(*limit, judged)).collect();
    conclude(&tallies, land, item)
}

fn judged<'a>(
    masts: &'a [Neighbour<'a>],
    limit: Metres,
    rule: &Spacing,
    item: &RequestItem,
    applicant: &Result<&NetworkCode, Missing>,
) -> Vec<Judged<'a>> {
    let judge = |mast: &'a Neighbour<'a>| {
        let mut missing = Vec::new();
        for counts in [exempted(mast, rule, item), counted(mast, rule.between, applicant)] {
            match counts {
                Counts::Yes => {}
                Counts::No => return None,
                Counts::Perhaps(what) => missing.push(what),
            }
        }
        let by_distance = mast.distance.at_least(limit);
        if by_distance == Verdict::Complies {
            return Some(Judged { mast, verdict: by_distance, missing: Vec::new() });
        }
        if by_distance == Verdict::CannotTell {
            missing.push(Missing::better_survey_of(mast.id, &mast.label));
        }
        let verdict = if missing.is_empty() { by_distance } else { Verdict::CannotTell };
        Some(Judged { mast, verdict, missing })
    };
    masts.iter().filter_map(judge).collect()
}

/// Whether the rule's height exemption takes the pair out of its reach.
fn exempted(mast: &Neighbour<'_>, rule: &Spacing, item: &RequestItem) -> Counts {
    match (rule.exempt_height, mast.height, item.height_m) {
        (Some(exempt), Some(height), _) if height <= exempt => Counts::No,
        (None, ..) | (Some(_), Some(_), Some(_)) => Counts::Yes,
        (Some(_), Some(_), None) => Counts::Perhaps(Missing::of_request("height_m")),
        (Some(_), None, _) => Counts::Perhaps(Missing::of_asset("height_m", mast.id, &mast.label)),
    }
}

/// Whether the networks on a mast make it one that the rule counts. A mast without any means that nobody has said.
fn counted(mast: &Neighbour<'_>, between: SpacingBetween, applicant: &Result<&NetworkCode, Missing>) -> Counts {
    let networks = &mast.networks.known;
    let are_all = mast.networks.complete && !networks.is_empty();
    match (between, applicant) {
        (SpacingBetween::AnyNetwork, _) => Counts::Yes,
        (SpacingBetween::OtherNetworks, Ok(own)) if networks.iter().any(|network| network != own) => Counts::Yes,
        (SpacingBetween::SameNetwork, Ok(own)) if networks.contains(*own) => Counts::Yes,
        // Two networks cannot both be the applicant's.
        (SpacingBetween::OtherNetworks, Err(_)) if 1 < networks.len() => Counts::Yes,
        _ if !are_all => Counts::Perhaps(Missing::of_asset("network", mast.id, &mast.label)),
        (_, Err(missing)) => Counts::Perhaps(missing.clone()),
        (_, Ok(_)) => Counts::No,
    }
}

fn tally<'a>(limit: Metres, judged: &'a [Judged<'a>]) -> Tally<'a> {
    let with = |verdict| judged.iter().filter(move |one| one.verdict == verdict);
    let verdict = [Verdict::DoesNotComply, Verdict::CannotTell]
        .into_iter()
        .find(|verdict| with(*verdict).next().is_some())
        .unwrap_or(Verdict::Complies);
    // A mast that is far enough decides nothing; the nearest of them is named for orientation.
    let decisive = with(verdict).take(if verdict == Verdict::Complies { 1 } else { usize::MAX }).collect();
    Tally { limit, verdict, decisive }
}

/// One verdict from the tallies of each distance that may hold at the place.
fn conclude(tallies: &[Tally<'_>], land: Land, item: &RequestItem) -> Outcome {
    let agree = tallies.windows(2).all(|pair| pair[0].verdict == pair[1].verdict);
    let violates = agree && tallies.iter().all(|tally| tally.verdict == Verdict::DoesNotComply);
    // What complies does so under the widest distance; what violates does so even under the narrowest.
    let by_width = |a: &&Tally<'_>, b: &&Tally<'_>| a.limit.get().total_cmp(&b.limit.get());
    let tally = if violates { tallies.iter().min_by(by_width) } else { tallies.iter().max_by(by_width) };
    let tally = tally.expect("a place is urban or not: there is at least one limit");
    let verdict = if agree { tally.verdict } else { Verdict::CannotTell };

    let mut missing: Vec<Missing> = Vec::new();
    if verdict == Verdict::CannotTell {
        let of_masts = tally.decisive.iter().flat_map(|judged| judged.missing.iter().cloned());
        for one in land.missing().into_iter().chain(of_masts) {
            if !missing.contains(&one) {
                missing.push(one);
            }
        }
    }
    let nearest = tally.decisive.first().map(|judged| judged.mast);
    let shown = tally.decisive.iter().filter_map(|one| assumption::of_neighbour(&one.mast.label, one.mast.accuracy));
    Outcome {
        measured: nearest.map(|mast| Quantity::metres(mast.distance)),
        limit: Some(Limit::metres(tally.limit)),
        assets: tally.decisive.iter().map(|judged| judged.mast.id).collect(),
        assumptions: if nearest.is_some() {
            assumption::of_request(item).into_iter().chain(shown).collect()
        } else {
            Vec::new()
        },
        reason: reason(verdict, tally.limit, nearest, land, &missing),
        missing,
        ..Outcome::new(verdict, Text::default())
    }
}

fn reason(verdict: Verdict, limit: Metres, nearest: Option<&Neighbour<'_>>, land: Land, missing: &[Missing]) -> Text {
    let (limit, land) = (wording::metres(limit), land.text());
    let Some(mast) = nearest else {
        return Text::new(
            format!("Không có cột nào thuộc diện xét gần hơn {} ({}).", limit.vi, land.vi),
            format!("No mast that counts stands nearer than {} ({}).", limit.en, land.en),
        );
    };
    let planned = wording::mark_of_decided(mast.planned);
    let distance = wording::plus_minus(mast.distance);
    let start = Text::new(
        format!(
            "Cột {}{} cách {}, khoảng cách tối thiểu {} ({})",
            mast.label, planned.vi, distance.vi, limit.vi, land.vi
        ),
        format!(
            "Mast {}{} is {} away, the least distance is {} ({})",
            mast.label, planned.en, distance.en, limit.en, land.en
        ),
    );
    let missing = Missing::listed(missing);
    match verdict {
        Verdict::DoesNotComply => Text::new(
            format!("{}: dùng chung cột đó hoặc dời vị trí.", start.vi),
            format!("{}: share that mast or move.", start.en),
        ),
        Verdict::CannotTell => Text::new(
            format!("{}: chưa thể kết luận, còn thiếu {}.", start.vi, missing.vi),
            format!("{}: nobody can tell without {}.", start.en, missing.en),
        ),
        Verdict::Complies | Verdict::DoesNotApply => {
            Text::new(format!("{}: đạt.", start.vi), format!("{}: far enough.", start.en))
        }
    }
}

/// A rule for low structures says nothing of a higher one.
pub(super) fn too_high(height: Metres, up_to: Metres) -> Outcome {
    let [height, up_to] = wording::compared(height, up_to);
    Outcome::not_asked(
        format!("Công trình cao {}, quy định chỉ xét loại không quá {}.", height.vi, up_to.vi),
        format!("The structure is {} high; the rule judges those of no more than {}.", height.en, up_to.en),
    )
}

/// A rule may leave low structures out.
pub(super) fn exempt_request(height: Metres, exempt: Metres) -> Outcome {
    let [height, exempt] = wording::compared(height, exempt);
    let reason = Text::new(
        format!("Công trình cao {}, không quá {}: được miễn khoảng cách.", height.vi, exempt.vi),
        format!("The structure is {} high, no more than {}: exempt from spacing.", height.en, exempt.en),
    );
    Outcome::new(Verdict::DoesNotApply, reason)
}

/// The authority's number is not entered; the nearest mast is still measured.
fn unset(item: &RequestItem, scene: &Scene<'_>) -> Outcome {
    let masts = masts_around(item, scene, Metres::computed(scene.reach()));
    let Some(mast) = masts.first() else { return Outcome::unset() };
    let distance = wording::plus_minus(mast.distance);
    let reason = Text::new(
        format!("Cột gần nhất {} cách {}; con số của cơ quan có thẩm quyền chưa được nhập.", mast.label, distance.vi),
        format!("The nearest mast {} is {} away; the authority's number is not entered.", mast.label, distance.en),
    );
    let assumed = assumption::of_neighbour(&mast.label, mast.accuracy);
    Outcome {
        measured: Some(Quantity::metres(mast.distance)),
        assets: vec![mast.id],
        assumptions: assumption::of_request(item).into_iter().chain(assumed).collect(),
        reason,
        ..Outcome::unset()
    }
}
