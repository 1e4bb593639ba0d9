//! Whether an underground line with room already lies along a requested one.

use hatang_core::{AssetClass, AssetId, Capacity, Measured, Metres, NullReason, RequestItem, Text, Verdict};

use crate::{
    assumption,
    finding::{Limit, Outcome, Quantity},
    missing::Missing,
    route::Route,
    scene::{Corridor, Scene},
    wording,
};

/// One underground line beside the request.
struct Beside {
    id: AssetId,
    label: String,
    free: Capacity,
    /// The longest stretch along the request, certain, likely and possible: the corridor and the ends may be off.
    runs: [f64; 3],
    assumed: Option<Text>,
}

/// Judges ducts and trenches of any owner that run along the request, by the room that they are known to have.
///
/// Unknown room is never free and never full: it leaves the rule open. `O(log n + k)`.
///
/// Source: the rule's instrument and article, for example QĐ 72/2025/QĐ-UBND Bắc Ninh, Art. 13(2).
pub(super) fn judge(corridor: Corridor, item: &RequestItem, scene: &Scene<'_>) -> Outcome {
    let Some(route) = Route::of(&item.shape) else {
        return Outcome::not_asked("Công trình không đi theo tuyến.", "It runs along no route.");
    };
    let shortest = corridor.shortest_run.min(0.5 * route.length().get());
    let mut beside: Vec<Beside> = [AssetClass::Duct, AssetClass::Trench]
        .into_iter()
        .flat_map(|class| lines(class, corridor, &route, item, scene))
        .filter(|line| shortest <= line.runs[2])
        .collect();
    beside.sort_by(|a, b| b.runs[1].total_cmp(&a.runs[1]).then_with(|| a.id.cmp(&b.id)));

    let needed = item.bores.unwrap_or(1);
    let judged = |line: &Beside| match line.free {
        Capacity::Known(free) if needed <= free && shortest <= line.runs[0] => Verdict::DoesNotComply,
        Capacity::Known(0) => Verdict::Complies,
        _ => Verdict::CannotTell,
    };
    let decisive = [Verdict::DoesNotComply, Verdict::CannotTell]
        .into_iter()
        .find_map(|verdict| beside.iter().find(|line| judged(line) == verdict).map(|line| (verdict, line)));
    let of_request = assumption::of_request(item).into_iter().chain([working_numbers(corridor)]);
    let limit = Some(Limit::metres(Metres::computed(shortest)));
    let Some((verdict, line)) = decisive else {
        let outcome = Outcome::complies(
            "Không có tuyến ngầm nào còn chỗ đi cùng.",
            "No underground line with room runs along it.",
        );
        return Outcome {
            limit,
            assets: beside.iter().map(|line| line.id).collect(),
            assumptions: of_request.collect(),
            ..outcome
        };
    };
    let [low, value, high] = line.runs.map(Metres::computed);
    let accuracy = if verdict == Verdict::DoesNotComply { value.get() - low.get() } else { high.get() - value.get() };
    let measured = Measured { value, accuracy: Metres::computed(accuracy) };
    let run = wording::plus_minus(measured);
    let start = (
        format!("Tuyến ngầm {} đi cùng {}", line.label, run.vi),
        format!("Underground line {} runs along {}", line.label, run.en),
    );
    let outcome = match (verdict, line.free) {
        (Verdict::DoesNotComply, _) => Outcome::fails(
            format!("{} và còn chỗ: dùng chung, không làm tuyến mới.", start.0),
            format!("{} and has room: share it, do not build another.", start.1),
        ),
        (_, free) => {
            let missing = match free {
                Capacity::Unknown(_) => Missing::of_asset("bores_free", line.id, &line.label),
                Capacity::Known(free) if free < needed => Missing::of_asset("more_room", line.id, &line.label),
                Capacity::Known(_) => Missing::better_survey_of(line.id, &line.label),
            };
            let listed = Missing::listed(std::slice::from_ref(&missing));
            let reason = Text::new(
                format!("{}: chưa thể kết luận, còn thiếu {}.", start.0, listed.vi),
                format!("{}: nobody can tell without {}.", start.1, listed.en),
            );
            Outcome { reason, ..Outcome::lacks(vec![missing]) }
        }
    };
    Outcome {
        measured: Some(Quantity::metres(measured)),
        limit,
        assets: vec![line.id],
        assumptions: of_request.chain(line.assumed.clone()).collect(),
        ..outcome
    }
}

fn lines(class: AssetClass, corridor: Corridor, route: &Route, item: &RequestItem, scene: &Scene<'_>) -> Vec<Beside> {
    let standing =
        scene.around(class, item, corridor.width).into_iter().filter(|near| near.sight.asset().status.stands());
    let beside = standing.map(|near| {
        let (sight, shape) = (near.sight, near.sight.shape());
        let radius = sight.accuracy().radius.combined_with(item.accuracy().radius).get();
        let label = wording::label_seen(&sight);
        let along = |reach: f64| route.along(&shape, reach).longest();
        let withheld = Capacity::Unknown(NullReason::Withheld);
        let free = if sight.is_generalised() { withheld } else { sight.asset().free().unwrap_or(withheld) };
        Beside {
            id: sight.asset().id,
            assumed: assumption::of_neighbour(&label, sight.accuracy()),
            label,
            free,
            runs: [
                (along(corridor.width - radius) - radius).max(0.0),
                along(corridor.width),
                along(corridor.width + radius) + radius,
            ],
        }
    });
    beside.collect()
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
