//! Whether a line of the same kind already stands along a requested one.

use hatang_core::{AssetClass, AssetId, Measured, Metres, Near, RequestItem, Shape, Text, Verdict};

use crate::{
    assumption::{self, POLE_SPAN},
    finding::{Limit, Outcome, Quantity},
    missing::Missing,
    route::{BEND, Route, Stretches},
    scene::{Corridor, Scene, search_radius},
    wording,
};

/// A standing route or pole near the request.
struct Standing<'a> {
    near: Near<'a>,
    /// The 95 % radius of both places.
    radius: f64,
}

/// How much of their radius is taken off or added to the corridor, to see what is certain and what is possible.
const CERTAIN: f64 = -1.0;
const LIKELY: f64 = 0.0;
const POSSIBLE: f64 = 1.0;

/// Judges the longest stretch of the requested line that runs beside standing aerial routes or rows of poles.
///
/// Poles make a row when they stand within [`POLE_SPAN`] of each other along the request. Accuracies of both surveys
/// combine as the root of their squares and narrow or widen the corridor. `O(log n + k)` with `k` structures near.
///
/// Source: the rule's instrument and article, for example QĐ 72/2025/QĐ-UBND Bắc Ninh, Art. 14(2); QCVN 33:2019.
pub(super) fn judge(corridor: Corridor, item: &RequestItem, scene: &Scene<'_>) -> Outcome {
    let standing = standing_near(corridor, item, scene);
    let Some(route) = Route::of(&item.shape) else { return single_pole(corridor, &standing) };

    let beside = |how_sure| stretches(&route, &standing, corridor.width, how_sure);
    let (certain, likely, possible) = (beside(CERTAIN), beside(LIKELY), beside(POSSIBLE));
    let (low, value, high) = (certain.longest(), likely.longest(), possible.longest());
    let verdict = if corridor.shortest_run <= low {
        Verdict::DoesNotComply
    } else if corridor.shortest_run <= high {
        Verdict::CannotTell
    } else {
        Verdict::Complies
    };
    let measured =
        Measured { value: Metres::computed(value), accuracy: Metres::computed((high - value).max(value - low)) };
    let assets = if verdict == Verdict::Complies { Vec::new() } else { along_order(&route, &standing, corridor.width) };
    let assumed = standing.iter().filter(|one| assets.contains(&one.near.sight.asset().id));
    let assumed = assumed
        .filter_map(|one| assumption::of_neighbour(&wording::label_seen(&one.near.sight), one.near.sight.accuracy()));
    Outcome {
        measured: Some(Quantity::metres(measured)),
        limit: Some(Limit::metres(Metres::computed(corridor.shortest_run))),
        missing: if verdict == Verdict::CannotTell { vec![Missing::better_survey()] } else { Vec::new() },
        assumptions: std::iter::once(working_numbers(corridor))
            .chain(assumption::of_request(item))
            .chain(assumed)
            .collect(),
        assets,
        ..Outcome::new(verdict, reason(verdict, measured, corridor))
    }
}

fn standing_near<'a>(corridor: Corridor, item: &RequestItem, scene: &Scene<'a>) -> Vec<Standing<'a>> {
    let request = item.accuracy().radius;
    let reach = search_radius(item, corridor.width);
    let near = |class| scene.seen.within(class, &item.shape, reach);
    let all = near(AssetClass::AerialRoute).into_iter().chain(near(AssetClass::Pole));
    all.filter(|near| near.sight.asset().status.stands())
        .map(|near| Standing { radius: near.sight.accuracy().radius.combined_with(request).get(), near })
        .filter(|one| one.near.nearest.distance.get() <= corridor.width + one.radius)
        .collect()
}

/// The stretches of the request beside anything that stands, at a corridor as sure as asked.
fn stretches(route: &Route, standing: &[Standing<'_>], width: f64, how_sure: f64) -> Stretches {
    let mut found = Vec::new();
    let mut poles = Vec::new();
    for one in standing {
        let reach = width + how_sure * one.radius;
        match &*one.near.sight.shape() {
            Shape::Point(at) if one.near.nearest.distance.get() <= reach => poles.push(route.nearest_along(*at)),
            Shape::Point(_) => {}
            line => found.extend(route.along(line, reach).into_pairs()),
        }
    }
    poles.sort_by(f64::total_cmp);
    found.extend(poles.windows(2).filter(|pair| pair[1] - pair[0] <= POLE_SPAN).map(|pair| (pair[0], pair[1])));
    Stretches::union(found, BEND)
}

/// The structures that may stand in the corridor, in the order in which the request passes them.
fn along_order(route: &Route, standing: &[Standing<'_>], width: f64) -> Vec<AssetId> {
    let in_corridor = standing.iter().filter(|one| one.near.nearest.distance.get() <= width + one.radius);
    let mut order: Vec<(f64, AssetId)> =
        in_corridor.map(|one| (route.nearest_along(one.near.nearest.from), one.near.sight.asset().id)).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    order.into_iter().map(|(_, id)| id).collect()
}

fn reason(verdict: Verdict, measured: Measured, corridor: Corridor) -> Text {
    let (run, shortest) = (wording::plus_minus(measured), wording::metres(Metres::computed(corridor.shortest_run)));
    let start = Text::new(
        format!("Đoạn dài nhất đi cùng tuyến cột đã có là {} (tính từ {})", run.vi, shortest.vi),
        format!("The longest stretch beside a standing pole line is {} (counted from {})", run.en, shortest.en),
    );
    match verdict {
        Verdict::DoesNotComply => Text::new(
            format!("{}: dùng chung tuyến đó hoặc đi đường khác.", start.vi),
            format!("{}: share that line or take another way.", start.en),
        ),
        Verdict::CannotTell => Text::new(
            format!("{}: chưa thể kết luận, cần toạ độ chính xác hơn.", start.vi),
            format!("{}: nobody can tell without better surveyed positions.", start.en),
        ),
        Verdict::Complies | Verdict::DoesNotApply => {
            Text::new(format!("{}: không trùng tuyến.", start.vi), format!("{}: no doubled line.", start.en))
        }
    }
}

/// One pole is no line: beside a standing line, only its own line's route can decide.
fn single_pole(corridor: Corridor, standing: &[Standing<'_>]) -> Outcome {
    let assumptions = vec![working_numbers(corridor)];
    let width = wording::metres(Metres::computed(corridor.width));
    if standing.is_empty() {
        let reason = Text::new(
            format!("Không có tuyến cột nào trong phạm vi {} quanh vị trí này.", width.vi),
            format!("No pole line stands within {} of the place.", width.en),
        );
        return Outcome { assumptions, ..Outcome::new(Verdict::Complies, reason) };
    }
    let reason = Text::new(
        format!("Có tuyến cột trong phạm vi {}; một cột đơn lẻ chưa cho biết tuyến mới có trùng hay không.", width.vi),
        format!("A pole line stands within {}; a single pole does not say whether its line doubles it.", width.en),
    );
    Outcome {
        assets: standing.iter().map(|one| one.near.sight.asset().id).collect(),
        missing: vec![Missing::route()],
        assumptions,
        ..Outcome::new(Verdict::CannotTell, reason)
    }
}

fn working_numbers(corridor: Corridor) -> Text {
    let metres = |length| wording::metres(Metres::computed(length));
    let (width, run, span) = (metres(corridor.width), metres(corridor.shortest_run), metres(POLE_SPAN));
    Text::new(
        format!(
            "Số làm việc của Hatang, không phải số pháp lý: cùng tuyến khi cách nhau không quá {}, \
             đoạn từ {}, cột liền nhau không quá {}.",
            width.vi, run.vi, span.vi
        ),
        format!(
            "Hatang's working numbers, not law: one line within {}, stretches from {}, neighbouring poles within {}.",
            width.en, run.en, span.en
        ),
    )
}
