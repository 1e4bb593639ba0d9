//! Sharing's other side: who loses service together when a shared structure fails.

use hatang_core::{BoundingBox, Lonlat, Metres, NetworkCode, Text, geodesy, registry::Networks};
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
    networks: &Networks<'_>,
    applicant: Option<&NetworkCode>,
    scene: &Scene<'_>,
) -> Option<FailsTogether> {
    if candidate.is_generalised() {
        return None;
    }
    let others = networks.known.iter().filter(|network| Some(**network) != applicant).count();
    let (networks, are_all) = (u32::try_from(others + 1).unwrap_or(u32::MAX), networks.complete);
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
    Some(FailsTogether { people, places, networks, basis, advice: advice(networks, are_all), assumptions })
}

/// Networks that nobody has named, or that the viewer may not know of, may be there beside those that are counted.
fn advice(networks: u32, are_all: bool) -> Text {
    match (networks, are_all) {
        (0 | 1, true) => Text::new("Một mạng phụ thuộc công trình này.", "One network depends on it."),
        (0 | 1, false) => {
            Text::new("Ít nhất một mạng phụ thuộc công trình này.", "At least one network depends on it.")
        }
        (several, _) => {
            let (vi, en) = if are_all { ("", "") } else { ("Ít nhất ", "At least ") };
            Text::new(
                format!(
                    "{vi}{several} mạng cùng mất nếu công trình hỏng: nên có đường truyền, nguồn dự phòng hoặc trạm \
                     thứ hai."
                ),
                format!(
                    "{en}{several} networks would fail at once: a second path, backup power or a second site is \
                     advisable."
                ),
            )
        }
    }
}

fn near(at: Lonlat, scene: &Scene<'_>) -> Option<(u64, Vec<String>)> {
    scene.plan.filter(|plan| !plan.hamlets.is_empty() || !plan.places.is_empty())?;
    let around = BoundingBox::at(at).expanded(DEPENDS_WITHIN);
    let within = |there: Lonlat| geodesy::distance(at, there) <= Metres::computed(DEPENDS_WITHIN);
    let hamlets = scene.hamlets_in(around).into_iter().filter(|hamlet| within(hamlet.middle()));
    let people = hamlets.map(|hamlet| u64::from(hamlet.people)).sum();
    let near = scene.places_in(around).into_iter().filter(|place| within(place.at));
    let mut places: Vec<String> = near.map(|place| place.name.clone()).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_that_may_be_hidden_are_at_least_so_many() {
        for (networks, are_all, vi, en) in [
            (1, true, "Một mạng", "One network depends"),
            (1, false, "Ít nhất một mạng", "At least one network depends"),
            (3, true, "3 mạng cùng mất", "3 networks would fail"),
            (3, false, "Ít nhất 3 mạng cùng mất", "At least 3 networks would fail"),
        ] {
            let advice = advice(networks, are_all);
            assert!(advice.vi.starts_with(vi) && advice.en.starts_with(en), "{advice:?}");
        }
    }
}
