//! Whether a requested place is urban land, as far as its accuracy and the plan can tell.

use hatang_core::{
    Metres, RequestItem, Shape, Text, geodesy,
    plan::{URBAN, Zone},
};

use crate::{
    missing::Missing,
    scene::{Scene, around},
};

/// What a place is, for rules that differ between urban and other land.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Land {
    Urban,
    NonUrban,
    /// The place's accuracy circle crosses the edge of an urban zone.
    Edge,
    /// In no urban zone that the plan holds, and the plan does not say that it holds every one.
    Unknown,
}

impl Land {
    pub(crate) fn of(item: &RequestItem, scene: &Scene<'_>) -> Self {
        let zones = scene.zones_in(|word| word == URBAN, around(item, 0.0)).into_iter();
        let holds_all = scene.plan.is_some_and(|plan| plan.has_every_zone(URBAN));
        let elsewhere = if holds_all { Self::NonUrban } else { Self::Unknown };
        let places = zones.map(|zone| place_in(item, zone));
        places.fold(elsewhere, |before, place| match (before, place) {
            (Self::Urban, _) | (_, Self::Urban) => Self::Urban,
            (Self::Edge, _) | (_, Self::Edge) => Self::Edge,
            _ => before,
        })
    }

    pub(crate) const fn may_be_urban(self) -> bool {
        !matches!(self, Self::NonUrban)
    }

    pub(crate) const fn may_be_other(self) -> bool {
        !matches!(self, Self::Urban)
    }

    pub(crate) fn missing(self) -> Option<Missing> {
        match self {
            Self::Edge => Some(Missing::zone_edge()),
            Self::Unknown => Some(Missing::urban_area()),
            Self::Urban | Self::NonUrban => None,
        }
    }

    pub(crate) fn text(self) -> Text {
        match self {
            Self::Urban => Text::new("khu vực đô thị", "urban land"),
            Self::NonUrban => Text::new("ngoài khu vực đô thị", "outside urban land"),
            Self::Edge => Text::new("sát ranh khu vực đô thị", "at the edge of urban land"),
            Self::Unknown => Text::new("chưa rõ có phải đô thị", "urban or not is unknown"),
        }
    }
}

fn place_in(item: &RequestItem, zone: &Zone) -> Land {
    match Side::of(item, &zone.shape) {
        Side::Inside => Land::Urban,
        Side::Outside => Land::NonUrban,
        Side::Edge => Land::Edge,
    }
}

/// On which side of an area's edge a request lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Inside,
    Outside,
    /// Its accuracy reaches over the edge, or it runs across.
    Edge,
}

impl Side {
    /// The whole request lies inside, or outside, or neither is certain.
    pub(crate) fn of(item: &RequestItem, area: &Shape) -> Self {
        Self::of_shape(&item.shape, item.accuracy().radius, area)
    }

    /// The same of any shape with its radius.
    pub(crate) fn of_shape(shape: &Shape, radius: Metres, area: &Shape) -> Self {
        if !area.bounding_box().expanded(radius.get()).intersects(shape.bounding_box()) {
            return Self::Outside;
        }
        let edge = Shape::MultiLineString(area.runs().map(<[_]>::to_vec).collect());
        if geodesy::nearest(shape, &edge).distance <= radius {
            Self::Edge
        } else if shape.positions().all(|at| area.encloses(at)) {
            Self::Inside
        } else {
            Self::Outside
        }
    }

    /// The same, where a part of the request that is certainly inside is enough.
    pub(crate) fn of_any_part(item: &RequestItem, area: &Shape) -> Self {
        let whole = Self::of(item, area);
        let radius = item.accuracy().radius;
        let edge = || Shape::MultiLineString(area.runs().map(<[_]>::to_vec).collect());
        let deep = |at: hatang_core::Lonlat| {
            area.encloses(at) && radius < geodesy::nearest(&Shape::Point(at), &edge()).distance
        };
        if whole == Self::Edge && item.shape.positions().any(deep) { Self::Inside } else { whole }
    }
}

#[cfg(test)]
mod tests {
    use hatang_core::{Lonlat, Registry, Viewer, geodesy::TangentPlane, plan::Plan};
    use serde_json::json;

    use super::*;

    #[test]
    fn a_place_outside_every_urban_zone_is_other_land_only_where_the_plan_holds_them_all() {
        let plane = TangentPlane::at(Lonlat::new(106.48, 20.68).unwrap());
        let at = |(east, north): (f64, f64)| plane.lonlat([east, north]);
        let square = [(-100.0, -100.0), (100.0, -100.0), (100.0, 100.0), (-100.0, 100.0), (-100.0, -100.0)];
        let zone = json!({ "zone": URBAN, "shape": Shape::Polygon(vec![square.map(at).to_vec()]) });
        let plan = |zones: serde_json::Value, complete: &[&str]| -> Plan {
            serde_json::from_value(json!({
                "title": { "vi": "", "en": "" }, "instrument": "", "rule_set": "hai-phong", "zones": zones,
                "complete": complete,
            }))
            .unwrap()
        };
        let land = |place: (f64, f64), plan: Option<&Plan>| {
            let item =
                json!({ "class": "mast", "owner": "vnpt", "accuracy_m": 10.0, "shape": Shape::Point(at(place)) });
            let registry = Registry::new();
            let viewer = Viewer::console();
            let scene = Scene { plan, ..Scene::new(registry.seen_by(&viewer), &[], jiff::civil::date(2026, 7, 1)) };
            Land::of(&serde_json::from_value(item).unwrap(), &scene)
        };
        let (inside, edge, outside) = ((0.0, 0.0), (105.0, 0.0), (150.0, 0.0));
        let (one, all) = (plan(json!([zone]), &[]), plan(json!([zone]), &["zone:urban"]));
        let (none, surely_none) = (plan(json!([]), &["roads"]), plan(json!([]), &["zone:urban"]));
        for (name, place, plan, expected) in [
            ("inside one of perhaps several", inside, Some(&one), Land::Urban),
            ("at its edge", edge, Some(&one), Land::Edge),
            ("outside it, where there may be others", outside, Some(&one), Land::Unknown),
            ("outside it, where there are no others", outside, Some(&all), Land::NonUrban),
            ("a plan that says nothing", outside, Some(&none), Land::Unknown),
            ("a plan that says that there is none", outside, Some(&surely_none), Land::NonUrban),
            ("no plan", outside, None, Land::Unknown),
        ] {
            assert_eq!(land(place, plan), expected, "{name}");
        }
    }

    #[test]
    fn a_route_that_leaves_an_area_lies_in_it_when_a_part_certainly_does() {
        let plane = TangentPlane::at(Lonlat::new(106.48, 20.68).unwrap());
        let at = |(east, north): (f64, f64)| plane.lonlat([east, north]);
        let square = [(-100.0, -100.0), (100.0, -100.0), (100.0, 100.0), (-100.0, 100.0), (-100.0, -100.0)];
        let area = Shape::Polygon(vec![square.map(at).to_vec()]);
        for (name, from, to, whole, any_part) in [
            ("all inside", (-50.0, 0.0), (50.0, 0.0), Side::Inside, Side::Inside),
            ("leaves it", (0.0, 0.0), (300.0, 0.0), Side::Edge, Side::Inside),
            ("reaches in by less than it is known", (95.0, 0.0), (300.0, 0.0), Side::Edge, Side::Edge),
            ("stops before it within what is known", (105.0, 0.0), (300.0, 0.0), Side::Edge, Side::Edge),
            ("all outside", (150.0, 0.0), (300.0, 0.0), Side::Outside, Side::Outside),
            ("past its corner, through its box", (250.0, 0.0), (0.0, 250.0), Side::Outside, Side::Outside),
        ] {
            let item: RequestItem = serde_json::from_value(json!({
                "class": "duct", "owner": "vnpt", "accuracy_m": 10.0,
                "shape": Shape::LineString(vec![at(from), at(to)]),
            }))
            .unwrap();
            assert_eq!(Side::of(&item, &area), whole, "{name}");
            assert_eq!(Side::of_any_part(&item, &area), any_part, "{name}");
        }
    }
}
