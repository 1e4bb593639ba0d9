//! `hatang terrain` and `hatang population`

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use hatang_core::{Viewer, coverage_source::SourceId, ground_source::GroundKind};
use hatang_desk::ground_sources::{GroundFacts, list_ground_sources, record_ground_source, retire_ground_source};
use jiff::civil::Date;
use uuid::Uuid;

use super::Database;
use crate::output;

/// Files of one kind.
#[derive(Debug, Args)]
pub(crate) struct Ground {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    database: Database,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Load a file; the newest of its kind counts.
    Load {
        /// Terrain: a GeoTIFF of heights in metres. People: a GeoTIFF, or a CSV with the columns `lon, lat, people`.
        file: PathBuf,
        /// The day that it is of.
        #[arg(long)]
        dated: Date,
        /// Who made it, and where it comes from.
        #[arg(long)]
        source: String,
    },
    /// List the files, the newest first, retired ones included.
    List,
    /// Retire a file; it stays listed and no longer counts.
    Retire {
        /// Its identity.
        id: Uuid,
        /// Why.
        #[arg(long)]
        reason: String,
    },
}

impl Ground {
    pub(crate) async fn run(self, kind: GroundKind) -> anyhow::Result<ExitCode> {
        let desk = self.database.open().await?;
        let who = Viewer::console();
        match self.what {
            What::Load { file, dated, source } => {
                let bytes = std::fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
                let report = record_ground_source(&desk, &who, GroundFacts { kind, dated, source }, &bytes).await?;
                for row in &report.refused {
                    output::note(format!("row {}: {} `{}`: {}", row.row, row.rule, row.value, row.text.en));
                }
                let Some(id) = report.id else {
                    output::note("nothing of the file counts");
                    return Ok(ExitCode::from(1));
                };
                output::line(format!(
                    "{id} {} values, {} refused, SHA-256 {}",
                    report.counted, report.refused_total, report.sha256
                ));
                return Ok(if report.refused_total == 0 { ExitCode::SUCCESS } else { ExitCode::from(2) });
            }
            What::List => {
                for source in list_ground_sources(&desk).into_iter().filter(|source| source.kind == kind) {
                    let retired = source.retired.map_or_else(String::new, |why| format!(", retired: {why}"));
                    output::line(format!(
                        "{} {} {} values, {}, SHA-256 {}{retired}",
                        source.id, source.dated, source.size, source.source, source.sha256
                    ));
                }
            }
            What::Retire { id, reason } => retire_ground_source(&desk, &who, SourceId(id), &reason).await?,
        }
        Ok(ExitCode::SUCCESS)
    }
}
