//! Queries as one viewer may ask them.

use std::{borrow::Cow, cmp::Ordering, collections::BTreeSet};

use super::{Ground, Held, Progress, Reads, Registry, STATION_REACH, index::Place};
use crate::{
    asset::{Asset, AssetClass, AssetId, Details},
    codes::{AssetCode, NetworkCode, OrganisationCode, Territory},
    event::{Seq, Version},
    geodesy::{self, Nearest},
    organisation::{Organisation, OrganisationKind},
    position::{BoundingBox, Lonlat},
    shape::Shape,
    survey::Accuracy,
    units::Metres,
    visibility::{Fields, Tenants, View, Viewer, generalise, generalised_accuracy, view},
};

/// The registry through one viewer's eyes.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    registry: &'a Registry,
    viewer: &'a Viewer,
    reads: Option<&'a Reads>,
}

/// One asset as a viewer may see it: never hidden, perhaps blurred.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'a> {
    held: &'a Held,
    view: View<'a>,
    viewer: &'a Viewer,
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
    pub const fn view(&self) -> View<'a> {
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
            // Blurring comes on top of what the survey did not know.
            View::Generalised | View::Hidden => {
                let surveyed = self.held.asset.survey.accuracy();
                let radius = generalised_accuracy().combined_with(surveyed.radius);
                Accuracy { radius, assumed: surveyed.assumed }
            }
        }
    }

    /// Whether it tells who occupies somebody else's asset.
    #[must_use]
    pub fn shows_others_tenants(&self) -> bool {
        sees_tenants(self.view) && !self.viewer.acts_for(&self.held.asset.owner) && !self.held.asset.tenants.is_empty()
    }

    /// Whether it tells of somebody else's security site.
    #[must_use]
    pub fn shows_others_security_site(&self) -> bool {
        self.held.asset.security_site && !self.viewer.acts_for(&self.held.asset.owner)
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
        Self { registry, viewer, reads: None }
    }

    /// The same, noting where it looks.
    #[must_use]
    pub const fn noting(self, reads: &'a Reads) -> Self {
        Self { reads: Some(reads), ..self }
    }

    fn note(self, class: AssetClass, bounds: BoundingBox) {
        if let Some(reads) = self.reads {
            reads.note(Ground::Assets(class), bounds);
        }
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
        match view(self.viewer, &held.asset, &held.territory) {
            View::Hidden => None,
            view => Some(Sight { held, view, viewer: self.viewer }),
        }
    }

    /// One asset by its identity; `None` when there is none or it is hidden.
    #[must_use]
    pub fn get(&self, id: AssetId) -> Option<Sight<'a>> {
        let slot = *self.registry.slots.get(&id)?;
        self.sight(&self.registry.held[slot as usize])
    }

    /// How far the journals have come, as far as the viewer may know.
    #[must_use]
    pub fn progress(self) -> Progress {
        self.registry.tallies.seen_by(self.viewer)
    }

    /// How much the viewer may see of an object of the home territory's plan.
    #[must_use]
    pub fn view_of_planned(self, asset: &Asset) -> View<'a> {
        match self.registry.home() {
            Some((territory, _)) => view(self.viewer, asset, territory),
            None => view(self.viewer, asset, &Territory::unbounded()),
        }
    }

    /// The visible asset that an owner knows by a code, in whichever territory.
    #[must_use]
    pub fn by_code(&self, owner: &OrganisationCode, class: AssetClass, code: &AssetCode) -> Option<Sight<'a>> {
        let found = self.registry.by_code(owner, class, code);
        // Where there is none, what comes to bear the code may stand anywhere.
        self.note(class, found.map_or(BoundingBox::WORLD, |held| held.asset.shape.bounding_box()));
        found.and_then(|held| self.sight(held))
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
        self.note(class, bounds);
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

    /// The visible assets of one class whose places are known worse than [`super::POORLY_PLACED`], and not blurred: few, but
    /// any of them may be nearer to something than a search around it finds. In the order in which they were filed.
    pub fn poorly_placed(self, class: AssetClass) -> impl Iterator<Item = Sight<'a>> {
        let slots = self.registry.poorly_placed.get(&class).into_iter().flatten();
        slots
            .filter_map(move |slot| self.sight(&self.registry.held[*slot as usize]))
            .filter(|sight| !sight.is_generalised())
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
        // Whatever comes to stand nearer than the last one found would be found; that may be anywhere.
        self.note(class, BoundingBox::WORLD);
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

    /// The radio stations on a mast that the viewer may see; a mast's owner sees those of its tenants.
    pub fn stations_on(self, mast: &Sight<'a>) -> impl Iterator<Item = Sight<'a>> {
        let sees_tenants = sees_tenants(mast.view);
        self.note(AssetClass::RadioStation, mast.asset().shape.bounding_box().expanded(STATION_REACH));
        self.registry.stations_on(mast.asset()).filter_map(move |held| {
            let as_landlord = sees_tenants && !held.asset.security_site;
            let published = Sight { held, view: View::Exact(Fields::PUBLISHED), viewer: self.viewer };
            self.sight(held).or(as_landlord.then_some(published))
        })
    }

    /// The networks on a mast as far as the viewer may know: its stations', its tenants', its owner's own.
    #[must_use]
    pub fn networks_on(self, mast: &Sight<'a>) -> Networks<'a> {
        self.networks(mast.asset(), mast.view(), self.stations_on(mast).map(|station| station.asset()))
    }

    /// The networks that a record names by itself: a radio station's, or those of a mast that no station knows yet,
    /// such as a planned one.
    #[must_use]
    pub fn networks_named_by(self, asset: &'a Asset) -> Networks<'a> {
        self.networks(asset, self.view_of_planned(asset), std::iter::empty())
    }

    fn networks(self, asset: &'a Asset, view: View<'_>, stations: impl Iterator<Item = &'a Asset>) -> Networks<'a> {
        let of = |code: &_| self.registry.organisations.get(code);
        let mut networks = Networks { known: BTreeSet::new(), complete: true };
        if asset.class() == AssetClass::RadioStation {
            networks.occupant(network_of(asset), of(&asset.owner));
            return networks;
        }
        match of(&asset.owner) {
            Some(owner) => networks.owner(owner),
            None => networks.complete = false,
        }
        for station in stations {
            networks.occupant(network_of(station), of(&station.owner));
        }
        for tenancy in asset.tenants.iter().filter(|tenancy| shows(view, &tenancy.tenant)) {
            networks.occupant(tenancy.network.as_ref(), of(&tenancy.tenant));
        }
        networks.complete &= sees_tenants(view);
        // A slot is a place for one operator: more in use than networks known means that somebody is missing.
        let used = asset.details.occupancy().and_then(|(occupancy, ..)| occupancy.used);
        networks.complete &= used.is_none_or(|used| used as usize <= networks.known.len());
        networks
    }

    /// Whether anybody runs a network of that name, or anything that the viewer may see carries it.
    ///
    /// `O(n)` in masts and stations for a name that no organisation has, which is rare: a misspelt one.
    #[must_use]
    pub fn knows_network(self, network: &NetworkCode) -> bool {
        let runs = |organisation: &Organisation| organisation.networks.contains(network);
        let all = |class| self.in_box(class, BoundingBox::WORLD);
        let carries = |mast: &Sight<'_>| {
            let shown = mast.asset().tenants.iter().filter(|tenancy| shows(mast.view, &tenancy.tenant));
            shown.into_iter().any(|tenancy| tenancy.network.as_ref() == Some(network))
        };
        self.registry.organisations.values().any(runs)
            || all(AssetClass::RadioStation).any(|station| network_of(station.asset()) == Some(network))
            || all(AssetClass::Mast).any(|mast| carries(&mast))
    }
}

/// The networks on a mast as far as somebody may know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Networks<'a> {
    /// Those that are known.
    pub known: BTreeSet<&'a NetworkCode>,
    /// Whether there are no others. When it is not certain, a network that is not among the known may be there all
    /// the same.
    pub complete: bool,
}

impl<'a> Networks<'a> {
    /// An owner that runs networks is taken to use its own mast; one of which nobody has said what it does may run some.
    fn owner(&mut self, owner: &'a Organisation) {
        self.known.extend(&owner.networks);
        let silent = matches!(owner.kind, OrganisationKind::Carrier | OrganisationKind::Unknown);
        self.complete &= !(silent && owner.networks.is_empty());
    }

    /// An occupant is there with the network that is named, else with its only one.
    fn occupant(&mut self, network: Option<&'a NetworkCode>, organisation: Option<&'a Organisation>) {
        match (network, organisation.map(|organisation| organisation.networks.as_slice())) {
            (Some(network), _) | (None, Some([network])) => {
                self.known.insert(network);
            }
            _ => self.complete = false,
        }
    }
}

const PLACES: [Place; 2] = [Place::Exact, Place::Blurred];

/// Whether a view shows every tenant.
const fn sees_tenants(view: View<'_>) -> bool {
    matches!(view, View::Exact(Fields { tenants: Tenants::Everybody, .. }))
}

/// Whether a view shows this tenant.
fn shows(view: View<'_>, tenant: &OrganisationCode) -> bool {
    matches!(view, View::Exact(fields) if fields.tenants.shows(tenant))
}

/// The network that a radio station states.
const fn network_of(asset: &Asset) -> Option<&NetworkCode> {
    match &asset.details {
        Details::RadioStation(station) => station.network.as_ref(),
        _ => None,
    }
}

fn place_of(sight: &Sight<'_>) -> Place {
    if sight.is_generalised() { Place::Blurred } else { Place::Exact }
}

fn nearer(a: &Near<'_>, b: &Near<'_>) -> Ordering {
    let metres = a.nearest.distance.get().total_cmp(&b.nearest.distance.get());
    metres.then_with(|| a.sight.asset().id.cmp(&b.sight.asset().id))
}
