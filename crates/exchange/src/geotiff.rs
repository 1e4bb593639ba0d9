//! Rasters as `GeoTIFF`, out and in.
//!
//! Source: OGC 19-008r4, `GeoTIFF` 1.1.

use std::io::Cursor;

use hatang_core::{Metres, Planar};
use tiff::{
    decoder::{Decoder, DecodingResult},
    encoder::{TiffEncoder, colortype::Gray32Float},
    tags::Tag,
};

/// A raster on a map plane, in rows from south to north.
#[derive(Clone, Debug, PartialEq)]
pub struct Raster {
    /// The reference system's EPSG number.
    pub epsg: u16,
    /// The outer corner of the first cell.
    pub south_west: Planar,
    /// A cell's side from west to east and from south to north, in metres or degrees as the system has it.
    pub cell: (f64, f64),
    /// Cells from west to east.
    pub columns: u32,
    /// One value for each cell, row by row from the south; `NaN` where there is none.
    pub values: Vec<f32>,
}

impl Raster {
    /// A raster of square cells.
    #[must_use]
    pub fn of_squares(epsg: u16, south_west: Planar, side: Metres, columns: u32, values: Vec<f32>) -> Self {
        Self { epsg, south_west, cell: (side.get(), side.get()), columns, values }
    }

    /// Cells from south to north.
    #[must_use]
    pub fn rows(&self) -> u32 {
        let rows = self.values.len() / (self.columns as usize).max(1);
        u32::try_from(rows).unwrap_or(u32::MAX)
    }

    /// The middle of the cell at an index.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "columns and rows are far below 2⁵³")]
    pub fn centre(&self, index: usize) -> Planar {
        let (column, row) = (index % self.columns as usize, index / self.columns as usize);
        let at = |from: f64, number: usize, side: f64| from + (number as f64 + 0.5) * side;
        Planar::new(at(self.south_west.east, column, self.cell.0), at(self.south_west.north, row, self.cell.1))
    }
}

/// Why a raster cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RasterError {
    /// It is no TIFF, or one with features that are not read.
    #[error("the raster cannot be read")]
    Tiff(#[from] tiff::TiffError),
    /// It does not say where it lies.
    #[error("the raster has no {0}, so nobody knows where it lies")]
    NotPlaced(&'static str),
    /// Its heights are in another unit than metres.
    #[error("the raster's heights are in EPSG unit {0}; metres (9001) are read")]
    Unit(u16),
    /// Several bands, or numbers of an unusual kind.
    #[error("the raster holds {0}; one band of numbers is read")]
    Content(String),
}

const MODEL_TYPE_PROJECTED: u16 = 1;
const PIXEL_IS_AREA: u16 = 1;
const PIXEL_IS_POINT: u16 = 2;
const METRE: u16 = 9001;

/// Writes one band of single-precision numbers with its place. `note` says what they are; it becomes the image's
/// description.
///
/// # Errors
/// When the raster has no cells.
pub fn write_geotiff(raster: &Raster, note: &str) -> Result<Vec<u8>, RasterError> {
    let rows = raster.rows();
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut bytes)?;
    let mut image = encoder.new_image::<Gray32Float>(raster.columns, rows)?;
    let north = raster.south_west.north + f64::from(rows) * raster.cell.1;
    let directory = image.encoder();
    directory.write_tag(Tag::ModelPixelScaleTag, &[raster.cell.0, raster.cell.1, 0.0][..])?;
    directory.write_tag(Tag::ModelTiepointTag, &[0.0, 0.0, 0.0, raster.south_west.east, north, 0.0][..])?;
    let keys: [u16; 20] = [
        1,
        1,
        0,
        4, // version, revision, keys
        1024,
        0,
        1,
        MODEL_TYPE_PROJECTED, //
        1025,
        0,
        1,
        PIXEL_IS_AREA, //
        3072,
        0,
        1,
        raster.epsg, //
        3076,
        0,
        1,
        METRE,
    ];
    directory.write_tag(Tag::GeoKeyDirectoryTag, &keys[..])?;
    directory.write_tag(Tag::GdalNodata, "nan")?;
    // TIFF's own texts are ASCII.
    let note: String = note.chars().filter(char::is_ascii).collect();
    directory.write_tag(Tag::ImageDescription, note.as_str())?;
    let columns = raster.columns as usize;
    let from_the_north: Vec<f32> = raster.values.chunks(columns).rev().flatten().copied().collect();
    image.write_data(&from_the_north)?;
    Ok(bytes.into_inner())
}

/// Reads one band with its place. Cells without a value, by the file's own mark, become `NaN`. Where the file says that its
/// numbers are of points, each is the middle of a cell.
///
/// # Errors
/// [`RasterError`] for what is no such raster, or has no place.
pub fn read_geotiff(bytes: &[u8]) -> Result<Raster, RasterError> {
    let mut decoder = Decoder::new(Cursor::new(bytes))?;
    let (columns, rows) = decoder.dimensions()?;
    let scale = decoder.get_tag_f64_vec(Tag::ModelPixelScaleTag).map_err(|_| RasterError::NotPlaced("pixel scale"))?;
    let tie = decoder.get_tag_f64_vec(Tag::ModelTiepointTag).map_err(|_| RasterError::NotPlaced("tie point"))?;
    let keys =
        decoder.get_tag_u16_vec(Tag::GeoKeyDirectoryTag).map_err(|_| RasterError::NotPlaced("reference system"))?;
    if let Some(unit) = key(&keys, VERTICAL_UNITS).filter(|unit| *unit != METRE) {
        return Err(RasterError::Unit(unit));
    }
    let half = if key(&keys, RASTER_TYPE) == Some(PIXEL_IS_POINT) { 0.5 } else { 0.0 };
    let epsg = epsg(&keys).ok_or(RasterError::NotPlaced("reference system"))?;
    let [column, row, _, east, north, _] = tie[..] else { return Err(RasterError::NotPlaced("single tie point")) };
    let [wide, high, ..] = scale[..] else { return Err(RasterError::NotPlaced("pixel scale")) };
    let nothing = decoder.get_tag_ascii_string(Tag::GdalNodata).ok().and_then(|text| text.trim().parse::<f64>().ok());
    let is_nothing = |value: f64| nothing.is_some_and(|mark| (value - mark).abs() <= 1e-6 * mark.abs().max(1.0));
    let values = numbers(decoder.read_image()?)?;
    if values.len() != columns as usize * rows as usize {
        return Err(RasterError::Content(format!("{} numbers for {columns} × {rows} cells", values.len())));
    }
    #[expect(clippy::cast_possible_truncation, reason = "rasters of people have few digits")]
    let single = |value: f64| if is_nothing(value) { f32::NAN } else { value as f32 };
    let values = values.chunks(columns as usize).rev().flatten().map(|value| single(*value)).collect();
    let (west, north) = (east - (column + half) * wide, north + (row + half) * high);
    let south_west = Planar::new(west, north - f64::from(rows) * high);
    Ok(Raster { epsg, south_west, cell: (wide, high), columns, values })
}

/// What the numbers are of: areas or points.
const RASTER_TYPE: u16 = 1025;
/// The unit of heights.
const VERTICAL_UNITS: u16 = 4099;

/// A key's short value.
fn key(keys: &[u16], wanted: u16) -> Option<u16> {
    keys.chunks_exact(4).skip(1).find(|key| key[0] == wanted && key[1] == 0).map(|key| key[3])
}

/// The reference system: the projected one, else the geographic one.
fn epsg(keys: &[u16]) -> Option<u16> {
    key(keys, 3072).or_else(|| key(keys, 2048)).filter(|code| (1024..32_767).contains(code))
}

fn numbers(image: DecodingResult) -> Result<Vec<f64>, RasterError> {
    Ok(match image {
        DecodingResult::U8(values) => values.into_iter().map(f64::from).collect(),
        DecodingResult::U16(values) => values.into_iter().map(f64::from).collect(),
        DecodingResult::U32(values) => values.into_iter().map(f64::from).collect(),
        DecodingResult::I16(values) => values.into_iter().map(f64::from).collect(),
        DecodingResult::I32(values) => values.into_iter().map(f64::from).collect(),
        DecodingResult::F32(values) => values.into_iter().map(f64::from).collect(),
        DecodingResult::F64(values) => values,
        _ => return Err(RasterError::Content("an unusual kind of number".to_owned())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raster() -> Raster {
        let values = vec![0.0, 0.25, f32::NAN, 0.5, 0.75, 1.0];
        Raster::of_squares(3405, Planar::new(638_000.0, 2_285_000.0), Metres::computed(50.0), 3, values)
    }

    #[test]
    fn a_raster_comes_back_as_it_was_written() {
        let read = read_geotiff(&write_geotiff(&raster(), "probability").unwrap()).unwrap();
        assert_eq!((read.epsg, read.south_west, read.cell, read.columns), (3405, raster().south_west, (50.0, 50.0), 3));
        for (seen, written) in read.values.iter().zip(&raster().values) {
            assert_eq!(seen.to_bits(), written.to_bits(), "{seen} {written}");
        }
        assert_eq!(read.centre(4), Planar::new(638_075.0, 2_285_075.0));
    }

    #[test]
    fn what_is_no_placed_raster_is_refused() {
        assert!(matches!(read_geotiff(b"not a tiff at all"), Err(RasterError::Tiff(_))));
        let mut bytes = Cursor::new(Vec::new());
        TiffEncoder::new(&mut bytes).unwrap().write_image::<Gray32Float>(1, 1, &[1.0]).unwrap();
        assert!(matches!(read_geotiff(&bytes.into_inner()), Err(RasterError::NotPlaced(_))));
    }
}
