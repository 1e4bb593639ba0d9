//! `hatang export`

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::{Context as _, bail};
use clap::Args;
use hatang_core::{AssetClass, Role, Viewer};
use hatang_desk::{account::viewer_of_account, export_assets::export_assets};

use super::Database;
use crate::output;

/// Writes a class of assets to a file.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The file; `.geojson` for now.
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
        if self.out.extension().is_none_or(|extension| extension != "geojson") {
            bail!("{}: only .geojson is written so far", self.out.display());
        }
        let desk = self.database.open().await?;
        let viewer = match &self.viewer {
            None => Viewer::console(),
            Some(name) => match name.parse::<Role>() {
                Ok(role) => Viewer { role, ..Viewer::public() },
                Err(_) => viewer_of_account(&desk, name).await?,
            },
        };
        let cannot_write = || format!("{} cannot be written", self.out.display());
        // Written beside and renamed, so that a failure leaves the file that was there.
        let beside = self.out.with_extension("geojson.part");
        let mut file = BufWriter::new(File::create(&beside).with_context(cannot_write)?);
        let written = export_assets(&desk, &viewer, self.class, &mut file).with_context(cannot_write)?;
        file.flush().with_context(cannot_write)?;
        std::fs::rename(&beside, &self.out).with_context(cannot_write)?;
        output::line(format!("{}: {written}", self.out.display()));
        Ok(ExitCode::SUCCESS)
    }
}
