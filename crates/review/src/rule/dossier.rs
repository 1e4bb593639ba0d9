//! What a dossier must carry.

use hatang_core::{Document, RequestItem, Text, Verdict, plan::Layer};

use crate::{
    crossing::{Crossing, crossed},
    finding::Outcome,
    missing::Missing,
    scene::Scene,
    wording,
};

/// Judges the documents that the applicant lists. A dossier that lists nothing leaves it open.
///
/// Source: the rule's instrument and article.
pub(super) fn judge(
    needed: &[Document],
    over: Option<Layer>,
    without_plan: bool,
    item: &RequestItem,
    scene: &Scene<'_>,
) -> Outcome {
    if without_plan && let Some(otherwise) = judged_otherwise(item, scene) {
        return otherwise;
    }
    match over.map_or(Crossing::Certain, |layer| over_any(layer, item, scene)) {
        Crossing::Certain => listed(needed, item),
        Crossing::Possible => match listed(needed, item) {
            there if there.verdict == Verdict::Complies => there,
            _ => Outcome::lacks(vec![Missing::better_survey()]),
        },
        Crossing::None => {
            let layer = over.expect("without a layer the documents are always asked for");
            let name = wording::layer(layer);
            if scene.has_every_line(layer) {
                return Outcome::not_asked(
                    format!("Tuyến không vượt qua {}.", name.vi),
                    format!("The route crosses no {}.", name.en),
                );
            }
            match listed(needed, item) {
                there if there.verdict == Verdict::Complies => there,
                _ => Outcome::lacks(vec![Missing::layer(layer)]),
            }
        }
    }
}

/// What is judged without a plan is a request to build, while the plan of its year has not been issued.
fn judged_otherwise(item: &RequestItem, scene: &Scene<'_>) -> Option<Outcome> {
    if let Some(year) = item.plan_year {
        return Some(Outcome::not_asked(
            format!("Đây là đề nghị đưa vào kế hoạch năm {year}, chưa phải đề nghị xây dựng."),
            format!("This asks to be taken into the plan of {year}; it is not a request to build."),
        ));
    }
    let year = scene.on.year();
    scene.plan_of_the_year().map(|_| {
        Outcome::not_asked(
            format!("Kế hoạch năm {year} đã được ban hành: xét theo kế hoạch."),
            format!("The plan of the year {year} has been issued: the request is judged by it."),
        )
    })
}

fn listed(needed: &[Document], item: &RequestItem) -> Outcome {
    let Some(there) = &item.documents else { return Outcome::lacks(vec![Missing::of_request("documents")]) };
    let absent: Vec<Text> = needed
        .iter()
        .filter(|document| !there.contains(document))
        .map(|document| wording::document(*document))
        .collect();
    if absent.is_empty() {
        return Outcome::complies("Hồ sơ có đủ tài liệu được yêu cầu.", "The dossier lists every document asked for.");
    }
    let join = |of: fn(&Text) -> &str| absent.iter().map(of).collect::<Vec<_>>().join(", ");
    Outcome::fails(
        format!("Hồ sơ còn thiếu: {}.", join(|text| &text.vi)),
        format!("The dossier lacks: {}.", join(|text| &text.en)),
    )
}

/// Whether the request crosses any line of a layer.
fn over_any(layer: Layer, item: &RequestItem, scene: &Scene<'_>) -> Crossing {
    let crossed = crossed(layer, item, scene);
    match crossed.iter().find(|(_, how_sure)| *how_sure == Crossing::Certain).or(crossed.first()) {
        Some((_, how_sure)) => *how_sure,
        None => Crossing::None,
    }
}
