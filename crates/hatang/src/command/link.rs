//! `hatang link`

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::Args;
use hatang_core::{Metres, asset::Technology};
use hatang_desk::link_losses::{Formula, LinkQuestion, link_loss, link_losses};

use crate::output;

/// Computes links; needs no database.
#[derive(Debug, Args)]
pub(crate) struct Link {
    /// A table of links: scenario, cond (LOS or NLOS), `f_mhz`, `h_bs_m`, `h_ut_m`, `d2d_m`, and where the scenario asks for
    /// them `W_m`, `h_bldg_m`, vegetation. The same table comes back with `path_loss_db` and its company.
    #[arg(long, conflicts_with = "scenario", required_unless_present = "scenario")]
    csv: Option<PathBuf>,
    /// Write the table here; to the terminal when absent.
    #[arg(long, requires = "csv")]
    out: Option<PathBuf>,
    /// One link: `RMa`, `SMa`, `UMa`, `UMi`, `eHata-urban`, `eHata-suburban`, `eHata-rural` or `FSPL`.
    #[arg(long, requires_all = ["f_mhz", "h_bs_m", "d2d_m"])]
    scenario: Option<Formula>,
    /// Carrier frequency, in MHz.
    #[arg(long = "f-mhz")]
    f_mhz: Option<f64>,
    /// Height of the station's antenna above ground, in metres.
    #[arg(long = "h-bs-m", value_parser = metres)]
    h_bs_m: Option<Metres>,
    /// Distance along the ground, in metres.
    #[arg(long = "d2d-m", value_parser = metres)]
    d2d_m: Option<Metres>,
    /// Height of the handset above ground, in metres.
    #[arg(long = "h-ut-m", value_parser = metres, default_value = "1.5")]
    h_ut_m: Metres,
    /// Mean height of buildings, in metres; the usual one of the scenario when absent.
    #[arg(long = "h-bldg-m", value_parser = metres)]
    h_bldg_m: Option<Metres>,
    /// Mean width of streets, in metres; the usual one of the scenario when absent.
    #[arg(long = "w-m", value_parser = metres)]
    w_m: Option<Metres>,
    /// Whose powers and threshold the received signal is worked out with.
    #[arg(long, default_value = "5g")]
    technology: Technology,
    /// The station's radiated power per cell and port, in dBm; the placeholder of the technology when absent.
    #[arg(long = "eirp-dbm")]
    eirp_dbm: Option<f64>,
    /// Write the answer for one link as JSON.
    #[arg(long, requires = "scenario")]
    json: bool,
}

fn metres(text: &str) -> Result<Metres, String> {
    let number: f64 = text.parse().map_err(|_| format!("`{text}` is not a number"))?;
    Metres::new(number).map_err(|error| error.to_string())
}

impl Link {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        if let Some(csv) = &self.csv {
            return self.table(csv);
        }
        let (Some(formula), Some(frequency_mhz), Some(antenna_height), Some(distance)) =
            (self.scenario, self.f_mhz, self.h_bs_m, self.d2d_m)
        else {
            anyhow::bail!("one link needs --scenario, --f-mhz, --h-bs-m and --d2d-m");
        };
        let answer = link_loss(&LinkQuestion {
            formula,
            frequency_mhz,
            antenna_height,
            handset_height: self.h_ut_m,
            distance,
            built: (self.h_bldg_m, self.w_m),
            technology: self.technology,
            eirp_dbm: self.eirp_dbm,
        })?;
        if self.json {
            output::json(&answer)?;
            return Ok(ExitCode::SUCCESS);
        }
        output::line(format!("path loss LOS  {:8.2} dB  sigma {:.2} dB", answer.los_db, answer.los_sigma_db));
        output::line(format!("path loss NLOS {:8.2} dB  sigma {:.2} dB", answer.nlos_db, answer.nlos_sigma_db));
        if let Some(share) = answer.los_probability {
            output::line(format!("P(LOS)         {share:8.4}"));
        }
        for received in &answer.received {
            let share = received.probability.map_or_else(|| "–".to_owned(), |share| format!("{share:.3}"));
            output::line(format!(
                "{:10} RSRP LOS {:7.1} dBm, NLOS {:7.1} dBm; P(RSRP ≥ {} dBm) {share}",
                received.environment.code(),
                received.los_dbm,
                received.nlos_dbm,
                answer.threshold_dbm,
            ));
        }
        for note in &answer.notes {
            output::note(format!("note: {}", note.code()));
        }
        if answer.received.is_empty() {
            output::note(format!("no {} carrier's figures speak for {frequency_mhz} MHz", self.technology));
        } else if !answer.placeholders.is_empty() {
            output::note(format!("placeholder figures: {}", answer.placeholders.join(", ")));
        }
        Ok(ExitCode::SUCCESS)
    }

    fn table(&self, csv: &std::path::Path) -> anyhow::Result<ExitCode> {
        let bytes = std::fs::read(csv).with_context(|| format!("{} cannot be read", csv.display()))?;
        let file = link_losses(&bytes)?;
        match &self.out {
            Some(out) => {
                std::fs::write(out, &file.bytes).with_context(|| format!("{} cannot be written", out.display()))?;
            }
            None => output::line(String::from_utf8_lossy(&file.bytes).trim_end()),
        }
        for row in &file.refused {
            let sentence = format!("line {}: {} `{}`: {}", row.line, row.column, row.value, row.reason.vi);
            output::note(format!("{sentence} / {}", row.reason.en));
        }
        output::note(format!("{} links computed, {} refused", file.computed, file.refused.len()));
        Ok(match (file.computed, file.refused.len()) {
            (_, 0) => ExitCode::SUCCESS,
            (0, _) => ExitCode::from(1),
            _ => ExitCode::from(2),
        })
    }
}
