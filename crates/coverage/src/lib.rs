#![doc = include_str!("../README.md")]

pub mod antenna;
pub mod apportion;
pub mod band;
pub mod gap;
pub mod grid;
pub mod location;
pub mod parameters;
pub mod people;
pub mod reach;
pub mod rma;
pub mod station;
pub mod summary;
#[cfg(test)]
mod testing;

pub use antenna::Pattern;
pub use band::{Band, Level, bands};
pub use gap::{Gap, Gaps, gaps};
pub use grid::{Grid, InvalidGrid};
pub use parameters::{Carrier, Figure, Parameters};
pub use people::{Hamlet, InvalidHamlet, People, distribute};
pub use reach::{Flags, Reach, reach};
pub use station::{NotComputed, Skipped, Station};
pub use summary::{Coverage, HamletCoverage, Summary, newly_covered, summarise};
