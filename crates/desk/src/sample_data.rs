//! The synthetic commune's files, as they are committed in `sample-data/`.

use hatang_crs::Crs;

use crate::{
    error::{DeskError, ErrorKind},
    synthetic::{SampleFile, commune},
};

/// The seed of the committed folder.
pub const SEED: u64 = 11_824;

/// Makes the commune's files from a seed.
///
/// # Errors
/// [`DeskError`] when Hải Phòng's plane is not to be had, which no build lacks.
///
/// # Panics
/// When the commune lies outside that plane, which a test of the generator rules out.
pub fn sample_data(seed: u64) -> Result<Vec<SampleFile>, DeskError> {
    let no_plane = |error: &dyn std::fmt::Display| {
        DeskError::input(
            ErrorKind::Internal,
            "crs.missing",
            error,
            "Không dùng được hệ toạ độ EPSG:9210.",
            "EPSG:9210 cannot be used.",
        )
    };
    let plane = Crs::from_epsg(9210).map_err(|error| no_plane(&error))?;
    Ok(commune(seed, |at| plane.planar_of(at).expect("the commune lies in Vietnam")))
}
