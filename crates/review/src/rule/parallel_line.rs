//! Whether a line of the same kind already stands, or is decided, along a requested one.

use hatang_core::{AssetClass, Measured, Metres, RequestItem, Shape, Text, Verdict};

use super::{
    beside::{Beside, beside},
    run::{HOW_SURE, POSSIBLE, Piece, in_order, longest},
};
use crate::{
    assumption::{self, POLE_SPAN},
    finding::{Limit, Outcome, Quantity},
    missing::Missing,
    route::Route,
    scene::{Corridor, Scene},
    wording,
};

/// Judges the longest stretch of the requested line that runs beside aerial routes or rows of poles, standing or decided.
///
/// Poles make a row when they stand within [`POLE_SPAN`] of each other along the request. Accuracies of both surveys
/// combine as the root of their squares; they narrow or widen the corridor, and shorten or lengthen a stretch at both
/// its ends. A request that is shorter than twice the shortest run doubles a line when half of it does. Lines of one
/// request that touch are judged one by one. `O(log n + k)` with `k` structures near.
///
/// Source: the rule's instrument and article, for example QĐ 72/2025/QĐ-UBND Bắc Ninh, Art. 14(2); QCVN 33:2019.
pub(super) fn judge(corridor: Corridor, item: &RequestItem, scene: &Scene<'_>) -> Outcome {
    let there = beside(&[AssetClass::AerialRoute, AssetClass::Pole], corridor, item, scene);
    let Some(route) = Route::of(&item.shape) else { return single_pole(corridor, &there) };

    let shortest = corridor.shortest_run.min(0.5 * route.length().get());
    let limit = Some(Limit::metres(Metres::computed(shortest)));
    let of_request = std::iter::once(working_numbers(corridor)).chain(assumption::of_request(item));
    if pieces(&route, &there, corridor.width, POSSIBLE).is_empty() {
        return Outcome { limit, assumptions: of_request.collect(), ..none_beside(corridor) };
    }
    // Nothing runs beside more than all of the request.
    let all = route.length().get();
    let run = |how_sure| longest(&pieces(&route, &there, corridor.width, how_sure), how_sure).min(all);
    let [low, value, high] = HOW_SURE.map(run);
    // The radius is that of the side that decides.
    let (verdict, accuracy) = if shortest <= low {
        (Verdict::DoesNotComply, value - low)
    } else if shortest <= high {
        (Verdict::CannotTell, (high - value).max(value - low))
    } else {
        (Verdict::Complies, high - value)
    };
    let measured = Measured { value: Metres::computed(value), accuracy: Metres::computed(accuracy) };
    let decisive = if verdict == Verdict::Complies { &[] } else { &*there };
    let assumed = decisive.iter().filter_map(|one| assumption::of_neighbour(&one.label, one.accuracy));
    Outcome {
        measured: Some(Quantity::metres(measured)),
        limit,
        missing: if verdict == Verdict::CannotTell { vec![Missing::better_survey()] } else { Vec::new() },
        assumptions: of_request.chain(assumed).collect(),
        assets: decisive.iter().map(|one| one.id).collect(),
        ..Outcome::new(verdict, reason(verdict, measured, Metres::computed(shortest)))
    }
}

/// The stretches of the request beside each thing that stands or is decided, at a corridor as sure as asked.
fn pieces(route: &Route, there: &[Beside<'_>], width: f64, how_sure: f64) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut poles = Vec::new();
    for one in there {
        let reach = width + how_sure * one.radius;
        match &*one.shape {
            Shape::Point(_) if one.distance.get() <= reach => poles.push((one.along(route), one.radius)),
            Shape::Point(_) => {}
            _ => found.extend(one.pieces(route, reach)),
        }
    }
    // Poles that are as far along keep the order of their names: the same request is judged alike every time.
    poles.sort_by(|a, b| a.0.total_cmp(&b.0));
    let rows = poles.windows(2).map(|pair| Piece { from: pair[0].0, to: pair[1].0, radii: [pair[0].1, pair[1].1] });
    found.extend(rows.filter(|row| row.to - row.from <= POLE_SPAN && route.goes_on(row.from, row.to)));
    in_order(found)
}

fn reason(verdict: Verdict, measured: Measured, shortest: Metres) -> Text {
    let (run, shortest) = (wording::plus_minus(measured), wording::metres(shortest));
    let start = Text::new(
        format!("Đoạn dài nhất đi cùng tuyến cột đã có hoặc đã quy hoạch là {} (tính từ {})", run.vi, shortest.vi),
        format!(
            "The longest stretch beside a standing or planned pole line is {} (counted from {})",
            run.en, shortest.en
        ),
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
fn single_pole(corridor: Corridor, there: &[Beside<'_>]) -> Outcome {
    let assumptions = vec![working_numbers(corridor)];
    if there.is_empty() {
        return Outcome { assumptions, ..none_beside(corridor) };
    }
    let width = wording::metres(Metres::computed(corridor.width));
    let reason = Text::new(
        format!("Có tuyến cột trong phạm vi {}; một cột đơn lẻ chưa cho biết tuyến mới có trùng hay không.", width.vi),
        format!("A pole line lies within {}; a single pole does not say whether its line doubles it.", width.en),
    );
    Outcome {
        assets: there.iter().map(|one| one.id).collect(),
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
