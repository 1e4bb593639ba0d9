//! The files of the project as a clean clone would have them.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that builds and tests make, as `.gitignore` names them.
const MADE: [&str; 6] = [".git", ".demo", ".svelte-kit", "dist", "node_modules", "results"];

/// Every file in a folder and below it, in order, without what builds and tests make.
pub(crate) fn below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = folder.read_dir() else { continue };
        for entry in entries.filter_map(Result::ok) {
            let name = entry.file_name().display().to_string();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && !is_made(&name) => folders.push(entry.path()),
                Ok(kind) if kind.is_file() => files.push(entry.path()),
                _ => {}
            }
        }
    }
    files.sort();
    files
}

fn is_made(folder: &str) -> bool {
    MADE.contains(&folder) || folder == "target" || folder.starts_with("target-")
}

/// A file's text; `None` when it is a picture, a database or anything else that is not UTF-8.
pub(crate) fn text(file: &Path) -> Option<String> {
    let bytes = fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    String::from_utf8(bytes).ok()
}

/// Whether a file's name ends in one of these.
pub(crate) fn ends_in(file: &Path, endings: &[&str]) -> bool {
    file.extension().is_some_and(|ending| endings.iter().any(|one| ending == *one))
}
