//! `hatang boundary load`

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use hatang_core::{Territory, Viewer, geodesy};
use hatang_desk::load_boundary::load_boundary;

use super::Database;
use crate::output;

#[derive(Debug, Args)]
pub(crate) struct Boundary {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Adopt the outline with a code as the territory, and the file's other outlines as its neighbours.
    Load {
        /// GeoJSON with one feature per commune; its `id` or property `code` is the official code.
        file: PathBuf,
        /// The territory's official code.
        #[arg(long)]
        code: Territory,
        #[command(flatten)]
        database: Database,
    },
}

impl Boundary {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let What::Load { file, code, database } = self.what;
        let bytes = std::fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        let desk = database.open().await?;
        let boundaries = load_boundary(&desk, &Viewer::console(), &bytes, &code).await?;
        output::line(format!(
            "{} {}: {:.3} km², {} neighbours",
            boundaries.home.code,
            boundaries.home.name,
            geodesy::area_m2(&boundaries.home.shape) / 1e6,
            boundaries.neighbours.len(),
        ));
        Ok(ExitCode::SUCCESS)
    }
}
