//! Remembering what something was made from, so that it is made again only when that has changed.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// A number that changes when the name or the content of any of these files does.
///
/// # Errors
/// When a file cannot be read.
pub(crate) fn fingerprint(files: &[PathBuf]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.hash(&mut hasher);
        fs::read(file).with_context(|| format!("cannot read {}", file.display()))?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Every file below a folder in order, without the folders that are `made` from them.
///
/// # Errors
/// When a folder cannot be read.
pub(crate) fn files_below(folder: &Path, made: &[&str]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let entries = folder.read_dir().with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        if !entry.file_type()?.is_dir() {
            files.push(entry.path());
        } else if !made.iter().any(|name| entry.file_name() == *name) {
            files.extend(files_below(&entry.path(), made)?);
        }
    }
    files.sort();
    Ok(files)
}

/// Whether `stamp` holds this fingerprint.
pub(crate) fn is_current(stamp: &Path, fingerprint: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|written| written == fingerprint)
}

/// Writes a fingerprint to `stamp`.
///
/// # Errors
/// When the file cannot be written.
pub(crate) fn set(stamp: &Path, fingerprint: &str) -> Result<()> {
    fs::write(stamp, fingerprint).with_context(|| format!("cannot write {}", stamp.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_current_until_a_source_changes_and_made_files_do_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let (source, made) = (folder.path().join("src"), folder.path().join("dist"));
        fs::create_dir_all(source.join("lib")).unwrap();
        fs::create_dir_all(&made).unwrap();
        fs::write(source.join("lib/map.ts"), "1").unwrap();
        let now = || fingerprint(&files_below(folder.path(), &["dist"]).unwrap()).unwrap();

        let stamp = made.join("stamp");
        assert!(!is_current(&stamp, &now()), "nothing was made yet");
        set(&stamp, &now()).unwrap();
        assert!(is_current(&stamp, &now()));
        fs::write(made.join("index.html"), "made").unwrap();
        assert!(is_current(&stamp, &now()), "what is made does not count");

        fs::write(source.join("lib/map.ts"), "2").unwrap();
        assert!(!is_current(&stamp, &now()), "a changed file counts");
        set(&stamp, &now()).unwrap();
        fs::rename(source.join("lib/map.ts"), source.join("lib/chart.ts")).unwrap();
        assert!(!is_current(&stamp, &now()), "a changed name counts");
    }
}
