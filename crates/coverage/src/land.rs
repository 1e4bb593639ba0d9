//! What stands on the ground, cell by cell, and which model speaks for it.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::grid::Grid;
use crate::model::Scenario;
use crate::model::building::Wall;
use crate::parameters::Figure;

/// What surrounds a handset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LandClass {
    /// Fields, water and scattered houses.
    #[default]
    Open,
    /// Villages: low houses and trees, close together.
    Village,
    /// Towns: streets of several storeys.
    Town,
}

impl LandClass {
    /// Every class.
    pub const ALL: [Self; 3] = [Self::Open, Self::Village, Self::Town];

    /// The class of a byte that says its place among all.
    #[must_use]
    pub fn from_byte(byte: u8) -> Option<Self> {
        Self::ALL.get(usize::from(byte)).copied()
    }

    /// Its name in files and figures.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Village => "village",
            Self::Town => "town",
        }
    }
}

/// How the signal is computed over one class of land.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LandFigures {
    /// Which class.
    pub class: LandClass,
    /// The scenario whose formulas speak.
    pub scenario: Scenario,
    /// Antennas up to this height hang below the roofs and are micro cells (`UMi`).
    pub micro_up_to_m: Option<Figure>,
    /// Mean height of buildings.
    pub building_height_m: Figure,
    /// Mean width of streets.
    pub street_width_m: Figure,
    /// Share of ground under trees, 0 to 1.
    pub vegetation: Figure,
    /// What outer walls are made of.
    pub wall: Wall,
    /// How far inside a house the handset is.
    pub indoor_depth_m: Figure,
    /// What measurements add to every path loss here.
    pub offset_db: Figure,
    /// How much measurements scatter, in place of the standard's own shadowing.
    pub sigma_db: Option<Figure>,
}

impl LandFigures {
    /// The scenario for an antenna of some height.
    #[must_use]
    pub fn scenario_for(&self, antenna_m: f64) -> Scenario {
        match &self.micro_up_to_m {
            Some(limit) if antenna_m <= limit.value => Scenario::UrbanMicro,
            _ => self.scenario,
        }
    }

    /// Every figure with its name and the name of the class.
    pub fn figures(&self) -> impl Iterator<Item = (String, &Figure)> {
        let class = self.class.code();
        let always = [
            ("building_height_m", &self.building_height_m),
            ("street_width_m", &self.street_width_m),
            ("vegetation", &self.vegetation),
            ("indoor_depth_m", &self.indoor_depth_m),
            ("offset_db", &self.offset_db),
        ];
        let sometimes = [("micro_up_to_m", &self.micro_up_to_m), ("sigma_db", &self.sigma_db)];
        let sometimes = sometimes.into_iter().filter_map(|(name, figure)| Some((name, figure.as_ref()?)));
        always.into_iter().chain(sometimes).map(move |(name, figure)| (format!("{name} {class}"), figure))
    }
}

/// The class of every cell of a raster.
#[derive(Clone, Debug, PartialEq)]
pub struct Land {
    grid: Grid,
    classes: Vec<LandClass>,
}

impl Land {
    /// Land of one class everywhere.
    #[must_use]
    pub fn uniform(grid: Grid, class: LandClass) -> Self {
        Self { grid, classes: vec![class; grid.len()] }
    }

    /// Land with the class of each cell.
    ///
    /// # Panics
    /// When there is not one class per cell.
    #[must_use]
    pub fn new(grid: Grid, classes: Vec<LandClass>) -> Self {
        assert_eq!(classes.len(), grid.len(), "one class per cell");
        Self { grid, classes }
    }

    /// The raster.
    #[must_use]
    pub const fn grid(&self) -> &Grid {
        &self.grid
    }

    /// The class of each cell, in the order of their index.
    #[must_use]
    pub fn classes(&self) -> &[LandClass] {
        &self.classes
    }

    /// The land of a rectangle of cells.
    ///
    /// # Panics
    /// When the rectangle is empty or not inside.
    #[must_use]
    pub fn window(&self, columns: &Range<u32>, rows: &Range<u32>) -> Self {
        let row = |row: u32| &self.classes[self.grid.index(columns.start, row)..self.grid.index(columns.end, row)];
        let classes = rows.clone().flat_map(row).copied().collect();
        Self { grid: self.grid.window(columns, rows), classes }
    }

    /// The classes that occur, in order.
    #[must_use]
    pub fn present(&self) -> Vec<LandClass> {
        LandClass::ALL.into_iter().filter(|class| self.classes.contains(class)).collect()
    }
}
