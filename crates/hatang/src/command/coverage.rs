//! `hatang coverage` and `hatang gaps`

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::Args;
use hatang_core::{NetworkCode, Viewer, asset::Technology};
use hatang_desk::{list_gaps::list_gaps, run_coverage::run_coverage};

use super::Database;
use crate::output;

#[derive(Debug, Args)]
pub(crate) struct Question {
    /// `4g` or `5g`.
    #[arg(long, default_value = "5g")]
    technology: Technology,
    /// One network; all together when absent.
    #[arg(long)]
    network: Option<NetworkCode>,
    #[command(flatten)]
    database: Database,
}

#[derive(Debug, Args)]
pub(crate) struct Coverage {
    #[command(flatten)]
    question: Question,
    /// Write the whole report, with model and figures, as JSON.
    #[arg(long)]
    out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Gaps {
    #[command(flatten)]
    question: Question,
    /// Write the list as JSON.
    #[arg(long)]
    json: bool,
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{:.1} %", 100.0 * share))
}

impl Coverage {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let desk = self.question.database.open().await?;
        let run = run_coverage(&desk, self.question.technology, self.question.network.as_ref())?;
        let report = desk.read(|registry| run.report.for_viewer(registry, &Viewer::console()));
        if let Some(out) = &self.out {
            std::fs::write(out, serde_json::to_vec_pretty(&report)?)
                .with_context(|| format!("{} cannot be written", out.display()))?;
        }
        output::line(format!(
            "{} {}: {} of {} people ({}) at {} dBm, p ≥ {}; {} {}, {} placeholder figures; journal position {}",
            report.technology,
            report.network.as_ref().map_or_else(|| "all networks".to_owned(), ToString::to_string),
            report.people_covered,
            report.people,
            percent(report.share),
            report.threshold_dbm,
            report.probability,
            report.model.name,
            report.model.version,
            report.model.placeholders.len(),
            report.seq.0,
        ));
        for hamlet in &report.hamlets {
            output::line(format!(
                "  {}: {} / {} ({})",
                hamlet.name,
                hamlet.people_covered,
                hamlet.people,
                percent(hamlet.share)
            ));
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Gaps {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let desk = self.question.database.open().await?;
        let viewer = Viewer::console();
        let list = list_gaps(&desk, &viewer, self.question.technology, self.question.network.as_ref())?;
        if self.json {
            output::json(&list)?;
            return Ok(ExitCode::SUCCESS);
        }
        for gap in &list.gaps {
            let hamlets: Vec<&str> = gap.hamlets.iter().map(|hamlet| hamlet.name.as_str()).collect();
            output::line(format!(
                "{}. {} people, {} places, {:.2} km²: {}",
                gap.rank,
                gap.people,
                gap.places.len(),
                gap.area_m2 / 1e6,
                hamlets.join(", ")
            ));
        }
        Ok(ExitCode::SUCCESS)
    }
}
