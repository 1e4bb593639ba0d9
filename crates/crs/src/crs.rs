//! The coordinate reference systems that a file may declare, as data.

use std::fmt;
use std::str::FromStr;

/// A coordinate reference system that Hatang knows, named by its EPSG code.
///
/// Its axes are always x before y: easting before northing in metres, or longitude before latitude in degrees.
///
/// Source: the EPSG dataset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Crs {
    code: u32,
    name: &'static str,
    pub(crate) datum: Datum,
    pub(crate) plane: Option<Plane>,
}

/// The datum that a system's coordinates refer to. Both use the ellipsoid of WGS 84.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Datum {
    Wgs84,
    Vn2000,
}

/// A transverse Mercator plane with its origin on the equator, false easting 500 km and false northing 0.
/// Whole numbers, so that systems can be compared and used as keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Plane {
    central_meridian_minutes: u16,
    scale_ten_thousandths: u16,
}

/// A text or a number that names no system Hatang knows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` names no known coordinate reference system: use one of {}", known_codes())]
pub struct UnknownCrs {
    /// The name as given.
    pub given: String,
}

impl Crs {
    /// WGS 84, longitude and latitude in degrees.
    pub const WGS84: Self = Self { code: 4326, name: "WGS 84", datum: Datum::Wgs84, plane: None };

    /// VN-2000, longitude and latitude in degrees.
    pub const VN2000: Self = Self { code: 4756, name: "VN-2000", datum: Datum::Vn2000, plane: None };

    /// The system with this EPSG code.
    ///
    /// # Errors
    /// [`UnknownCrs`] when Hatang does not know the code.
    pub fn from_epsg(code: u32) -> Result<Self, UnknownCrs> {
        ALL.iter().copied().find(|crs| crs.code == code).ok_or_else(|| UnknownCrs { given: format!("EPSG:{code}") })
    }

    /// Every system that Hatang knows.
    #[must_use]
    pub const fn all() -> &'static [Self] {
        &ALL
    }

    /// The EPSG code.
    #[must_use]
    pub const fn code(self) -> u32 {
        self.code
    }

    /// The name in the EPSG dataset, for example "VN-2000 / TM-3 105-45".
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// Whether coordinates are metres on a plane; otherwise they are degrees.
    #[must_use]
    pub const fn is_projected(self) -> bool {
        self.plane.is_some()
    }

    /// Whether the system is a zone of UTM.
    #[must_use]
    pub fn is_utm(self) -> bool {
        self.plane.is_some_and(|plane| plane.scale_ten_thousandths == 9996)
    }

    /// The datum operation between this system and WGS 84, to be kept beside every converted position.
    /// `None` when the system is on WGS 84 itself.
    #[must_use]
    pub const fn operation(self) -> Option<&'static str> {
        match self.datum {
            Datum::Wgs84 => None,
            Datum::Vn2000 => Some("EPSG:6960"),
        }
    }
}

impl fmt::Display for Crs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EPSG:{}", self.code)
    }
}

impl FromStr for Crs {
    type Err = UnknownCrs;

    /// Reads `9210`, `EPSG:9210`, `urn:ogc:def:crs:EPSG::9210`, `http://www.opengis.net/def/crs/EPSG/0/9210` and the
    /// spellings of `CRS84`, in any case. The axes stay x, y whatever the spelling.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const CRS84: [&str; 4] =
            ["CRS84", "OGC:CRS84", "URN:OGC:DEF:CRS:OGC:1.3:CRS84", "HTTP://WWW.OPENGIS.NET/DEF/CRS/OGC/1.3/CRS84"];
        const AUTHORITY: [&str; 3] = ["EPSG:", "URN:OGC:DEF:CRS:EPSG::", "HTTP://WWW.OPENGIS.NET/DEF/CRS/EPSG/0/"];

        let upper = text.trim().to_ascii_uppercase();
        if CRS84.contains(&upper.as_str()) {
            return Ok(Self::WGS84);
        }
        let code = AUTHORITY.iter().find_map(|prefix| upper.strip_prefix(prefix)).unwrap_or(&upper);
        let unknown = || UnknownCrs { given: text.to_owned() };
        if !code.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(unknown());
        }
        code.parse().ok().and_then(|code| Self::from_epsg(code).ok()).ok_or_else(unknown)
    }
}

impl Plane {
    /// The central meridian, in degrees.
    pub(crate) fn central_meridian(self) -> f64 {
        f64::from(self.central_meridian_minutes) / 60.0
    }

    /// The scale factor on the central meridian.
    pub(crate) fn scale(self) -> f64 {
        f64::from(self.scale_ten_thousandths) / 10_000.0
    }
}

/// A zone of VN-2000 three degrees wide. Provincial zones are named after their central meridian.
const fn tm3(code: u32, name: &'static str, degrees: u16, minutes: u16) -> Crs {
    let plane = Plane { central_meridian_minutes: degrees * 60 + minutes, scale_ten_thousandths: 9999 };
    Crs { code, name, datum: Datum::Vn2000, plane: Some(plane) }
}

/// A zone of UTM, six degrees wide.
const fn utm(code: u32, name: &'static str, datum: Datum, central_meridian: u16) -> Crs {
    let plane = Plane { central_meridian_minutes: central_meridian * 60, scale_ten_thousandths: 9996 };
    Crs { code, name, datum, plane: Some(plane) }
}

const ALL: [Crs; 24] = [
    Crs::WGS84,
    utm(32648, "WGS 84 / UTM zone 48N", Datum::Wgs84, 105),
    utm(32649, "WGS 84 / UTM zone 49N", Datum::Wgs84, 111),
    Crs::VN2000,
    utm(3405, "VN-2000 / UTM zone 48N", Datum::Vn2000, 105),
    utm(3406, "VN-2000 / UTM zone 49N", Datum::Vn2000, 111),
    tm3(5896, "VN-2000 / TM-3 zone 481", 102, 0),
    tm3(5897, "VN-2000 / TM-3 zone 482", 105, 0),
    tm3(5898, "VN-2000 / TM-3 zone 491", 108, 0),
    tm3(5899, "VN-2000 / TM-3 107-45", 107, 45),
    tm3(9205, "VN-2000 / TM-3 103-00", 103, 0),
    tm3(9206, "VN-2000 / TM-3 104-00", 104, 0),
    tm3(9207, "VN-2000 / TM-3 104-30", 104, 30),
    tm3(9208, "VN-2000 / TM-3 104-45", 104, 45),
    tm3(9209, "VN-2000 / TM-3 105-30", 105, 30),
    tm3(9210, "VN-2000 / TM-3 105-45", 105, 45),
    tm3(9211, "VN-2000 / TM-3 106-00", 106, 0),
    tm3(9212, "VN-2000 / TM-3 106-15", 106, 15),
    tm3(9213, "VN-2000 / TM-3 106-30", 106, 30),
    tm3(9214, "VN-2000 / TM-3 107-00", 107, 0),
    tm3(9215, "VN-2000 / TM-3 107-15", 107, 15),
    tm3(9216, "VN-2000 / TM-3 107-30", 107, 30),
    tm3(9217, "VN-2000 / TM-3 108-15", 108, 15),
    tm3(9218, "VN-2000 / TM-3 108-30", 108, 30),
];

fn known_codes() -> String {
    ALL.map(|crs| crs.to_string()).join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_read_in_every_usual_spelling_and_no_other() {
        for (text, code) in [
            ("9210", Some(9210)),
            ("EPSG:9210", Some(9210)),
            (" epsg:9210 ", Some(9210)),
            ("urn:ogc:def:crs:EPSG::9210", Some(9210)),
            ("http://www.opengis.net/def/crs/EPSG/0/4756", Some(4756)),
            ("CRS84", Some(4326)),
            ("urn:ogc:def:crs:OGC:1.3:CRS84", Some(4326)),
            ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", Some(4326)),
            ("EPSG:9219", None),
            ("EPSG:+9210", None),
            ("EPSG:", None),
            ("ESRI:9210", None),
            ("VN-2000", None),
            ("", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(text.parse().ok().map(Crs::code), code, "`{text}`");
        }
    }

    #[test]
    fn an_unknown_system_is_quoted_with_the_known_ones() {
        let message = "EPSG:3857".parse::<Crs>().unwrap_err().to_string();
        assert!(message.starts_with("`EPSG:3857` names no known"), "{message}");
        assert!(message.contains("EPSG:9210"), "{message}");
        assert_eq!(Crs::from_epsg(3857).unwrap_err().given, "EPSG:3857");
    }

    #[test]
    fn every_system_is_found_by_its_own_name_and_code() {
        for &crs in Crs::all() {
            assert_eq!(Crs::from_epsg(crs.code()), Ok(crs));
            assert_eq!(crs.to_string().parse(), Ok(crs));
            assert_eq!(crs.operation().is_some(), crs.name().starts_with("VN-2000"), "{crs}");
            assert_eq!(crs.is_projected(), crs.name().contains(" / "), "{crs}");
        }
    }

    #[test]
    fn a_provincial_zone_has_the_meridian_that_its_name_says() {
        let mut seen = 0;
        for crs in Crs::all() {
            let Some((degrees, minutes)) = crs.name().strip_prefix("VN-2000 / TM-3 ").and_then(|m| m.split_once('-'))
            else {
                continue;
            };
            let named = degrees.parse::<f64>().unwrap() + minutes.parse::<f64>().unwrap() / 60.0;
            assert!((crs.plane.unwrap().central_meridian() - named).abs() < 1e-12, "{crs}");
            seen += 1;
        }
        assert_eq!(seen, 15, "fourteen zones 9205 to 9218, and 5899");
    }
}
