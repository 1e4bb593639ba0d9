//! `hatang coverage` and `hatang gaps`

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::Args;
use hatang_core::{NetworkCode, Viewer, asset::Technology};
use hatang_desk::{
    coverage_raster::coverage_raster,
    list_gaps::{GapQuestion, list_gaps},
    run_coverage::{CoverageQuestion, Environment, answer_coverage},
};

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
    /// `outdoor`, `indoor` or `in_vehicle`.
    #[arg(long, default_value = "outdoor", value_parser = environment)]
    environment: Environment,
    /// The side of a cell in metres, 10 to 100.
    #[arg(long, default_value_t = 50)]
    cell: u16,
    #[command(flatten)]
    database: Database,
}

fn environment(word: &str) -> Result<Environment, String> {
    let known = Environment::ALL.into_iter().find(|one| one.code() == word);
    known.ok_or_else(|| "it is `outdoor`, `indoor` or `in_vehicle`".to_owned())
}

impl Question {
    fn coverage(&self) -> CoverageQuestion {
        CoverageQuestion {
            technology: self.technology,
            network: self.network.clone(),
            environment: self.environment,
            cell_m: self.cell,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Coverage {
    #[command(flatten)]
    question: Question,
    /// Write the whole report, with model and figures, as JSON; or, to a file named `.tif`, the probability of every cell
    /// as a GeoTIFF.
    #[arg(long)]
    out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Gaps {
    #[command(flatten)]
    question: Question,
    /// Fewer operators than this make a gap: 2 asks for places without a choice.
    #[arg(long, default_value_t = 1)]
    fewer_than: u32,
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
        let run = answer_coverage(&desk, &self.question.coverage())?;
        let report = desk.read(|registry| run.report.for_viewer(registry, &Viewer::console()));
        if let Some(out) = &self.out {
            let is_raster = out.extension().is_some_and(|end| end.eq_ignore_ascii_case("tif"));
            let bytes = if is_raster {
                coverage_raster(&desk, &Viewer::console(), &self.question.coverage())?
            } else {
                serde_json::to_vec_pretty(&report)?
            };
            std::fs::write(out, bytes).with_context(|| format!("{} cannot be written", out.display()))?;
        }
        output::line(format!(
            "{} {} {}: {} of {} people ({}) at {} dBm, p ≥ {}; {} {}, {} placeholder figures; journal position {}",
            report.technology,
            report.environment,
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
        let question = GapQuestion { coverage: self.question.coverage(), fewer_than: self.fewer_than };
        let list = list_gaps(&desk, &viewer, &question)?;
        if self.json {
            output::json(&list)?;
            return Ok(ExitCode::SUCCESS);
        }
        for gap in &list.gaps {
            let hamlets: Vec<&str> = gap.hamlets.iter().map(|hamlet| hamlet.name.as_str()).collect();
            let why = gap.shortfall.as_ref().map_or_else(String::new, |short| {
                format!("; {:.1} dB are missing of a station {:.0} m away", short.missing_db, short.distance_m)
            });
            output::line(format!(
                "{}. {} people, {} places, {:.0} m of road, {:.2} km²: {}{why}",
                gap.rank,
                gap.people,
                gap.places.len(),
                gap.road_m,
                gap.area_m2 / 1e6,
                hamlets.join(", ")
            ));
        }
        Ok(ExitCode::SUCCESS)
    }
}
