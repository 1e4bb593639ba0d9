//! The substance of a screening: what must stay the same for a verdict on it to stand.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{asset::AssetId, codes::RuleId};

/// Which part of a screening is meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum About {
    /// A rule's finding.
    Rule {
        /// The rule.
        rule: RuleId,
    },
    /// A structure that could host what is asked.
    Host {
        /// The structure.
        asset: AssetId,
    },
    /// A work during which the ground is open anyway.
    Works {
        /// The work's code.
        works: String,
    },
    /// What to build for others who wait nearby.
    Condition {
        /// Which condition.
        condition: String,
    },
    /// The way of a requested route through what stands.
    Way,
}

/// One part of a screening without its sentences: wording may improve, substance may not change unnoticed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The number of the requested structure, from 1.
    pub item: u32,
    /// Which part.
    #[serde(flatten)]
    pub about: About,
    /// The verdict's word.
    pub verdict: String,
    /// The number that was measured, the free units that were found, or the metres of a way in lines with room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figure: Option<f64>,
    /// What the figure and its limit count: `m`, `operators`, `boxes`, `structures`, `bores`, or `free` units of a host. Kept answers of
    /// earlier days do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The number that it was compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<f64>,
    /// What else it rests on: the rule's version, the assets that decided or that a way uses, what is missing, dates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grounds: Vec<String>,
}

impl Outcome {
    /// Whether it says that a structure can host what is asked, as it stands or after works.
    #[must_use]
    pub fn finds_a_host(&self) -> bool {
        matches!(self.verdict.as_str(), "shareable" | "shareable_after_works")
    }
}

/// One part that is not what it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    /// What it was; none when it is new.
    pub before: Option<Outcome>,
    /// What it is; none when it is gone.
    pub now: Option<Outcome>,
}

/// What differs between two screenings, part by part in the order of parts. `O(n log n)`.
#[must_use]
pub fn changes(before: &[Outcome], now: &[Outcome]) -> Vec<Changed> {
    type Pair<'a> = (Option<&'a Outcome>, Option<&'a Outcome>);
    let mut both: BTreeMap<(u32, &About), Pair<'_>> = BTreeMap::new();
    for outcome in before {
        both.entry((outcome.item, &outcome.about)).or_default().0 = Some(outcome);
    }
    for outcome in now {
        both.entry((outcome.item, &outcome.about)).or_default().1 = Some(outcome);
    }
    // A unit is how a figure is told: an answer that was kept without it says nothing else.
    let substance = |outcome: Option<&Outcome>| outcome.map(|outcome| Outcome { unit: None, ..outcome.clone() });
    let differing = both.into_values().filter(|(before, now)| substance(*before) != substance(*now));
    differing.map(|(before, now)| Changed { before: before.cloned(), now: now.cloned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rule: &str, verdict: &str, figure: f64) -> Outcome {
        Outcome {
            item: 1,
            about: About::Rule { rule: RuleId::new(rule).unwrap() },
            verdict: verdict.to_owned(),
            figure: Some(figure),
            unit: None,
            limit: None,
            grounds: vec![],
        }
    }

    #[test]
    fn only_what_differs_in_substance_is_told() {
        let before = [of("A", "complies", 300.0), of("B", "complies", 1.0), of("C", "cannot_tell", 2.0)];
        let now = [of("D", "complies", 4.0), of("B", "complies", 1.0), of("A", "does_not_comply", 200.0)];
        let found = changes(&before, &now);
        let of_rule = |changed: &Changed| match &changed.before.as_ref().or(changed.now.as_ref()).unwrap().about {
            About::Rule { rule } => rule.to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(found.iter().map(of_rule).collect::<Vec<_>>(), ["A", "C", "D"]);
        assert!(found[0].before.is_some() && found[0].now.is_some());
        assert!(found[1].now.is_none() && found[2].before.is_none());
        assert_eq!(changes(&before, &before), []);
        let told = before.clone().map(|outcome| Outcome { unit: Some("m".to_owned()), ..outcome });
        assert_eq!(changes(&before, &told), [], "an answer that was kept before units were told still stands");
    }

    #[test]
    fn a_way_is_kept_as_other_parts_are_and_parts_from_before_it_are_still_read() {
        let way = Outcome { about: About::Way, unit: Some("m".to_owned()), ..of("A", "partly_shared", 500.0) };
        let kept = r#"{"item":1,"about":"way","verdict":"partly_shared","figure":500.0,"unit":"m"}"#;
        assert_eq!(serde_json::to_string(&way).unwrap(), kept);
        assert_eq!(serde_json::from_str::<Outcome>(kept).unwrap(), way);
        let older = r#"{"item":1,"about":"rule","rule":"A","verdict":"complies","figure":300.0}"#;
        assert_eq!(serde_json::from_str::<Outcome>(older).unwrap(), of("A", "complies", 300.0));
        let less = Outcome { figure: Some(200.0), ..way.clone() };
        assert_eq!(changes(std::slice::from_ref(&way), &[less]).len(), 1, "fewer metres are another answer");
    }
}
