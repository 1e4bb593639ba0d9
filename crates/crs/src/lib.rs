#![doc = include_str!("../README.md")]

mod crs;
pub mod dms;
mod transform;
mod wkt;

pub use crs::{Crs, UnknownCrs};
pub use transform::{CrsError, Misreading, from_wgs84, to_wgs84, to_wgs84_misread};
