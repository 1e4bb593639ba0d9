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

    /// New assets' identities, one after the other in the order they are asked for, so that a file's order is kept
    /// wherever assets are sorted by identity.
    pub fn asset_ids(self) -> impl FnMut() -> AssetId {
        // The last 32 bits count; the 42 before them and the time keep one file's assets apart from another's.
        let mut next = self.new_uuid().as_u128() & !u128::from(u32::MAX);
        move || {
            let id = AssetId(Uuid::from_u128(next));
            next += 1;
            id
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_assets_keep_their_order_and_no_two_files_meet() {
        let edge = Edge { now: || Timestamp::UNIX_EPOCH, random: |buffer| buffer.fill(0xa5) };
        let ids: Vec<AssetId> = std::iter::repeat_with(edge.asset_ids()).take(1_000).collect();
        assert!(ids.is_sorted());
        assert!(ids.iter().all(|id| id.0.get_version_num() == 7 && id.0.get_variant() == uuid::Variant::RFC4122));
        let (first, second) = (Edge::real().asset_ids()(), Edge::real().asset_ids()());
        assert_ne!(first, second);
    }
}
