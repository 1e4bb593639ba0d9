//! Features as FlatGeobuf: one type of geometry in a file.

use std::io::Write;

use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
use geozero::{ColumnValue, GeomProcessor, GeozeroGeometry, PropertyProcessor as _, error::GeozeroError};
use hatang_core::{Lonlat, Shape};
use serde_json::Value;

use super::{
    About, ExportError, Feature,
    table::{FlatRow, Kind, Layout, text},
};

pub(super) fn write<'a>(
    about: &About,
    layout: &Layout,
    features: impl Iterator<Item = Feature<'a>>,
    out: impl Write,
) -> Result<usize, ExportError> {
    let kind = match layout.kinds.iter().copied().collect::<Vec<_>>()[..] {
        [] => GeometryType::Unknown,
        ["Point"] => GeometryType::Point,
        ["LineString"] => GeometryType::LineString,
        ["MultiLineString"] => GeometryType::MultiLineString,
        ["Polygon"] => GeometryType::Polygon,
        ["MultiPolygon"] => GeometryType::MultiPolygon,
        _ => {
            return Err(ExportError::MixedGeometry {
                found: layout.kinds.iter().map(|kind| (*kind).to_owned()).collect(),
            });
        }
    };
    let (title, description) = (about.class.code(), about.sentence());
    let options = FgbWriterOptions {
        write_index: !layout.kinds.is_empty(),
        detect_type: false,
        promote_to_multi: false,
        crs: FgbCrs { org: Some("EPSG"), code: 4326, ..FgbCrs::default() },
        title: Some(title),
        description: Some(&description),
        ..FgbWriterOptions::default()
    };
    let mut writer =
        FgbWriter::create_with_options(title, kind, options).map_err(|error| ExportError::library(&error))?;
    for column in &layout.columns {
        let kind = match column.kind {
            Kind::Boolean => ColumnType::Bool,
            Kind::Whole => ColumnType::Long,
            Kind::Number => ColumnType::Double,
            Kind::Date => ColumnType::DateTime,
            Kind::Text => ColumnType::String,
        };
        writer.add_column(&column.name, kind, |_, _| {});
    }
    let mut written = 0;
    for feature in features {
        let FlatRow { shape, values } = FlatRow::of(feature)?;
        let mut failed = None;
        let added = writer.add_feature_geom(Geometry(&shape), |feature| {
            for (index, column) in layout.columns.iter().enumerate() {
                let Some(value) = values.get(&column.name) else { continue };
                let text = text(value).unwrap_or_default();
                let value = match (column.kind, value) {
                    (Kind::Boolean, Value::Bool(yes)) => ColumnValue::Bool(*yes),
                    (Kind::Whole, Value::Number(number)) => ColumnValue::Long(number.as_i64().unwrap_or_default()),
                    (Kind::Number, Value::Number(number)) => ColumnValue::Double(number.as_f64().unwrap_or_default()),
                    (Kind::Date, _) => ColumnValue::DateTime(&text),
                    _ => ColumnValue::String(&text),
                };
                if let Err(error) = feature.property(index, &column.name, &value) {
                    failed = Some(error);
                }
            }
        });
        added.map_err(|error| ExportError::library(&error))?;
        if let Some(error) = failed {
            return Err(ExportError::library(&error));
        }
        written += 1;
    }
    writer.write(out).map_err(|error| ExportError::library(&error))?;
    Ok(written)
}

/// A shape as geozero walks it.
struct Geometry<'a>(&'a Shape);

impl GeozeroGeometry for Geometry<'_> {
    fn process_geom<P: GeomProcessor>(&self, processor: &mut P) -> Result<(), GeozeroError> {
        match self.0 {
            Shape::Point(at) => {
                processor.point_begin(0)?;
                processor.xy(at.lon(), at.lat(), 0)?;
                processor.point_end(0)
            }
            Shape::LineString(run) => line(processor, run, true, 0),
            Shape::MultiLineString(parts) => {
                processor.multilinestring_begin(parts.len(), 0)?;
                for (index, part) in parts.iter().enumerate() {
                    line(processor, part, false, index)?;
                }
                processor.multilinestring_end(0)
            }
            Shape::Polygon(rings) => polygon(processor, rings, true, 0),
            Shape::MultiPolygon(parts) => {
                processor.multipolygon_begin(parts.len(), 0)?;
                for (index, rings) in parts.iter().enumerate() {
                    polygon(processor, rings, false, index)?;
                }
                processor.multipolygon_end(0)
            }
        }
    }
}

fn line<P: GeomProcessor>(processor: &mut P, run: &[Lonlat], tagged: bool, index: usize) -> Result<(), GeozeroError> {
    processor.linestring_begin(tagged, run.len(), index)?;
    for (index, at) in run.iter().enumerate() {
        processor.xy(at.lon(), at.lat(), index)?;
    }
    processor.linestring_end(tagged, index)
}

fn polygon<P: GeomProcessor>(
    processor: &mut P,
    rings: &[Vec<Lonlat>],
    tagged: bool,
    index: usize,
) -> Result<(), GeozeroError> {
    processor.polygon_begin(tagged, rings.len(), index)?;
    for (index, ring) in rings.iter().enumerate() {
        line(processor, ring, false, index)?;
    }
    processor.polygon_end(tagged, index)
}
