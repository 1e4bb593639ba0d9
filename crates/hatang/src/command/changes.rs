//! `hatang changes`: an import as a change set, step by step, by the same use cases as the page.

use std::{fs::File, path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use hatang_core::{AssetClass, OrganisationCode, Viewer, change_set::ImportMode};
use hatang_desk::imports::{
    ImportOptionsGiven, ImportView,
    act::{acknowledge_import, commit_import, discard_import, revert_import},
    check::check_import,
    upload::{list_imports, show_import, upload_import},
};
use uuid::Uuid;

use super::Database;
use crate::output;

/// A file as a change set: checked against the registry, agreed with, written and undone as one.
#[derive(Debug, Args)]
pub(crate) struct Changes {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    database: Database,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Upload a file and say what it would add, change and give up. Nothing is written to the registry.
    Check {
        /// The file.
        file: PathBuf,
        /// The class of every row.
        #[arg(long)]
        class: AssetClass,
        /// The organisation that owns everything in the file.
        #[arg(long)]
        owner: OrganisationCode,
        /// The reference system of the file's numbers, such as `EPSG:9210`.
        #[arg(long)]
        crs: Option<String>,
        /// The file is all that the owner has of the class: what is missing from it is given up.
        #[arg(long)]
        full_set: bool,
    },
    /// Agree with everything that a checked import would do, and write it.
    Commit {
        /// The import.
        import: Uuid,
    },
    /// Undo a committed import as one.
    Revert {
        /// The import.
        import: Uuid,
        /// Why; no person's name.
        #[arg(long)]
        reason: String,
    },
    /// Give an import up before it is committed.
    Discard {
        /// The import.
        import: Uuid,
    },
    /// List imports, the latest first.
    List,
}

impl Changes {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let desk = self.database.open().await?;
        let who = Viewer::console();
        let view = match self.what {
            What::Check { file, class, owner, crs, full_set } => {
                let bytes = File::open(&file).with_context(|| format!("{} cannot be read", file.display()))?;
                let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
                let mode = if full_set { ImportMode::FullSet } else { ImportMode::Delta };
                let options = ImportOptionsGiven { crs, mode, ..ImportOptionsGiven::new(class, owner) };
                let import = upload_import(&desk, &who, &name, bytes, options, None).await?;
                check_import(&desk, &who, import.id, None).await?
            }
            What::Commit { import } => {
                let view = show_import(&desk, &who, import).await?;
                let kinds: Vec<_> = view.conflicts.iter().map(|conflict| conflict.kind).collect();
                if view.receipt.is_none() {
                    acknowledge_import(&desk, &who, import, view.revision, &kinds).await?;
                }
                commit_import(&desk, &who, import).await?
            }
            What::Revert { import, reason } => {
                let view = show_import(&desk, &who, import).await?;
                revert_import(&desk, &who, import, view.revision, &reason).await?
            }
            What::Discard { import } => discard_import(&desk, &who, import).await?,
            What::List => {
                list_imports(&desk, &who).await?.iter().for_each(tell);
                return Ok(ExitCode::SUCCESS);
            }
        };
        tell(&view);
        for conflict in &view.conflicts {
            output::note(format!("{} / {}", conflict.text.vi, conflict.text.en));
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn tell(view: &ImportView) {
    let tally = view.tally.unwrap_or_default();
    output::line(format!(
        "{} {} {}: {} added, {} changed, {} unchanged, {} missing{}",
        view.id,
        view.state,
        view.file,
        tally.added,
        tally.changed,
        tally.unchanged,
        tally.missing,
        view.receipt.as_ref().map_or_else(String::new, |receipt| format!(
            "; journal {} position {}",
            receipt.territory,
            receipt.seq.unwrap_or_default().0
        )),
    ));
}
