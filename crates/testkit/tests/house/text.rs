//! The house rules for the text of the project.

use std::path::{Path, PathBuf};

use hatang_testkit::workspace_root;

use crate::files::{below, ends_in, text};

/// Longer files are two ideas.
const LINES_AT_MOST: usize = 500;

/// What the code never says. The words are cut in two so that this file may pass.
const NEVER_SAID: [&str; 5] = [
    concat!("#[", "allow("),
    concat!("#![", "allow("),
    concat!("to", "do!"),
    concat!("unimple", "mented!"),
    concat!("db", "g!("),
];

/// Folders of the machines that the project was made on; likewise cut in two.
const OF_A_MACHINE: [&str; 5] =
    [concat!("/wo", "rk/"), concat!("/tm", "p/"), concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/Us", "ers/")];

#[test]
fn every_crate_has_a_readme_that_is_its_documentation_and_says_what_it_never_does() {
    for folder in crates() {
        let readme = text(&folder.join("README.md")).expect("a README is text");
        assert!(readme.contains("**Never:**"), "{}: the README must say what the crate never does", folder.display());
        let root = ["src/lib.rs", "src/main.rs"].map(|name| folder.join(name)).into_iter().find(|file| file.is_file());
        let code = root.as_deref().and_then(text).expect("a crate has a root");
        assert!(
            code.starts_with("#![doc = include_str!(\"../README.md\")]\n"),
            "{}: the crate's root must begin with its README",
            folder.display()
        );
    }
}

#[test]
fn no_source_file_is_longer_than_one_idea() {
    let sources = crates().into_iter().map(|folder| folder.join("src")).chain([workspace_root().join("web/src")]);
    for file in sources.flat_map(|folder| below(&folder)).filter(|file| ends_in(file, &["rs", "ts", "svelte", "css"])) {
        let code = text(&file).expect("a source is text");
        let lines = code.lines().count();
        assert!(lines <= LINES_AT_MOST || is_generated(&code), "{} has {lines} lines", file.display());
    }
}

#[test]
fn no_code_silences_a_lint_for_good_or_is_left_to_be_written() {
    for file in below(&workspace_root()).into_iter().filter(|file| ends_in(file, &["rs"])) {
        let code = text(&file).expect("a source is text");
        for word in NEVER_SAID {
            assert!(!code.contains(word), "{} says `{word}`", file.display());
        }
    }
}

#[test]
fn no_file_names_a_folder_of_one_machine() {
    for file in below(&workspace_root()) {
        let Some(text) = text(&file) else { continue };
        for (number, line) in text.lines().enumerate() {
            let found = OF_A_MACHINE.into_iter().find(|folder| names_folder(line, folder));
            assert_eq!(found, None, "{}:{}: {line}", file.display(), number + 1);
        }
    }
}

#[test]
fn locked_packages_come_from_the_public_registries() {
    let locks = below(&workspace_root()).into_iter();
    for file in locks.filter(|file| file.ends_with("Cargo.lock") || file.ends_with("package-lock.json")) {
        let lock = text(&file).expect("a lock file is text");
        let foreign = lock.lines().find(|line| {
            let names_source = line.contains("\"resolved\":") || line.starts_with("source = ");
            names_source
                && !line.contains("https://registry.npmjs.org/")
                && !line.contains("registry+https://github.com/rust-lang/crates.io-index")
        });
        assert_eq!(foreign, None, "{}", file.display());
    }
}

/// Whether a line names an absolute folder, and not the middle of a longer path or address.
fn names_folder(line: &str, folder: &str) -> bool {
    let goes_on = |letter: char| letter.is_alphanumeric() || "._-$}*".contains(letter);
    line.match_indices(folder).any(|(at, _)| !line[..at].ends_with(goes_on))
}

/// Whether a file says in its first lines that a program wrote it.
fn is_generated(code: &str) -> bool {
    code.lines().take(5).any(|line| line.contains("auto-generated"))
}

fn crates() -> Vec<PathBuf> {
    let folder = workspace_root().join("crates");
    let mut crates: Vec<PathBuf> =
        folder.read_dir().expect("the workspace has crates").filter_map(Result::ok).map(|entry| entry.path()).collect();
    crates.retain(|folder: &PathBuf| Path::is_dir(folder));
    crates.sort();
    crates
}

#[test]
fn a_folder_counts_when_it_begins_a_path() {
    let folder = concat!("/wo", "rk/");
    let cases = [
        ("cd ", true),
        ("\"", true),
        ("file://", true),
        ("https://example.org/net", false),
        ("$lib", false),
        ("..", false),
    ];
    for (before, expected) in cases {
        let line = format!("{before}{folder}main");
        assert_eq!(names_folder(&line, folder), expected, "{line}");
    }
}
