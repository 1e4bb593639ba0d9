//! `hatang account add` and `disable`

use std::{io::Read as _, process::ExitCode};

use anyhow::{Context as _, ensure};
use clap::{Args, Subcommand};
use hatang_core::{OrganisationCode, Role, Viewer};
use hatang_desk::account::{NewAccount, add_account, disable_account};

use super::Database;
use crate::output;

/// The shortest password that is taken, in characters.
const SHORTEST_PASSWORD: usize = 10;

#[derive(Debug, Args)]
pub(crate) struct Account {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Open an account. The password is read from standard input, so that no shell remembers it.
    Add {
        /// The name to sign in with.
        name: String,
        /// What the account may be, such as `assessor` or `carrier_editor`.
        #[arg(long)]
        role: Role,
        /// Whom it acts for.
        #[arg(long)]
        organisation: Option<OrganisationCode>,
        #[command(flatten)]
        database: Database,
    },
    /// Close an account and end its sessions.
    Disable {
        /// The account's name.
        name: String,
        #[command(flatten)]
        database: Database,
    },
}

impl Account {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let (name, role, organisation, database) = match self.what {
            What::Add { name, role, organisation, database } => (name, role, organisation, database),
            What::Disable { name, database } => {
                disable_account(&database.open().await?, &Viewer::console(), &name).await?;
                output::line(format!("{name}: disabled"));
                return Ok(ExitCode::SUCCESS);
            }
        };
        let mut password = String::new();
        std::io::stdin().read_to_string(&mut password).context("no password on standard input")?;
        let password = password.trim_end_matches(['\r', '\n']);
        ensure!(
            SHORTEST_PASSWORD <= password.chars().count(),
            "the password on standard input has fewer than {SHORTEST_PASSWORD} characters"
        );
        let desk = database.open().await?;
        add_account(
            &desk,
            &Viewer::console(),
            NewAccount { name: &name, display_name: &name, password, role, organisation },
        )
        .await?;
        output::line(format!("{name}: {role}"));
        Ok(ExitCode::SUCCESS)
    }
}
