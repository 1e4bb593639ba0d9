//! `hatang rules`: rules that a newer version of the product brings.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use hatang_desk::shipped_rule_sets::{adopt_new_shipped_rules, new_shipped_rules};

use super::{Database, viewer};
use crate::output;

/// Rules that this version of the product brings and the adopted rule sets do not have. Answers are JSON.
#[derive(Debug, Args)]
pub(crate) struct Rules {
    #[command(subcommand)]
    what: What,
    /// The account whose rights to use; everything when absent.
    #[arg(long = "as", global = true)]
    viewer: Option<String>,
    #[command(flatten)]
    database: Database,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List them.
    New,
    /// Take them into the adopted sets, which keep everything that they have.
    Adopt {
        /// The decision that adopts them, or why.
        #[arg(long)]
        reason: String,
    },
}

impl Rules {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let desk = self.database.open().await?;
        let who = viewer(&desk, self.viewer.as_deref()).await?;
        match self.what {
            What::New => output::json(&new_shipped_rules(&desk)?)?,
            What::Adopt { reason } => output::json(&adopt_new_shipped_rules(&desk, &who, &reason).await?)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}
