//! From bytes to text: size, gzip and UTF-8.

use std::{
    borrow::Cow,
    io::{self, Read as _},
};

use flate2::bufread::MultiGzDecoder;

use crate::FileError;

/// The most bytes of text that a file may hold unless the caller says otherwise: 1 GiB.
pub const DEFAULT_MAX_BYTES: usize = 1 << 30;

/// The file's text without its byte-order mark, decompressed where its first bytes are gzip's.
pub(crate) fn text(bytes: &[u8], limit: usize) -> Result<Cow<'_, str>, FileError> {
    if !is_gzip(bytes) {
        return if limit < bytes.len() {
            Err(FileError::TooLarge { limit })
        } else {
            plain_text(bytes).map(Cow::Borrowed)
        };
    }
    let mut bytes = unpacked(bytes, limit)?;
    let mark = bytes.len() - plain_text(&bytes)?.len();
    bytes.drain(..mark);
    String::from_utf8(bytes)
        .map(Cow::Owned)
        .map_err(|error| FileError::NotUtf8 { at: error.utf8_error().valid_up_to() })
}

/// Whether bytes begin as gzip's do.
pub(crate) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

/// The text without its byte-order mark. Nothing is decompressed: it holds no more bytes than were handed in.
pub(crate) fn plain_text(bytes: &[u8]) -> Result<&str, FileError> {
    let text = std::str::from_utf8(bytes).map_err(|error| FileError::NotUtf8 { at: error.valid_up_to() })?;
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    if text.trim().is_empty() { Err(FileError::Empty) } else { Ok(text) }
}

const BYTE_ORDER_MARK: char = '\u{feff}';

/// Reads one byte more than the limit at most, so that a small file cannot fill the memory.
pub(crate) fn unpacked(bytes: &[u8], limit: usize) -> Result<Vec<u8>, FileError> {
    let mut unpacked = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let read = MultiGzDecoder::new(bytes).take(most).read_to_end(&mut unpacked);
    read.map_err(|error: io::Error| FileError::Gzip { reason: error.to_string() })?;
    if limit < unpacked.len() { Err(FileError::TooLarge { limit }) } else { Ok(unpacked) }
}

/// How a text begins, for quoting it.
pub(crate) fn beginning(text: &str) -> String {
    const QUOTED_CHARACTERS: usize = 60;
    text.trim_start().chars().take(QUOTED_CHARACTERS).collect()
}
