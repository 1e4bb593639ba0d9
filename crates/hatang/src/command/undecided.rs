//! `hatang undecided`

use std::process::ExitCode;

use anyhow::bail;
use clap::Args;
use hatang_core::RuleSetCode;
use hatang_desk::undecided::{Probed, undecided};

use super::{Database, viewer};
use crate::output;

/// Says how much of what is judged nobody can tell, and what would decide it.
#[derive(Debug, Args)]
pub(crate) struct Undecided {
    /// `requests`: the open requests. `grid`: probe requests all over the territory.
    #[arg(long, default_value = "grid")]
    probed: String,
    /// The local rule set; the plan's when absent.
    #[arg(long)]
    ruleset: Option<RuleSetCode>,
    /// An official's role or account whose view to take; everything when absent.
    #[arg(long = "as")]
    viewer: Option<String>,
    /// Write the counts as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    database: Database,
}

impl Undecided {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let Some(probed) = Probed::named(&self.probed) else {
            bail!("`{}` is neither `requests` nor `grid`", self.probed);
        };
        let desk = self.database.open().await?;
        let who = viewer(&desk, self.viewer.as_deref()).await?;
        let counted = undecided(&desk, &who, probed, self.ruleset.as_ref())?;
        if self.json {
            output::json(&counted)?;
            return Ok(ExitCode::SUCCESS);
        }
        let tally = &counted.tally;
        let share = tally.share.map_or_else(String::new, |share| format!(" ({:.1} %)", 100.0 * share));
        output::line(format!(
            "{} structures under {}: {} of {} findings cannot be told{share}",
            counted.items, counted.ruleset, tally.cannot_tell, tally.findings
        ));
        for rule in tally.rules.iter().filter(|rule| 0 < rule.cannot_tell) {
            output::line(format!("  {} {}: {} of {}", rule.rule, rule.name.en, rule.cannot_tell, rule.findings));
        }
        for one in &tally.missing {
            output::line(format!(
                "  {}, such as {}: decided by it alone {}, lacking it {}",
                one.code, one.example.en, one.decided_alone, one.findings
            ));
        }
        output::line(format!("{} of {} hosts cannot be told", tally.hosts_cannot_tell, tally.hosts));
        for one in &tally.host_factors {
            output::line(format!(
                "  {}: {} hosts would be decided by it alone, {} lack it",
                one.factor, one.decided_alone, one.hosts
            ));
        }
        Ok(ExitCode::SUCCESS)
    }
}
