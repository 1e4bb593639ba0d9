//! Which crate of the workspace may see which.

use std::collections::BTreeMap;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};
use hatang_testkit::workspace_root;

/// Each crate of the product and all that it may name, from the ground up. Siblings do not see each other.
const ARROWS: [(&str, &[&str]); 9] = [
    ("hatang-core", &[]),
    ("hatang-review", &["hatang-core"]),
    ("hatang-coverage", &["hatang-core"]),
    ("hatang-crs", &["hatang-core"]),
    ("hatang-store", &["hatang-core"]),
    ("hatang-exchange", &["hatang-core", "hatang-crs"]),
    (
        "hatang-desk",
        &["hatang-core", "hatang-review", "hatang-coverage", "hatang-crs", "hatang-store", "hatang-exchange"],
    ),
    // `core` is the language that desk speaks: both edges may use its words.
    ("hatang-api", &["hatang-core", "hatang-desk"]),
    // Puts the parts together: opens the store, reads the files, hands both to the desk.
    ("hatang", &["hatang-core", "hatang-crs", "hatang-store", "hatang-exchange", "hatang-desk", "hatang-api"]),
];

/// Crates for developers only: they may see the product, the product never sees them outside its tests.
const FOR_DEVELOPERS: [&str; 4] = ["hatang-testkit", "hatang-bench", "hatang-tests", "xtask"];

/// Outside crates that belong to one room of the house, and the crates of the product that may use them.
const KEPT_IN_ONE_PLACE: [(&str, &[&str]); 12] = [
    // The registry's SQL is `store`'s alone. A GeoPackage is a file, which happens to be an SQLite database of its own.
    ("sqlx", &["hatang-store"]),
    ("rusqlite", &["hatang-exchange"]),
    ("proj", &["hatang-crs"]),
    ("proj-sys", &["hatang-crs"]),
    ("axum", &["hatang-api", "hatang"]),
    ("tower-http", &["hatang-api", "hatang"]),
    ("utoipa", &["hatang-api", "hatang"]),
    // The one room that asks others anything.
    ("ureq", &["hatang-api"]),
    ("openidconnect", &["hatang-api"]),
    ("argon2", &["hatang-desk"]),
    ("anyhow", &["hatang"]),
    ("clap", &["hatang"]),
];

/// Outside crates that a crate never uses, because of what it promises never to do.
const NEVER: [(&str, &[&str]); 3] = [
    ("hatang-core", &["serde_json", "tokio", "getrandom", "rand", "tracing"]),
    ("hatang-review", &["serde_json", "tokio", "getrandom", "rand", "tracing"]),
    ("hatang-coverage", &["serde_json", "tokio", "getrandom", "rand", "tracing"]),
];

#[test]
fn every_dependency_inside_the_workspace_follows_the_arrows() {
    let arrows = BTreeMap::from(ARROWS);
    let used = dependencies(&workspace());
    for (package, seen) in &used.of_the_product {
        let may_see =
            arrows.get(package.as_str()).unwrap_or_else(|| panic!("`{package}` has no place among the arrows"));
        for other in seen.iter().filter(|other| used.is_ours(other)) {
            assert!(may_see.contains(&other.as_str()), "`{package}` must not see `{other}`; it may see {may_see:?}");
        }
    }
    for (package, _) in ARROWS {
        assert!(used.of_the_product.contains_key(package), "`{package}` has an arrow but is no crate");
    }
}

#[test]
fn outside_crates_stay_in_the_room_that_they_belong_to() {
    for (package, seen) in &dependencies(&workspace()).of_the_product {
        for (outside, rooms) in KEPT_IN_ONE_PLACE {
            let used = seen.iter().any(|name| name == outside);
            assert!(!used || rooms.contains(&package.as_str()), "`{package}` uses `{outside}`, kept in {rooms:?}");
        }
        for outside in NEVER.iter().filter(|(name, _)| name == package).flat_map(|(_, never)| *never) {
            assert!(!seen.iter().any(|name| name == outside), "`{package}` must never use `{outside}`");
        }
    }
}

/// What each crate of the product is built from. Tests may use what they like.
struct Dependencies {
    of_the_product: BTreeMap<String, Vec<String>>,
}

impl Dependencies {
    fn is_ours(&self, name: &str) -> bool {
        self.of_the_product.contains_key(name) || FOR_DEVELOPERS.contains(&name)
    }
}

fn dependencies(metadata: &Metadata) -> Dependencies {
    let of_the_product = metadata
        .workspace_packages()
        .into_iter()
        .filter(|package| !FOR_DEVELOPERS.contains(&package.name.as_str()))
        .map(|package| {
            let shipped = package.dependencies.iter().filter(|one| one.kind != DependencyKind::Development);
            (package.name.to_string(), shipped.map(|one| one.name.clone()).collect())
        })
        .collect();
    Dependencies { of_the_product }
}

fn workspace() -> Metadata {
    MetadataCommand::new()
        .manifest_path(workspace_root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo describes the workspace")
}
