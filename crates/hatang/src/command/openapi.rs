//! `hatang openapi`

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::Args;

use crate::output;

/// Writes the OpenAPI document, which is the only door between the server and the browser.
#[derive(Debug, Args)]
pub(crate) struct Openapi {
    /// Where to; standard output when absent.
    out: Option<PathBuf>,
}

impl Openapi {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let mut document = hatang_api::openapi().to_pretty_json()?;
        match self.out {
            Some(out) => {
                document.push('\n');
                std::fs::write(&out, document).with_context(|| format!("{} cannot be written", out.display()))?;
            }
            None => output::line(document),
        }
        Ok(ExitCode::SUCCESS)
    }
}
