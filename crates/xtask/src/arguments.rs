//! The command line. Read by hand: a library for it would be most of what this program compiles.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::{Context as _, Result, bail};

/// What the developer reads who asks for nothing, or for help.
pub(crate) const HELP: &str = "\
The developers' commands of Hatang

    cargo xtask demo [--listen ADDRESS] [--fresh]
                               builds everything, loads the sample data and serves it until Ctrl-C;
                               ADDRESS is 127.0.0.1:8080, --fresh throws the demo's database away first
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
    Demo { listen: SocketAddr, fresh: bool },
    Test,
    Bench { arguments: Vec<String> },
    Openapi,
    SampleData,
    Release,
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
    let (mut listen, mut fresh) = (SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)), false);
    loop {
        match options {
            [] => return Ok(Chosen::Demo { listen, fresh }),
            ["--fresh", rest @ ..] => (fresh, options) = (true, rest),
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
        let demo = |listen: &str, fresh| Chosen::Demo { listen: listen.parse().unwrap(), fresh };
        let cases = [
            ("", Chosen::Help),
            ("--help", Chosen::Help),
            ("demo --help", Chosen::Help),
            ("demo", demo("127.0.0.1:8080", false)),
            ("demo --fresh", demo("127.0.0.1:8080", true)),
            ("demo --listen [::1]:9000 --fresh", demo("[::1]:9000", true)),
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
            ("demo --listen 8080", "`8080` is no address such as 127.0.0.1:8080"),
        ];
        for (line, expected) in cases {
            assert_eq!(parsed(line).unwrap_err().to_string(), expected, "{line}");
        }
    }
}
