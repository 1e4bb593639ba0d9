//! What an asset is made of: levels, attachments, crossings, bores with their cables, shelves.
//!
//! Each part has a short text that fits a cell of a spreadsheet, so that a file says as much as the record does. Codes
//! inside such a text write the characters that part it (`; : / + # @ = % ?` and spaces) as `%` and two hexadecimal
//! digits.

mod bore;
mod notation;
mod place;

pub use self::{
    bore::{Bore, BoreContent, BoreFill, Cable},
    notation::InvalidPart,
    place::{Attachment, Crossing, Level, Shelf},
};
