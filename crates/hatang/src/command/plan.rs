//! `hatang plan`

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use hatang_core::{AssetClass, Viewer};
use hatang_desk::{
    Edge,
    describe_plan::describe_plan,
    export_plan::export_plan,
    import_planned::{PlannedFile, import_planned},
    load_plan::load_plan,
};
use jiff::civil::Date;

use super::Database;
use crate::output;

#[derive(Debug, Args)]
pub(crate) struct Plan {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Adopt a plan folder: outline, plan, works and rule sets, all or nothing. What officials and owners have decided
    /// since one was loaded stays and is listed.
    Load {
        /// The folder with `plan.toml`.
        folder: PathBuf,
        #[command(flatten)]
        database: Database,
    },
    /// Write the whole plan to a GeoPackage: outline, zones, hamlets, places, roads, constraints, planned objects, works,
    /// targets.
    Export {
        /// The file, such as `plan.gpkg`.
        out: PathBuf,
        /// The plan as it was recorded at the end of this day.
        #[arg(long, value_name = "DAY")]
        as_of: Option<Date>,
        /// A role or an account whose view to write; everything when absent.
        #[arg(long = "as")]
        viewer: Option<String>,
        #[command(flatten)]
        database: Database,
    },
    /// Bring a file of planned objects, such as a filled planned template, into the plan as its next version. Exit 0: all
    /// rows in, 2: some refused, 1: nothing done.
    Import {
        /// The file.
        file: PathBuf,
        /// The class of every row.
        #[arg(long)]
        class: AssetClass,
        /// For whom they are planned.
        #[arg(long)]
        owner: Option<String>,
        /// The column that names for whom.
        #[arg(long, conflicts_with = "owner")]
        owner_field: Option<String>,
        /// The reference system of the file's numbers, such as `EPSG:9210`.
        #[arg(long)]
        crs: Option<String>,
        /// Why.
        #[arg(long, default_value = "")]
        reason: String,
        /// Read and report, and write nothing.
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        database: Database,
    },
}

impl Plan {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        match self.what {
            What::Load { folder, database } => {
                let folder = hatang_exchange::read_plan_folder(&folder, &mut Edge::real().asset_ids())?;
                let desk = database.open().await?;
                let loaded = load_plan(&desk, &Viewer::console(), folder).await?;
                output::line(format!("{}: {} events", loaded.territory, loaded.events));
                for text in &loaded.kept {
                    output::line(format!("kept: {} / {}", text.vi, text.en));
                }
                for text in &loaded.replaced {
                    output::line(format!("replaced: {} / {}", text.vi, text.en));
                }
                Ok(ExitCode::SUCCESS)
            }
            What::Export { out, as_of, viewer, database } => {
                let desk = database.open().await?;
                let who = super::viewer(&desk, viewer.as_deref()).await?;
                let mut bytes = Vec::new();
                let view = viewer.as_deref().unwrap_or("operator");
                let written = export_plan(&desk, &who, as_of, view, &mut bytes).await??;
                // Written beside and renamed, so that a failure leaves the file that was there.
                let beside = out.with_extension("part");
                let put = fs::write(&beside, &bytes).and_then(|()| fs::rename(&beside, &out));
                put.with_context(|| format!("{} cannot be written", out.display()))?;
                output::line(format!("{}: {written}", out.display()));
                Ok(ExitCode::SUCCESS)
            }
            What::Import { file, class, owner, owner_field, crs, reason, dry_run, database } => {
                let bytes = fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
                let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
                let (desk, who) = (database.open().await?, Viewer::console());
                let plan = describe_plan(&desk, &who).await?;
                let seen_version = plan.and_then(|plan| Some(plan.changes.first()?.version)).unwrap_or(0);
                let planned = PlannedFile { name, class, owner, owner_field, crs, seen_version, reason, dry_run };
                let imported = import_planned(&desk, &who, &bytes, planned).await?;
                for finding in &imported.report.findings {
                    let row = finding.row.map_or_else(String::new, |row| format!("{row}: "));
                    output::note(format!("{row}{} / {}", finding.message.vi, finding.message.en));
                }
                let version =
                    imported.version.map_or_else(|| "nothing written".to_owned(), |n| format!("plan version {n}"));
                output::line(format!("{} added, {} planned anew; {version}", imported.added, imported.replaced));
                Ok(match (imported.added + imported.replaced, imported.report.rows_refused) {
                    (0, _) => ExitCode::from(1),
                    (_, 0) => ExitCode::SUCCESS,
                    _ => ExitCode::from(2),
                })
            }
        }
    }
}
