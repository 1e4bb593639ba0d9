//! `hatang duplicate`: records that are likely of one structure, by the same use cases as the page.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use hatang_core::{
    AssetClass, AssetId, Version,
    duplicate::{DuplicateAct, DuplicateState},
};
use hatang_desk::duplicates::{DuplicateDecision, DuplicateQuery, decide_duplicate, list_duplicates};

use super::{Database, viewer};
use crate::output;

/// Likely duplicates: listed, made one, or kept apart. Answers are JSON, as over HTTP.
#[derive(Debug, Args)]
pub(crate) struct Duplicate {
    #[command(subcommand)]
    what: What,
    /// The account whose view and rights to use; everything when absent.
    #[arg(long = "as", global = true)]
    viewer: Option<String>,
    #[command(flatten)]
    database: Database,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List groups of records that are likely of one structure.
    List {
        /// `proposed`, `merged` or `apart`.
        #[arg(long, default_value = "proposed")]
        state: DuplicateState,
        /// Only of this class.
        #[arg(long)]
        class: Option<AssetClass>,
        /// The `next` of the page before.
        #[arg(long)]
        after: Option<AssetId>,
    },
    /// Make one record of several, or say that they are of different structures.
    Decide {
        /// `merge`, `keep_apart` or `agree`.
        act: DuplicateAct,
        /// The records, each at the version that was seen: `ID@VERSION`.
        #[arg(required = true, num_args = 2.., value_parser = seen, value_name = "ID@VERSION")]
        assets: Vec<(AssetId, Version)>,
        /// The record that is to stand.
        #[arg(long)]
        kept: Option<AssetId>,
        /// Why; needed to keep records apart. No person's name.
        #[arg(long)]
        reason: Option<String>,
    },
}

impl Duplicate {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let desk = self.database.open().await?;
        let who = viewer(&desk, self.viewer.as_deref()).await?;
        match self.what {
            What::List { state, class, after } => {
                let query = DuplicateQuery { class, state, after, limit: usize::MAX };
                output::json(&list_duplicates(&desk, &who, &query)?)?;
            }
            What::Decide { act, assets, kept, reason } => {
                let decision = DuplicateDecision { assets, act, kept, reason };
                output::json(&decide_duplicate(&desk, &who, decision).await?)?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn seen(text: &str) -> Result<(AssetId, Version), String> {
    let (id, version) = text.split_once('@').ok_or("expected ID@VERSION")?;
    let version = version.parse().map_err(|_| format!("`{version}` is no version"))?;
    Ok((id.parse().map_err(|_| format!("`{id}` is no identity"))?, Version(version)))
}
