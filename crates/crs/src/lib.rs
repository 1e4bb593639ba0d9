#![doc = include_str!("../README.md")]

mod crs;
pub mod dms;
mod transform;

pub use crs::{Crs, UnknownCrs};
pub use transform::{CrsError, from_wgs84, to_wgs84};
