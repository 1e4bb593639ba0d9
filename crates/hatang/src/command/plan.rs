//! `hatang plan load`

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand};
use hatang_core::Viewer;
use hatang_desk::{Edge, load_plan::load_plan};

use super::Database;
use crate::output;

#[derive(Debug, Args)]
pub(crate) struct Plan {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Adopt a plan folder: outline, plan, works and rule sets, all or nothing.
    Load {
        /// The folder with `plan.toml`.
        folder: PathBuf,
        #[command(flatten)]
        database: Database,
    },
}

impl Plan {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let What::Load { folder, database } = self.what;
        let folder = hatang_exchange::read_plan_folder(&folder, &mut Edge::real().asset_ids())?;
        let desk = database.open().await?;
        let loaded = load_plan(&desk, &Viewer::console(), folder).await?;
        output::line(format!("{}: {} events", loaded.territory, loaded.events));
        Ok(ExitCode::SUCCESS)
    }
}
