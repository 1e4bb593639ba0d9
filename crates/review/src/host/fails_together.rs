//! Sharing's other side: who loses service together when a shared structure fails.

use std::collections::BTreeSet;

use hatang_core::{Lonlat, Metres, NetworkCode, Shape, Text, geodesy};
use serde::Serialize;

use super::Candidate;
use crate::{scene::Scene, wording};

/// People and priority places that would be without service at once.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FailsTogether {
    /// How many people.
    pub people: u64,
    /// The places' names, in order.
    pub places: Vec<String>,
    /// How many networks would fail at once, as far as they are known, with the applicant's.
    pub networks: u32,
    /// `coverage_run` when a run has said who depends on it, else `distance`.
    pub basis: &'static str,
    /// What to do about it.
    pub advice: Text,
    /// What the numbers rest on.
    pub assumptions: Vec<Text>,
}

/// Without a coverage run, those who live this near depend on a structure, in metres: a working number.
pub(crate) const DEPENDS_WITHIN: f64 = 1_000.0;

/// Who depends on a structure; `None` where its place is blurred, or no plan says who lives there.
pub(super) fn of(
    candidate: &Candidate<'_>,
    networks: &BTreeSet<&NetworkCode>,
    applicant: Option<&NetworkCode>,
    scene: &Scene<'_>,
) -> Option<FailsTogether> {
    if candidate.is_generalised() {
        return None;
    }
    let others = networks.iter().filter(|network| Some(**network) != applicant).count();
    let networks = u32::try_from(others + 1).unwrap_or(u32::MAX);
    let told = scene.served.and_then(|today| Some((today.alone.get(&candidate.asset.id)?, &today.basis)));
    let (people, places, basis, assumptions) = if let Some((served, basis)) = told {
        (served.people, served.places.clone(), "coverage_run", basis.clone())
    } else {
        let (people, places) = near(candidate.asset.anchor(), scene)?;
        (people, places, "distance", vec![by_distance()])
    };
    if people == 0 && places.is_empty() {
        return None;
    }
    let advice = if networks < 2 {
        Text::new("Một mạng phụ thuộc công trình này.", "One network depends on it.")
    } else {
        Text::new(
            format!(
                "{networks} mạng cùng mất nếu công trình hỏng: nên có đường truyền, nguồn dự phòng hoặc trạm thứ hai."
            ),
            format!(
                "{networks} networks would fail at once: a second path, backup power or a second site is advisable."
            ),
        )
    };
    Some(FailsTogether { people, places, networks, basis, advice, assumptions })
}

fn near(at: Lonlat, scene: &Scene<'_>) -> Option<(u64, Vec<String>)> {
    let plan = scene.plan.filter(|plan| !plan.hamlets.is_empty() || !plan.places.is_empty())?;
    let here = Shape::Point(at);
    let within = |shape: &Shape| {
        shape.bounding_box().expanded(DEPENDS_WITHIN).contains(at)
            && geodesy::nearest(&here, shape).distance <= Metres::computed(DEPENDS_WITHIN)
    };
    let people = plan
        .hamlets
        .iter()
        .filter(|hamlet| within(&Shape::Point(hamlet.shape.bounding_box().centre())))
        .map(|hamlet| u64::from(hamlet.people))
        .sum();
    let mut places: Vec<String> =
        plan.places.iter().filter(|place| within(&Shape::Point(place.at))).map(|place| place.name.clone()).collect();
    places.sort();
    Some((people, places))
}

fn by_distance() -> Text {
    let width = wording::metres(Metres::computed(DEPENDS_WITHIN));
    Text::new(
        format!("Giả định làm việc: thôn có tâm và địa điểm trong phạm vi {} phụ thuộc công trình này.", width.vi),
        format!("Working assumption: hamlets whose middle lies within {} and places there depend on it.", width.en),
    )
}
