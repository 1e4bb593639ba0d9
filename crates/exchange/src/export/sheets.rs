//! Features as CSV and as XLSX.

use std::io::Write;

use hatang_core::{AssetClass, Shape};
use rust_xlsxwriter::{Format, Worksheet, XlsxError};
use serde_json::Value;

use super::{
    ExportError, Feature,
    table::{Column, FlatRow, Kind, Layout, text},
};
use crate::geometry::well_known_text;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// The most letters in a cell of a workbook.
const MOST_LETTERS: usize = 32_767;

/// The columns with the place: two numbers where all are points.
fn place_columns(layout: &Layout) -> &'static [&'static str] {
    if layout.is_points() { &["lon", "lat"] } else { &["wkt"] }
}

/// Comma-separated, UTF-8 with a byte-order mark so that spreadsheets read Vietnamese.
pub(super) fn write_csv<'a>(
    layout: &Layout,
    features: impl Iterator<Item = Feature<'a>>,
    mut out: impl Write,
) -> Result<usize, ExportError> {
    out.write_all(BYTE_ORDER_MARK)?;
    let mut writer = csv::Writer::from_writer(out);
    let names = layout.columns.iter().map(|column| column.name.as_str());
    writer
        .write_record(names.chain(place_columns(layout).iter().copied()))
        .map_err(|error| ExportError::library(&error))?;
    let mut written = 0;
    for feature in features {
        let FlatRow { shape, values } = FlatRow::of(feature)?;
        let cell = |column: &Column| {
            let value = values.get(&column.name).unwrap_or(&Value::Null);
            let text = text(value).unwrap_or_default();
            if value.is_string() { inert(text) } else { text }
        };
        let place = match &shape {
            Shape::Point(at) if layout.is_points() => vec![at.lon().to_string(), at.lat().to_string()],
            shape => vec![well_known_text(shape)],
        };
        let cells = layout.columns.iter().map(cell).chain(place);
        writer.write_record(cells).map_err(|error| ExportError::library(&error))?;
        written += 1;
    }
    writer.flush()?;
    Ok(written)
}

/// A text that a spreadsheet would run as a formula gets an apostrophe before it, as one would type it; imports take it
/// off again.
fn inert(text: String) -> String {
    if crate::value::is_formula(&text) { format!("'{text}") } else { text }
}

pub(super) fn write_xlsx<'a>(
    class: AssetClass,
    layout: &Layout,
    features: impl Iterator<Item = Feature<'a>>,
    mut out: impl Write,
) -> Result<usize, ExportError> {
    let mut workbook = crate::timeless::workbook().map_err(library)?;
    let heading = Format::new().set_bold().set_background_color("#E8EEF4");
    let sheet = workbook.add_worksheet_with_constant_memory().map_err(library)?;
    sheet.set_name(class.code()).map_err(library)?;
    sheet.set_freeze_panes(1, 1).map_err(library)?;
    let names: Vec<&str> = layout.columns.iter().map(|column| column.name.as_str()).collect();
    for (column, name) in (0..).zip(names.iter().chain(place_columns(layout))) {
        sheet.set_column_width(column, 16).map_err(library)?;
        sheet.write_string_with_format(0, column, *name, &heading).map_err(library)?;
    }
    let mut written = 0_usize;
    for (row, feature) in (1..).zip(features) {
        let FlatRow { shape, values } = FlatRow::of(feature)?;
        for (index, column) in (0..).zip(&layout.columns) {
            let Some(value) = values.get(&column.name) else { continue };
            write_cell(sheet, row, index, column, value)?;
        }
        let place = u16::try_from(layout.columns.len()).unwrap_or(u16::MAX);
        match &shape {
            Shape::Point(at) if layout.is_points() => {
                sheet.write_number(row, place, at.lon()).map_err(library)?;
                sheet.write_number(row, place + 1, at.lat()).map_err(library)?;
            }
            shape => write_text(sheet, row, place, "wkt", &well_known_text(shape))?,
        }
        written += 1;
    }
    out.write_all(&workbook.save_to_buffer().map_err(library)?)?;
    Ok(written)
}

fn write_cell(sheet: &mut Worksheet, row: u32, index: u16, column: &Column, value: &Value) -> Result<(), ExportError> {
    match (column.kind, value) {
        (Kind::Whole | Kind::Number, Value::Number(number)) => {
            sheet.write_number(row, index, number.as_f64().unwrap_or_default()).map_err(library)?;
        }
        (Kind::Boolean, Value::Bool(yes)) => {
            sheet.write_boolean(row, index, *yes).map_err(library)?;
        }
        (_, value) => {
            if let Some(text) = text(value) {
                write_text(sheet, row, index, &column.name, &text)?;
            }
        }
    }
    Ok(())
}

fn write_text(sheet: &mut Worksheet, row: u32, index: u16, column: &str, text: &str) -> Result<(), ExportError> {
    if text.chars().nth(MOST_LETTERS).is_some() {
        return Err(ExportError::CellTooLong { row, column: column.to_owned() });
    }
    sheet.write_string(row, index, text).map_err(library)?;
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn library(error: XlsxError) -> ExportError {
    ExportError::library(&error)
}
