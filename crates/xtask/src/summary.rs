//! How many tests passed, as each runner puts it.

use std::ops::AddAssign;
use std::process::Command;

use anyhow::Result;

use crate::process::{succeeded, watch};

/// How tests ended, and what they left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Counts {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
    pub(crate) ignored: u32,
    /// What a test says it did not do, word for word.
    pub(crate) not_run: Vec<String>,
}

/// Reads the counts from one line of a runner's output; `None` when the line is about something else.
pub(crate) type Reader = fn(&str) -> Option<Counts>;

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
        self.not_run.extend(other.not_run);
    }
}

/// Runs a test runner and adds up what it reports. A runner that fails without a failed test counts as one failure, as
/// does one that reports no test at all.
///
/// # Errors
/// When the runner cannot be started.
pub(crate) fn count(command: &mut Command, read: Reader) -> Result<Counts> {
    let mut counts = Counts::default();
    let status = watch(command, |line| {
        if let Some(more) = read(line) {
            counts += more;
        }
        if let Some(at) = line.find("not run: ") {
            counts.not_run.push(line[at..].to_owned());
        }
    })?;
    if counts.failed == 0 {
        if let Err(error) = succeeded(command, status) {
            println!("{error:#}");
            counts.failed = 1;
        } else if counts.passed == 0 {
            println!("no test has run");
            counts.failed = 1;
        }
    }
    Ok(counts)
}

/// Cargo's: `test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 1.94s`.
pub(crate) fn cargo(line: &str) -> Option<Counts> {
    let (_, numbers) = line.split_once("test result: ")?.1.split_once(". ")?;
    Some(numbered(numbers, ';'))
}

/// Vitest's: `Tests  1 failed | 12 passed | 2 skipped (15)`.
pub(crate) fn vitest(line: &str) -> Option<Counts> {
    let numbers = line.trim_start().strip_prefix("Tests ")?;
    Some(numbered(numbers.rsplit_once('(').map_or(numbers, |(numbers, _)| numbers), '|'))
}

/// Our own: a line `12 passed, 0 failed`.
pub(crate) fn plain(line: &str) -> Option<Counts> {
    let (passed, failed) = line.trim().strip_suffix(" failed")?.split_once(" passed, ")?;
    Some(Counts { passed: passed.parse().ok()?, failed: failed.parse().ok()?, ..Counts::default() })
}

/// Adds up parts such as `12 passed` by their word.
fn numbered(parts: &str, separator: char) -> Counts {
    let mut counts = Counts::default();
    for part in parts.split(separator) {
        let Some((number, word)) = part.trim().split_once(' ') else { continue };
        let Ok(number) = number.parse::<u32>() else { continue };
        match word.trim() {
            "passed" => counts.passed += number,
            "failed" => counts.failed += number,
            "ignored" | "skipped" | "todo" => counts.ignored += number,
            _ => {}
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Passed, failed and ignored.
    type Triple = Option<(u32, u32, u32)>;

    #[test]
    fn each_runners_own_words_are_understood() {
        let cases: [(Reader, &str, Triple); 12] = [
            (
                cargo,
                "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 9 filtered out; finished in 1.94s",
                Some((5, 0, 1)),
            ),
            (
                cargo,
                "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s",
                Some((3, 2, 0)),
            ),
            (cargo, "test near ... ok", None),
            (cargo, "running 5 tests", None),
            (vitest, "      Tests  12 passed (12)", Some((12, 0, 0))),
            (vitest, "      Tests  1 failed | 11 passed | 2 skipped | 1 todo (15)", Some((11, 1, 3))),
            (vitest, " Test Files  2 passed (2)", None),
            (vitest, "      Tests  no tests", Some((0, 0, 0))),
            (plain, "7 passed, 1 failed", Some((7, 1, 0))),
            (plain, "0 passed, 0 failed", Some((0, 0, 0))),
            (plain, "some passed, none failed", None),
            (plain, "7 passed, 1 failed to start", None),
        ];
        for (read, line, expected) in cases {
            assert_eq!(read(line).map(|counts| (counts.passed, counts.failed, counts.ignored)), expected, "{line}");
        }
    }

    #[test]
    fn a_runner_is_counted_by_its_words_and_its_exit() {
        let cases = [
            ("two suites add up", "echo 2 passed, 0 failed; echo 3 passed, 1 failed; exit 1", (5, 1)),
            ("a crash after its tests is a failure", "echo 2 passed, 0 failed; exit 101", (2, 1)),
            ("silence is a failure", "echo hello", (0, 1)),
            ("all is well", "echo 1 passed, 0 failed", (1, 0)),
        ];
        for (name, script, expected) in cases {
            let counts = count(Command::new("sh").args(["-c", script]), plain).unwrap();
            assert_eq!((counts.passed, counts.failed), expected, "{name}");
        }
    }

    #[test]
    fn what_a_test_left_out_is_kept_word_for_word() {
        let script = "echo 'test pairs ... not run: shared data absent at pairs.csv'; echo 1 passed, 0 failed";
        let counts = count(Command::new("sh").args(["-c", script]), plain).unwrap();
        assert_eq!(counts.not_run, ["not run: shared data absent at pairs.csv"]);
    }
}
