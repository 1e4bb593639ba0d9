//! Whether the plan in force holds what is requested.

use std::collections::BTreeSet;

use hatang_core::{Asset, AssetClass, AssetId, Details, Measured, Metres, RequestItem, Text, Verdict, View, geodesy};

use super::run::HOW_SURE;
use crate::{
    assumption::{self, SHARE_OF_ROUTE},
    finding::{Outcome, Quantity},
    missing::Missing,
    route::{BEND, Route, Stretches},
    scene::{Scene, around},
    wording,
};

/// Judges the request against the applicant's planned objects of the same class, by place and content. Places are the
/// same for certain only when both accuracies leave no doubt.
///
/// Source: the rule's instrument and article, for example QĐ 72/2025/QĐ-UBND Bắc Ninh, Art. 15(7)(b).
pub(super) fn judge(within: Metres, item: &RequestItem, scene: &Scene<'_>) -> Outcome {
    if let Some(year) = item.plan_year {
        return Outcome::not_asked(
            format!("Đây là đề nghị đưa vào kế hoạch năm {year}, chưa phải đề nghị xây dựng."),
            format!("This asks to be taken into the plan of {year}; it is not a request to build."),
        );
    }
    let Some(plan) = scene.plan_of_the_year() else {
        let year = scene.on.year();
        return Outcome::not_asked(
            format!("Kế hoạch năm {year} chưa được ban hành: chưa xét theo kế hoạch."),
            format!("The plan of the year {year} has not been issued: the request is not judged by it."),
        );
    };
    let width = wording::metres(within);
    let working_number = Text::new(
        format!("Số làm việc của Hatang: vị trí lệch không quá {} là cùng một vị trí.", width.vi),
        format!("Hatang's working number: places within {} are the same.", width.en),
    );
    let assumptions = assumption::of_request(item).into_iter().chain([working_number]).collect();
    if !may_know_the_plans_of_the_applicant(item, scene) {
        return Outcome { assumptions, ..Outcome::lacks(vec![Missing::planned()]) };
    }
    let near = scene.planned_of(item.class, around(item, within.get()));
    let own: Vec<&Asset> = near.filter(|twin| twin.owner == item.owner).collect();
    let place = match Route::of(&item.shape) {
        Some(route) if item.class.is_line() => along(&route, &own, within, item),
        _ => at_a_place(&own, within, item, scene),
    };
    let outcome = match place.how_sure {
        HowSure::Certain => sized(&place.twins, item),
        HowSure::Possible => {
            let survey = |twin: &&Asset| Missing::better_survey_of(twin.id, &wording::label(twin));
            Outcome::lacks(place.twins.iter().map(survey).collect())
        }
        HowSure::No if !plan.is_complete("planned") => Outcome::lacks(vec![Missing::planned()]),
        HowSure::No => Outcome::fails(
            "Kế hoạch được duyệt không có công trình này tại vị trí đề nghị: phải điều chỉnh kế hoạch trước.",
            "The plan in force holds no such structure at the requested place: the plan must be amended first.",
        ),
    };
    Outcome {
        measured: place.measured.map(Quantity::metres),
        assets: place.twins.iter().map(|twin| twin.id).collect(),
        assumptions,
        ..outcome
    }
}

/// Whether the viewer would be shown what the applicant has planned: otherwise its absence says nothing. Asked of the
/// request as it would stand in the plan, so that the answer does not hang on what is hidden.
fn may_know_the_plans_of_the_applicant(item: &RequestItem, scene: &Scene<'_>) -> bool {
    let twin = item.planned_twin(AssetId::UNREGISTERED, String::new());
    matches!(scene.seen.view_of_planned(&twin), View::Exact(_))
}

/// How sure it is that the plan has something where the request is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum HowSure {
    Certain,
    Possible,
    No,
}

/// What the plan has there.
struct Place<'a> {
    how_sure: HowSure,
    twins: Vec<&'a Asset>,
    /// To the nearest planned place, or along planned lines, in metres.
    measured: Option<Measured>,
}

/// Where none may be the requested place, the nearest is measured all the same.
fn at_a_place<'a>(own: &[&'a Asset], within: Metres, item: &RequestItem, scene: &Scene<'a>) -> Place<'a> {
    let to = |twin: &Asset| {
        let accuracy = twin.survey.accuracy().radius.combined_with(item.accuracy().radius);
        Measured { value: geodesy::nearest(&item.shape, &twin.shape).distance, accuracy }
    };
    let mut possible: Vec<(Measured, &Asset)> = own.iter().map(|twin| (to(twin), *twin)).collect();
    possible.retain(|(distance, _)| distance.value.get() - distance.accuracy.get() <= within.get());
    possible.sort_by(|a, b| a.0.value.get().total_cmp(&b.0.value.get()).then_with(|| a.1.id.cmp(&b.1.id)));
    let is_certain = |distance: &Measured| distance.value.get() + distance.accuracy.get() <= within.get();
    let certain = possible.iter().find(|(distance, _)| is_certain(distance));
    match (certain, possible.first()) {
        (Some((distance, twin)), _) => {
            Place { how_sure: HowSure::Certain, twins: vec![twin], measured: Some(*distance) }
        }
        (None, Some((distance, twin))) => {
            Place { how_sure: HowSure::Possible, twins: vec![twin], measured: Some(*distance) }
        }
        (None, None) => {
            Place { how_sure: HowSure::No, twins: Vec::new(), measured: scene.nearest_planned(item).map(to) }
        }
    }
}

/// A line may be planned in several spans: together they must cover [`SHARE_OF_ROUTE`] of the request.
fn along<'a>(route: &Route, own: &[&'a Asset], within: Metres, item: &RequestItem) -> Place<'a> {
    let radius = |twin: &Asset| twin.survey.accuracy().radius.combined_with(item.accuracy().radius).get();
    let covered = |how_sure: f64| {
        let spans = own.iter().flat_map(|twin| {
            let reach = within.get() + how_sure * radius(twin);
            route.along(&twin.shape, reach).into_pairs()
        });
        Stretches::union(spans.collect(), BEND).total()
    };
    let [certain, likely, possible] = HOW_SURE.map(covered);
    let needed = SHARE_OF_ROUTE * route.length().get();
    let how_sure = match () {
        () if needed <= certain => HowSure::Certain,
        () if needed <= possible => HowSure::Possible,
        () => HowSure::No,
    };
    let there = |twin: &&&Asset| 0.0 < route.along(&twin.shape, within.get() + radius(twin)).total();
    let twins = if how_sure == HowSure::No { Vec::new() } else { own.iter().filter(there).copied().collect() };
    let accuracy = (likely - certain).max(possible - likely);
    let measured = Measured { value: Metres::computed(likely), accuracy: Metres::computed(accuracy) };
    Place { how_sure, twins, measured: (0.0 < possible).then_some(measured) }
}

/// The request against the content that the plan gives: no higher, of the same class, for no fewer operators, no more
/// bores. What the plan states and the request does not is asked for.
fn sized(twins: &[&Asset], item: &RequestItem) -> Outcome {
    let mut missing = Vec::new();
    for twin in twins {
        match differs(twin, item) {
            Ok(unknown) => missing.extend(unknown),
            Err(reason) => return Outcome::new(Verdict::DoesNotComply, reason),
        }
    }
    let mut asked = BTreeSet::new();
    missing.retain(|one: &Missing| asked.insert(one.code));
    if !missing.is_empty() {
        return Outcome::lacks(missing);
    }
    let labels: Vec<Text> = twins.iter().map(|twin| wording::label(twin)).map(|one| Text::new(&*one, &*one)).collect();
    let labels = wording::list(&labels);
    Outcome::complies(
        format!("Kế hoạch có công trình {} tại vị trí này.", labels.vi),
        format!("The plan holds {} at this place.", labels.en),
    )
}

/// What the request does not say of what the plan states.
///
/// # Errors
/// The sentence of the first thing in which they differ.
fn differs(twin: &Asset, item: &RequestItem) -> Result<Vec<Missing>, Text> {
    let label = wording::label(twin);
    let mut missing = Vec::new();
    let planned_height = match &twin.details {
        Details::Mast(mast) => mast.height_m,
        Details::Pole(pole) => pole.height_m,
        _ => None,
    };
    match (planned_height, item.height_m) {
        (Some(planned), Some(asked)) if planned < asked => {
            let (planned, asked) = (wording::metres(planned), wording::metres(asked));
            return Err(Text::new(
                format!("Kế hoạch ghi {label} cao {}, hồ sơ đề nghị {}.", planned.vi, asked.vi),
                format!("The plan has {label} at {}, the request asks for {}.", planned.en, asked.en),
            ));
        }
        (Some(_), None) => missing.push(Missing::of_request("height_m")),
        _ => {}
    }
    if let Details::Mast(mast) = &twin.details {
        match (mast.mast_class, item.mast_class) {
            (Some(planned), Some(asked)) if planned != asked => {
                return Err(Text::new(
                    format!("Kế hoạch ghi {label} loại {planned}, hồ sơ đề nghị loại {asked}."),
                    format!("The plan has {label} as class {planned}, the request asks for class {asked}."),
                ));
            }
            (Some(_), None) => missing.push(Missing::of_request("mast_class")),
            _ => {}
        }
        match (mast.operators_designed, item.operators_designed) {
            (Some(planned), Some(asked)) if asked < planned => {
                let (few, many) = (operators(asked), operators(planned));
                return Err(Text::new(
                    format!("Kế hoạch ghi {label} cho {}, hồ sơ thiết kế cho {}.", many.vi, few.vi),
                    format!("The plan has {label} for {}, the request is designed for {}.", many.en, few.en),
                ));
            }
            (Some(_), None) => missing.push(Missing::of_request("operators_designed")),
            _ => {}
        }
    }
    if let (AssetClass::Duct, Details::Duct(duct)) = (item.class, &twin.details) {
        match (duct.bores.total, item.bores) {
            (Some(planned), Some(asked)) if planned < asked => {
                let (few, many) = (bores(planned), bores(asked));
                return Err(Text::new(
                    format!("Kế hoạch ghi {label} có {}, hồ sơ đề nghị {}.", few.vi, many.vi),
                    format!("The plan has {label} with {}, the request asks for {}.", few.en, many.en),
                ));
            }
            (Some(_), None) => missing.push(Missing::of_request("bores")),
            _ => {}
        }
    }
    Ok(missing)
}

fn operators(count: u32) -> Text {
    wording::counted(count, "doanh nghiệp", "operator")
}

fn bores(count: u32) -> Text {
    wording::counted(count, "ống", "bore")
}
