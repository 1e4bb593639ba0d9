//! Whether an underground line with room already lies, or is decided, along a requested one.

use hatang_core::{AssetClass, Capacity, Measured, Metres, RequestItem, Text, Verdict};

use super::{
    beside::{Beside, beside},
    run::{HOW_SURE, POSSIBLE, Piece, in_order, longest},
};
use crate::{
    assumption,
    finding::{Limit, Outcome, Quantity},
    missing::Missing,
    route::Route,
    scene::{Corridor, Scene},
    wording,
};

/// Judges ducts and trenches of any owner that run along the request, by the room that they are known to have. Lines are
/// registered in spans from one manhole to the next: spans that follow each other count as one run.
///
/// Unknown room is never free and never full, and a full line may still get room: both leave the rule open.
/// `O(log n + k)`.
///
/// Source: the rule's instrument and article, for example QĐ 72/2025/QĐ-UBND Bắc Ninh, Art. 13(2).
pub(super) fn judge(corridor: Corridor, item: &RequestItem, scene: &Scene<'_>) -> Outcome {
    let Some(route) = Route::of(&item.shape) else {
        return Outcome::not_asked("Công trình không đi theo tuyến.", "It runs along no route.");
    };
    let shortest = corridor.shortest_run.min(0.5 * route.length().get());
    let needed = item.bores.unwrap_or(1);
    let mut lines = beside(&[AssetClass::Duct, AssetClass::Trench], corridor, item, scene);
    lines.retain(|line| 0.0 < run(std::slice::from_ref(&line), &route, corridor, POSSIBLE));
    let roomy: Vec<&Beside<'_>> = lines.iter().filter(|line| has_room(line, needed)).collect();
    let all: Vec<&Beside<'_>> = lines.iter().collect();

    let runs = |of: &[&Beside<'_>]| HOW_SURE.map(|how_sure| run(of, &route, corridor, how_sure));
    let (of_roomy, of_all) = (runs(&roomy), runs(&all));
    let (verdict, [low, value, high], decisive) = if shortest <= of_roomy[0] {
        (Verdict::DoesNotComply, of_roomy, roomy)
    } else if shortest <= of_all[2] {
        (Verdict::CannotTell, of_all, all)
    } else {
        (Verdict::Complies, of_all, Vec::new())
    };
    let no_number = item.bores.is_none().then(assumption::one_bore);
    let of_request = assumption::of_request(item).into_iter().chain([working_numbers(corridor)]).chain(no_number);
    let assumed = decisive.iter().filter_map(|line| assumption::of_neighbour(&line.label, line.accuracy));
    let accuracy = if verdict == Verdict::DoesNotComply { value - low } else { (high - value).max(value - low) };
    let measured = Measured { value: Metres::computed(value), accuracy: Metres::computed(accuracy) };
    let outcome = match verdict {
        Verdict::DoesNotComply => shared_instead(&decisive, measured),
        Verdict::CannotTell => undecided(&decisive, measured, needed),
        _ => Outcome::complies(
            "Không có tuyến ngầm nào còn chỗ đi cùng đủ dài để tính.",
            "No underground line with room runs along it for long enough to count.",
        ),
    };
    Outcome {
        measured: (!decisive.is_empty()).then(|| Quantity::metres(measured)),
        limit: Some(Limit::metres(Metres::computed(shortest))),
        assets: decisive.iter().map(|line| line.id).collect(),
        assumptions: of_request.chain(assumed).collect(),
        ..outcome
    }
}

const fn has_room(line: &Beside<'_>, needed: u32) -> bool {
    matches!(line.free, Capacity::Known(free) if needed <= free)
}

/// The longest run of the request beside some lines, as sure as asked; nothing runs beside more than all of it.
fn run(lines: &[&Beside<'_>], route: &Route, corridor: Corridor, how_sure: f64) -> f64 {
    let pieces =
        |line: &&Beside<'_>| -> Vec<Piece> { line.pieces(route, corridor.width + how_sure * line.radius).collect() };
    longest(&in_order(lines.iter().flat_map(pieces).collect()), how_sure).min(route.length().get())
}

fn shared_instead(lines: &[&Beside<'_>], measured: Measured) -> Outcome {
    let start = run_along(lines, measured);
    Outcome::fails(
        format!("{} và còn chỗ: dùng chung, không làm tuyến mới.", start.vi),
        format!("{} with room: share, do not build another.", start.en),
    )
}

/// Each line says what it lacks: its room, whether it can get any, or how well it is surveyed.
fn undecided(lines: &[&Beside<'_>], measured: Measured, needed: u32) -> Outcome {
    let missing: Vec<Missing> = lines
        .iter()
        .map(|line| match line.free {
            Capacity::Unknown(_) => Missing::of_asset("bores_free", line.id, &line.label),
            Capacity::Known(free) if free < needed => Missing::of_asset("more_room", line.id, &line.label),
            Capacity::Known(_) => Missing::better_survey_of(line.id, &line.label),
        })
        .collect();
    let start = run_along(lines, measured);
    let listed = Missing::listed(&missing);
    let reason = Text::new(
        format!("{}: chưa thể kết luận, còn thiếu {}.", start.vi, listed.vi),
        format!("{}: nobody can tell without {}.", start.en, listed.en),
    );
    Outcome { reason, ..Outcome::lacks(missing) }
}

fn run_along(lines: &[&Beside<'_>], measured: Measured) -> Text {
    let name = |line: &&Beside<'_>| {
        let mark = wording::mark_of_decided(line.is_decided);
        Text::new(format!("{}{}", line.label, mark.vi), format!("{}{}", line.label, mark.en))
    };
    let labels: Vec<Text> = lines.iter().map(name).collect();
    let (listed, run) = (wording::list(&labels), wording::plus_minus(measured));
    let (noun, verb) = if labels.len() == 1 { ("line", "runs") } else { ("lines", "run") };
    Text::new(
        format!("Tuyến ngầm {} đi cùng {}", listed.vi, run.vi),
        format!("Underground {noun} {} {verb} along {}", listed.en, run.en),
    )
}

fn working_numbers(corridor: Corridor) -> Text {
    let metres = |length| wording::metres(Metres::computed(length));
    let (width, run) = (metres(corridor.width), metres(corridor.shortest_run));
    Text::new(
        format!(
            "Số làm việc của Hatang, không phải số pháp lý: cùng tuyến khi cách nhau không quá {}, đoạn từ {} hoặc từ \
             nửa tuyến đề nghị ngắn hơn.",
            width.vi, run.vi
        ),
        format!(
            "Hatang's working numbers, not law: one line within {}, stretches from {} or from half of a shorter request.",
            width.en, run.en
        ),
    )
}
