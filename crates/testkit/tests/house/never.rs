//! What a crate promises never to do, looked for in its sources.

use hatang_testkit::workspace_root;

use crate::files::{below, text};

/// Words that would break a promise. Developers' crates promise nothing.
const PROMISES: [(&str, &[&str]); 5] = [
    // Pure: the same input gives the same bytes, anywhere and at any time.
    ("core", &PURE),
    ("review", &PURE),
    ("coverage", &PURE),
    // SQL is `store`'s, HTTP is `api`'s.
    ("exchange", &["sqlx::", "axum::", "http::", "std::net", "SystemTime", "Instant::now"]),
    ("desk", &["sqlx::", "axum::", "http::", "StatusCode", "std::net"]),
];

const PURE: [&str; 10] = [
    "std::fs",
    "std::io",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "tokio::",
    "SystemTime",
    "Instant::now",
    "getrandom",
];

#[test]
fn no_source_holds_a_word_that_breaks_its_crates_promise() {
    for (package, words) in PROMISES {
        let sources = below(&workspace_root().join("crates").join(package).join("src"));
        assert!(!sources.is_empty(), "`{package}` has no sources");
        for source in sources {
            let code = text(&source).expect("a source is text");
            for word in words {
                let line = code.lines().position(|line| names(line, word)).map(|line| line + 1);
                assert_eq!(line, None, "{}: `{package}` promises never to use `{word}`", source.display());
            }
        }
    }
}

/// Whether a line of code, not of comment, names a word as a whole: `Instant` is not `InstantaneousPower`.
fn names(line: &str, word: &str) -> bool {
    let code = line.trim_start();
    let continues = |letter: char| letter.is_alphanumeric() || letter == '_';
    !code.starts_with("//")
        && code.match_indices(word).any(|(at, _)| {
            let (before, after) = (&code[..at], &code[at + word.len()..]);
            !before.ends_with(continues) && (word.ends_with("::") || !after.starts_with(continues))
        })
}

#[test]
fn a_word_counts_in_code_and_as_a_whole() {
    let cases = [
        ("use std::fs;", "std::fs", true),
        ("let at = Instant::now();", "Instant::now", true),
        ("/// Reads no std::fs.", "std::fs", false),
        ("struct InstantaneousPower;", "Instant", false),
        ("let reinstant = 1;", "instant", false),
        ("tokio::spawn(task)", "tokio::", true),
        ("geojson_http::get()", "http::", false),
    ];
    for (line, word, expected) in cases {
        assert_eq!(names(line, word), expected, "{line}");
    }
}
