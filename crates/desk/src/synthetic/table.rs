//! CSV text.

use hatang_core::{Lonlat, Planar};

/// How a position on WGS 84 becomes easting and northing; the caller knows the projection, this module does not.
pub(super) type Projection<'a> = &'a dyn Fn(Lonlat) -> Planar;

/// A table's text. Cells with a comma, a quote or a line break are quoted.
pub(super) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: Vec<&str>| cells.into_iter().map(cell).collect::<Vec<_>>().join(",");
    let head = line(head.to_vec());
    let rows = rows.iter().map(|row| line(row.iter().map(String::as_str).collect()));
    std::iter::once(head).chain(rows).map(|line| line + "\n").collect()
}

fn cell(text: &str) -> String {
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
