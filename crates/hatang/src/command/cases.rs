//! `hatang cases`

use std::process::ExitCode;

use clap::Args;
use hatang_core::{Viewer, case::CaseState};
use hatang_desk::{
    account::viewer_of_account,
    list_cases::{CaseFilter, list_cases},
};

use super::Database;
use crate::output;

/// Lists the build requests that were handed in, newest first, and which of them are to be re-rated.
#[derive(Debug, Args)]
pub(crate) struct Cases {
    /// Only those that have come so far: draft, submitted, withdrawn.
    #[arg(long)]
    state: Option<CaseState>,
    /// Only those whose screening would come out differently now.
    #[arg(long)]
    expired: bool,
    /// What this account may see; whatever was handed in when absent.
    #[arg(long = "as")]
    account: Option<String>,
    /// Write the list as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    database: Database,
}

impl Cases {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let desk = self.database.open().await?;
        let viewer = match &self.account {
            Some(name) => viewer_of_account(&desk, name).await?,
            None => Viewer::console(),
        };
        let filter = CaseFilter { state: self.state, expired: self.expired, ..CaseFilter::default() };
        let listed = list_cases(&desk, &viewer, &filter, None, usize::MAX);
        if self.json {
            output::json(&listed)?;
            return Ok(ExitCode::SUCCESS);
        }
        for row in &listed.cases {
            let title = row.title.as_deref().unwrap_or_default();
            let changes = if row.changes == 0 { String::new() } else { format!(" · {} to re-rate", row.changes) };
            output::line(format!("{} {} {} {title}{changes}", row.reference, row.state, row.applicant));
        }
        output::line(format!("{} requests", listed.number_matched));
        Ok(ExitCode::SUCCESS)
    }
}
