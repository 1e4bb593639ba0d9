//! `hatang screen`

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::Args;
use hatang_core::{RuleSetCode, Viewer};
use hatang_desk::{
    account::viewer_of_account,
    screen_request::{ScreenedItem, screen_request_on},
};

use super::Database;
use crate::output;

/// Judges a build request.
#[derive(Debug, Args)]
pub(crate) struct Screen {
    /// GeoJSON `Feature` or `FeatureCollection` with the request's items.
    request: PathBuf,
    /// The rule set; the plan's own when absent.
    #[arg(long)]
    ruleset: Option<RuleSetCode>,
    /// The day whose rules and plan judge; today when absent.
    #[arg(long)]
    on: Option<jiff::civil::Date>,
    /// Judge by what this account may see; everything when absent.
    #[arg(long = "as")]
    account: Option<String>,
    /// Write the whole answer as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    database: Database,
}

impl Screen {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let request =
            std::fs::read(&self.request).with_context(|| format!("{} cannot be read", self.request.display()))?;
        let desk = self.database.open().await?;
        let viewer = match &self.account {
            Some(name) => viewer_of_account(&desk, name).await?,
            None => Viewer::console(),
        };
        let on = self.on.unwrap_or_else(|| desk.today());
        let screening = screen_request_on(&desk, &viewer, &request, self.ruleset.as_ref(), on)?;
        if self.json {
            output::json(&screening)?;
            return Ok(ExitCode::SUCCESS);
        }
        output::line(format!("{} · journal position {}", screening.ruleset, screening.seq.0));
        for (number, item) in screening.items.iter().enumerate() {
            output::line(format!("{}. {}", number + 1, item.request.class));
            tell(item);
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Tells one item's answer in Vietnamese, a line for each finding, host and work.
fn tell(item: &ScreenedItem) {
    for finding in &item.screened.findings {
        output::line(format!("   {} v{}: {} — {}", finding.rule, finding.version, finding.verdict, finding.reason_vi));
    }
    for host in &item.screened.hosts {
        output::line(format!(
            "   → {} {} {}: {} ± {} m, {}",
            host.class,
            host.code.as_ref().map_or("–", |code| code.as_str()),
            host.owner,
            host.distance_m,
            host.accuracy_m,
            host.verdict.code()
        ));
    }
    for works in &item.screened.dig_once {
        output::line(format!("   ⛏ {}: {}", works.works, works.reason_vi));
    }
    if let Some(effect) = &item.coverage_effect {
        output::line(format!("   + {} {}: {}", effect.technology, effect.network, effect.people_newly_covered));
    }
}
