//! What the commands tell on the terminal.

use std::io::Write as _;

use hatang_desk::DeskError;
use serde::Serialize;

/// Writes one line of the command's result. A closed pipe is no failure of the command.
pub(crate) fn line(text: impl AsRef<str>) {
    let _ = writeln!(std::io::stdout().lock(), "{}", text.as_ref());
}

/// Writes one line for the person at the terminal, apart from the result.
pub(crate) fn note(text: impl AsRef<str>) {
    let _ = writeln!(std::io::stderr().lock(), "{}", text.as_ref());
}

/// Writes a value as readable JSON.
pub(crate) fn json(value: &impl Serialize) -> anyhow::Result<()> {
    line(serde_json::to_string_pretty(value)?);
    Ok(())
}

/// Tells what went wrong: a use case's failure in both languages, anything else with its causes.
pub(crate) fn complain(error: &anyhow::Error) {
    if let Some(failure) = error.chain().find_map(|cause| cause.downcast_ref::<DeskError>()) {
        let text = failure.text();
        let value = failure.value().map_or_else(String::new, |value| format!(" [{value}]"));
        note(format!("{}: {}{value}", failure.code(), text.vi));
        note(format!("{}: {}{value}", failure.code(), text.en));
    }
    note(format!("{error:#}"));
}
