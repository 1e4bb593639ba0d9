//! A clock and a source of chance that give two servers the same numbers.

use std::sync::{LazyLock, Mutex, PoisonError};

use hatang_desk::Edge;
use jiff::Timestamp;
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

/// The same time always, the same chance after every restart.
pub(crate) const EDGE: Edge = Edge { now, random };

/// Held by whoever counts on the numbers: there is one source for the whole process.
pub(crate) static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

static CHANCE: LazyLock<Mutex<ChaCha8Rng>> = LazyLock::new(|| Mutex::new(ChaCha8Rng::seed_from_u64(0)));

/// Begins again, at a place of its own for each number.
pub(crate) fn restart(number: u64) {
    *CHANCE.lock().unwrap_or_else(PoisonError::into_inner) = ChaCha8Rng::seed_from_u64(number);
}

fn now() -> Timestamp {
    "2026-11-22T01:00:00Z".parse().unwrap()
}

fn random(buffer: &mut [u8]) {
    CHANCE.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(buffer);
}
