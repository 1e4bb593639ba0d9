//! `hatang fibre`

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::Args;
use hatang_core::{OrganisationCode, Viewer};
use hatang_desk::fibre_reach::fibre_reach;

use super::Database;
use crate::output;

#[derive(Debug, Args)]
pub(crate) struct Fibre {
    /// Only this owner's routes and cabinets.
    #[arg(long)]
    owner: Option<OrganisationCode>,
    /// Write the whole answer, with areas and extensions, as JSON.
    #[arg(long)]
    out: Option<PathBuf>,
    #[command(flatten)]
    database: Database,
}

impl Fibre {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let desk = self.database.open().await?;
        let answer = fibre_reach(&desk, &Viewer::console(), self.owner.as_ref())?;
        if let Some(out) = &self.out {
            std::fs::write(out, serde_json::to_vec_pretty(&answer)?)
                .with_context(|| format!("{} cannot be written", out.display()))?;
        }
        let people: u64 = answer.people.values().sum();
        for (class, number) in &answer.people {
            output::line(format!("{class:?}: {number} of {people} people"));
        }
        for (why, number) in &answer.reasons {
            output::line(format!("  because {why:?}: {number} people"));
        }
        for place in answer.places.iter().filter(|place| place.extension.is_some()).take(10) {
            if let Some(way) = &place.extension {
                output::line(format!(
                    "{}: {:.0} million đồng from {}, {:.0} m of trench",
                    place.name,
                    way.cost,
                    way.cabinet.as_deref().unwrap_or("a cabinet"),
                    way.trench_m
                ));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
