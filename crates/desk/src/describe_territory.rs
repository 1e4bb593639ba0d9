//! What everybody may know before asking anything: where this is, which rules and networks there are.

use hatang_core::{
    AssetClass, BoundingBox, NetworkCode, OrganisationCode, OrganisationKind, RuleSetCode, Seq, Territory, Viewer,
    geodesy, visibility::generalised_accuracy,
};
use serde::Serialize;

use crate::{
    desk::{Desk, seen_position},
    run_coverage::networks,
};

/// The territory and the words that questions about it may use.
#[derive(Clone, Debug, Serialize)]
pub struct TerritoryDescription {
    /// Its official code; absent while no outline is loaded.
    pub code: Option<Territory>,
    /// Its name.
    pub name: Option<String>,
    /// People who live there, as the outline's source says.
    pub people: Option<u32>,
    /// Geodesic area.
    pub area_km2: Option<f64>,
    /// West, south, east, north in degrees; around the assets while no outline is loaded.
    pub bbox: Option<[f64; 4]>,
    /// Whether the plan is invented for trying out.
    pub synthetic: bool,
    /// The plan's title in Vietnamese.
    pub plan_title_vi: Option<String>,
    /// The plan's title in English.
    pub plan_title_en: Option<String>,
    /// Rule sets to choose from.
    pub rule_sets: Vec<RuleSetSummary>,
    /// The one that is used unless another is asked for.
    pub default_rule_set: Option<RuleSetCode>,
    /// Organisations in the registry.
    pub organisations: Vec<OrganisationSummary>,
    /// Networks that organisations run.
    pub networks: Vec<NetworkCode>,
    /// The 95 % radius of positions that the public sees, in metres.
    pub generalised_m: f64,
    /// How many changes to what the viewer may see this rests on.
    pub seq: Seq,
}

/// A rule set to choose.
#[derive(Clone, Debug, Serialize)]
pub struct RuleSetSummary {
    /// Its code.
    pub code: RuleSetCode,
    /// Its name in Vietnamese.
    pub title_vi: String,
    /// Its name in English.
    pub title_en: String,
    /// Whether it is another province's, for showing how a filled set works.
    pub template: bool,
    /// Whose rules these are.
    pub authority: String,
}

/// An organisation's public facts.
#[derive(Clone, Debug, Serialize)]
pub struct OrganisationSummary {
    /// Its code.
    pub code: OrganisationCode,
    /// Its name.
    pub name: String,
    /// What it does.
    pub kind: OrganisationKind,
    /// The networks it runs.
    pub networks: Vec<NetworkCode>,
}

/// Describes the territory.
#[must_use]
pub fn describe_territory(desk: &Desk, who: &Viewer) -> TerritoryDescription {
    desk.read(|registry| {
        let home = registry.home().map(|(_, state)| state);
        let boundary = home.and_then(|state| Some(&state.boundaries.as_ref()?.home));
        let plan = home.and_then(|state| state.plan.as_ref());
        let outline = boundary.map(|boundary| boundary.shape.bounding_box());
        let around_assets = || {
            let seen = registry.seen_by(who);
            let places = AssetClass::ALL.iter().flat_map(|class| seen.in_box(*class, BoundingBox::WORLD));
            BoundingBox::around(places.flat_map(|sight| {
                let [west, south, east, north] = sight.shape().bounding_box().edges();
                [hatang_core::Lonlat::new(west, south), hatang_core::Lonlat::new(east, north)].into_iter().flatten()
            }))
        };
        TerritoryDescription {
            code: boundary.map(|boundary| boundary.code.clone()),
            name: boundary.map(|boundary| boundary.name.clone()),
            people: boundary.and_then(|boundary| boundary.people),
            area_km2: boundary.map(|boundary| geodesy::area_m2(&boundary.shape) / 1e6),
            bbox: outline.or_else(around_assets).map(BoundingBox::edges),
            synthetic: plan.is_some_and(|plan| plan.synthetic),
            plan_title_vi: plan.map(|plan| plan.title.vi.clone()),
            plan_title_en: plan.map(|plan| plan.title.en.clone()),
            rule_sets: registry
                .rule_sets()
                .values()
                .map(|set| RuleSetSummary {
                    code: set.code.clone(),
                    title_vi: set.title.vi.clone(),
                    title_en: set.title.en.clone(),
                    template: set.template,
                    authority: set.authority.clone(),
                })
                .collect(),
            default_rule_set: plan.map(|plan| plan.rule_set.clone()),
            organisations: registry
                .organisations()
                .values()
                .map(|organisation| OrganisationSummary {
                    code: organisation.code.clone(),
                    name: organisation.name.clone(),
                    kind: organisation.kind,
                    networks: organisation.networks.clone(),
                })
                .collect(),
            networks: networks(registry).into_iter().cloned().collect(),
            generalised_m: generalised_accuracy().get(),
            seq: seen_position(registry, who),
        }
    })
}
