//! `hatang import`

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, bail};
use clap::{ArgGroup, Args};
use hatang_core::{AssetClass, OrganisationCode, Viewer};
use hatang_crs::Crs;
use hatang_desk::import_assets::{ImportRequest, import_assets};
use hatang_exchange::{Axes, CrsVerdict, DecimalMark, Encoding, OwnerSource, ReportFormat, write_report};

use super::Database;
use crate::output;

/// How many findings are told on the terminal; the report file holds all.
const TOLD: usize = 20;

/// Brings a file's assets into the registry.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("whose").required(true).args(["owner", "owner_field"]))]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub(crate) struct Import {
    /// GeoJSON, CSV, XLSX, KML, KMZ, GeoPackage or a zipped Shapefile; text also gzip-compressed.
    file: PathBuf,
    /// The class of every row.
    #[arg(long)]
    class: AssetClass,
    /// The organisation that owns everything in the file.
    #[arg(long)]
    owner: Option<OrganisationCode>,
    /// The column that names each row's owner.
    #[arg(long)]
    owner_field: Option<String>,
    /// Rows at exactly the same position are one asset with several tenants.
    #[arg(long)]
    merge_same_position: bool,
    /// The reference system of the file's numbers, such as `EPSG:9210`; WGS 84 when absent.
    #[arg(long)]
    crs: Option<Crs>,
    /// `--crs` holds even where the file itself declares another system.
    #[arg(long, requires = "crs")]
    crs_overrides_file: bool,
    /// Keep the file although its numbers speak for another reference system.
    #[arg(long)]
    accept_crs: bool,
    /// Which of a position's two numbers comes first: `east-first` or `north-first` (VN-2000's X, Y).
    #[arg(long, default_value = "east-first")]
    axes: Axes,
    /// How the file's letters are written: utf-8, utf-16le, utf-16be, windows-1258, windows-1252, tcvn3 or vni; found
    /// when absent.
    #[arg(long)]
    encoding: Option<Encoding>,
    /// The mark before decimals where that is not clear: `point` or `comma`.
    #[arg(long)]
    decimal: Option<DecimalMark>,
    /// The layer, sheet or table of a file that has several.
    #[arg(long)]
    layer: Option<String>,
    /// Our field and the file's column: `--map lon=longitude height_m=structure_height`.
    #[arg(long, num_args = 1.., value_parser = super::field_and_value, value_name = "FIELD=COLUMN")]
    map: Vec<(String, String)>,
    /// Read and report, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Write the report; its ending is the format: .json, .html, .csv or .xlsx.
    #[arg(long)]
    report: Option<PathBuf>,
    #[command(flatten)]
    database: Database,
}

/// The format of a report by its file's ending; none is JSON with the receipt.
fn report_format(path: &Path) -> anyhow::Result<Option<ReportFormat>> {
    match path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).as_deref() {
        Some("json") => Ok(None),
        Some("html") => Ok(Some(ReportFormat::Html)),
        Some("csv") => Ok(Some(ReportFormat::Csv)),
        Some("xlsx") => Ok(Some(ReportFormat::Xlsx)),
        _ => bail!("{}: a report is .json, .html, .csv or .xlsx", path.display()),
    }
}

impl Import {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let bytes = std::fs::read(&self.file).with_context(|| format!("{} cannot be read", self.file.display()))?;
        let name = self.file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let owner = match (self.owner, self.owner_field) {
            (Some(owner), _) => OwnerSource::Code(owner),
            (None, field) => OwnerSource::Field(field.unwrap_or_default()),
        };
        let request = ImportRequest {
            class: self.class,
            owner,
            crs: self.crs,
            crs_overrides_file: self.crs_overrides_file,
            accept_crs: self.accept_crs,
            axes: self.axes,
            encoding: self.encoding,
            decimal: self.decimal,
            layer: self.layer,
            map: self.map.into_iter().collect(),
            merge_same_position: self.merge_same_position,
            dry_run: self.dry_run,
        };
        let report_format = self.report.as_deref().map(report_format).transpose()?.flatten();
        let desk = self.database.open().await?;
        let outcome = import_assets(&desk, &Viewer::console(), &name, &bytes, &request).await?;
        let report = &outcome.report;
        if let Some(path) = &self.report {
            let mut bytes = Vec::new();
            match report_format {
                Some(format) => write_report(report, format, &mut bytes)?,
                None => bytes = serde_json::to_vec_pretty(&outcome)?,
            }
            std::fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display()))?;
        }
        for finding in report.findings.iter().take(TOLD) {
            let row = finding.row.map_or_else(String::new, |row| format!("{row}: "));
            output::note(format!("{row}{} / {}", finding.message.vi, finding.message.en));
        }
        for conflict in &outcome.conflicts {
            output::note(format!("{} / {}", conflict.text.vi, conflict.text.en));
        }
        if TOLD < report.findings.len() {
            output::note(format!("… {} more in the report", report.findings.len() - TOLD));
        }
        output::line(format!(
            "{name}: {} rows, {} accepted, {} refused, {} assets{}",
            report.rows_total,
            report.rows_accepted,
            report.rows_refused,
            report.assets,
            outcome.receipt.as_ref().map_or_else(
                || "; nothing written".to_owned(),
                |receipt| format!("; journal {} position {}", receipt.territory, receipt.seq.unwrap_or_default().0)
            ),
        ));
        if report.crs_check.verdict == CrsVerdict::Suspected && outcome.receipt.is_none() {
            for correction in &report.crs_check.corrections {
                let axes = match correction.axes {
                    Axes::EastFirst => "east-first",
                    Axes::NorthFirst => "north-first",
                };
                output::note(format!(
                    "{} / {}: --crs {} --crs-overrides-file --axes {axes}",
                    correction.title.vi, correction.title.en, correction.crs
                ));
            }
            output::note("Giữ nguyên như đã khai / keep it as declared: --accept-crs");
            return Ok(ExitCode::from(1));
        }
        Ok(match (report.rows_accepted, report.rows_refused) {
            (0, _) => ExitCode::from(1),
            (_, 0) => ExitCode::SUCCESS,
            _ => ExitCode::from(2),
        })
    }
}
