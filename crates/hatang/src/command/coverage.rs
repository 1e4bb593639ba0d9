//! `hatang coverage` and `hatang gaps`

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::Args;
use hatang_core::{NetworkCode, Viewer, asset::Technology, coverage_source::SourceId};
use hatang_desk::{
    Desk,
    coverage_choice::{Choice, Method, choose},
    coverage_package::coverage_package,
    coverage_raster::coverage_raster,
    ground_sources::lend_terrain,
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
    model: Model,
    #[command(flatten)]
    database: Database,
}

/// How a run is computed.
#[derive(Debug, Args)]
pub(crate) struct Model {
    /// `tr38901`, or `p1812` over terrain.
    #[arg(long = "model", default_value = "tr38901")]
    name: String,
    /// The terrain of `p1812`: a loaded one by its identity, or a GeoTIFF file for this run only. The newest that is
    /// loaded when absent.
    #[arg(long)]
    terrain: Option<String>,
    /// Correct the model by the measurements that are recorded.
    #[arg(long)]
    calibrated: bool,
}

impl Model {
    /// Puts the choice into a question.
    pub(crate) fn choose(&self, desk: &Desk, question: CoverageQuestion) -> anyhow::Result<CoverageQuestion> {
        let (id, file) = match &self.terrain {
            Some(terrain) => match terrain.parse() {
                Ok(id) => (Some(SourceId(id)), None),
                Err(_) => (None, Some(terrain)),
            },
            None => (None, None),
        };
        let Some(file) = file else {
            let choice = Choice::of(Some(&self.name), id, self.calibrated)?;
            return Ok(choose(desk, &Viewer::console(), question, &choice)?);
        };
        anyhow::ensure!(self.name == "p1812", "only the model p1812 computes over terrain");
        let bytes = std::fs::read(file).with_context(|| format!("{file} cannot be read"))?;
        let sha256 = lend_terrain(desk, &bytes)?;
        let choice = Choice { calibrated: self.calibrated, ..Choice::default() };
        let question = choose(desk, &Viewer::console(), question, &choice)?;
        Ok(CoverageQuestion { method: Method::OverTerrain { sha256 }, ..question })
    }
}

fn environment(word: &str) -> Result<Environment, String> {
    let known = Environment::ALL.into_iter().find(|one| one.code() == word);
    known.ok_or_else(|| "it is `outdoor`, `indoor` or `in_vehicle`".to_owned())
}

impl Question {
    fn coverage(&self, desk: &Desk) -> anyhow::Result<CoverageQuestion> {
        let usual = CoverageQuestion {
            environment: self.environment,
            cell_m: self.cell,
            ..CoverageQuestion::outdoors(self.technology, self.network.as_ref())
        };
        self.model.choose(desk, usual)
    }
}

#[derive(Debug, Args)]
pub(crate) struct Coverage {
    #[command(flatten)]
    question: Question,
    /// Write the whole report, with model and figures, as JSON; or, to a file named `.tif`, the probability of every cell
    /// as a GeoTIFF, or, to one named `.gpkg`, the areas of each level and the hamlets' shares as a GeoPackage.
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
        let question = self.question.coverage(&desk)?;
        let run = answer_coverage(&desk, &question)?;
        let report = desk.read(|registry| run.report.for_viewer(registry, &Viewer::console()));
        if let Some(out) = &self.out {
            let ending = out.extension().map(std::ffi::OsStr::to_ascii_lowercase).unwrap_or_default();
            let bytes = match ending.to_str() {
                Some("tif") => coverage_raster(&desk, &Viewer::console(), &question)?,
                Some("gpkg") => coverage_package(&desk, &Viewer::console(), &question)?,
                _ => serde_json::to_vec_pretty(&report)?,
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
        tell_choice(&report.model);
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

/// Says what is not as usual about a run.
fn tell_choice(model: &hatang_desk::run_coverage::Model) {
    if let Some(over) = &model.over_terrain {
        let dated = over.terrain.dated.map_or_else(|| "of no stated day".to_owned(), |day| format!("of {day}"));
        output::line(format!(
            "  terrain {dated}, {}, SHA-256 {}, profiles every {} m",
            over.terrain.source, over.terrain.sha256, over.step_m
        ));
    }
    for fit in model.calibration.iter().flat_map(|applied| &applied.classes) {
        let told = match (fit.offset_db, fit.sigma_db, fit.rms_db) {
            (Some(offset), Some(sigma), Some((before, after))) => {
                format!("{offset:+.1} dB, sigma {sigma:.1} dB; residuals {before:.1} dB before, {after:.1} dB after")
            }
            _ => "too few, left as it is".to_owned(),
        };
        output::line(format!("  corrected by {} measurements over {} land: {told}", fit.measurements, fit.land.code()));
    }
}

impl Gaps {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let desk = self.question.database.open().await?;
        let viewer = Viewer::console();
        let question = GapQuestion { coverage: self.question.coverage(&desk)?, fewer_than: self.fewer_than };
        let list = list_gaps(&desk, &viewer, &question)?;
        if self.json {
            output::json(&list)?;
            return Ok(ExitCode::SUCCESS);
        }
        for gap in &list.gaps {
            let hamlets: Vec<&str> = gap.hamlets.iter().map(|hamlet| hamlet.name.as_str()).collect();
            let why = gap.shortfall.as_ref().map_or_else(String::new, |short| {
                let blocked = short.blocked.as_ref().map_or_else(String::new, |in_the_way| {
                    let what = if in_the_way.is_ground { "ground" } else { "buildings or trees" };
                    format!(", {what} {:.0} m above the ray {:.0} m from it", in_the_way.above_m, in_the_way.distance_m)
                });
                format!("; {:.1} dB are missing of a station {:.0} m away{blocked}", short.missing_db, short.distance_m)
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
