//! `hatang account add`, `invite`, `disable` and `token`

use std::{io::Read as _, process::ExitCode};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use hatang_core::{OrganisationCode, Role, Territory, Viewer};
use hatang_desk::account::{
    NewAccount,
    administer::{add_account, add_account_with_password, disable_account},
    invitation::invite_by_name,
    token::{Scopes, make_token_for},
};

use super::Database;
use crate::output;

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
        /// The one territory that an official answers for; every one when none is named.
        #[arg(long)]
        territory: Option<Territory>,
        /// The address that the sign-on service must have verified for an identity to open this account.
        #[arg(long)]
        sign_on_email: Option<String>,
        /// Read no password: print a one-time code with which the person chooses one.
        #[arg(long)]
        invite: bool,
        #[command(flatten)]
        database: Database,
    },
    /// Print a one-time code with which an account's person chooses a new password.
    Invite {
        /// The account's name.
        name: String,
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
    /// Make a token for a program that acts for an account. It is printed once.
    Token {
        /// The account's name.
        name: String,
        /// What to call the token.
        #[arg(long)]
        label: String,
        /// What it may do: `read`, `screen`, `register`, `change`.
        #[arg(long, value_delimiter = ',', required = true)]
        scopes: Vec<String>,
        /// How long it lasts, in days.
        #[arg(long, default_value_t = 90)]
        days: u32,
        #[command(flatten)]
        database: Database,
    },
}

impl Account {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let who = Viewer::console();
        match self.what {
            What::Add { name, role, organisation, territory, sign_on_email, invite, database } => {
                let new = NewAccount {
                    name: &name,
                    display_name: &name,
                    email: None,
                    sign_on_email: sign_on_email.as_deref(),
                    role,
                    organisation,
                    territory,
                };
                if invite {
                    let (_, code) = add_account(&database.open().await?, &who, new).await?;
                    output::line(format!("{name}: {role}, one-time code {}", code.as_str()));
                } else {
                    let mut password = String::new();
                    std::io::stdin().read_to_string(&mut password).context("no password on standard input")?;
                    let password = password.trim_end_matches(['\r', '\n']);
                    add_account_with_password(&database.open().await?, &who, new, password).await?;
                    output::line(format!("{name}: {role}"));
                }
            }
            What::Invite { name, database } => {
                let code = invite_by_name(&database.open().await?, &who, &name).await?;
                output::line(format!("{name}: one-time code {}", code.as_str()));
            }
            What::Disable { name, database } => {
                disable_account(&database.open().await?, &who, &name).await?;
                output::line(format!("{name}: disabled"));
            }
            What::Token { name, label, scopes, days, database } => {
                let scopes = Scopes::parse(scopes.iter().map(String::as_str))?;
                let desk = database.open().await?;
                let (token, kept) = make_token_for(&desk, &who, &name, &label, &scopes, days).await?;
                output::note(format!("{name}: {label}, {scopes}, until {}", kept.expires_at));
                output::line(token.as_str());
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
