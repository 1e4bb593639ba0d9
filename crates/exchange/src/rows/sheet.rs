//! Rows of a spreadsheet, read cell by cell.

use std::{cell::RefCell, io::Cursor};

use calamine::{DataRef, Reader as _, Xlsx, XlsxError};
use hatang_crs::Crs;

use super::{Header, How, Mapping, Raw, Row, RowSource, SheetCell, Stop, positions::PositionColumns, table::header_of};
use crate::{
    FileError,
    archive::Archive,
    refusal,
    template::{self, TemplateMark},
    value::Notation,
};

/// The most columns that are read; further ones are nobody's fields.
const MOST_COLUMNS: u32 = 1_000;
/// Rows before the header that may be empty or belong to a template.
const HEADER_WITHIN: u32 = 50;

/// A workbook and the sheet that holds the rows.
pub(crate) struct SheetFile<'a> {
    workbook: RefCell<Xlsx<Cursor<&'a [u8]>>>,
    sheet: String,
    header: Header,
    /// The header's row, from 0.
    header_row: u32,
    position: PositionColumns,
    crs: Crs,
    template: Option<TemplateMark>,
}

/// The first rows of a sheet that could be a table.
struct Candidate {
    sheet: String,
    names: Vec<String>,
    header_row: u32,
    template: Option<TemplateMark>,
}

impl<'a> SheetFile<'a> {
    pub(crate) fn open(
        bytes: &'a [u8],
        limit: usize,
        layer: Option<&str>,
        mapping: &Mapping,
        crs: Crs,
    ) -> Result<Self, FileError> {
        Archive::open(bytes, limit)?.check_sizes()?;
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| not_xlsx(&error))?;
        let names = workbook.sheet_names();
        if let Some(layer) = layer.filter(|layer| !names.iter().any(|name| name == layer)) {
            return Err(FileError::NoSuchLayer { layer: layer.to_owned(), found: names });
        }
        let mut candidates = Vec::new();
        for sheet in names.into_iter().filter(|name| layer.is_none_or(|layer| layer == name)) {
            candidates.extend(candidate(&mut workbook, sheet)?);
        }
        // A template's other sheets are lists and help.
        if let Some(template) = candidates.iter().position(|candidate| candidate.template.is_some()) {
            candidates = vec![candidates.swap_remove(template)];
        }
        let found = || candidates.iter().map(|candidate| candidate.sheet.clone()).collect();
        let Candidate { sheet, names, header_row, template } = match candidates.len() {
            0 => return Err(FileError::Empty),
            1 => candidates.swap_remove(0),
            _ => return Err(FileError::SeveralLayers { found: found() }),
        };
        let header = header_of(names)?;
        let position = PositionColumns::find(&header, mapping, crs)?;
        Ok(Self { workbook: RefCell::new(workbook), sheet, header, header_row, position, crs, template })
    }

    fn row<'r>(&'r self, number: u32, cells: &'r [SheetCell], how: How) -> Row<'r> {
        let place = self.position.place(self.crs, |column| {
            let cell = self.header.index(column).and_then(|index| cells.get(index));
            cell.map_or(("", how.notation), |cell| {
                (cell.text.trim(), if cell.is_number { Notation::POINT } else { how.notation })
            })
        });
        Row::new(number, None, Raw::Sheet { header: &self.header, cells }, how.words, place)
    }
}

impl RowSource for SheetFile<'_> {
    fn header(&self) -> Option<&Header> {
        Some(&self.header)
    }

    fn position_fields(&self) -> Vec<(&'static str, &str)> {
        self.position.fields()
    }

    fn template(&self) -> Option<&TemplateMark> {
        self.template.as_ref()
    }

    fn each(&self, how: How, take: &mut dyn FnMut(&Row<'_>) -> Result<(), Stop>) -> Result<(), Stop> {
        let mut workbook = self.workbook.borrow_mut();
        each_row(&mut workbook, &self.sheet, &mut |row, cells| {
            let is_remark =
                self.template.is_some() && cells.first().is_some_and(|cell| template::is_remark(cell.text.trim()));
            if row <= self.header_row || is_remark || cells.iter().all(|cell| cell.text.trim().is_empty()) {
                return Ok(());
            }
            if cells.len() > self.header.names.len()
                && cells[self.header.names.len()..].iter().any(|cell| !cell.text.trim().is_empty())
            {
                let refusal = refusal::wrong_number_of_cells(cells.len(), self.header.names.len());
                return take(&Row::broken(row + 1, refusal));
            }
            take(&self.row(row + 1, cells, how))
        })
    }
}

/// The header of a sheet that has one.
fn candidate(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: String) -> Result<Option<Candidate>, FileError> {
    let mut found = None;
    let mut template = None;
    let ended = each_row(workbook, &sheet, &mut |row, cells| {
        let first = cells.first().map_or("", |cell| cell.text.trim());
        if template.is_none() {
            template = TemplateMark::read(first);
        }
        if template.is_none() || first == template::FIELDS {
            let mut names: Vec<String> = cells.iter().map(|cell| cell.text.trim().to_owned()).collect();
            names.truncate(names.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1));
            if !names.is_empty() {
                found = Some((names, row));
                return Err(Stop::Enough);
            }
        }
        if HEADER_WITHIN < row { Err(Stop::Enough) } else { Ok(()) }
    });
    super::ended(ended)?;
    Ok(found.map(|(names, header_row)| Candidate { sheet, names, header_row, template }))
}

/// Takes a row of a sheet with its number.
type TakeCells<'a> = dyn FnMut(u32, &[SheetCell]) -> Result<(), Stop> + 'a;

/// Hands over every row of a sheet that has a cell, numbered from 0.
fn each_row(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, take: &mut TakeCells<'_>) -> Result<(), Stop> {
    let failed = |error: XlsxError| Stop::Failed(not_xlsx(&error));
    let mut reader = match workbook.worksheet_cells_reader(sheet) {
        Ok(reader) => reader,
        // A sheet that is a chart has no cells.
        Err(XlsxError::WorksheetNotFound(_) | XlsxError::NotAWorksheet(_)) => return Ok(()),
        Err(error) => return Err(failed(error)),
    };
    let mut cells: Vec<SheetCell> = Vec::new();
    let mut at = None;
    while let Some(cell) = reader.next_cell().map_err(failed)? {
        let (row, column) = cell.get_position();
        if MOST_COLUMNS <= column {
            continue;
        }
        if at != Some(row) {
            if let Some(last) = at {
                // A sheet's rows come in order; a crafted one might go back and forth.
                if row < last {
                    return Err(Stop::Failed(FileError::Xlsx { reason: "its rows are not in order".to_owned() }));
                }
                take(last, &cells)?;
            }
            cells.clear();
            at = Some(row);
        }
        let column = column as usize;
        if cells.len() <= column {
            cells.resize(column + 1, SheetCell::default());
        }
        cells[column] = text_of(cell.get_value());
    }
    match at {
        Some(last) => take(last, &cells),
        None => Ok(()),
    }
}

fn text_of(value: &DataRef<'_>) -> SheetCell {
    let number = |text: String| SheetCell { text, is_number: true };
    let words = |text: &str| SheetCell { text: text.to_owned(), is_number: false };
    match value {
        DataRef::Int(whole) => number(whole.to_string()),
        DataRef::Float(float) => number(float.to_string()),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => words(text),
        DataRef::SharedString(text) => words(text),
        DataRef::Bool(yes) => words(if *yes { "true" } else { "false" }),
        DataRef::DateTime(date) if date.is_datetime() => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            words(&format!("{year:04}-{month:02}-{day:02}"))
        }
        DataRef::DateTime(duration) => number(duration.as_f64().to_string()),
        // Told by the field that reads it: `#REF!` is no number and no word of a list.
        DataRef::Error(error) => words(&error.to_string()),
        DataRef::Empty => SheetCell::default(),
    }
}

fn not_xlsx(error: &XlsxError) -> FileError {
    match error {
        XlsxError::Password => FileError::Encrypted,
        other => FileError::Xlsx { reason: other.to_string() },
    }
}
