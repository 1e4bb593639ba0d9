//! The threat model names tests; each of them exists.

use hatang_testkit::workspace_root;

use crate::files::{below, ends_in, text};

#[test]
fn every_test_that_the_threat_model_names_exists() {
    let root = workspace_root();
    let model = text(&root.join("docs/threat-model.md")).expect("the threat model is text");
    // The last column of a table's row, in its code quotes.
    let last =
        model.lines().filter_map(|line| line.strip_prefix('|')?.trim_end().strip_suffix('|')?.rsplit('|').next());
    let named: Vec<&str> = last.flat_map(|column| column.split('`').skip(1).step_by(2)).collect();
    assert!(30 < named.len(), "{named:?}");
    let sources: Vec<String> = ["crates", "tests"]
        .iter()
        .flat_map(|folder| below(&root.join(folder)))
        .filter(|file| ends_in(file, &["rs"]))
        .filter_map(|file| text(&file))
        .collect();
    for name in named {
        let exists = if name.contains('/') {
            root.join(name).is_file()
        } else {
            let declared = format!("fn {name}(");
            sources.iter().any(|source| source.contains(&declared))
        };
        assert!(exists, "docs/threat-model.md names the test `{name}`, which does not exist");
    }
}
