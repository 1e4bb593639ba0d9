//! `hatang export`

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, bail};
use clap::Args;
use hatang_core::AssetClass;
use hatang_desk::{
    export_assets::{export_assets, export_assets_as_of},
    registry_as_of::AsOf,
};
use hatang_exchange::{ExportError, ExportFormat};
use jiff::civil::Date;

use super::{Database, viewer};
use crate::output;

/// Writes a class of assets to a file.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The file; its ending is the format: .geojson, .gpkg, .fgb, .csv, .xlsx or .kml.
    out: PathBuf,
    /// The class to write.
    #[arg(long)]
    class: AssetClass,
    /// A role or an account whose view to write; everything when absent.
    #[arg(long = "as")]
    viewer: Option<String>,
    /// The registry as it had been written down by the end of this day, or by this instant.
    #[arg(long, value_name = "DAY")]
    as_of: Option<String>,
    /// The registry as it was true on this day, by what has been written down since.
    #[arg(long, value_name = "DAY", conflicts_with = "as_of")]
    valid_on: Option<Date>,
    #[command(flatten)]
    database: Database,
}

impl Export {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let ending = self.out.extension().map(|ending| ending.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(format) = ExportFormat::of_ending(&ending) else {
            let known: Vec<&str> = ExportFormat::ALL.iter().map(|format| format.ending()).collect();
            bail!("{}: `{ending}` is no format; known are {}", self.out.display(), known.join(", "));
        };
        let desk = self.database.open().await?;
        let viewer = viewer(&desk, self.viewer.as_deref()).await?;
        let view = self.viewer.as_deref().unwrap_or("operator");
        let when = match (&self.as_of, self.valid_on) {
            (Some(text), _) => {
                Some(AsOf::end_of(text).with_context(|| format!("`{text}` is no day such as 2026-01-31"))?)
            }
            (None, day) => day.map(AsOf::Valid),
        };
        let write = async |out: &Path, kind: Option<&str>| {
            // Written beside and renamed, so that a failure leaves the file that was there.
            let beside = out.with_extension(format!("{ending}.part"));
            let mut file = BufWriter::new(File::create(&beside)?);
            let (class, format) = (self.class, (format, kind));
            let written = match when {
                None => export_assets(&desk, &viewer, class, format, view, &mut file),
                Some(when) => export_assets_as_of(&desk, &viewer, class, format, view, when, &mut file).await?,
            };
            let written = written.and_then(|written| file.flush().map(|()| written).map_err(ExportError::from));
            match written {
                Ok(written) => Ok(std::fs::rename(&beside, out).map(|()| written).map_err(ExportError::from)),
                Err(error) => {
                    // The half-written file is of no use; that it cannot be removed is not what went wrong.
                    let _ = std::fs::remove_file(&beside);
                    anyhow::Ok(Err(error))
                }
            }
        };
        let cannot_write = |out: &Path| format!("{} cannot be written", out.display());
        match write(&self.out, None).await? {
            Ok(written) => output::line(format!("{}: {written}", self.out.display())),
            // One file for each type of geometry.
            Err(ExportError::MixedGeometry { found }) => {
                for kind in found {
                    let out = self.out.with_extension(format!("{}.{ending}", kind.to_lowercase()));
                    let written = write(&out, Some(&kind)).await?.with_context(|| cannot_write(&out))?;
                    output::line(format!("{}: {written}", out.display()));
                }
            }
            Err(error) => return Err(error).with_context(|| cannot_write(&self.out)),
        }
        Ok(ExitCode::SUCCESS)
    }
}
