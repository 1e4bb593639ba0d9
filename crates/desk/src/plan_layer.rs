//! The plan's parts as map layers.

use std::collections::BTreeMap;

use hatang_core::{Shape, Territory, Viewer, plan::Plan, view, works::sees_works};
use hatang_exchange::{PlanFeature, feature};
use serde_json::{Value, json};

use crate::desk::Desk;

/// A part of the plan that the map draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanLayer {
    /// The territory's outline.
    Boundary,
    /// The outlines around it.
    Neighbours,
    /// Zones.
    Zones,
    /// Hamlets with people.
    Hamlets,
    /// Priority places.
    Places,
    /// Roads.
    Roads,
    /// Works of other sectors.
    Works,
    /// Planned objects.
    Planned,
    /// What other sectors have: dykes, canals, power lines…
    Constraints,
}

impl PlanLayer {
    /// Every layer with its word in addresses.
    pub const ALL: [(&'static str, Self); 9] = [
        ("boundary", Self::Boundary),
        ("neighbours", Self::Neighbours),
        ("zones", Self::Zones),
        ("hamlets", Self::Hamlets),
        ("places", Self::Places),
        ("roads", Self::Roads),
        ("works", Self::Works),
        ("planned", Self::Planned),
        ("constraints", Self::Constraints),
    ];

    /// Whether the plan itself holds it, rather than the outlines or the works.
    #[must_use]
    pub const fn is_of_plan(self) -> bool {
        !matches!(self, Self::Boundary | Self::Neighbours | Self::Works)
    }

    /// The layer with this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(name, _)| *name == word).map(|(_, layer)| *layer)
    }
}

/// The features of one layer that the viewer may see; none while nothing is loaded.
#[must_use]
pub fn plan_layer(desk: &Desk, who: &Viewer, layer: PlanLayer) -> Vec<Value> {
    desk.read(|registry| {
        let Some((home, state)) = registry.home() else { return Vec::new() };
        let boundaries = state.boundaries.as_ref();
        match layer {
            PlanLayer::Boundary => boundaries.iter().map(|both| outline(&both.home)).collect(),
            PlanLayer::Neighbours => boundaries.iter().flat_map(|both| &both.neighbours).map(outline).collect(),
            PlanLayer::Works => {
                let today = desk.today();
                state.works.values().filter(|works| sees_works(who, works, today)).map(works).collect()
            }
            _ => state.plan.as_ref().map_or_else(Vec::new, |plan| of_plan(plan, who, home, layer)),
        }
    })
}

pub(crate) fn outline(boundary: &hatang_core::plan::Boundary) -> Value {
    let properties = json!({ "code": boundary.code, "name": boundary.name, "people": boundary.people });
    plain(boundary.shape.clone(), properties)
}

pub(crate) fn works(works: &hatang_core::plan::Works) -> Value {
    let properties = json!({
        "code": works.code,
        "sector": works.sector,
        "owner": works.owner,
        "starts_on": works.starts_on,
        "ends_on": works.ends_on,
        "stage": works.stage,
        "title": works.title,
    });
    plain(works.shape.clone(), properties)
}

/// The features of a layer of the plan as the viewer may see them. Those without an identity have the `number` that
/// changes of the plan name them by: from 0, and for constraints within each of their layers.
pub(crate) fn of_plan(plan: &Plan, who: &Viewer, home: &Territory, layer: PlanLayer) -> Vec<Value> {
    let mut features = unnumbered(plan, who, home, layer);
    if layer != PlanLayer::Planned {
        let mut next: BTreeMap<String, usize> = BTreeMap::new();
        for feature in &mut features {
            let word = feature.pointer("/properties/layer").and_then(Value::as_str).unwrap_or_default();
            let number = next.entry(word.to_owned()).or_default();
            feature["properties"]["number"] = json!(*number);
            *number += 1;
        }
    }
    features
}

/// The same without numbers, which the next change may give to others.
pub(crate) fn unnumbered(plan: &Plan, who: &Viewer, home: &Territory, layer: PlanLayer) -> Vec<Value> {
    match layer {
        PlanLayer::Zones => plan.zones.iter().map(shown).collect(),
        PlanLayer::Hamlets => plan.hamlets.iter().map(shown).collect(),
        PlanLayer::Places => plan.places.iter().map(shown).collect(),
        PlanLayer::Roads => plan.roads.iter().map(shown).collect(),
        PlanLayer::Constraints => {
            let constraint = |one: &hatang_core::plan::Constraint| {
                let mut feature = shown(one);
                feature["properties"]["layer"] = json!(one.layer);
                feature
            };
            plan.constraints.iter().map(constraint).collect()
        }
        PlanLayer::Planned => {
            let planned = plan.planned.iter().filter_map(|asset| feature(asset, &view(who, asset, home)));
            planned.map(|feature| json!(feature)).collect()
        }
        PlanLayer::Boundary | PlanLayer::Neighbours | PlanLayer::Works => Vec::new(),
    }
}

fn shown(one: &impl PlanFeature) -> Value {
    json!({ "type": "Feature", "geometry": one.shape(), "properties": one.properties() })
}

#[expect(clippy::needless_pass_by_value, reason = "both are made for this call")]
fn plain(geometry: Shape, properties: Value) -> Value {
    json!({ "type": "Feature", "geometry": geometry, "properties": properties })
}
