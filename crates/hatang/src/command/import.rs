//! `hatang import`

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::{ArgGroup, Args};
use hatang_core::{AssetClass, OrganisationCode, Viewer};
use hatang_crs::Crs;
use hatang_desk::import_assets::{ImportRequest, import_assets};
use hatang_exchange::OwnerSource;

use super::Database;
use crate::output;

/// How many findings are told on the terminal; the report file holds all.
const TOLD: usize = 20;

/// Brings a file's assets into the registry.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("whose").required(true).args(["owner", "owner_field"]))]
pub(crate) struct Import {
    /// GeoJSON or CSV, plain or gzip-compressed.
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
    /// Our field and the file's column: `--map lon=longitude height_m=structure_height`.
    #[arg(long, num_args = 1.., value_parser = field_and_column, value_name = "FIELD=COLUMN")]
    map: Vec<(String, String)>,
    /// Read and report, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Write the report as JSON.
    #[arg(long)]
    report: Option<PathBuf>,
    #[command(flatten)]
    database: Database,
}

fn field_and_column(text: &str) -> Result<(String, String), String> {
    let (field, column) = text.split_once('=').ok_or("expected FIELD=COLUMN")?;
    Ok((field.to_owned(), column.to_owned()))
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
            map: self.map.into_iter().collect(),
            merge_same_position: self.merge_same_position,
            dry_run: self.dry_run,
        };
        let desk = self.database.open().await?;
        let outcome = import_assets(&desk, &Viewer::console(), &name, &bytes, &request).await?;
        let report = &outcome.report;
        if let Some(path) = &self.report {
            std::fs::write(path, serde_json::to_vec_pretty(&outcome)?)
                .with_context(|| format!("{} cannot be written", path.display()))?;
        }
        for finding in report.findings.iter().take(TOLD) {
            let row = finding.row.map_or_else(String::new, |row| format!("{row}: "));
            output::note(format!("{row}{} / {}", finding.message.vi, finding.message.en));
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
                |receipt| format!("; journal {} position {}", receipt.territory, receipt.seq.0)
            ),
        ));
        Ok(match (report.rows_accepted, report.rows_refused) {
            (0, _) => ExitCode::from(1),
            (_, 0) => ExitCode::SUCCESS,
            _ => ExitCode::from(2),
        })
    }
}
