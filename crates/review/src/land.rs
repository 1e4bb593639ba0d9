//! Whether a requested place is urban land, as far as its accuracy and the plan can tell.

use hatang_core::{
    Metres, RequestItem, Shape, Text, geodesy,
    plan::{Plan, URBAN, Zone},
};

use crate::missing::Missing;

/// What a place is, for rules that differ between urban and other land.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Land {
    Urban,
    NonUrban,
    /// The place's accuracy circle crosses the edge of an urban zone.
    Edge,
    /// No plan, or a plan without any urban zone.
    Unknown,
}

impl Land {
    pub(crate) fn of(item: &RequestItem, plan: Option<&Plan>) -> Self {
        let mut zones = plan.into_iter().flat_map(|plan| &plan.zones).filter(|zone| zone.zone == URBAN).peekable();
        if zones.peek().is_none() {
            return Self::Unknown;
        }
        let places = zones.map(|zone| place_in(item, zone));
        places.fold(Self::NonUrban, |before, place| match (before, place) {
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
