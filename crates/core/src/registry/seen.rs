//! Queries as one viewer may ask them.

use std::{borrow::Cow, cmp::Ordering, collections::BTreeSet};

use super::{Held, Registry, index::Place};
use crate::{
    asset::{Asset, AssetClass, AssetId, Details},
    codes::{NetworkCode, Territory},
    event::{Seq, Version},
    geodesy::{self, Nearest},
    organisation::Organisation,
    position::{BoundingBox, Lonlat},
    shape::Shape,
    survey::Accuracy,
    units::Metres,
    visibility::{View, Viewer, generalise, generalised_accuracy, view},
};

/// The registry through one viewer's eyes.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    registry: &'a Registry,
    viewer: &'a Viewer,
}

/// One asset as a viewer may see it: never hidden, perhaps blurred.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'a> {
    held: &'a Held,
    view: View,
}

/// An asset and how near it comes.
#[derive(Clone, Debug)]
pub struct Near<'a> {
    /// The asset.
    pub sight: Sight<'a>,
    /// From the place asked about to the asset.
    pub nearest: Nearest,
}

impl<'a> Sight<'a> {
    /// The whole record. What may leave of it is said by [`Sight::view`]; outputs go through the field writers.
    #[must_use]
    pub const fn asset(&self) -> &'a Asset {
        &self.held.asset
    }

    /// How much of it the viewer may see.
    #[must_use]
    pub const fn view(&self) -> View {
        self.view
    }

    /// Whether the place is blurred.
    #[must_use]
    pub fn is_generalised(&self) -> bool {
        self.view == View::Generalised
    }

    /// The place that the viewer may see.
    #[must_use]
    pub fn shape(&self) -> Cow<'a, Shape> {
        match self.view {
            View::Exact(_) => Cow::Borrowed(&self.held.asset.shape),
            View::Generalised | View::Hidden => Cow::Owned(generalise(&self.held.asset.shape)),
        }
    }

    /// The accuracy of the place that the viewer may see.
    #[must_use]
    pub fn accuracy(&self) -> Accuracy {
        match self.view {
            View::Exact(_) => self.held.asset.survey.accuracy(),
            View::Generalised | View::Hidden => Accuracy { radius: generalised_accuracy(), assumed: false },
        }
    }

    /// How often it has changed.
    #[must_use]
    pub const fn version(&self) -> Version {
        self.held.version
    }

    /// The journal position of its last change.
    #[must_use]
    pub const fn seq(&self) -> Seq {
        self.held.seq
    }

    /// The territory it lies in.
    #[must_use]
    pub const fn territory(&self) -> &'a Territory {
        &self.held.territory
    }
}

impl<'a> Seen<'a> {
    pub(super) const fn new(registry: &'a Registry, viewer: &'a Viewer) -> Self {
        Self { registry, viewer }
    }

    /// Who is looking.
    #[must_use]
    pub const fn viewer(&self) -> &'a Viewer {
        self.viewer
    }

    /// The registry's parts that everybody may see: organisations, rule sets, boundaries.
    #[must_use]
    pub const fn registry(&self) -> &'a Registry {
        self.registry
    }

    fn sight(&self, held: &'a Held) -> Option<Sight<'a>> {
        match view(self.viewer, &held.asset) {
            View::Hidden => None,
            view => Some(Sight { held, view }),
        }
    }

    /// One asset by its identity; `None` when there is none or it is hidden.
    #[must_use]
    pub fn get(&self, id: AssetId) -> Option<Sight<'a>> {
        let slot = *self.registry.slots.get(&id)?;
        self.sight(&self.registry.held[slot as usize])
    }

    /// Every visible asset in a stable order: as they entered the registry.
    pub fn all(self) -> impl Iterator<Item = Sight<'a>> {
        self.registry.held.iter().filter_map(move |held| self.sight(held))
    }

    /// The visible assets of one class that lie at least partly in a box, in the order of the index.
    pub fn in_box(self, class: AssetClass, bounds: BoundingBox) -> impl Iterator<Item = Sight<'a>> {
        self.candidates(class, bounds).filter(move |sight| sight.shape().intersects(bounds))
    }

    /// Assets whose box meets `bounds`, each looked up where the viewer may see it.
    fn candidates(self, class: AssetClass, bounds: BoundingBox) -> impl Iterator<Item = Sight<'a>> {
        let index = self.registry.indexes.get(&class);
        PLACES.into_iter().filter(move |place| self.looks_at(*place)).flat_map(move |place| {
            index.into_iter().flat_map(move |index| index.meeting(place, bounds)).filter_map(move |slot| {
                self.sight(&self.registry.held[slot as usize]).filter(|sight| place_of(sight) == place)
            })
        })
    }

    /// Whether the viewer sees any asset at such a place; saves officials the search of the blurred tree.
    const fn looks_at(self, place: Place) -> bool {
        match place {
            Place::Exact => true,
            Place::Blurred => !self.viewer.role.is_official(),
        }
    }

    /// The visible assets of one class that come within `reach` of a shape, nearest first, ties by identity.
    #[must_use]
    pub fn within(self, class: AssetClass, shape: &Shape, reach: Metres) -> Vec<Near<'a>> {
        let bounds = shape.bounding_box().expanded(reach.get());
        let mut found: Vec<Near<'a>> = self
            .candidates(class, bounds)
            .map(|sight| Near { nearest: geodesy::nearest(shape, &sight.shape()), sight })
            .filter(|near| near.nearest.distance <= reach)
            .collect();
        found.sort_by(nearer);
        found
    }

    /// The `count` visible assets of one class nearest to a position that fulfil `wanted`, nearest first.
    ///
    /// `O(log n)` for each asset looked at; assets that `wanted` refuses are looked at too.
    #[must_use]
    pub fn nearest(
        self,
        class: AssetClass,
        at: Lonlat,
        count: usize,
        wanted: impl Fn(&Sight<'a>) -> bool,
    ) -> Vec<Near<'a>> {
        let mut found: Vec<Near<'a>> = Vec::new();
        let Some(index) = self.registry.indexes.get(&class) else { return found };
        for place in PLACES.into_iter().filter(|place| self.looks_at(*place)) {
            for (slot, at_least) in index.by_distance(place, at) {
                if count <= found.len() && found[count - 1].nearest.distance.get() < at_least {
                    break;
                }
                let sight = self.sight(&self.registry.held[slot as usize]);
                let Some(sight) = sight.filter(|sight| place_of(sight) == place && wanted(sight)) else { continue };
                let near = Near { nearest: geodesy::nearest(&Shape::Point(at), &sight.shape()), sight };
                let position = found.partition_point(|other| nearer(other, &near) != Ordering::Greater);
                found.insert(position, near);
                found.truncate(count);
            }
        }
        found
    }

    /// The radio stations on a mast that the viewer may see.
    pub fn stations_on(self, mast: &Sight<'a>) -> impl Iterator<Item = Sight<'a>> {
        self.registry.stations_on(mast.asset()).filter_map(move |held| self.sight(held))
    }

    /// The networks on a mast as far as the viewer may know: its stations', its tenants', its owner's own.
    ///
    /// Empty means that nobody has said, not that there are none.
    #[must_use]
    pub fn networks_on(self, mast: &Sight<'a>) -> BTreeSet<&'a NetworkCode> {
        let of = |code: &_| self.registry.organisations.get(code).map_or(&[][..], |o: &Organisation| &o.networks);
        let stations = self.stations_on(mast).flat_map(move |sight| match &sight.asset().details {
            Details::RadioStation(station) => station
                .network
                .as_ref()
                .map_or_else(|| of(&sight.asset().owner).iter().collect::<Vec<_>>(), |network| vec![network]),
            _ => Vec::new(),
        });
        let tenants = match mast.view() {
            View::Exact(fields) if fields.tenants => mast.asset().tenants.as_slice(),
            _ => &[],
        };
        let tenants = tenants.iter().flat_map(|tenancy| match &tenancy.network {
            Some(network) => vec![network],
            None => of(&tenancy.tenant).iter().collect(),
        });
        of(&mast.asset().owner).iter().chain(stations).chain(tenants).collect()
    }
}

const PLACES: [Place; 2] = [Place::Exact, Place::Blurred];

fn place_of(sight: &Sight<'_>) -> Place {
    if sight.is_generalised() { Place::Blurred } else { Place::Exact }
}

fn nearer(a: &Near<'_>, b: &Near<'_>) -> Ordering {
    let metres = a.nearest.distance.get().total_cmp(&b.nearest.distance.get());
    metres.then_with(|| a.sight.asset().id.cmp(&b.sight.asset().id))
}
