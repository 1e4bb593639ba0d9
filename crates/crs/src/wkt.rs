//! Systems described in well-known text, as `.prj` files do.

use crate::crs::{Crs, Datum};

impl Crs {
    /// The system that a well-known text describes: by the EPSG code at its end, else by datum, central meridian and scale.
    /// `None` when it describes none that Hatang knows.
    #[must_use]
    pub fn from_wkt(text: &str) -> Option<Self> {
        let folded: String = text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>().to_uppercase();
        if let Some(code) = outermost_code(&folded) {
            return Self::from_epsg(code).ok();
        }
        let datum = datum(&folded)?;
        let is_plane = ["PROJCS[", "PROJCRS[", "PROJECTEDCRS["].iter().any(|kind| folded.starts_with(kind));
        if !is_plane {
            let is_degrees = ["GEOGCS[", "GEOGCRS[", "GEODCRS["].iter().any(|kind| folded.starts_with(kind));
            return is_degrees.then(|| if datum == Datum::Wgs84 { Self::WGS84 } else { Self::VN2000 });
        }
        let number = |names: [&str; 2]| names.iter().find_map(|name| parameter(&folded, name));
        let meridian = number(["CENTRAL_MERIDIAN", "LONGITUDEOFNATURALORIGIN"])?;
        let scale = number(["SCALE_FACTOR", "SCALEFACTORATNATURALORIGIN"])?;
        let east = number(["FALSE_EASTING", "FALSEEASTING"])?;
        let north = number(["FALSE_NORTHING", "FALSENORTHING"]).unwrap_or(0.0);
        let is_like = |a: f64, b: f64| (a - b).abs() < 1e-6;
        let is_ours = folded.contains("TRANSVERSE_MERCATOR")
            || folded.contains("TRANSVERSEMERCATOR")
            || folded.contains("GAUSS_KRUGER");
        Self::all().iter().copied().find(|crs| {
            crs.datum == datum
                && is_ours
                && is_like(east, 500_000.0)
                && is_like(north, 0.0)
                && crs
                    .plane
                    .is_some_and(|plane| is_like(plane.central_meridian(), meridian) && is_like(plane.scale(), scale))
        })
    }
}

/// The code of the whole, not of a part: the last one, just before the end.
fn outermost_code(folded: &str) -> Option<u32> {
    let at = folded
        .rfind("AUTHORITY[\"EPSG\",")
        .map(|at| at + 17)
        .or_else(|| folded.rfind("ID[\"EPSG\",").map(|at| at + 10))?;
    let rest = folded[at..].trim_start_matches('"');
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let after = rest[digits.len()..].trim_start_matches('"');
    (after == "]]").then(|| digits.parse().ok()).flatten()
}

fn datum(folded: &str) -> Option<Datum> {
    let says = |names: &[&str]| names.iter().any(|name| folded.contains(name));
    if says(&["VN_2000", "VN-2000", "VN2000", "VIETNAM_2000", "VIETNAM2000"]) {
        Some(Datum::Vn2000)
    } else if says(&["WGS_1984", "WGS_84", "WGS84", "WGS1984", "WORLDGEODETICSYSTEM1984"]) {
        Some(Datum::Wgs84)
    } else {
        None
    }
}

fn parameter(folded: &str, name: &str) -> Option<f64> {
    let (_, rest) = folded.split_once(&format!("PARAMETER[\"{name}\","))?;
    rest.split([']', ',']).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_recognised_by_its_code_or_by_its_numbers() {
        for (text, code) in [
            (
                r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#,
                Some(4326),
            ),
            (
                r#"GEOGCS["GCS_VN_2000",DATUM["D_Vietnam_2000",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#,
                Some(4756),
            ),
            (
                r#"PROJCS["VN_2000_TM-3_105-45",GEOGCS["GCS_VN_2000",DATUM["D_Vietnam_2000",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",105.75],PARAMETER["Scale_Factor",0.9999],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#,
                Some(9210),
            ),
            (
                r#"PROJCS["VN_2000_UTM_Zone_48N",GEOGCS["GCS_VN_2000",DATUM["D_Vietnam_2000",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",105.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#,
                Some(3405),
            ),
            (
                r#"PROJCS["x",GEOGCS["WGS 84",DATUM["WGS_1984"],AUTHORITY["EPSG","4326"]],AUTHORITY["EPSG","32648"]]"#,
                Some(32648),
            ),
            (r#"PROJCS["x",GEOGCS["WGS 84",DATUM["WGS_1984"],AUTHORITY["EPSG","4326"]],PROJECTION["Mercator"]]"#, None),
            (
                r#"PROJCS["WGS_1984_Web_Mercator",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]],AUTHORITY["EPSG","3857"]]"#,
                None,
            ),
            (r#"GEOGCS["Indian 1960",DATUM["D_Indian_1960"]]"#, None),
            ("", None),
        ] {
            assert_eq!(Crs::from_wkt(text).map(Crs::code), code, "{text}");
        }
    }
}
