#![doc = include_str!("../README.md")]

mod command;
mod output;

use std::process::ExitCode;

use clap::Parser;

#[tokio::main]
async fn main() -> ExitCode {
    let command = match command::Command::try_parse() {
        Ok(command) => command,
        // Help and the version are asked for; anything else is a mistake on the command line, and nothing was done.
        Err(usage) => {
            let _ = usage.print();
            return if usage.use_stderr() { ExitCode::from(1) } else { ExitCode::SUCCESS };
        }
    };
    match command.run().await {
        Ok(code) => code,
        Err(error) => {
            output::complain(&error);
            ExitCode::from(1)
        }
    }
}
