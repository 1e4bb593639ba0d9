//! `hatang coverage-hexagons`

use std::process::ExitCode;

use clap::Args;
use hatang_core::{NetworkCode, Viewer, asset::Technology};
use hatang_desk::{coverage_hexagons::coverage_hexagons, run_coverage::CoverageQuestion};

use super::Database;
use crate::output;

/// Each hexagon's covered share.
#[derive(Debug, Args)]
pub(crate) struct CoverageHexagons {
    /// `4g` or `5g`.
    #[arg(long, default_value = "5g")]
    technology: Technology,
    /// One network; all together when absent.
    #[arg(long)]
    network: Option<NetworkCode>,
    /// H3 resolution: 9 (about 0.115 km²) or 10 (about 0.016 km²).
    #[arg(long, default_value_t = 9)]
    resolution: u8,
    #[command(flatten)]
    database: Database,
}

impl CoverageHexagons {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let desk = self.database.open().await?;
        let question = CoverageQuestion::outdoors(self.technology, self.network.as_ref());
        let report = coverage_hexagons(&desk, &Viewer::console(), &question, self.resolution)?;
        output::line("h3,lon,lat,parts,parts_covered,share");
        for hexagon in &report.hexagons {
            output::line(format!(
                "{},{:.7},{:.7},{},{},{:.4}",
                hexagon.h3,
                hexagon.centre.lon(),
                hexagon.centre.lat(),
                hexagon.parts,
                hexagon.parts_covered,
                hexagon.share,
            ));
        }
        output::note(format!(
            "{} hexagons of resolution {}, by the centres of their parts of resolution 11; {} {}; journal position {}",
            report.hexagons.len(),
            self.resolution,
            report.model.0,
            report.model.1,
            report.seq.0,
        ));
        Ok(ExitCode::SUCCESS)
    }
}
