//! The plan's parts as map layers.

use hatang_core::{Shape, Territory, Viewer, plan::Plan, view, works::sees_works};
use hatang_exchange::feature;
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

pub(crate) fn of_plan(plan: &Plan, who: &Viewer, home: &Territory, layer: PlanLayer) -> Vec<Value> {
    match layer {
        PlanLayer::Zones => {
            let zone = |zone: &hatang_core::plan::Zone| {
                let properties = json!({ "zone": zone.zone, "name": zone.name, "instrument": zone.instrument });
                plain(zone.shape.clone(), properties)
            };
            plan.zones.iter().map(zone).collect()
        }
        PlanLayer::Hamlets => {
            let hamlet = |hamlet: &hatang_core::plan::Hamlet| {
                plain(hamlet.shape.clone(), json!({ "name": hamlet.name, "people": hamlet.people }))
            };
            plan.hamlets.iter().map(hamlet).collect()
        }
        PlanLayer::Places => {
            let place = |place: &hatang_core::plan::Place| {
                let properties = json!({ "kind": place.kind, "name": place.name, "weight": place.weight });
                plain(Shape::Point(place.at), properties)
            };
            plan.places.iter().map(place).collect()
        }
        PlanLayer::Roads => {
            let road = |road: &hatang_core::plan::Road| {
                plain(
                    road.shape.clone(),
                    json!({ "name": road.name, "kind": road.kind, "land_width_m": road.land_width_m }),
                )
            };
            plan.roads.iter().map(road).collect()
        }
        PlanLayer::Constraints => {
            let constraint = |one: &hatang_core::plan::Constraint| {
                let properties = json!({
                    "layer": one.layer,
                    "class": one.class,
                    "name": one.name,
                    "instrument": one.instrument,
                    "height_m": one.height_m,
                    "depth_m": one.depth_m,
                    "accuracy_m": one.accuracy_m,
                });
                plain(one.shape.clone(), properties)
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

#[expect(clippy::needless_pass_by_value, reason = "both are made for this call")]
fn plain(geometry: Shape, properties: Value) -> Value {
    json!({ "type": "Feature", "geometry": geometry, "properties": properties })
}
