//! `hatang generate`

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::Args;
use hatang_desk::{generate_assets::generate_assets, sample_data::sample_data};

use super::Database;
use crate::output;

/// Makes synthetic data, deterministic from a seed.
#[derive(Debug, Args)]
pub(crate) struct Generate {
    /// How many assets to bring into the registry.
    #[arg(long, conflicts_with = "commune", required_unless_present = "commune")]
    assets: Option<usize>,
    /// Write a commune's plan, assets and requests as files instead.
    #[arg(long, requires = "out")]
    commune: bool,
    /// The folder for the commune's files.
    #[arg(long)]
    out: Option<PathBuf>,
    /// The seed; the same seed makes the same data.
    #[arg(long, default_value_t = 11_824)]
    seed: u64,
    #[command(flatten)]
    database: Database,
}

impl Generate {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        if let Some(out) = self.out.filter(|_| self.commune) {
            let files = sample_data(self.seed)?;
            for file in &files {
                let path = out.join(&file.path);
                let cannot_write = || format!("{} cannot be written", path.display());
                let folder = path.parent().with_context(cannot_write)?;
                std::fs::create_dir_all(folder).with_context(cannot_write)?;
                std::fs::write(&path, &file.text).with_context(cannot_write)?;
            }
            output::line(format!("{}: {} files", out.display(), files.len()));
            return Ok(ExitCode::SUCCESS);
        }
        let desk = self.database.open().await?;
        let written = generate_assets(&desk, self.assets.unwrap_or_default(), self.seed).await?;
        output::line(format!("{written} synthetic assets"));
        Ok(ExitCode::SUCCESS)
    }
}
