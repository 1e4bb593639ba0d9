//! `hatang closing-plan`

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::Args;
use hatang_core::{NetworkCode, Viewer, asset::Technology, coverage_source::SourceId};
use hatang_desk::{
    job::Signal,
    plan_closing::{ClosingQuestion, PlannedSteps, Preference, plan_closing},
};
use uuid::Uuid;

use super::Database;
use crate::output;

#[derive(Debug, Args)]
pub(crate) struct ClosingPlan {
    /// `4g` or `5g`.
    #[arg(long, default_value = "5g")]
    technology: Technology,
    /// The network that would build; any of them when absent.
    #[arg(long)]
    network: Option<NetworkCode>,
    /// `tr38901`, or `p1812` over loaded terrain.
    #[arg(long, default_value = "tr38901")]
    model: String,
    /// The loaded terrain of `p1812`, by its identity; the newest when absent.
    #[arg(long)]
    terrain: Option<Uuid>,
    /// Correct the model by the measurements that are recorded.
    #[arg(long)]
    calibrated: bool,
    /// What may be spent, in million đồng; once for each phase. No limit when absent.
    #[arg(long = "budget", value_name = "MILLION_DONG")]
    phases: Vec<u64>,
    /// How many options may be picked in all.
    #[arg(long)]
    sites: Option<usize>,
    /// Key of an option that is picked in any case.
    #[arg(long, value_name = "KEY")]
    force: Vec<String>,
    /// Key of an option that is not picked in any case.
    #[arg(long, value_name = "KEY")]
    forbid: Vec<String>,
    /// Let cost alone tell means apart, instead of what already stands coming first.
    #[arg(long)]
    cost_only: bool,
    /// Do not look for the optimum.
    #[arg(long)]
    steps_only: bool,
    /// Write the whole plan, with model, figures and reasons, as JSON.
    #[arg(long)]
    out: Option<PathBuf>,
    #[command(flatten)]
    database: Database,
}

impl ClosingPlan {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let desk = self.database.open().await?;
        let mut question: ClosingQuestion =
            serde_json::from_value(serde_json::json!({ "technology": self.technology }))?;
        question.network = self.network;
        question.model = Some(self.model);
        question.terrain = self.terrain.map(SourceId);
        question.calibrated = self.calibrated;
        question.phases = self.phases;
        question.sites = self.sites;
        question.forced = self.force;
        question.forbidden = self.forbid;
        question.preference = if self.cost_only { Preference::CostOnly } else { Preference::InOrder };
        question.exact = !self.steps_only;
        let plan = plan_closing(&desk, &Viewer::console(), &question, &Signal::default())?;
        if let Some(out) = &self.out {
            std::fs::write(out, serde_json::to_vec_pretty(&plan)?)
                .with_context(|| format!("{} cannot be written", out.display()))?;
        }
        output::line(format!(
            "before: {} of {} people, {} of {} places; {} {}; journal position {}{}",
            plan.before.people_covered,
            plan.before.people,
            plan.before.places_covered,
            plan.before.places,
            plan.model.name,
            plan.model.version,
            plan.seq.0,
            if plan.costs_are_placeholders { "; costs are placeholders" } else { "" },
        ));
        tell("step by step", &plan.steps);
        match (&plan.optimum, &plan.no_optimum) {
            (Some(optimum), _) => {
                tell("optimum", optimum);
                output::line(format!(
                    "the steps stay {:.1} % below the optimum",
                    plan.below_optimum_pct.unwrap_or(0.0)
                ));
            }
            (None, Some(why)) => output::line(format!("no optimum: {why}")),
            (None, None) => {}
        }
        for ask in plan.ask_the_owner.iter().take(5) {
            let code = ask.choice.code.as_deref().unwrap_or(&ask.choice.key);
            output::line(format!("ask the owner of {code}: {} people could be reached", ask.choice.alone.people));
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn tell(name: &str, steps: &PlannedSteps) {
    output::line(format!(
        "{name}: {} million đồng, {} new masts, {} people and {} places more, then {} of {}",
        steps.cost,
        steps.new_masts,
        steps.gained.people,
        steps.gained.places,
        steps.after.people_covered,
        steps.after.people
    ));
    for pick in &steps.picks {
        let code = pick.choice.code.as_deref().unwrap_or(&pick.choice.key);
        output::line(format!(
            "  {}. phase {}: {code} ({:?}), {} people, {} places, {} million đồng",
            pick.number, pick.phase, pick.choice.means, pick.gained.people, pick.gained.places, pick.choice.cost
        ));
    }
}
