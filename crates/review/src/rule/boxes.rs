//! How many boxes one operator hangs on one pole.

use hatang_core::{AssetClass, AssetCode, Details, Measured, Metres, Near, RequestItem, Sight, Text, Verdict, geodesy};

use crate::{
    assumption::{self, WORST_ACCURACY},
    finding::{Limit, Outcome, Quantity},
    missing::Missing,
    scene::Scene,
    wording,
};

const UNIT: &str = "boxes";
/// A box hangs on the pole that it is this near to, in metres, as far as both places are known: a working number.
const ON_POLE: f64 = 2.0;

/// Judges the boxes of the applicant on the pole that the requested one would hang on.
///
/// A box that names its pole hangs there, requested or registered; another hangs on the pole that it is certainly near enough to. Where it is
/// not certain on which pole the requested one would hang, or whether at all, the rule is met when it is met on each of
/// them. Registered boxes count by their owner; a pole that says it carries more boxes than are registered leaves it
/// open whose they are. `O(log n + k)`.
///
/// Source: the rule's instrument and article, for example QCVN 33:2019/BTTTT.
pub(super) fn judge(most: Option<u32>, item: &RequestItem, scene: &Scene<'_>) -> Outcome {
    let Some(most) = most else { return Outcome::unset() };
    match item.pole.as_ref().map(|code| named(code, item, scene)) {
        Some(Some(pole)) => on(&pole, most, item, scene),
        Some(None) => {
            let mut outcome = by_place(most, item, scene);
            outcome.assumptions.push(name_unknown());
            outcome
        }
        None => by_place(most, item, scene),
    }
}

/// The pole that the request names: one of the applicant's own first, then whoever's, that stands near the requested
/// place.
fn named<'a>(code: &AssetCode, item: &RequestItem, scene: &Scene<'a>) -> Option<Sight<'a>> {
    let near = scene.seen.within(AssetClass::Pole, &item.shape, Metres::computed(WORST_ACCURACY));
    let is_it = |pole: &&Near<'a>| {
        let asset = pole.sight.asset();
        !pole.sight.is_generalised() && asset.status.stands() && asset.code.as_ref() == Some(code)
    };
    let of_name: Vec<&Near<'a>> = near.iter().filter(is_it).collect();
    let own = of_name.iter().find(|pole| pole.sight.asset().owner == item.owner);
    own.or(of_name.first()).map(|pole| pole.sight)
}

/// By the pole that is near enough to the requested place.
fn by_place(most: u32, item: &RequestItem, scene: &Scene<'_>) -> Outcome {
    let own = item.accuracy().radius;
    let distance = |pole: &Near<'_>| Measured {
        value: pole.nearest.distance,
        accuracy: pole.sight.accuracy().radius.combined_with(own),
    };
    let mut poles = scene.around(AssetClass::Pole, item, ON_POLE);
    poles.retain(|pole| pole.sight.asset().status.stands() && hangs_by_place(distance(pole)) != Hangs::No);
    let certain = poles.iter().find(|pole| hangs_by_place(distance(pole)) == Hangs::Surely);
    match (certain, poles.first()) {
        (Some(pole), _) => on(&pole.sight, most, item, scene),
        (None, Some(_)) => on_one_of(&poles, most, item, scene),
        (None, None) => {
            Outcome::not_asked("Tủ, hộp không đặt trên cột nào đã đăng ký.", "It hangs on no registered pole.")
        }
    }
}

/// Whether something hangs on a pole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hangs {
    Surely,
    Perhaps,
    No,
}

fn hangs_by_place(distance: Measured) -> Hangs {
    let (metres, radius) = (distance.value.get(), distance.accuracy.get());
    if metres + radius <= ON_POLE {
        Hangs::Surely
    } else if metres - radius <= ON_POLE {
        Hangs::Perhaps
    } else {
        Hangs::No
    }
}

/// A registered box by the pole that it names, else by its place. A name is first that of one of its owner's own poles,
/// then of whoever's stands near; a name that nobody knows says nothing.
fn hangs(cabinet: &Sight<'_>, pole: &Sight<'_>, scene: &Scene<'_>) -> Hangs {
    let named = match &cabinet.asset().details {
        Details::Cabinet(known) if !cabinet.is_generalised() && !pole.is_generalised() => known.pole.as_ref(),
        _ => None,
    };
    if let Some(code) = named {
        match scene.seen.by_code(&cabinet.asset().owner, AssetClass::Pole, code) {
            Some(own) if own.asset().id == pole.asset().id => return Hangs::Surely,
            Some(_) => return Hangs::No,
            None if pole.asset().code.as_ref() == Some(code) => return Hangs::Surely,
            None if stands_near(code, cabinet, scene) => return Hangs::No,
            None => {}
        }
    }
    hangs_by_place(Measured {
        value: geodesy::nearest(&cabinet.shape(), &pole.shape()).distance,
        accuracy: cabinet.accuracy().radius.combined_with(pole.accuracy().radius),
    })
}

fn stands_near(code: &AssetCode, cabinet: &Sight<'_>, scene: &Scene<'_>) -> bool {
    let poles = scene.seen.within(AssetClass::Pole, &cabinet.shape(), Metres::computed(WORST_ACCURACY));
    let is_named = |pole: &Sight<'_>| !pole.is_generalised() && pole.asset().code.as_ref() == Some(code);
    poles.iter().any(|near| is_named(&near.sight))
}

/// The requested box hangs on one of these poles or on none.
fn on_one_of(poles: &[Near<'_>], most: u32, item: &RequestItem, scene: &Scene<'_>) -> Outcome {
    let mut nearest = None;
    for pole in poles.iter().map(|near| &near.sight) {
        let outcome = on(pole, most, item, scene);
        if outcome.verdict != Verdict::Complies {
            let mut missing = vec![Missing::better_survey_of(pole.asset().id, &wording::label_seen(pole))];
            missing.extend(outcome.missing);
            let (limit, assets, assumptions) = (outcome.limit, outcome.assets, outcome.assumptions);
            return Outcome { limit, assets, assumptions, ..Outcome::lacks(missing) };
        }
        nearest = nearest.or(Some(outcome));
    }
    nearest.expect("there is at least one pole")
}

/// The boxes that hang on a pole, and those that may.
struct OnPole<'a> {
    surely: Vec<Sight<'a>>,
    perhaps: Vec<Sight<'a>>,
}

impl<'a> OnPole<'a> {
    fn of(pole: &Sight<'_>, item: &RequestItem, scene: &Scene<'a>) -> Self {
        // A pole that is named may stand beside the requested place.
        let away = geodesy::nearest(&item.shape, &pole.shape()).distance.get();
        let reach = away + 2.0 * ON_POLE + pole.accuracy().radius.combined_with(item.accuracy().radius).get();
        let mut found = Self { surely: Vec::new(), perhaps: Vec::new() };
        for near in scene.around(AssetClass::Cabinet, item, reach) {
            match hangs(&near.sight, pole, scene) {
                _ if !near.sight.asset().status.stands() => {}
                Hangs::Surely => found.surely.push(near.sight),
                Hangs::Perhaps => found.perhaps.push(near.sight),
                Hangs::No => {}
            }
        }
        found
    }
}

/// The requested box hangs on this pole.
fn on(pole: &Sight<'_>, most: u32, item: &RequestItem, scene: &Scene<'_>) -> Outcome {
    let label = wording::label_seen(pole);
    let there = OnPole::of(pole, item, scene);
    let is_own = |sight: &&Sight<'_>| sight.asset().owner == item.owner;
    let own: Vec<&Sight<'_>> = there.surely.iter().filter(is_own).collect();
    let own_perhaps: Vec<&Sight<'_>> = there.perhaps.iter().filter(is_own).collect();
    let with_new = number(own.len() + 1);
    let outcome = if most < with_new {
        too_many(&label, own.len(), most)
    } else if most < number(own.len() + own_perhaps.len() + 1) {
        better_survey(own_perhaps.first().copied())
    } else {
        by_others(pole, &there).unwrap_or_else(|| few_enough(&label, own.len(), most))
    };
    let assets = std::iter::once(pole.asset().id).chain(own.iter().map(|sight| sight.asset().id));
    Outcome {
        measured: Some(Quantity { value: with_new.into(), accuracy: 0.0, unit: UNIT }),
        limit: Some(Limit { value: most.into(), unit: UNIT }),
        assets: assets.collect(),
        assumptions: assumption::of_request(item)
            .into_iter()
            .chain(assumption::of_neighbour(&label, pole.accuracy()))
            .chain([working_number()])
            .collect(),
        ..outcome
    }
}

/// What leaves it open whose boxes hang on a pole; none when all that it says it carries are registered there.
fn by_others(pole: &Sight<'_>, there: &OnPole<'_>) -> Option<Outcome> {
    let stated = match &pole.asset().details {
        Details::Pole(known) if !pole.is_generalised() => known.boxes,
        _ => None,
    };
    let holds = |registered: usize| stated.is_some_and(|boxes| boxes <= number(registered));
    if holds(there.surely.len()) {
        None
    } else if holds(there.surely.len() + there.perhaps.len()) {
        Some(better_survey(there.perhaps.first()))
    } else {
        // A pole that says how many leaves open whose those are that nobody has registered.
        let field = if stated.is_some() { "box_owners" } else { "boxes" };
        let missing = Missing::of_asset(field, pole.asset().id, &wording::label_seen(pole));
        Some(Outcome::lacks(vec![missing]))
    }
}

fn better_survey(of: Option<&Sight<'_>>) -> Outcome {
    let missing = of.map_or_else(Missing::better_survey, |sight| {
        Missing::better_survey_of(sight.asset().id, &wording::label_seen(sight))
    });
    Outcome::lacks(vec![missing])
}

fn too_many(label: &str, own: usize, most: u32) -> Outcome {
    let there = wording::boxes(number(own));
    Outcome::fails(
        format!("Trên cột {label} bên đề nghị đã có {}; mỗi doanh nghiệp nhiều nhất {most}.", there.vi),
        format!("The applicant has {} on pole {label} already; one operator may have {most} at most.", there.en),
    )
}

fn few_enough(label: &str, own: usize, most: u32) -> Outcome {
    let there = wording::boxes(number(own));
    Outcome::complies(
        format!("Trên cột {label} bên đề nghị có {} trước khi lắp thêm; mỗi doanh nghiệp nhiều nhất {most}.", there.vi),
        format!(
            "The applicant has {} on pole {label} before this one; one operator may have {most} at most.",
            there.en
        ),
    )
}

fn name_unknown() -> Text {
    Text::new(
        "Cột ghi trong hồ sơ không có trong sổ đăng ký tại đây: tính theo toạ độ.",
        "The pole that the request names is not registered here: judged by the place.",
    )
}

fn working_number() -> Text {
    let near = wording::metres(Metres::computed(ON_POLE));
    Text::new(
        format!("Số làm việc của Hatang: tủ, hộp cách cột không quá {} là đặt trên cột.", near.vi),
        format!("Hatang's working number: a box within {} of a pole hangs on it.", near.en),
    )
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
