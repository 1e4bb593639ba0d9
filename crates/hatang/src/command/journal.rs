//! `hatang journal verify`

use std::process::ExitCode;

use clap::{Args, Subcommand};
use hatang_core::Viewer;
use hatang_desk::verify_journal::verify_journal;

use super::Database;
use crate::output;

#[derive(Debug, Args)]
pub(crate) struct Journal {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Walk the chains of the journal and of the access log, fold the journal again and compare the current state.
    /// Exit 0: whole, 2: something is wrong; the first broken link is named first.
    Verify {
        #[command(flatten)]
        database: Database,
    },
}

impl Journal {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let What::Verify { database } = self.what;
        let desk = database.open().await?;
        let found = verify_journal(&desk, &Viewer::console()).await?;
        for territory in &found.territories {
            output::line(format!("{}: {} entries, head {}", territory.territory, territory.entries, territory.head));
        }
        if let Some(log) = found.access_log {
            output::line(format!("access log: {} entries, head {}", log.entries, log.head));
        }
        if let Some(first) = found.faults.first() {
            output::line(format!("FIRST BROKEN LINK {first}"));
        }
        for fault in &found.faults {
            output::line(format!("FAULT {fault}"));
        }
        Ok(if found.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) })
    }
}
