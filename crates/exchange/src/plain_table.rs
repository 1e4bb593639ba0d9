//! A table of named columns that is read, given further columns and written back, with everything else as it was.

use csv::{ReaderBuilder, StringRecord, Trim, WriterBuilder};

use crate::file_error::FileError;

/// A table as a file holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainTable {
    /// Lines before the header that begin with `#`, as they stand.
    pub comments: Vec<String>,
    /// The columns' names.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<PlainRow>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainRow {
    /// The line of the file that it begins on, from 1.
    pub line: u64,
    /// Its cells, in the order of the columns; there may be fewer or more.
    pub cells: Vec<String>,
}

impl PlainTable {
    /// Reads UTF-8 text: comment lines, a header, rows of commas, semicolons or tabs, whichever the header has most of.
    ///
    /// # Errors
    /// [`FileError`] when the bytes are no text or hold no header.
    pub fn read(bytes: &[u8]) -> Result<Self, FileError> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).map_err(|error| FileError::NotUtf8 { at: error.valid_up_to() })?;
        let no_header = || FileError::NotCsv { beginning: text.chars().take(40).collect() };
        let comments: Vec<String> =
            text.lines().take_while(|line| line.starts_with('#')).map(ToOwned::to_owned).collect();
        let header = text.lines().nth(comments.len()).filter(|line| !line.trim().is_empty());
        let header = header.ok_or_else(no_header)?;
        let count = |delimiter: u8| header.bytes().filter(|byte| *byte == delimiter).count();
        let delimiter = *b",;\t".iter().rev().max_by_key(|delimiter| count(**delimiter)).unwrap_or(&b',');
        let mut reader = ReaderBuilder::new()
            .comment(Some(b'#'))
            .delimiter(delimiter)
            .flexible(true)
            .trim(Trim::All)
            .from_reader(text.as_bytes());
        let cells = |record: &StringRecord| record.iter().map(ToOwned::to_owned).collect();
        let columns = reader.headers().map(cells).map_err(|_| no_header())?;
        let rows = reader.records().filter_map(Result::ok).map(|record| PlainRow {
            line: record.position().map_or(0, |at| line_of(text, at)),
            cells: cells(&record),
        });
        Ok(Self { comments, rows: rows.collect(), columns })
    }

    /// Where a column stands.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// Writes the table with commas; rows that are too short are filled up.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut out: Vec<u8> = self.comments.iter().flat_map(|line| [line.as_bytes(), b"\n"].concat()).collect();
        let mut writer = WriterBuilder::new().flexible(true).from_writer(Vec::new());
        let rows = std::iter::once(&self.columns).chain(self.rows.iter().map(|row| &row.cells));
        for row in rows {
            // Writing to memory cannot fail.
            let _ = writer.write_record(row);
        }
        out.extend(writer.into_inner().unwrap_or_default());
        out
    }
}

/// The line that a record begins on: the reader's own position stands before the empty lines and comments that it skips.
fn line_of(text: &str, at: &csv::Position) -> u64 {
    let rest = usize::try_from(at.byte()).ok().and_then(|byte| text.get(byte..)).unwrap_or_default();
    let skipped = rest.lines().take_while(|line| line.is_empty() || line.starts_with('#')).count();
    at.line() + skipped as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_written_back_as_it_was_read_but_for_its_delimiters() {
        let file = "\u{feff}# first, comment\n# second\na;b;c\n1; 2 ;\"x;y, z\"\n\n4;5\n";
        let table = PlainTable::read(file.as_bytes()).unwrap();
        assert_eq!(table.column("b"), Some(1));
        assert_eq!(table.rows[0].cells, ["1", "2", "x;y, z"]);
        assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [4, 6]);
        let written = String::from_utf8(table.write()).unwrap();
        assert_eq!(written, "# first, comment\n# second\na,b,c\n1,2,\"x;y, z\"\n4,5\n");
    }

    #[test]
    fn bytes_that_are_no_table_are_refused() {
        for bytes in [&b""[..], b"# only a comment\n", b"\xff\xfe\x00"] {
            assert!(PlainTable::read(bytes).is_err(), "{bytes:?}");
        }
    }
}
