//! Whether the plan in force holds what is requested.

use hatang_core::{Asset, AssetClass, Details, Metres, RequestItem, Text, geodesy};

use crate::{
    assumption,
    finding::{Outcome, Quantity},
    missing::Missing,
    route::Route,
    scene::{Origin, Scene},
    wording,
};

/// This share of a requested route must run where the plan has it.
const SHARE_OF_ROUTE: f64 = 0.9;

/// Judges the request against the applicant's planned objects of the same class, by place and size.
///
/// `O(n)` in planned objects.
///
/// Source: the rule's instrument and article, for example QĐ 72/2025/QĐ-UBND Bắc Ninh, Art. 15(7)(b).
pub(super) fn judge(within: Metres, item: &RequestItem, scene: &Scene<'_>) -> Outcome {
    if let Some(year) = item.plan_year {
        return Outcome::not_asked(
            format!("Đây là đề nghị đưa vào kế hoạch năm {year}, chưa phải đề nghị xây dựng."),
            format!("This asks to be taken into the plan of {year}; it is not a request to build."),
        );
    }
    let Some(plan) = scene.plan_in_force() else {
        return Outcome::not_asked(
            "Chưa có kế hoạch có hiệu lực vào ngày xét.",
            "No plan is in force on the day of the question.",
        );
    };
    let width = wording::metres(within);
    let assumptions = assumption::of_request(item).into_iter().chain([Text::new(
        format!("Số làm việc của Hatang: vị trí lệch không quá {} là cùng một vị trí.", width.vi),
        format!("Hatang's working number: places within {} are the same.", width.en),
    )]);
    let of_plan = scene.decided(item.class).filter(|one| one.origin == Origin::Plan).map(|one| one.asset);
    let own = of_plan.filter(|twin| twin.owner == item.owner);
    let mut near: Vec<(f64, &Asset)> =
        own.map(|twin| (geodesy::nearest(&item.shape, &twin.shape).distance.get(), twin)).collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.id.cmp(&b.1.id)));
    let same = near.iter().find(|(distance, twin)| is_there(*distance, twin, within, item));
    let outcome = match same {
        Some((_, twin)) => sized(twin, item),
        None if !plan.is_complete("planned") => Outcome::lacks(vec![Missing::planned()]),
        None => Outcome::fails(
            "Kế hoạch được duyệt không có công trình này tại vị trí đề nghị: phải điều chỉnh kế hoạch trước.",
            "The plan in force holds no such structure at the requested place: the plan must be amended first.",
        ),
    };
    let nearest = same.or(near.first());
    let measured = nearest.map(|(distance, twin)| {
        let accuracy = twin.survey.accuracy().radius.combined_with(item.accuracy().radius);
        Quantity::metres(hatang_core::Measured { value: Metres::computed(*distance), accuracy })
    });
    Outcome {
        measured,
        assets: same.map(|(_, twin)| twin.id).into_iter().collect(),
        assumptions: assumptions.collect(),
        ..outcome
    }
}

fn is_there(distance: f64, twin: &Asset, within: Metres, item: &RequestItem) -> bool {
    let radius = twin.survey.accuracy().radius.combined_with(item.accuracy().radius).get();
    match Route::of(&item.shape) {
        Some(route) if twin.class().is_line() => {
            let along = route.along(&twin.shape, within.get() + radius).total();
            SHARE_OF_ROUTE * route.length().get() <= along
        }
        _ => distance <= within.get() + radius,
    }
}

/// The request against the size that the plan gives: no higher, no more bores.
fn sized(twin: &Asset, item: &RequestItem) -> Outcome {
    let label = wording::label(twin);
    let planned_height = match &twin.details {
        Details::Mast(mast) => mast.height_m,
        Details::Pole(pole) => pole.height_m,
        _ => None,
    };
    if let (Some(planned), Some(asked)) = (planned_height, item.height_m)
        && planned < asked
    {
        let (planned, asked) = (wording::metres(planned), wording::metres(asked));
        return Outcome::fails(
            format!("Kế hoạch ghi {label} cao {}, hồ sơ đề nghị {}.", planned.vi, asked.vi),
            format!("The plan has {label} at {}, the request asks for {}.", planned.en, asked.en),
        );
    }
    if let (AssetClass::Duct, Details::Duct(duct)) = (item.class, &twin.details)
        && let (Some(planned), Some(asked)) = (duct.bores.total, item.bores)
        && planned < asked
    {
        return Outcome::fails(
            format!("Kế hoạch ghi {label} có {planned} ống, hồ sơ đề nghị {asked}."),
            format!("The plan has {label} with {planned} bores, the request asks for {asked}."),
        );
    }
    Outcome::complies(
        format!("Kế hoạch có công trình {label} tại vị trí này."),
        format!("The plan holds {label} at this place."),
    )
}
