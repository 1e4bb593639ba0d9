//! Zip archives, opened without trusting what they say of their own size.

use std::io::{Cursor, Read as _, sink};

use zip::ZipArchive;

use crate::FileError;

/// The most entries that an archive may have.
const MOST_ENTRIES: usize = 2_000;

/// Whether bytes begin as a zip archive does.
pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn broken(reason: impl ToString) -> FileError {
    FileError::Zip { reason: reason.to_string() }
}

/// An archive whose entries together hold no more than a number of bytes.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: usize,
    limit: usize,
}

impl<'a> Archive<'a> {
    pub(crate) fn open(bytes: &'a [u8], limit: usize) -> Result<Self, FileError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        if MOST_ENTRIES < zip.len() {
            return Err(broken(format!("{} entries, more than the {MOST_ENTRIES} that are accepted", zip.len())));
        }
        Ok(Self { zip, left: limit, limit })
    }

    /// The names of its files, with their numbers.
    pub(crate) fn names(&self) -> Vec<(usize, String)> {
        let name = |index: usize| self.zip.name_for_index(index).and_then(Result::ok).map(std::borrow::Cow::into_owned);
        (0..self.zip.len())
            .filter_map(|index| Some((index, name(index)?)))
            .filter(|(_, name)| !name.ends_with('/'))
            .collect()
    }

    /// A file's bytes. What all files together may hold becomes less by as much.
    pub(crate) fn read(&mut self, index: usize) -> Result<Vec<u8>, FileError> {
        let mut bytes = Vec::new();
        let most = self.most();
        let entry = self.entry(index)?;
        entry.take(most).read_to_end(&mut bytes).map_err(broken)?;
        self.spend(bytes.len())?;
        Ok(bytes)
    }

    /// Reads everything once and keeps nothing: whoever reads it again meets no more bytes than these.
    pub(crate) fn check_sizes(mut self) -> Result<(), FileError> {
        for index in 0..self.zip.len() {
            let most = self.most();
            let entry = self.entry(index)?;
            let size = std::io::copy(&mut entry.take(most), &mut sink()).map_err(broken)?;
            self.spend(usize::try_from(size).unwrap_or(usize::MAX))?;
        }
        Ok(())
    }

    fn entry(&mut self, index: usize) -> Result<impl std::io::Read + '_, FileError> {
        self.zip.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(reason) if reason.contains("assword") => FileError::Encrypted,
            other => broken(other),
        })
    }

    /// One byte more than there may be shows that there are more.
    fn most(&self) -> u64 {
        u64::try_from(self.left).unwrap_or(u64::MAX).saturating_add(1)
    }

    fn spend(&mut self, bytes: usize) -> Result<(), FileError> {
        self.left = self.left.checked_sub(bytes).ok_or(FileError::TooLarge { limit: self.limit })?;
        Ok(())
    }
}
