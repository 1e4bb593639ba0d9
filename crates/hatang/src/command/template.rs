//! `hatang template`

use std::{fs::File, io::BufWriter, path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::Args;
use hatang_core::AssetClass;
use hatang_exchange::write_template;

use crate::output;

/// Writes the workbook of a class: headers, drop-down lists, notes and an example.
#[derive(Debug, Args)]
pub(crate) struct Template {
    /// The workbook, `.xlsx`.
    out: PathBuf,
    /// The class of its rows.
    #[arg(long)]
    class: AssetClass,
    /// For planned objects instead of what stands.
    #[arg(long)]
    planned: bool,
}

impl Template {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let cannot_write = || format!("{} cannot be written", self.out.display());
        let file = BufWriter::new(File::create(&self.out).with_context(cannot_write)?);
        write_template(self.class, self.planned, file).with_context(cannot_write)?;
        output::line(format!("{}", self.out.display()));
        Ok(ExitCode::SUCCESS)
    }
}
