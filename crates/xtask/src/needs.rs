//! What the commands need from the machine, and getting it.

use std::path::PathBuf;
use std::process::Command;
use std::{env, fmt};

use anyhow::{Context as _, Result, bail};
use hatang_testkit::TemporaryPostgres;

use crate::process::{answer, run};

/// The oldest Node.js that builds the web app: Vite's own limit.
const NODE_AT_LEAST: (u32, u32) = (20, 19);

/// Something that Debian has a package for.
#[derive(Clone, Copy)]
pub(crate) struct Need {
    what: &'static str,
    packages: &'static [&'static str],
    is_met: fn() -> bool,
}

/// To link the coordinate operations of Debian's PROJ.
pub(crate) const LIBPROJ: Need = Need {
    what: "PROJ for developers",
    packages: &["libproj-dev"],
    // The linker's driver answers with a path when it finds the library, with the bare name when it does not.
    is_met: || answer("cc", &["-print-file-name=libproj.so"]).is_some_and(|path| path.contains('/')),
};

/// To test both databases.
pub(crate) const POSTGRES: Need = Need {
    what: "PostgreSQL with PostGIS",
    packages: &["postgresql", "postgresql-postgis"],
    is_met: TemporaryPostgres::is_installed,
};

/// To test what people see.
pub(crate) const CHROMIUM: Need = Need { what: "Chromium", packages: &["chromium"], is_met: || chromium().is_some() };

/// To read the tiles with somebody else's eyes.
pub(crate) const GDAL: Need =
    Need { what: "GDAL's programs", packages: &["gdal-bin"], is_met: || answer("ogrinfo", &["--version"]).is_some() };

/// To ask every operation with what a program invents.
pub(crate) const PYTHON: Need = Need {
    what: "Python with its virtual environments",
    packages: &["python3-venv"],
    is_met: || answer("python3", &["-c", "import ensurepip, venv"]).is_some(),
};

/// To compile PROJ and its data into the release.
pub(crate) const PROJ_BUILD: Need = Need {
    what: "what compiles PROJ",
    packages: &["cmake", "g++", "sqlite3"],
    is_met: || ["cmake", "c++", "sqlite3"].iter().all(|program| answer(program, &["--version"]).is_some()),
};

/// The browser for tests: the variable `CHROMIUM`, else Debian's own executable, whose wrapper would add flags.
pub(crate) fn chromium() -> Option<PathBuf> {
    let debian = ["/usr/lib/chromium/chromium", "/usr/bin/chromium"].map(PathBuf::from);
    env::var_os("CHROMIUM").map(PathBuf::from).into_iter().chain(debian).find(|path| path.is_file())
}

/// Makes sure that the machine has what a command needs: installs it when root runs the command, else says how.
///
/// # Errors
/// When something is missing and cannot be installed from here; the error holds the line that installs it.
pub(crate) fn satisfy(needs: &[Need]) -> Result<()> {
    let missing = missing(needs);
    if missing.is_empty() {
        return Ok(());
    }
    if answer("id", &["-u"]).as_deref() != Some("0") {
        bail!("missing: {}; install it with\n\n    {}\n", listed(&missing), by_hand(&missing));
    }
    println!("installing {}", listed(&missing));
    // A fresh machine has no package lists yet.
    run(apt_get().arg("update"))?;
    run(apt_get().args(install(&missing))).with_context(|| format!("cannot install {}", listed(&missing)))?;
    let still = self::missing(needs);
    if !still.is_empty() {
        bail!("{} is still missing after `{}`", listed(&still), by_hand(&missing));
    }
    Ok(())
}

/// Makes sure that Node.js is there and new enough.
///
/// # Errors
/// When it is not: Debian 12 has only an older one, so this is the developer's to install.
pub(crate) fn node() -> Result<()> {
    let node = answer("node", &["--version"]);
    let npm = answer("npm", &["--version"]);
    match (node.as_deref().and_then(version), npm) {
        (Some(version), Some(_)) if NODE_AT_LEAST <= version => Ok(()),
        (_, npm) => bail!(
            "Node.js {}.{} or newer with npm is needed, found node {} and npm {}: see https://nodejs.org/en/download",
            NODE_AT_LEAST.0,
            NODE_AT_LEAST.1,
            node.as_deref().unwrap_or("nowhere"),
            npm.as_deref().unwrap_or("nowhere")
        ),
    }
}

/// Makes sure that Cargo can format and lint, which a minimal Rust leaves out.
///
/// # Errors
/// When it cannot and rustup is not there to add them.
pub(crate) fn rust_components() -> Result<()> {
    if ["fmt", "clippy"].iter().all(|command| answer("cargo", &[command, "--version"]).is_some()) {
        return Ok(());
    }
    run(Command::new("rustup").args(["component", "add", "rustfmt", "clippy"]))
        .context("rustfmt and clippy are needed beside Rust")
}

fn missing(needs: &[Need]) -> Vec<Need> {
    needs.iter().filter(|need| !(need.is_met)()).copied().collect()
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

/// The arguments for `apt-get` that install what is missing.
fn install(missing: &[Need]) -> Vec<&'static str> {
    let packages = missing.iter().flat_map(|need| need.packages).copied();
    ["install", "--yes", "--no-install-recommends"].into_iter().chain(packages).collect()
}

/// The same as a line to type.
fn by_hand(missing: &[Need]) -> String {
    format!("sudo apt-get update && sudo apt-get {}", install(missing).join(" "))
}

fn listed(needs: &[Need]) -> impl fmt::Display {
    needs.iter().map(|need| need.what).collect::<Vec<_>>().join(", ")
}

/// The first two numbers of a version such as `v20.20.2`.
fn version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.trim_start_matches('v').split('.').map(|number| number.parse().ok());
    Some((numbers.next()??, numbers.next()??))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_two_numbers_of_a_version_decide() {
        let cases = [
            ("v20.20.2", Some((20, 20))),
            ("v8.0.0", Some((8, 0))),
            ("22.1.0-nightly", Some((22, 1))),
            ("v20", None),
            ("v", None),
            ("", None),
            ("node", None),
        ];
        for (text, expected) in cases {
            assert_eq!(version(text), expected, "{text}");
        }
        assert!(version("v20.9.0") < Some(NODE_AT_LEAST), "numbers are compared as numbers");
    }

    #[test]
    fn the_line_to_type_names_every_missing_package() {
        let met = Need { what: "a shell", packages: &["dash"], is_met: || true };
        let unmet = Need { what: "a unicorn", packages: &["unicorn", "libunicorn-dev"], is_met: || false };
        let cases: [(&str, &[Need], &[&str]); 4] = [
            ("nothing is needed", &[], &[]),
            ("all is there", &[met], &[]),
            ("one is missing", &[met, unmet], &["unicorn", "libunicorn-dev"]),
            ("two are missing", &[unmet, LIBPROJ], &["unicorn", "libunicorn-dev", "libproj-dev"]),
        ];
        for (name, needs, packages) in cases {
            let unmet: Vec<Need> = needs.iter().filter(|need| need.what != met.what).copied().collect();
            assert_eq!(install(&unmet)[3..], *packages, "{name}");
        }
        assert_eq!(missing(&[met, unmet]).len(), 1);
        assert_eq!(
            by_hand(&[unmet]),
            "sudo apt-get update && sudo apt-get install --yes --no-install-recommends unicorn libunicorn-dev"
        );
    }
}
