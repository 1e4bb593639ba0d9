//! `hatang coverage-runs`

use std::{
    ops::ControlFlow,
    process::ExitCode,
    sync::atomic::{AtomicU64, Ordering},
};

use clap::{Args, Subcommand};
use hatang_core::{NetworkCode, Viewer, asset::Technology};
use hatang_desk::{
    keep_coverage::{Environment, KeptRun, Progress, keep_coverage, kept_runs, prove_coverage},
    run_coverage::CoverageQuestion,
};

use super::{Database, coverage::Model};
use crate::output;

/// Runs that are kept with everything they were computed from.
#[derive(Debug, Args)]
pub(crate) struct CoverageRuns {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    database: Database,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Compute a run and keep it. One that was broken off goes on where it stopped.
    Keep {
        /// `4g` or `5g`.
        #[arg(long, default_value = "5g")]
        technology: Technology,
        /// One network; all together when absent.
        #[arg(long)]
        network: Option<NetworkCode>,
        /// `outdoor`, `indoor` or `in_vehicle`.
        #[arg(long, default_value = "outdoor", value_parser = environment)]
        environment: Environment,
        /// The side of a cell in metres, 10 to 100.
        #[arg(long, default_value_t = 50)]
        cell: u16,
        #[command(flatten)]
        model: Model,
    },
    /// List the kept runs, the latest first.
    List,
    /// Compute a kept run again from its own inputs and compare every byte. Exit 0: the same, 2: not.
    Prove {
        /// The run's name, or its beginning.
        run: String,
    },
}

fn environment(word: &str) -> Result<Environment, String> {
    let known = Environment::ALL.into_iter().find(|environment| environment.code() == word);
    known.ok_or_else(|| format!("`{word}` is none of outdoor, indoor, in_vehicle"))
}

/// Tells every tenth of a long run.
struct Tenths(AtomicU64);

impl Progress for Tenths {
    fn cells(&self, done: u64, of: u64) -> ControlFlow<()> {
        let tenth = done * 10 / of.max(1);
        if self.0.fetch_max(tenth, Ordering::Relaxed) < tenth && 100_000 < of {
            output::note(format!("{} % of {of} cells", tenth * 10));
        }
        ControlFlow::Continue(())
    }
}

fn tell(run: &KeptRun) {
    let result = run.result.as_deref().unwrap_or("not finished");
    output::line(format!("{} {} {} journal position {}", run.run, run.started_at, result, run.seq.0));
}

impl CoverageRuns {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let desk = self.database.open().await?;
        let who = Viewer::console();
        match self.what {
            What::Keep { technology, network, environment, cell, model } => {
                let usual = CoverageQuestion::outdoors(technology, network.as_ref());
                let question = model.choose(&desk, CoverageQuestion { environment, cell_m: cell, ..usual })?;
                tell(&keep_coverage(&desk, &who, &question, &Tenths(AtomicU64::new(0))).await?);
            }
            What::List => kept_runs(&desk, &who, 100).await?.iter().for_each(tell),
            What::Prove { run } => {
                let proved = prove_coverage(&desk, &who, &run).await?;
                tell(&proved.run);
                if !proved.different.is_empty() {
                    output::note(format!("pieces that differ: {:?}", proved.different));
                    return Ok(ExitCode::from(2));
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
