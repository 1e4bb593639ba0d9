//! Where tests find the project, its executable and the shared data.

use std::env;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The folder that holds the workspace's `Cargo.toml`.
///
/// # Panics
/// When the sources are no longer where this crate was compiled.
#[must_use]
pub fn workspace_root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().unwrap_or_else(|error| panic!("no workspace at {}: {error}", root.display()))
}

/// The `hatang` executable that tests run: `HATANG_BIN`, else the one that was built beside the running test.
///
/// # Panics
/// When there is none; the message names the command that builds it.
#[must_use]
pub fn hatang_executable() -> PathBuf {
    let path = env::var_os("HATANG_BIN").map_or_else(built_beside_this_test, PathBuf::from);
    assert!(
        path.is_file(),
        "no executable at {}: `cargo xtask test` builds it, as does `cargo build -p hatang --features system-libproj`",
        path.display()
    );
    path
}

/// Tests are built into `target/debug/deps`, executables one folder above.
fn built_beside_this_test() -> PathBuf {
    let test = env::current_exe().expect("a running test has a path");
    test.ancestors().nth(2).expect("a test lies two folders below its target folder").join("hatang")
}

/// One of the shared data files, which are not part of the repository; `None` when it is absent.
///
/// The absence is written to standard output past the test harness, so that a run that left something out says so.
#[must_use]
pub fn shared_data(name: &str) -> Option<PathBuf> {
    let folder =
        env::var_os("HATANG_SHARED_DATA").map_or_else(|| workspace_root().join("../shared/data"), PathBuf::from);
    let path = folder.join(name);
    if path.exists() {
        return Some(path);
    }
    // `println!` would be swallowed with the output of a passing test.
    writeln!(io::stdout(), "not run: shared data absent at {}", path.display()).expect("standard output is open");
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_executable_is_looked_for_beside_the_running_test() {
        let folder = built_beside_this_test();
        assert_eq!(folder.file_name(), Some("hatang".as_ref()));
        assert!(folder.with_file_name("deps").is_dir(), "{} is not in a target folder", folder.display());
    }
}
