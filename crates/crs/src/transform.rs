//! Positions between a system and WGS 84, each by one explicit PROJ pipeline.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::RangeInclusive;

use hatang_core::{Lonlat, Planar};
use proj::Proj;

use crate::crs::{Crs, Datum};

/// Why a position could not be converted.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CrsError {
    /// One of the two numbers is infinite or not a number.
    #[error("({x}, {y}) in {crs} is not a position: both numbers must be finite")]
    NotFinite {
        /// The system of the numbers.
        crs: Crs,
        /// Easting or longitude as given.
        x: f64,
        /// Northing or latitude as given.
        y: f64,
    },
    /// The position lies where nobody uses the system; often its axes are swapped or another system was meant.
    #[error("({x}, {y}) in {given_in} lies outside the area of {crs}, {}", area(*.crs))]
    OutsideArea {
        /// The system whose area it is.
        crs: Crs,
        /// The system of the numbers.
        given_in: Crs,
        /// Easting or longitude as given.
        x: f64,
        /// Northing or latitude as given.
        y: f64,
    },
    /// Metres were asked of a system of degrees, or given in one.
    #[error("{crs} has no plane: its coordinates are degrees")]
    NotProjected {
        /// The system of degrees.
        crs: Crs,
    },
    /// PROJ failed where it should not; its installation may be damaged.
    #[error("PROJ does not convert between {crs} and WGS 84: {reason}")]
    Proj {
        /// The system concerned.
        crs: Crs,
        /// PROJ's own words.
        reason: String,
    },
}

/// Converts a position in `crs` to WGS 84. `x` is the easting in metres or the longitude in degrees, `y` the northing
/// or the latitude.
///
/// # Errors
/// [`CrsError`] when a number is not finite or the position lies outside the area of `crs`.
///
/// Source: for VN-2000, EPSG:6960 after EPSG method 9607 (Coordinate Frame rotation).
pub fn to_wgs84(crs: Crs, x: f64, y: f64) -> Result<Lonlat, CrsError> {
    if !(x.is_finite() && y.is_finite()) {
        return Err(CrsError::NotFinite { crs, x, y });
    }
    let outside = || CrsError::OutsideArea { crs, given_in: crs, x, y };
    if crs == Crs::WGS84 {
        return Lonlat::new(x, y).map_err(|_| outside());
    }
    if !is_plausible_input(crs, x, y) {
        return Err(outside());
    }
    let (lon, lat) = with_pipeline(crs, None, |pipeline| pipeline.convert((x, y)))?;
    let at = Lonlat::new(lon, lat).map_err(|_| outside())?;
    if is_in_vietnam(lon, lat) { Ok(at) } else { Err(outside()) }
}

/// A way in which programs are known to read VN-2000 wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Misreading {
    /// The datum operation left out: 224 m off.
    NoShift,
    /// The operation's rotations taken with the opposite sign, as a Position Vector: 0.74 m off.
    RotationSign,
}

/// Where a program with a known fault would put a position: only to recognise the fault, never to store the position.
///
/// # Errors
/// [`CrsError`] as for [`to_wgs84`].
pub fn to_wgs84_misread(crs: Crs, x: f64, y: f64, fault: Misreading) -> Result<Lonlat, CrsError> {
    let outside = || CrsError::OutsideArea { crs, given_in: crs, x, y };
    to_wgs84(crs, x, y)?;
    let (lon, lat) = with_pipeline(crs, Some(fault), |pipeline| pipeline.convert((x, y)))?;
    Lonlat::new(lon, lat).map_err(|_| outside())
}

/// Converts a position on WGS 84 to `crs`: (easting, northing) in metres or (longitude, latitude) in degrees.
///
/// # Errors
/// [`CrsError`] when the position lies outside the area of `crs`.
///
/// Source: as for [`to_wgs84`].
pub fn from_wgs84(crs: Crs, at: Lonlat) -> Result<(f64, f64), CrsError> {
    let (lon, lat) = (at.lon(), at.lat());
    if crs == Crs::WGS84 {
        return Ok((lon, lat));
    }
    if !is_in_vietnam(lon, lat) {
        return Err(CrsError::OutsideArea { crs, given_in: Crs::WGS84, x: lon, y: lat });
    }
    // Backwards through the pipeline: PROJ takes its last unit here, which is degrees.
    with_pipeline(crs, None, |pipeline| pipeline.project((lon, lat), true))
}

impl Crs {
    /// Where a position on this system's plane lies on WGS 84.
    ///
    /// # Errors
    /// [`CrsError`] as for [`to_wgs84`], and when the system has no plane.
    pub fn lonlat_of(self, at: Planar) -> Result<Lonlat, CrsError> {
        if self.is_projected() { to_wgs84(self, at.east, at.north) } else { Err(CrsError::NotProjected { crs: self }) }
    }

    /// Where a position on WGS 84 lies on this system's plane.
    ///
    /// # Errors
    /// [`CrsError`] as for [`from_wgs84`], and when the system has no plane.
    pub fn planar_of(self, at: Lonlat) -> Result<Planar, CrsError> {
        if self.is_projected() {
            from_wgs84(self, at).map(|(east, north)| Planar::new(east, north))
        } else {
            Err(CrsError::NotProjected { crs: self })
        }
    }
}

/// Vietnam with Hoàng Sa and Trường Sa, in degrees.
const LONGITUDES: RangeInclusive<f64> = 102.0..=118.0;
const LATITUDES: RangeInclusive<f64> = 6.0..=24.0;

fn is_in_vietnam(lon: f64, lat: f64) -> bool {
    LONGITUDES.contains(&lon) && LATITUDES.contains(&lat)
}

/// Keeps PROJ from answering for numbers that reach around the earth and come back into Vietnam.
fn is_plausible_input(crs: Crs, x: f64, y: f64) -> bool {
    // From the equator to 24° is 2,655 km, and from 102° to the farthest central meridian 1,000 km.
    const REACH_M: f64 = 3_000_000.0;
    if crs.is_projected() { x.abs() < REACH_M && (0.0..REACH_M).contains(&y) } else { is_in_vietnam(x, y) }
}

fn area(crs: Crs) -> String {
    if crs == Crs::WGS84 {
        return "the earth: longitude -180 to 180, latitude -90 to 90".to_owned();
    }
    let (west, east) = (LONGITUDES.start(), LONGITUDES.end());
    let (south, north) = (LATITUDES.start(), LATITUDES.end());
    format!("Vietnam with its islands: longitude {west} to {east}, latitude {south} to {north}")
}

thread_local! {
    /// The pipelines this thread has used, by EPSG code and fault: a [`Proj`] may not leave its thread, and making one is
    /// slow.
    static PIPELINES: RefCell<BTreeMap<(u32, Option<Misreading>), Proj>> = const { RefCell::new(BTreeMap::new()) };
}

fn with_pipeline(
    crs: Crs,
    fault: Option<Misreading>,
    convert: impl FnOnce(&Proj) -> Result<(f64, f64), proj::ProjError>,
) -> Result<(f64, f64), CrsError> {
    PIPELINES.with_borrow_mut(|pipelines| {
        let pipeline = match pipelines.entry((crs.code(), fault)) {
            Entry::Occupied(made) => made.into_mut(),
            Entry::Vacant(free) => {
                let made = Proj::new(&pipeline_to_wgs84(crs, fault));
                free.insert(made.map_err(|error| CrsError::Proj { crs, reason: error.to_string() })?)
            }
        };
        let (x, y) = convert(pipeline).map_err(|error| CrsError::Proj { crs, reason: error.to_string() })?;
        let finite = x.is_finite() && y.is_finite();
        if finite { Ok((x, y)) } else { Err(CrsError::Proj { crs, reason: format!("it answered ({x}, {y})") }) }
    })
}

/// From (easting, northing) or (longitude, latitude) in `crs` to WGS 84 degrees, step by step in PROJ's words.
fn pipeline_to_wgs84(crs: Crs, fault: Option<Misreading>) -> String {
    // EPSG:6960. The height that the shift makes is dropped, as for every two-dimensional position.
    const EPSG_6960: &str = " +step +proj=push +v_3 \
        +step +proj=cart +ellps=WGS84 \
        +step +proj=helmert +x=-191.90441429 +y=-39.30318279 +z=-111.45032835 \
        +rx=-0.00928836 +ry=0.01975479 +rz=-0.00427372 +s=0.252906278 +convention=coordinate_frame \
        +step +inv +proj=cart +ellps=WGS84 \
        +step +proj=pop +v_3";

    let to_radians = match crs.plane {
        Some(plane) => format!(
            " +step +inv +proj=tmerc +lat_0=0 +lon_0={} +k={} +x_0=500000 +y_0=0 +ellps=WGS84",
            plane.central_meridian(),
            plane.scale()
        ),
        None => " +step +proj=unitconvert +xy_in=deg +xy_out=rad".to_owned(),
    };
    let shift = match (crs.datum, fault) {
        (Datum::Wgs84, _) | (Datum::Vn2000, Some(Misreading::NoShift)) => String::new(),
        (Datum::Vn2000, None) => EPSG_6960.to_owned(),
        (Datum::Vn2000, Some(Misreading::RotationSign)) => EPSG_6960.replace("coordinate_frame", "position_vector"),
    };
    format!("+proj=pipeline{to_radians}{shift} +step +proj=unitconvert +xy_in=rad +xy_out=deg")
}
