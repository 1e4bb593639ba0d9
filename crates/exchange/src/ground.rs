//! Files about the ground: grids of people, as `GeoTIFF` or CSV. Terrain is a raster as it is, see [`crate::geotiff`].

use hatang_core::{Lonlat, Text};
use hatang_crs::{Crs, to_wgs84};

use crate::{
    FileError,
    coverage_sources::NotCounted,
    geotiff::{Raster, RasterError, read_geotiff},
};

/// Where people live, compared with each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Population {
    /// Places with an estimate of their people, in thousandths of a person so that proportions are kept.
    pub places: Vec<(Lonlat, u64)>,
    /// Rows that do not count.
    pub refused: Vec<NotCounted>,
}

/// Thousandths of a person.
const PARTS: f64 = 1_000.0;

/// More people than this are in no cell of any grid.
const MOST: f64 = 1e9;

/// A count in thousandths; none for what is no number of people.
fn parts(people: f64) -> Option<u64> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 10¹²")]
    (0.0..=MOST).contains(&people).then(|| (people * PARTS).round() as u64)
}

/// Reads a grid of people from a `GeoTIFF`: the middle of every cell in which anybody lives. Cells without a value are
/// empty; a negative count is an error and not nobody.
///
/// # Errors
/// [`RasterError`] for what is no such raster, for an unknown reference system, and for a count that is none.
pub fn read_population_raster(bytes: &[u8]) -> Result<Population, RasterError> {
    let raster = read_geotiff(bytes)?;
    let crs = Crs::from_epsg(u32::from(raster.epsg)).map_err(|error| RasterError::Content(error.to_string()))?;
    let mut places = Vec::new();
    for (index, people) in raster.values.iter().enumerate().filter(|(_, people)| !people.is_nan()) {
        let wrong = || RasterError::Content(format!("{people} people in cell {index}"));
        let count = parts(f64::from(*people)).ok_or_else(wrong)?;
        if 0 < count {
            places.push((middle(crs, &raster, index)?, count));
        }
    }
    Ok(Population { places, refused: Vec::new() })
}

fn middle(crs: Crs, raster: &Raster, index: usize) -> Result<Lonlat, RasterError> {
    let at = raster.centre(index);
    to_wgs84(crs, at.east, at.north).map_err(|error| RasterError::Content(error.to_string()))
}

/// Reads a grid of people from CSV with the columns `lon, lat, people`, in degrees of WGS 84. Rows that cannot be read are
/// listed and do not count.
///
/// # Errors
/// [`FileError`] for what is no text or has not these columns.
pub fn read_population_rows(bytes: &[u8]) -> Result<Population, FileError> {
    const COLUMNS: [&str; 3] = ["lon", "lat", "people"];
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| FileError::NotUtf8 { at: error.valid_up_to() })?;
    let semicolons = text.lines().next().is_some_and(|header| header.contains(';'));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(if semicolons { b';' } else { b',' })
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().map_err(|_| FileError::Empty)?.iter().map(str::to_lowercase).collect();
    let column = |name: &str| header.iter().position(|column| column == name);
    if let Some(name) = COLUMNS.into_iter().find(|name| column(name).is_none()) {
        let field = name.to_owned();
        return Err(FileError::MappedColumnAbsent { column: field.clone(), field, found: header });
    }
    let mut population = Population::default();
    for (index, record) in reader.records().enumerate() {
        let record = record.map_err(|_| FileError::NotCsv { beginning: text.chars().take(40).collect() })?;
        let cell = |name: &str| column(name).and_then(|column| record.get(column)).unwrap_or_default();
        // A comma can only be decimal where semicolons part the columns.
        let number = |name: &str| cell(name).replace(',', ".").parse::<f64>().ok();
        let at = number("lon").zip(number("lat")).and_then(|(lon, lat)| Lonlat::new(lon, lat).ok());
        match (at, number("people").and_then(parts)) {
            (Some(at), Some(count)) if 0 < count => population.places.push((at, count)),
            (Some(_), Some(_)) => {}
            (at, _) => {
                let (rule, name, text) = if at.is_none() {
                    ("PO-POS", "lon", Text::new("Không đọc được vị trí.", "The position cannot be read."))
                } else {
                    (
                        "PO-PEOPLE",
                        "people",
                        Text::new("Số dân phải là số không âm.", "People must be a number, not negative."),
                    )
                };
                population.refused.push(NotCounted { row: index + 2, rule, value: cell(name).to_owned(), text });
            }
        }
    }
    Ok(population)
}

#[cfg(test)]
mod tests {
    use hatang_core::Planar;

    use super::*;
    use crate::geotiff::write_geotiff;

    fn raster(values: Vec<f32>) -> Vec<u8> {
        let raster = Raster {
            epsg: 3405,
            south_west: Planar::new(638_000.0, 2_285_000.0),
            cell: (100.0, 100.0),
            columns: 2,
            values,
        };
        write_geotiff(&raster, "people").unwrap()
    }

    #[test]
    fn a_grid_of_people_is_the_middles_of_its_inhabited_cells() {
        let people = read_population_raster(&raster(vec![0.0, 12.345, f32::NAN, 3.0])).unwrap();
        assert_eq!(people.places.iter().map(|(_, parts)| *parts).collect::<Vec<_>>(), [12_345, 3_000]);
        assert!((people.places[0].0.lon() - 106.33).abs() < 0.05, "{people:?}");
        assert!(read_population_raster(&raster(vec![0.0, -1.0, 2.0, 3.0])).is_err(), "less than nobody");
    }

    #[test]
    fn rows_that_name_no_people_are_listed() {
        let file = "lon;lat;people;phone\n106,48;20,69;12,5;1\n106,48;20,69;0;\nx;20,69;3;\n106,48;20,69;-3;\n";
        let people = read_population_rows(file.as_bytes()).unwrap();
        assert_eq!(people.places, [(Lonlat::new(106.48, 20.69).unwrap(), 12_500)]);
        let refused: Vec<_> = people.refused.iter().map(|one| (one.row, one.rule)).collect();
        assert_eq!(refused, [(4, "PO-POS"), (5, "PO-PEOPLE")]);
        assert!(read_population_rows(b"lon,lat\n1,2\n").is_err());
    }
}
