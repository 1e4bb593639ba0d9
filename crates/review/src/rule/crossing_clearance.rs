//! How high a cable hangs where it crosses a line of another sector.

use hatang_core::{Measured, Metres, RequestItem, Verdict, plan::Layer};

use crate::{
    assumption,
    crossing::{Crossing, crossed},
    finding::{Limit, Outcome, Quantity, reaches},
    missing::Missing,
    scene::{LayerLine, Scene},
    wording,
};

/// Judges the lowest height that the request states for its whole length against each line that it crosses or may cross.
///
/// The stated height is that of the design. What may be crossed leaves the rule open only when the height is too low for
/// it.
///
/// Source: the rule's instrument and article, for example Luật Đường bộ 35/2024, Art. 17(4).
pub(super) fn judge(
    over: Layer,
    least: Option<Metres>,
    above_top: bool,
    item: &RequestItem,
    scene: &Scene<'_>,
) -> Outcome {
    let Some(least) = least else { return Outcome::unset() };
    let name = wording::layer(over);
    let crossed = crossed(over, item, scene);
    let mut judged: Vec<Outcome> =
        crossed.iter().map(|(line, how_sure)| at(line, *how_sure, least, above_top, over, item)).collect();
    let worst = [Verdict::DoesNotComply, Verdict::CannotTell, Verdict::Complies]
        .into_iter()
        .find_map(|verdict| judged.iter().position(|one| one.verdict == verdict));
    let found = worst.map(|at| judged.swap_remove(at));
    let is_enough_anywhere = !above_top && item.clearance_m.is_some_and(|there| reaches(there.get(), least.get()));
    let incomplete = !scene.has_every_line(over) && !is_enough_anywhere;
    match found {
        Some(outcome) if outcome.verdict != Verdict::Complies || !incomplete => outcome,
        None if scene.has_every_line(over) => Outcome::not_asked(
            format!("Tuyến không vượt qua {}.", name.vi),
            format!("The route crosses no {}.", name.en),
        ),
        _ if incomplete => Outcome::lacks(vec![Missing::layer(over)]),
        Some(outcome) => outcome,
        // High enough for whatever of the layer the plan does not hold.
        None => {
            let outcome = Outcome::complies("Độ cao đạt với mọi chỗ vượt.", "High enough wherever it may cross.");
            Outcome { limit: Some(Limit::metres(least)), measured: measured(item.clearance_m), ..outcome }
        }
    }
}

fn measured(clearance: Option<Metres>) -> Option<Quantity> {
    clearance.map(|value| Quantity::metres(Measured { value, accuracy: Metres::ZERO }))
}

fn at(
    line: &LayerLine<'_>,
    how_sure: Crossing,
    least: Metres,
    above_top: bool,
    over: Layer,
    item: &RequestItem,
) -> Outcome {
    let what = wording::line_of(over, line.name);
    let limit = Some(Limit::metres(least));
    let assumptions: Vec<_> =
        assumption::of_request(item).into_iter().chain(assumption::of_line(&what, line.accuracy)).collect();
    let lacks = |missing| Outcome { limit, assumptions: assumptions.clone(), ..Outcome::lacks(vec![missing]) };
    let Some(clearance) = item.clearance_m else { return lacks(Missing::of_request("clearance_m")) };
    let top = match (above_top, line.height) {
        (false, _) => Metres::ZERO,
        (true, Some(top)) => top,
        (true, None) => return lacks(Missing::of_line("height_m", &what)),
    };
    let free = Metres::computed(clearance.get() - top.get());
    let [high, bound] = wording::compared(free, least);
    let start = (
        format!("Chỗ vượt {}: cao {}, tối thiểu {}", what.vi, high.vi, bound.vi),
        format!("Where it crosses {}: {} high, {} at least", what.en, high.en, bound.en),
    );
    let outcome = if reaches(clearance.get() - top.get(), least.get()) {
        Outcome::complies(format!("{}: đạt.", start.0), format!("{}: high enough.", start.1))
    } else if how_sure == Crossing::Certain {
        Outcome::fails(format!("{}: thấp quá.", start.0), format!("{}: too low.", start.1))
    } else {
        let open = Outcome::lacks(vec![Missing::better_survey()]);
        Outcome {
            reason: hatang_core::Text::new(
                format!("{}; chưa chắc tuyến có vượt qua, cần toạ độ chính xác hơn.", start.0),
                format!("{}; whether it crosses at all needs a better survey.", start.1),
            ),
            ..open
        }
    };
    Outcome { measured: measured(Some(free)), limit, assumptions, ..outcome }
}
