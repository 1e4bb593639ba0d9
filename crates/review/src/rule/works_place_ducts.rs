//! Works of another sector whose owner must place ducts.

use hatang_core::{RequestItem, Text, plan::WorksStage};

use crate::{
    assumption::DIG_ONCE_REACH,
    finding::{Outcome, Quantity},
    missing::Missing,
    route::Route,
    scene::Scene,
    wording,
};

/// Says where works run along the requested route whose owner has to place ducts for several operators. What the owner
/// places is not in the registry, so that the answer stays open until the owner says it.
///
/// Source: the rule's instrument and article, for example QĐ 72/2025/QĐ-UBND Bắc Ninh, Art. 13(6), 17(5).
pub(super) fn judge(sector: &str, operators: u32, item: &RequestItem, scene: &Scene<'_>) -> Outcome {
    let none = || {
        Outcome::not_asked(
            "Không có công trình làm đường nào dọc theo tuyến đề nghị.",
            "No such works run along the requested route.",
        )
    };
    let Some(route) = Route::of(&item.shape) else { return none() };
    let around = item.shape.bounding_box().expanded(DIG_ONCE_REACH);
    let open = scene.works.iter().filter(|works| works.sector == sector && works.stage != WorksStage::Done);
    let open = open.filter(|works| works.shape.bounding_box().intersects(around));
    // Works that only cross the route place nothing along it.
    let along = open.map(|works| {
        let run = if works.shape.is_area() {
            route.beside(&works.shape, DIG_ONCE_REACH)
        } else {
            route.along(&works.shape, DIG_ONCE_REACH)
        };
        (run.total(), *works)
    });
    let longest = along
        .filter(|(metres, _)| 0.0 < *metres)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.code.cmp(&a.1.code)));
    let Some((metres, works)) = longest else { return none() };
    let metres = hatang_core::Metres::computed(metres);
    let run = wording::metres(metres);
    let owed = Text::new(
        format!(
            "Công trình {} đi cùng {} của tuyến; chủ đầu tư phải bố trí ống cho ít nhất {operators} doanh nghiệp",
            works.code, run.vi
        ),
        format!(
            "Works {} run along {} of the route; their owner must place ducts for at least {operators} operators",
            works.code, run.en
        ),
    );
    let reply = match works.ducts_agreed {
        None => Text::new("chưa có trả lời", "has not answered"),
        Some(0) => Text::new("đã trả lời không đặt ống", "has answered that it places none"),
        Some(ducts) => {
            let ducts = wording::counted(ducts, "ống", "duct");
            Text::new(
                format!("đã nhận đặt {}, chưa rõ dành cho những doanh nghiệp nào", ducts.vi),
                format!("has agreed to place {}, for whom is not said", ducts.en),
            )
        }
    };
    let reason = Text::new(format!("{}, {}.", owed.vi, reply.vi), format!("{} and {}.", owed.en, reply.en));
    let measured = hatang_core::Measured { value: metres, accuracy: item.accuracy().radius };
    Outcome {
        measured: Some(Quantity::metres(measured)),
        reason,
        ..Outcome::lacks(vec![Missing::works_ducts(&works.code)])
    }
}
