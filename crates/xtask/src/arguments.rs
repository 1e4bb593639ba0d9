//! The command line. Read by hand: a library for it would be most of what this program compiles.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

/// What the developer reads who asks for nothing, or for help.
pub(crate) const HELP: &str = "\
The developers' commands of Hatang

    cargo xtask demo [--listen ADDRESS] [--fresh | --case FOLDER]
                               builds everything, loads the sample data and serves it until Ctrl-C;
                               ADDRESS is 127.0.0.1:8080, --fresh throws the demo's database away first;
                               --case opens a case such as tests/cases/NAME instead, in a database of its own
    cargo xtask test           checks and tests everything, as CI does; ends with `N passed, N failed`
    cargo xtask bench [ARGUMENT]...
                               runs the benchmarks; arguments go to them, for example a filter
    cargo xtask openapi        writes web/openapi.json and the TypeScript types of the API
    cargo xtask sample-data    writes the synthetic commune in sample-data/ anew
    cargo xtask release        builds the self-contained release executable";

/// A command with its options.
#[derive(Debug, PartialEq)]
pub(crate) enum Chosen {
    Help,
    Demo { listen: SocketAddr, shows: Shows },
    Test,
    Bench { arguments: Vec<String> },
    Openapi,
    SampleData,
    Release,
}

/// What the demo serves.
#[derive(Debug, PartialEq)]
pub(crate) enum Shows {
    /// The sample data, in the database of last time.
    SampleData,
    /// The sample data, in a new database.
    SampleDataAnew,
    /// A case of the screening, in a new database of its own.
    Case(PathBuf),
}

impl Chosen {
    /// Reads the words after `cargo xtask`.
    ///
    /// # Errors
    /// When they are no command.
    pub(crate) fn parse(words: &[String]) -> Result<Self> {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            [] | ["help" | "--help" | "-h", ..] | [_, "--help" | "-h"] => Ok(Self::Help),
            ["demo", options @ ..] => demo(options),
            ["test"] => Ok(Self::Test),
            ["bench", arguments @ ..] => {
                Ok(Self::Bench { arguments: arguments.iter().copied().map(str::to_owned).collect() })
            }
            ["openapi"] => Ok(Self::Openapi),
            ["sample-data"] => Ok(Self::SampleData),
            ["release"] => Ok(Self::Release),
            _ => bail!("`cargo xtask {}` is no command; `cargo xtask` alone lists them", words.join(" ")),
        }
    }
}

fn demo(mut options: &[&str]) -> Result<Chosen> {
    let (mut listen, mut shows) = (SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)), Shows::SampleData);
    loop {
        match options {
            [] => return Ok(Chosen::Demo { listen, shows }),
            ["--fresh", rest @ ..] if !matches!(shows, Shows::Case(_)) => {
                (shows, options) = (Shows::SampleDataAnew, rest);
            }
            ["--case", folder, rest @ ..] if shows == Shows::SampleData => {
                (shows, options) = (Shows::Case(PathBuf::from(folder)), rest);
            }
            ["--listen", address, rest @ ..] => {
                listen =
                    address.parse().with_context(|| format!("`{address}` is no address such as 127.0.0.1:8080"))?;
                options = rest;
            }
            _ => bail!("`cargo xtask demo` does not know `{}`", options.join(" ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Chosen> {
        Chosen::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn each_command_is_understood_with_its_options() {
        let demo = |listen: &str, shows| Chosen::Demo { listen: listen.parse().unwrap(), shows };
        let case = Shows::Case(PathBuf::from("tests/cases/x"));
        let cases = [
            ("", Chosen::Help),
            ("--help", Chosen::Help),
            ("demo --help", Chosen::Help),
            ("demo", demo("127.0.0.1:8080", Shows::SampleData)),
            ("demo --fresh", demo("127.0.0.1:8080", Shows::SampleDataAnew)),
            ("demo --listen [::1]:9000 --fresh", demo("[::1]:9000", Shows::SampleDataAnew)),
            ("demo --case tests/cases/x --listen [::1]:9000", demo("[::1]:9000", case)),
            ("test", Chosen::Test),
            ("bench nearest --quick", Chosen::Bench { arguments: vec!["nearest".into(), "--quick".into()] }),
            ("openapi", Chosen::Openapi),
            ("sample-data", Chosen::SampleData),
            ("release", Chosen::Release),
        ];
        for (line, expected) in cases {
            assert_eq!(parsed(line).unwrap(), expected, "{line}");
        }
    }

    #[test]
    fn what_is_no_command_is_refused_in_its_own_words() {
        let cases = [
            ("dmeo", "`cargo xtask dmeo` is no command; `cargo xtask` alone lists them"),
            ("test everything", "`cargo xtask test everything` is no command; `cargo xtask` alone lists them"),
            ("demo --freshly", "`cargo xtask demo` does not know `--freshly`"),
            ("demo --listen", "`cargo xtask demo` does not know `--listen`"),
            ("demo --case", "`cargo xtask demo` does not know `--case`"),
            ("demo --fresh --case x", "`cargo xtask demo` does not know `--case x`"),
            ("demo --case x --fresh", "`cargo xtask demo` does not know `--fresh`"),
            ("demo --listen 8080", "`8080` is no address such as 127.0.0.1:8080"),
        ];
        for (line, expected) in cases {
            assert_eq!(parsed(line).unwrap_err().to_string(), expected, "{line}");
        }
    }
}
