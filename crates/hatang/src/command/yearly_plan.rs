//! `hatang yearly-plan`: carriers' plans for a year, by the same use cases as the page.

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use hatang_core::{AssetClass, OrganisationCode, case::CaseId};
use hatang_desk::{
    save_draft::{Draft, save_draft},
    submit_case::submit_case,
    yearly_plans::{
        AdoptedItem, Adoption, ItemsFile, adopt_yearly_plans, consolidate_yearly_plans, read_items_of_file,
    },
};

use super::{Database, viewer};
use crate::output;

/// Plans that carriers hand in for a year: put together, handed in, adopted. Answers are JSON, as over HTTP.
#[derive(Debug, Args)]
pub(crate) struct YearlyPlan {
    #[command(subcommand)]
    what: What,
    /// The account whose view and rights to use; everything when absent. Only an applicant's own account hands in.
    #[arg(long = "as", global = true)]
    viewer: Option<String>,
    #[command(flatten)]
    database: Database,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Show what was handed in for a year, each structure judged as if all others were planned.
    Show {
        /// The year.
        year: u32,
    },
    /// Hand in a file of planned structures, such as a filled planned template. Exit 2 when rows were refused.
    HandIn {
        /// The year.
        year: u32,
        /// The file.
        file: PathBuf,
        /// The class of every row.
        #[arg(long)]
        class: AssetClass,
        /// Whose plan it is.
        #[arg(long)]
        owner: OrganisationCode,
        /// What to call it.
        #[arg(long)]
        title: Option<String>,
        /// The reference system of the file's numbers; what the file itself declares when left out.
        #[arg(long)]
        crs: Option<String>,
    },
    /// Take structures into the commune's plan, as its next version.
    Adopt {
        /// The year.
        year: u32,
        /// Structures: `CASE/NUMBER`.
        #[arg(required = true, value_parser = structure, value_name = "CASE/NUMBER")]
        items: Vec<AdoptedItem>,
        /// The version of the plan that was seen.
        #[arg(long)]
        seen: u32,
        /// The decision that adopts them, or why.
        #[arg(long)]
        reason: String,
    },
}

impl YearlyPlan {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let desk = self.database.open().await?;
        let who = viewer(&desk, self.viewer.as_deref()).await?;
        match self.what {
            What::Show { year } => output::json(&consolidate_yearly_plans(&desk, &who, year).await?)?,
            What::HandIn { year, file, class, owner, title, crs } => {
                let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
                let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let read = read_items_of_file(&desk, &who, &bytes, ItemsFile { name, class, owner, year, crs })?;
                let request = read.request.to_string().into_bytes();
                let draft = Draft { title: title.as_deref(), rule_set: None, request: &request };
                let saved = save_draft(&desk, &who, draft).await?;
                output::json(&submit_case(&desk, &who, saved.id, saved.version).await?)?;
                if 0 < read.report.rows_refused {
                    output::json(&read.report)?;
                    return Ok(ExitCode::from(2));
                }
            }
            What::Adopt { year, items, seen, reason } => {
                let adoption = Adoption { seen_version: seen, reason, items };
                output::json(&adopt_yearly_plans(&desk, &who, year, adoption).await?)?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn structure(text: &str) -> Result<AdoptedItem, String> {
    let (case, number) = text.split_once('/').ok_or("expected CASE/NUMBER")?;
    let case: CaseId = case.parse().map_err(|_| format!("`{case}` is no request's identity"))?;
    Ok(AdoptedItem { case, number: number.parse().map_err(|_| format!("`{number}` is no number"))? })
}
