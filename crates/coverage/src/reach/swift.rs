//! A station made ready for the fast computation, and the tables that stations share.

use std::collections::BTreeMap;

use hatang_core::Planar;
use rayon::prelude::*;

use super::aside::Aside;
use super::link::Ready;
use super::table::{Between, Heights, Ladder, NEAREST_SQUARED, Sights, Table};
use crate::land::LandClass;
use crate::model::Model;

pub(super) const CLASSES: usize = LandClass::ALL.len();

/// The tables of a run: one per height and model, however many stations share them.
pub(super) struct Tables {
    aside: Vec<Option<Aside>>,
    aside_of: Vec<usize>,
    losses: Vec<Table>,
    table_of: Vec<[Option<usize>; CLASSES]>,
}

/// A number by its bits, to tell equal from unequal.
fn bits<const N: usize>(numbers: [f64; N]) -> [u64; N] {
    numbers.map(f64::to_bits)
}

/// What a model's table depends on beside heights, sight and pattern.
fn key(model: &Model) -> [u64; 6] {
    bits([
        model.near.constant_db,
        model.near.per_decade_db,
        model.near.linear_db_per_m,
        model.far.constant_db,
        model.nlos.constant_db,
        model.nlos.per_decade_db,
    ])
}

impl Tables {
    pub(super) fn of(stations: &[Ready<'_>]) -> Self {
        let (mut asides, mut heights, mut sights, mut tables) =
            (Distinct::default(), Distinct::default(), Distinct::default(), Distinct::default());
        let (mut aside_of, mut table_of) = (Vec::new(), Vec::new());
        for ready in stations {
            let (pattern, far) = (&ready.pattern, ready.cut_off_m);
            aside_of.push(asides.place(bits([pattern.horizontal_beamwidth.get(), pattern.floor_db]), || pattern));
            let upright = [ready.height_difference_m, pattern.tilt.get(), pattern.vertical_beamwidth.get(), far];
            let height = heights.place(bits(upright), || ready);
            table_of.push(std::array::from_fn(|class| {
                let model = &ready.links[class].as_ref()?.model;
                let sight = sights.place((model.sight.key(), far.to_bits()), || (&model.sight, far));
                Some(tables.place((height, sight, key(model)), || (height, sight, model)))
            }));
        }
        let height = |ready: &&Ready<'_>| Heights::new(ready.height_difference_m, &ready.pattern, ready.cut_off_m);
        let heights: Vec<Heights> = heights.things.par_iter().map(height).collect();
        let sights: Vec<Sights> = sights.things.par_iter().map(|(sight, far)| Sights::new(sight, *far)).collect();
        let table =
            |(height, sight, model): &(usize, usize, &Model)| Table::new(&heights[*height], &sights[*sight], model);
        Self {
            aside: asides.things.into_iter().map(Aside::of).collect(),
            aside_of,
            losses: tables.things.par_iter().map(table).collect(),
            table_of,
        }
    }
}

/// Things by what tells them apart, in the order in which they were first met.
struct Distinct<K, T> {
    places: BTreeMap<K, usize>,
    things: Vec<T>,
}

impl<K, T> Default for Distinct<K, T> {
    fn default() -> Self {
        Self { places: BTreeMap::new(), things: Vec::new() }
    }
}

impl<K: Ord, T> Distinct<K, T> {
    fn place(&mut self, key: K, thing: impl FnOnce() -> T) -> usize {
        *self.places.entry(key).or_insert_with(|| {
            self.things.push(thing());
            self.things.len() - 1
        })
    }
}

/// A station made ready.
pub(super) struct Swift<'t> {
    pub(super) index: u32,
    pub(super) bit: u32,
    pub(super) ready: &'t Ready<'t>,
    cut_off_squared: f32,
    sectors: Vec<(f32, f32)>,
    aside: Option<&'t Aside>,
    pub(super) ladders: [Option<Ladder<'t>>; CLASSES],
}

/// What a station may do at best.
pub(super) enum Bound {
    /// It is too far away or not computed there.
    Nothing,
    /// It fails at no smaller share of locations than this.
    AtLeast(f32),
}

impl<'t> Swift<'t> {
    /// Makes every station ready.
    ///
    /// # Panics
    /// When there are more than 2³² stations.
    pub(super) fn all(stations: &'t [Ready<'t>], tables: &'t Tables) -> Vec<Self> {
        stations.par_iter().enumerate().map(|(place, ready)| Self::new(place, ready, tables)).collect()
    }

    fn new(place: usize, ready: &'t Ready<'t>, tables: &'t Tables) -> Self {
        let ladder = |class: usize| {
            let table = &tables.losses[tables.table_of[place][class]?];
            Some(Ladder::new(table, ready.links[class].as_ref()?, &ready.pattern))
        };
        let unit = |azimuth: &hatang_core::Degrees| {
            let radians = azimuth.get().to_radians();
            #[expect(clippy::cast_possible_truncation, reason = "a direction")]
            let single = (libm::sin(radians) as f32, libm::cos(radians) as f32);
            single
        };
        #[expect(clippy::cast_possible_truncation, reason = "at most the square of ten kilometres")]
        let cut_off_squared = (ready.cut_off_m * ready.cut_off_m) as f32;
        Self {
            index: u32::try_from(ready.station).expect("fewer than 2³² stations"),
            bit: ready.operator.bit(),
            ready,
            cut_off_squared,
            sectors: ready.azimuths.iter().map(unit).collect(),
            aside: tables.aside[tables.aside_of[place]].as_ref(),
            ladders: std::array::from_fn(ladder),
        }
    }

    /// How far a position is to the east and north, in metres.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "a few kilometres to the millimetre")]
    pub(super) fn offset(&self, at: Planar) -> (f32, f32) {
        ((at.east - self.ready.at.east) as f32, (at.north - self.ready.at.north) as f32)
    }

    /// What the station can do at best at so many square metres, or farther, over some classes of land.
    pub(super) fn bound(&self, squared: f32, over: [bool; CLASSES]) -> Bound {
        // The cells' own distances are rounded in another order.
        let nearer = squared * (1.0 - 1e-5);
        if self.cut_off_squared < nearer {
            return Bound::Nothing;
        }
        if nearer < NEAREST_SQUARED {
            return Bound::AtLeast(0.0);
        }
        let knot = Between::of(nearer.min(self.cut_off_squared)).knot;
        let ladders = self.ladders.iter().zip(over).filter_map(|(ladder, over)| ladder.as_ref().filter(|_| over));
        let least = ladders.map(|ladder| ladder.least(knot)).reduce(f32::min);
        least.map_or(Bound::Nothing, Bound::AtLeast)
    }

    /// The share of locations that fail in a cell, unless the station is beyond its reach there or `skip` says, from
    /// the least that it can be, that nobody needs to know.
    #[inline]
    pub(super) fn failure(&self, at: Planar, class: LandClass, skip: impl Fn(f32) -> bool) -> Option<f32> {
        let (east, north) = self.offset(at);
        let squared = east * east + north * north;
        if self.cut_off_squared < squared {
            return None;
        }
        let ladder = self.ladders[class as usize].as_ref()?;
        if squared < NEAREST_SQUARED {
            return self.in_full(at, class);
        }
        let between = Between::of(squared);
        if skip(ladder.least(between.knot)) {
            return None;
        }
        let aside_db = match self.aside {
            _ if self.sectors.is_empty() => 0.0,
            Some(aside) => {
                let ahead = |(sector_east, sector_north): &(f32, f32)| east * sector_east + north * sector_north;
                let most = self.sectors.iter().map(ahead).fold(f32::NEG_INFINITY, f32::max);
                aside.db(most / squared.sqrt())
            }
            None => return self.in_full(at, class),
        };
        Some(ladder.failure(squared, between, aside_db))
    }

    #[cold]
    #[expect(clippy::cast_possible_truncation, reason = "a share")]
    fn in_full(&self, at: Planar, class: LandClass) -> Option<f32> {
        self.ready.failure(at, class).map(|failure| failure as f32)
    }
}
