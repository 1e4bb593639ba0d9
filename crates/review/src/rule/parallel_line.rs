//! Whether a line of the same kind already stands along a requested one.

use hatang_core::{AssetClass, Measured, Metres, Near, RequestItem, Shape, Text, Verdict};

use crate::{
    assumption::{self, POLE_SPAN},
    finding::{Limit, Outcome, Quantity},
    missing::Missing,
    route::{BEND, Route},
    scene::{Corridor, Scene},
    wording,
};

/// A standing route or pole near the request.
struct Standing<'a> {
    near: Near<'a>,
    /// The 95 % radius of both places.
    radius: f64,
    /// How many metres along the request it is nearest.
    along: f64,
}

/// How much of their radius is taken off or added to the corridor, to see what is certain and what is possible.
const CERTAIN: f64 = -1.0;
const LIKELY: f64 = 0.0;
const POSSIBLE: f64 = 1.0;

/// A stretch of the request beside something that stands, and how much farther or nearer either end may lie.
#[derive(Clone, Copy, Debug)]
struct Piece {
    from: f64,
    to: f64,
    radii: [f64; 2],
}

/// Judges the longest stretch of the requested line that runs beside standing aerial routes or rows of poles.
///
/// Poles make a row when they stand within [`POLE_SPAN`] of each other along the request. Accuracies of both surveys
/// combine as the root of their squares; they narrow or widen the corridor, and shorten or lengthen a stretch at both
/// its ends. A request that is shorter than twice the shortest run doubles a line when half of it does. Lines of one
/// request that touch are judged one by one. `O(log n + k)` with `k` structures near.
///
/// Source: the rule's instrument and article, for example QĐ 72/2025/QĐ-UBND Bắc Ninh, Art. 14(2); QCVN 33:2019.
pub(super) fn judge(corridor: Corridor, item: &RequestItem, scene: &Scene<'_>) -> Outcome {
    let route = Route::of(&item.shape);
    let standing = standing_near(corridor, route.as_ref(), item, scene);
    let Some(route) = route else { return single_pole(corridor, &standing) };

    let shortest = corridor.shortest_run.min(0.5 * route.length().get());
    let limit = Some(Limit::metres(Metres::computed(shortest)));
    let beside = |how_sure| pieces(&route, &standing, corridor.width, how_sure);
    let (certain, likely, possible) = (beside(CERTAIN), beside(LIKELY), beside(POSSIBLE));
    let of_request = std::iter::once(working_numbers(corridor)).chain(assumption::of_request(item));
    if possible.is_empty() {
        return Outcome { limit, assumptions: of_request.collect(), ..none_beside(corridor) };
    }
    let (low, value, high) = (longest(&certain, CERTAIN), longest(&likely, LIKELY), longest(&possible, POSSIBLE));
    // The radius is that of the side that decides.
    let (verdict, accuracy) = if shortest <= low {
        (Verdict::DoesNotComply, value - low)
    } else if shortest <= high {
        (Verdict::CannotTell, (high - value).max(value - low))
    } else {
        (Verdict::Complies, high - value)
    };
    let measured = Measured { value: Metres::computed(value), accuracy: Metres::computed(accuracy) };
    let decisive = if verdict == Verdict::Complies { &[] } else { &*standing };
    let sights = decisive.iter().map(|one| one.near.sight);
    let assumed = sights.filter_map(|sight| assumption::of_neighbour(&wording::label_seen(&sight), sight.accuracy()));
    Outcome {
        measured: Some(Quantity::metres(measured)),
        limit,
        missing: if verdict == Verdict::CannotTell { vec![Missing::better_survey()] } else { Vec::new() },
        assumptions: of_request.chain(assumed).collect(),
        assets: decisive.iter().map(|one| one.near.sight.asset().id).collect(),
        ..Outcome::new(verdict, reason(verdict, measured, Metres::computed(shortest)))
    }
}

/// The structures that may stand in the corridor, in the order in which the request passes them.
fn standing_near<'a>(
    corridor: Corridor,
    route: Option<&Route>,
    item: &RequestItem,
    scene: &Scene<'a>,
) -> Vec<Standing<'a>> {
    let request = item.accuracy().radius;
    let near = |class| scene.around(class, item, corridor.width);
    let all = near(AssetClass::AerialRoute).into_iter().chain(near(AssetClass::Pole));
    let mut standing: Vec<Standing<'a>> = all
        .filter(|near| near.sight.asset().status.stands())
        .map(|near| (near.sight.accuracy().radius.combined_with(request).get(), near))
        .filter(|(radius, near)| near.nearest.distance.get() <= corridor.width + radius)
        .map(|(radius, near)| {
            let along = route.map_or(0.0, |route| route.nearest_along(near.nearest.from));
            Standing { near, radius, along }
        })
        .collect();
    let id = |one: &Standing<'_>| one.near.sight.asset().id;
    standing.sort_by(|a, b| a.along.total_cmp(&b.along).then_with(|| id(a).cmp(&id(b))));
    standing
}

/// The stretches of the request beside each thing that stands, at a corridor as sure as asked.
fn pieces(route: &Route, standing: &[Standing<'_>], width: f64, how_sure: f64) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut poles = Vec::new();
    for one in standing {
        let reach = width + how_sure * one.radius;
        match &*one.near.sight.shape() {
            Shape::Point(_) if one.near.nearest.distance.get() <= reach => {
                poles.push((one.along, one.radius));
            }
            Shape::Point(_) => {}
            line => {
                let stretches = route.along(line, reach).into_pairs().into_iter();
                found.extend(stretches.map(|(from, to)| Piece { from, to, radii: [one.radius; 2] }));
            }
        }
    }
    let rows = poles.windows(2).map(|pair| Piece { from: pair[0].0, to: pair[1].0, radii: [pair[0].1, pair[1].1] });
    found.extend(rows.filter(|row| row.to - row.from <= POLE_SPAN));
    found.sort_by(|a, b| a.from.total_cmp(&b.from).then(a.to.total_cmp(&b.to)));
    found
}

/// The longest stretch that pieces make together, given in order, its ends moved by their radii as sure as asked. An
/// end is that of the piece which is best known to reach so far, or which may reach farthest.
fn longest(pieces: &[Piece], how_sure: f64) -> f64 {
    let mut longest: f64 = 0.0;
    let mut reaches = f64::NEG_INFINITY;
    let (mut first, mut last) = (0.0, 0.0);
    for piece in pieces {
        let (from, to) = (piece.from - how_sure * piece.radii[0], piece.to + how_sure * piece.radii[1]);
        if piece.from <= reaches + BEND {
            (first, last) = (from.min(first), to.max(last));
        } else {
            (first, last) = (from, to);
        }
        reaches = reaches.max(piece.to);
        longest = longest.max(last - first);
    }
    longest.min(f64::MAX)
}

fn reason(verdict: Verdict, measured: Measured, shortest: Metres) -> Text {
    let (run, shortest) = (wording::plus_minus(measured), wording::metres(shortest));
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
    if standing.is_empty() {
        return Outcome { assumptions, ..none_beside(corridor) };
    }
    let width = wording::metres(Metres::computed(corridor.width));
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

/// Nothing stands in the corridor that the request could double, so that nothing was measured.
fn none_beside(corridor: Corridor) -> Outcome {
    let width = wording::metres(Metres::computed(corridor.width));
    let reason = Text::new(
        format!("Không có tuyến cột nào đi cùng trong phạm vi {}.", width.vi),
        format!("No pole line runs beside it within {}.", width.en),
    );
    Outcome::new(Verdict::Complies, reason)
}

fn working_numbers(corridor: Corridor) -> Text {
    let metres = |length| wording::metres(Metres::computed(length));
    let (width, run, span) = (metres(corridor.width), metres(corridor.shortest_run), metres(POLE_SPAN));
    Text::new(
        format!(
            "Số làm việc của Hatang, không phải số pháp lý: cùng tuyến khi cách nhau không quá {}, \
             đoạn từ {} hoặc từ nửa tuyến đề nghị ngắn hơn, cột liền nhau không quá {}.",
            width.vi, run.vi, span.vi
        ),
        format!(
            "Hatang's working numbers, not law: one line within {}, stretches from {} or from half of a shorter \
             request, neighbouring poles within {}.",
            width.en, run.en, span.en
        ),
    )
}
