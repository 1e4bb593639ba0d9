//! `hatang export`

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, bail};
use clap::Args;
use hatang_core::{AssetClass, Role, Viewer};
use hatang_desk::{account::viewer_of_account, export_assets::export_assets};
use hatang_exchange::{ExportError, ExportFormat};

use super::Database;
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
        let viewer = match &self.viewer {
            None => Viewer::console(),
            Some(name) => match name.parse::<Role>() {
                Ok(role) => Viewer { role, ..Viewer::public() },
                Err(_) => viewer_of_account(&desk, name).await?,
            },
        };
        let view = self.viewer.as_deref().unwrap_or("operator");
        let write = |out: &Path, kind: Option<&str>| {
            // Written beside and renamed, so that a failure leaves the file that was there.
            let beside = out.with_extension(format!("{ending}.part"));
            let mut file = BufWriter::new(File::create(&beside)?);
            let written = export_assets(&desk, &viewer, self.class, (format, kind), view, &mut file);
            let written = written.and_then(|written| file.flush().map(|()| written).map_err(ExportError::from));
            match written {
                Ok(written) => std::fs::rename(&beside, out).map(|()| written).map_err(ExportError::from),
                Err(error) => {
                    // The half-written file is of no use; that it cannot be removed is not what went wrong.
                    let _ = std::fs::remove_file(&beside);
                    Err(error)
                }
            }
        };
        let cannot_write = |out: &Path| format!("{} cannot be written", out.display());
        match write(&self.out, None) {
            Ok(written) => output::line(format!("{}: {written}", self.out.display())),
            // One file for each type of geometry.
            Err(ExportError::MixedGeometry { found }) => {
                for kind in found {
                    let out = self.out.with_extension(format!("{}.{ending}", kind.to_lowercase()));
                    let written = write(&out, Some(&kind)).with_context(|| cannot_write(&out))?;
                    output::line(format!("{}: {written}", out.display()));
                }
            }
            Err(error) => return Err(error).with_context(|| cannot_write(&self.out)),
        }
        Ok(ExitCode::SUCCESS)
    }
}
