#![doc = include_str!("../README.md")]

pub mod antenna;
pub mod apportion;
pub mod band;
pub mod environment;
pub mod fibre;
pub mod gap;
pub mod grid;
pub mod land;
pub mod lines;
pub mod link;
pub mod location;
pub mod model;
pub mod over_terrain;
pub mod p1812;
pub mod parameters;
pub mod people;
pub mod reach;
pub mod siting;
pub mod sources;
pub mod station;
pub mod summary;
pub mod terrain;
#[cfg(test)]
mod testing;

pub use antenna::Pattern;
pub use band::{Band, Level, bands};
pub use environment::Environment;
pub use gap::{Gap, Gaps, Shortfall, gaps, shortfall};
pub use grid::{Grid, InvalidGrid};
pub use land::{Land, LandClass, LandFigures};
pub use over_terrain::OverTerrain;
pub use parameters::{Carrier, Figure, Parameters};
pub use people::{Dwelling, Hamlet, InvalidHamlet, People, distribute, distribute_to};
pub use reach::{Flags, Reach, Watch, reach};
pub use station::{NotComputed, Operator, Skipped, Station};
pub use summary::{Coverage, HamletCoverage, Summary, newly_covered, summarise};
pub use terrain::{MissingTerrain, Terrain};
