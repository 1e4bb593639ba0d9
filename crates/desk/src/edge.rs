//! The two things that are not pure: what time it is, and chance.

use hatang_core::AssetId;
use jiff::Timestamp;
use uuid::{Builder, Uuid};

/// The clock and the source of randomness, handed in so that tests can hold both still.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// The present instant.
    pub now: fn() -> Timestamp,
    /// Fills a buffer with bytes that nobody can guess.
    pub random: fn(&mut [u8]),
}

impl Edge {
    /// The machine's own clock and randomness.
    #[must_use]
    pub const fn real() -> Self {
        Self { now, random }
    }

    /// The present instant, cut to microseconds: what both databases can keep.
    #[must_use]
    pub fn now(self) -> Timestamp {
        let now = (self.now)();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// A new identity that sorts by time.
    #[must_use]
    pub fn new_uuid(self) -> Uuid {
        let mut chance = [0; 10];
        (self.random)(&mut chance);
        let milliseconds = u64::try_from((self.now)().as_millisecond()).unwrap_or(0);
        Builder::from_unix_timestamp_millis(milliseconds, &chance).into_uuid()
    }

    /// A new asset's identity.
    #[must_use]
    pub fn new_asset_id(self) -> AssetId {
        AssetId(self.new_uuid())
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the edge")]
fn now() -> Timestamp {
    Timestamp::now()
}

#[expect(clippy::disallowed_methods, reason = "this is the edge")]
fn random(buffer: &mut [u8]) {
    getrandom::fill(buffer).expect("the operating system gives randomness");
}
