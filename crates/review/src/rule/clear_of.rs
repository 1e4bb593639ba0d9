//! Whether a request keeps out of the protected strips beside lines of other sectors.

use hatang_core::{
    Measured, Metres, RequestItem, Text, Verdict, geodesy,
    plan::Layer,
    rule_set::{LandUse, Strip},
};

use super::below_height::Top;
use crate::{
    assumption::{self, HIGHEST_MAST, WIDEST_ROAD_LAND},
    crossing::{Crossing, crossing_of},
    finding::{Limit, Outcome, Quantity, reaches},
    land::Land,
    missing::Missing,
    scene::{LayerLine, Scene},
    wording,
};

/// The parameters of the rule.
pub(super) struct ClearOf<'a> {
    pub(super) layer: Layer,
    pub(super) strips: &'a [Strip],
    pub(super) heights: Option<f64>,
    pub(super) vertical: Option<Metres>,
    pub(super) reading_open: bool,
}

/// How wide the strip of one line is, as far as anybody can say.
struct Width {
    /// Nearer is certainly inside.
    low: Metres,
    /// Farther is certainly outside.
    high: Metres,
    /// What would narrow the two down.
    missing: Vec<Missing>,
}

/// One line and what it says of the request.
struct Judged<'a> {
    line: LayerLine<'a>,
    distance: Measured,
    width: Width,
    verdict: Verdict,
    missing: Vec<Missing>,
    /// How far apart in height both tops lie, where that is what keeps the request clear.
    apart: Option<Metres>,
}

/// Judges the distance to every line of the layer whose class a strip names.
///
/// One line that is certainly too near settles the rule; otherwise one undecided line leaves it open. A request that
/// certainly crosses a line is inside its strip, however narrow that is. What the plan does not hold may still be there
/// unless the plan says that the layer is complete. `O(n)` in the layer's lines.
///
/// Source: the rule's instrument and article, for example Luật Đê điều 79/2006, Art. 23.
pub(super) fn judge(rule: &ClearOf<'_>, item: &RequestItem, scene: &Scene<'_>) -> Outcome {
    let name = wording::layer(rule.layer);
    let is_concerned = |class: Option<&str>| rule.strips.iter().any(|strip| holds_for(strip, class));
    let mut judged: Vec<Judged<'_>> = Vec::new();
    let bounds = item.shape.bounding_box();
    let near = scene.lines_near(rule.layer, item, at_most(rule, item) + HORIZON);
    for line in near.iter().filter(|line| is_concerned(line.class)) {
        let width = width(rule, line, item, scene);
        let beyond = line.accuracy.radius.combined_with(item.accuracy().radius).get() + HORIZON;
        if line.shape.bounding_box().expanded(width.high.get() + beyond).intersects(bounds) {
            judged.push(one(rule, *line, width, item, &near));
        }
    }
    judged.sort_by(|a, b| a.distance.value.get().total_cmp(&b.distance.value.get()));
    let with = |verdict| judged.iter().find(|one| one.verdict == verdict);
    let found = with(Verdict::DoesNotComply).or_else(|| with(Verdict::CannotTell));
    let Some(decisive) = found else {
        if !scene.has_every_line(rule.layer) {
            return Outcome::lacks(vec![Missing::layer(rule.layer)]);
        }
        return match judged.first() {
            Some(nearest) => conclude(rule, nearest, item),
            None if scene.classes(rule.layer).any(is_concerned) => {
                Outcome::complies(format!("Không có {} nào ở gần.", name.vi), format!("No {} is near.", name.en))
            }
            None => Outcome::not_asked(
                format!("Địa bàn không có {} thuộc diện xét.", name.vi),
                format!("The territory has no {} that is concerned.", name.en),
            ),
        };
    };
    conclude(rule, decisive, item)
}

/// Lines this much farther than any strip are still measured, so that the nearest can be named.
const HORIZON: f64 = 200.0;

fn one<'a>(
    rule: &ClearOf<'_>,
    line: LayerLine<'a>,
    width: Width,
    item: &RequestItem,
    near: &[LayerLine<'_>],
) -> Judged<'a> {
    let radius = line.accuracy.radius.combined_with(item.accuracy().radius);
    let level = geodesy::nearest(&item.shape, line.shape).distance;
    let what = || wording::line_of(rule.layer, line.name);
    let mut missing = Vec::new();
    let mut distance = Measured { value: level, accuracy: radius };
    if rule.layer == Layer::PowerLines {
        match (line.height, Top::of(item)) {
            (Some(conductor), Ok(top)) => {
                let farthest = below(conductor, top.low, distance);
                distance = below(conductor, top.high, distance);
                if farthest.value != distance.value && farthest.at_least(width.low) != Verdict::DoesNotComply {
                    missing.push(Top::missing());
                }
            }
            (None, _) => missing.push(Missing::of_line("height_m", &what())),
            (_, Err(unknown)) => missing.push(unknown),
        }
    }
    let crosses = level <= radius && crossing_of(item, &line, near) == Crossing::Certain;
    let by_least = if crosses { Verdict::DoesNotComply } else { distance.at_least(width.low) };
    if distance.at_least(width.high) == Verdict::Complies && !crosses {
        return Judged { line, distance, width, verdict: Verdict::Complies, missing: Vec::new(), apart: None };
    }
    match rule.vertical.map(|enough| in_height(enough, item.depth_m, line.depth, &what())) {
        Some(InHeight::Clear(apart)) => {
            let apart = Some(apart);
            return Judged { line, distance, width, verdict: Verdict::Complies, missing: Vec::new(), apart };
        }
        Some(InHeight::Perhaps(unknown)) => missing.push(unknown),
        Some(InHeight::TooNear) | None => {}
    }
    if rule.reading_open {
        missing.push(Missing::legal_reading());
    }
    if by_least == Verdict::DoesNotComply && missing.is_empty() {
        return Judged { line, distance, width, verdict: Verdict::DoesNotComply, missing, apart: None };
    }
    if by_least != Verdict::DoesNotComply {
        missing.extend(width.missing.iter().cloned());
        if missing.is_empty() {
            missing.push(Missing::better_survey());
        }
    }
    Judged { line, distance, width, verdict: Verdict::CannotTell, missing, apart: None }
}

/// The distance to a conductor that hangs above a structure's top: the slanted line to it.
fn below(conductor: Metres, top: Metres, level: Measured) -> Measured {
    let gap = (conductor.get() - top.get()).max(0.0);
    Measured { value: Metres::computed(level.value.get().hypot(gap).min(f64::MAX)), ..level }
}

/// Whether one of two buried bodies lies far enough above the other.
enum InHeight {
    /// However high the upper one is; the tops lie so far apart.
    Clear(Metres),
    /// That hangs on this.
    Perhaps(Missing),
    TooNear,
}

/// No pipe and no bank of ducts is higher than this, in metres: a working number, as nobody states how high one is.
const HIGHEST_BURIED: f64 = 0.6;

/// Both depths are those of the tops: the upper body's own height comes off what lies between.
fn in_height(enough: Metres, own: Option<Metres>, other: Option<Metres>, what: &Text) -> InHeight {
    let (own, other) = match (own, other) {
        (Some(own), Some(other)) => (own.get(), other.get()),
        (None, _) => return InHeight::Perhaps(Missing::of_request("depth_m")),
        (_, None) => return InHeight::Perhaps(Missing::of_line("depth_m", what)),
    };
    let apart = (own - other).abs();
    if reaches(apart, enough.get() + HIGHEST_BURIED) {
        InHeight::Clear(Metres::computed(apart))
    } else if !reaches(apart, enough.get()) {
        InHeight::TooNear
    } else if own < other {
        InHeight::Perhaps(Missing::of_request("bank_height_m"))
    } else {
        InHeight::Perhaps(Missing::of_line("outer_diameter_m", what))
    }
}

/// Whether a strip holds for lines of a class, or may.
fn holds_for(strip: &Strip, class: Option<&str>) -> bool {
    strip.classes.is_empty() || class.is_none_or(|class| strip.classes.iter().any(|one| one == class))
}

/// No strip is wider than this, in metres, unless a road's own land is; what [`width`] says of a line may be less.
fn at_most(rule: &ClearOf<'_>, item: &RequestItem) -> f64 {
    let numbers = rule.strips.iter().flat_map(|strip| [strip.least_m, strip.most_m]).flatten().map(Metres::get);
    let land = if rule.layer == Layer::Roads { WIDEST_ROAD_LAND / 2.0 } else { 0.0 };
    let highest = || Top::of(item).map_or(HIGHEST_MAST, |top| top.high.get());
    let by_height = rule.heights.map_or(0.0, |heights| heights * highest());
    numbers.fold(land.max(by_height), f64::max)
}

/// The strip of one line of a class that is concerned.
fn width(rule: &ClearOf<'_>, line: &LayerLine<'_>, item: &RequestItem, scene: &Scene<'_>) -> Width {
    let mut missing = Vec::new();
    let of_class: Vec<&Strip> = rule.strips.iter().filter(|strip| holds_for(strip, line.class)).collect();
    let what = wording::line_of(rule.layer, line.name);
    if line.class.is_none() && 1 < rule.strips.len() {
        missing.push(Missing::of_line("class", &what));
    }
    let differs_by_land = of_class.iter().any(|strip| strip.land.is_some());
    let land = if differs_by_land { Land::of(item, scene) } else { Land::NonUrban };
    let holds = |strip: &&&Strip| match strip.land {
        None => true,
        Some(LandUse::Urban) => land.may_be_urban(),
        Some(LandUse::Elsewhere) => land.may_be_other(),
    };
    let strips: Vec<&&Strip> = of_class.iter().filter(holds).collect();
    if differs_by_land {
        missing.extend(land.missing());
    }
    let (mut low, mut high) = (f64::INFINITY, 0.0_f64);
    let widest = rule.strips.iter().filter_map(|strip| strip.most_m.or(strip.least_m)).map(Metres::get);
    let widest = widest.fold(0.0, f64::max);
    for strip in strips {
        let least = strip.least_m.or(line.half_land);
        if rule.layer == Layer::Roads && strip.least_m.is_none() && line.half_land.is_none() {
            missing.push(Missing::of_line("land_width_m", &what));
            low = 0.0;
            high = high.max(WIDEST_ROAD_LAND / 2.0);
            continue;
        }
        if least.is_none() {
            missing.push(Missing::authority_number());
        }
        low = low.min(least.map_or(0.0, Metres::get));
        let most = strip.most_m.or(least).map_or(widest, Metres::get);
        if least.is_some_and(|least| least.get() < most) {
            missing.push(Missing::strip_width(&what));
        }
        high = high.max(most);
    }
    missing.dedup();
    if let Some(heights) = rule.heights {
        match Top::of(item) {
            Ok(top) => {
                let [at_least, at_most] = [low.max(heights * top.low.get()), high.max(heights * top.high.get())];
                if low.max(heights * top.low.get()) < low.max(heights * top.high.get()) {
                    missing.push(Top::missing());
                }
                (low, high) = (at_least, at_most);
            }
            Err(unknown) => {
                missing.push(unknown);
                high = high.max(heights * HIGHEST_MAST);
            }
        }
    }
    let bounded = |metres: f64| Metres::computed(metres.min(f64::MAX));
    let low = if low.is_finite() { low } else { 0.0 };
    Width { low: bounded(low), high: bounded(high.max(low)), missing }
}

fn conclude(rule: &ClearOf<'_>, judged: &Judged<'_>, item: &RequestItem) -> Outcome {
    let what = wording::line_of(rule.layer, judged.line.name);
    let distance = wording::plus_minus(judged.distance);
    let limit = if judged.verdict == Verdict::DoesNotComply { judged.width.low } else { judged.width.high };
    let bound = wording::metres(limit);
    let clear_in_height = judged.apart.zip(rule.vertical);
    let start = (
        format!("Cách {} {} (phạm vi bảo vệ {})", what.vi, distance.vi, bound.vi),
        format!("{} from {} (protected within {})", distance.en, what.en, bound.en),
    );
    let missing = Missing::listed(&judged.missing);
    let reason = match judged.verdict {
        Verdict::DoesNotComply => {
            Text::new(format!("{}: nằm trong phạm vi.", start.0), format!("{}: inside.", start.1))
        }
        Verdict::CannotTell => Text::new(
            format!("{}: chưa thể kết luận, còn thiếu {}.", start.0, missing.vi),
            format!("{}: nobody can tell without {}.", start.1, missing.en),
        ),
        _ => match clear_in_height {
            Some((apart, enough)) => beside_and_clear(&start, apart, enough),
            None => Text::new(format!("{}: nằm ngoài.", start.0), format!("{}: outside.", start.1)),
        },
    };
    let assumptions = assumption::of_request(item)
        .into_iter()
        .chain(assumption::of_line(&what, judged.line.accuracy))
        .chain(assumption::of_strip(rule.layer, judged.line.half_land, item, rule.heights))
        .chain(clear_in_height.map(|_| of_buried()));
    Outcome {
        measured: Some(Quantity::metres(judged.distance)),
        limit: Some(Limit::metres(limit)),
        missing: judged.missing.clone(),
        assumptions: assumptions.collect(),
        ..Outcome::new(judged.verdict, reason)
    }
}

fn beside_and_clear(start: &(String, String), apart: Metres, enough: Metres) -> Text {
    let [apart, enough] = wording::compared(apart, enough);
    Text::new(
        format!("{}: hai mặt trên chênh nhau {}, cần {} theo phương đứng: đạt.", start.0, apart.vi, enough.vi),
        format!("{}: the tops lie {} apart in height, {} between are asked: enough.", start.1, apart.en, enough.en),
    )
}

/// What stands in for the height of the upper of two buried bodies.
fn of_buried() -> Text {
    let highest = wording::metres(Metres::computed(HIGHEST_BURIED));
    Text::new(
        format!("Chiều cao của ống hoặc cụm ống nằm trên chưa biết: giả định làm việc không quá {}.", highest.vi),
        format!("The height of the pipe or bank of ducts above is not known: taken as {} at most.", highest.en),
    )
}
