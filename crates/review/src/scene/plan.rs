//! What of the plan a judgement looks at: the parts that may lie where it asks.

use hatang_core::{
    Accuracy, Asset, BoundingBox, Metres, RequestItem, Shape, View,
    geodesy::TangentPlane,
    plan::{Constraint, Hamlet, Layer, PartIndex, Place, Placed, Plan, PlanIndex, Road, Zone},
};

use super::Scene;

/// One line of another sector, as the plan holds it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LayerLine<'a> {
    pub(crate) class: Option<&'a str>,
    pub(crate) name: Option<&'a str>,
    pub(crate) shape: &'a Shape,
    pub(crate) accuracy: Accuracy,
    pub(crate) height: Option<Metres>,
    pub(crate) depth: Option<Metres>,
    /// From a road's axis to the edge of its land.
    pub(crate) half_land: Option<Metres>,
}

impl<'a> From<&'a Road> for LayerLine<'a> {
    fn from(road: &'a Road) -> Self {
        Self {
            class: Some(&road.kind),
            name: road.name.as_deref(),
            shape: &road.shape,
            accuracy: road.accuracy(),
            height: None,
            depth: None,
            half_land: road.land_width_m.map(|width| Metres::computed(width.get() / 2.0)),
        }
    }
}

impl<'a> From<&'a Constraint> for LayerLine<'a> {
    fn from(line: &'a Constraint) -> Self {
        Self {
            class: line.class.as_deref(),
            name: line.name.as_deref(),
            shape: &line.shape,
            accuracy: line.accuracy(),
            height: line.height_m,
            depth: line.depth_m,
            half_land: None,
        }
    }
}

impl<'a> Scene<'a> {
    /// The plan, when it is in force on the day.
    pub(crate) fn plan_in_force(&self) -> Option<&'a Plan> {
        self.plan.filter(|plan| plan.is_in_force(self.on))
    }

    /// The plan, when it is in force on the day and the plan of that day's year has been issued: until then requests are
    /// judged without one.
    pub(crate) fn plan_of_the_year(&self) -> Option<&'a Plan> {
        self.plan.filter(|plan| plan.is_issued(self.on))
    }

    /// The lines of a layer that may lie in a box, with the land of roads.
    pub(crate) fn lines_in(&self, layer: Layer, bounds: BoundingBox) -> Vec<LayerLine<'a>> {
        if layer == Layer::Roads {
            let roads = self.parts_in(|plan| &plan.roads, |index| &index.roads, bounds);
            return roads.into_iter().map(LayerLine::from).collect();
        }
        let lines = self.parts_in(|plan| &plan.constraints, |index| &index.constraints, bounds);
        lines.into_iter().filter(|line| line.layer == layer).map(LayerLine::from).collect()
    }

    /// The lines of a layer that may come within so many metres of a request.
    pub(crate) fn lines_near(&self, layer: Layer, item: &RequestItem, metres: f64) -> Vec<LayerLine<'a>> {
        self.lines_in(layer, around(item, metres))
    }

    /// The classes of a layer's lines wherever they lie, each as often as it occurs; none for a line that states none.
    pub(crate) fn classes(&self, layer: Layer) -> impl Iterator<Item = Option<&'a str>> + use<'a> {
        let roads = self.plan.into_iter().flat_map(|plan| &plan.roads).map(|road| Some(road.kind.as_str()));
        let lines = self.plan.into_iter().flat_map(|plan| &plan.constraints).filter(move |line| line.layer == layer);
        roads.filter(move |_| layer == Layer::Roads).chain(lines.map(|line| line.class.as_deref()))
    }

    /// Whether the plan holds every line of a layer.
    pub(crate) fn has_every_line(&self, layer: Layer) -> bool {
        self.plan.is_some_and(|plan| plan.is_complete(layer.code()))
    }

    /// The zones with such a word that meet a box.
    pub(crate) fn zones_in(&self, is_meant: impl Fn(&str) -> bool, bounds: BoundingBox) -> Vec<&'a Zone> {
        let mut zones = self.parts_in(|plan| &plan.zones, |index| &index.zones, bounds);
        zones.retain(|zone| is_meant(&zone.zone));
        zones
    }

    /// The hamlets whose middles lie in a box.
    pub(crate) fn hamlets_in(&self, bounds: BoundingBox) -> Vec<&'a Hamlet> {
        self.parts_in(|plan| &plan.hamlets, |index| &index.hamlets, bounds)
    }

    /// The priority places in a box.
    pub(crate) fn places_in(&self, bounds: BoundingBox) -> Vec<&'a Place> {
        self.parts_in(|plan| &plan.places, |index| &index.places, bounds)
    }

    /// The planned objects that may lie in a box, whoever may see them and whether or not the plan is in force.
    #[must_use]
    pub fn planned_in(&self, bounds: BoundingBox) -> Vec<&'a Asset> {
        self.parts_in(|plan| &plan.planned, |index| &index.planned, bounds)
    }

    /// The applicant's planned object of a request's class that lies nearest, as far as the viewer may see it, whether or
    /// not the plan is in force: by a plane, which may take another for the nearest among those far away. `O(n)`.
    #[must_use]
    pub fn nearest_planned(&self, item: &RequestItem) -> Option<&'a Asset> {
        let plane = TangentPlane::at(item.shape.bounding_box().centre());
        let is_own = |twin: &&Asset| twin.class() == item.class && twin.owner == item.owner;
        let is_shown = |twin: &&Asset| matches!(self.seen.view_of_planned(twin), View::Exact(_));
        let apart_2 = |twin: &'a Asset| {
            let [east, north] = plane.metres(twin.anchor());
            (east * east + north * north, twin)
        };
        let own = self.plan.into_iter().flat_map(|plan| &plan.planned).filter(is_own).filter(is_shown);
        let nearest = own.map(apart_2).min_by(|(a, one), (b, other)| a.total_cmp(b).then(one.id.cmp(&other.id)));
        nearest.map(|(_, twin)| twin)
    }

    /// The parts of one list of the plan whose extents meet a box, in the plan's order.
    fn parts_in<T: Placed>(
        &self,
        parts: impl Fn(&'a Plan) -> &'a Vec<T>,
        index: impl Fn(&'a PlanIndex) -> &'a PartIndex,
        bounds: BoundingBox,
    ) -> Vec<&'a T> {
        let Some(parts) = self.plan.map(parts) else { return Vec::new() };
        match self.plan_index.map(index) {
            Some(index) => index.meeting(parts, bounds),
            None => parts.iter().filter(|part| part.extent().intersects(bounds)).collect(),
        }
    }
}

/// Where something may lie that comes within so many metres of a request, however badly the request's place is known.
pub(crate) fn around(item: &RequestItem, metres: f64) -> BoundingBox {
    item.shape.bounding_box().expanded((metres + item.accuracy().radius.get()).min(f64::MAX))
}
