//! PostgreSQL's own programs, and running them so that a failure carries their words.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where Debian keeps one folder of PostgreSQL programs per version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// Where Debian keeps what extensions a version has.
const EXTENSIONS: &str = "/usr/share/postgresql";

/// The newest installed PostgreSQL program of this name; a name for the search path on other systems.
///
/// Debian's folder is preferred because the server is not on the search path and the client there is a slow wrapper.
pub(crate) fn postgres_program(name: &str) -> PathBuf {
    newest_below(Path::new(DEBIAN), name).unwrap_or_else(|| PathBuf::from(name))
}

fn newest_below(folder: &Path, name: &str) -> Option<PathBuf> {
    let versions = folder.read_dir().ok()?.filter_map(Result::ok).filter_map(|entry| {
        let version: u32 = entry.file_name().to_str()?.parse().ok()?;
        let program = entry.path().join("bin").join(name);
        program.is_file().then_some((version, program))
    });
    versions.max().map(|(_, program)| program)
}

/// Whether the PostgreSQL of this program has PostGIS, which Debian keeps in a package of its own.
pub(crate) fn has_postgis(postgres: &Path) -> bool {
    let version = postgres.ancestors().nth(2).and_then(Path::file_name);
    version.is_some_and(|version| Path::new(EXTENSIONS).join(version).join("extension/postgis.control").is_file())
}

/// Runs a program to its end.
///
/// # Errors
/// When it cannot be started or fails; the error then holds what it wrote.
pub(crate) fn run(command: &mut Command) -> io::Result<()> {
    let program = command.get_program().to_owned();
    let failed = |why: String| io::Error::other(format!("{}: {why}", program.display()));
    let output = command.output().map_err(|error| failed(error.to_string()))?;
    if output.status.success() {
        return Ok(());
    }
    let written = [output.stdout, output.stderr].concat();
    Err(failed(format!("{}\n{}", output.status, String::from_utf8_lossy(&written).trim_end())))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_newest_version_that_has_the_program_is_chosen() {
        let folder = tempfile::tempdir().unwrap();
        for (version, program) in [("9", "postgres"), ("15", "postgres"), ("17", "psql"), ("common", "postgres")] {
            let programs = folder.path().join(version).join("bin");
            fs::create_dir_all(&programs).unwrap();
            fs::write(programs.join(program), "").unwrap();
        }
        let chosen = |name| newest_below(folder.path(), name);
        assert_eq!(chosen("postgres"), Some(folder.path().join("15/bin/postgres")));
        assert_eq!(chosen("psql"), Some(folder.path().join("17/bin/psql")));
        assert_eq!(chosen("createdb"), None);
    }

    #[test]
    fn a_program_that_fails_is_quoted() {
        let error = run(Command::new("sh").args(["-c", "echo the disk is full >&2; exit 3"])).unwrap_err();
        assert_eq!(error.to_string(), "sh: exit status: 3\nthe disk is full");
    }
}
