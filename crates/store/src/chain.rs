//! The hash chain that makes a rewritten journal show.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// A SHA-256 hash. Shown as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// What stands before the first entry of a journal.
    pub const GENESIS: Self = Self([0; 32]);

    /// The hash of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The hash of what follows this one: every field is preceded by its length, so that none runs into the next.
    pub(crate) fn and(self, fields: &[&[u8]]) -> Self {
        let mut sha = Sha256::new_with_prefix(self.0);
        for field in fields {
            sha.update((field.len() as u64).to_be_bytes());
            sha.update(field);
        }
        Self(sha.finalize().into())
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// What an entry's hash covers beside the hash before it.
pub(crate) struct Link<'a> {
    pub(crate) territory: &'a str,
    pub(crate) seq: u64,
    pub(crate) recorded_at: &'a str,
    pub(crate) stream: &'a str,
    pub(crate) version: u32,
    pub(crate) kind: &'a str,
    pub(crate) payload: &'a [u8],
}

impl Link<'_> {
    /// The entry's hash.
    ///
    /// Every field is preceded by its length in bytes as an unsigned 64-bit number, and numbers are fields of 8 and 4
    /// bytes, all big-endian: two different entries never look the same to the hash.
    pub(crate) fn hash(&self, previous: Hash) -> Hash {
        let fields: [&[u8]; 7] = [
            self.territory.as_bytes(),
            &self.seq.to_be_bytes(),
            self.recorded_at.as_bytes(),
            self.stream.as_bytes(),
            &self.version.to_be_bytes(),
            self.kind.as_bytes(),
            self.payload,
        ];
        previous.and(&fields)
    }
}

/// The root hash of a change set: over the hash of each row in order.
#[derive(Default)]
pub(crate) struct Root(Sha256);

impl Root {
    /// Adds the next row.
    pub(crate) fn add(&mut self, row: &[u8]) {
        self.0.update(Hash::of(row).0);
    }

    /// The root in lower-case hexadecimal.
    pub(crate) fn finish(self) -> String {
        Hash(self.0.finalize().into()).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link() -> Link<'static> {
        Link {
            territory: "11824",
            seq: 1,
            recorded_at: "2026-11-22T09:00:00Z",
            stream: "boundary",
            version: 1,
            kind: "boundary_adopted",
            payload: b"{}",
        }
    }

    /// The numbers were computed with Python's `hashlib` and `struct`.
    #[test]
    fn hashes_agree_with_another_implementation() {
        assert_eq!(
            link().hash(Hash::GENESIS).to_string(),
            "c8df7a36c6f8b88b35102c534b8011eff4e65bcb42b699d6023c28859f3769c3"
        );
        let mut root = Root::default();
        root.add(b"a");
        root.add(b"b");
        assert_eq!(root.finish(), "e5a01fee14e0ed5c48714f22180f25ad8365b53f9779f79dc4a3d7e93963f94a");
        assert_eq!(Root::default().finish(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn every_field_changes_the_hash() {
        let first = link().hash(Hash::GENESIS);
        let cases = [
            ("territory", Link { territory: "11825", ..link() }),
            ("seq", Link { seq: 2, ..link() }),
            ("recorded at", Link { recorded_at: "2026-11-22T09:00:01Z", ..link() }),
            ("stream", Link { stream: "plan", ..link() }),
            ("version", Link { version: 2, ..link() }),
            ("kind", Link { kind: "plan_adopted", ..link() }),
            ("payload", Link { payload: b"{ }", ..link() }),
            ("a letter that moved to the next field", Link { stream: "boundar", kind: "yboundary_adopted", ..link() }),
        ];
        for (name, changed) in cases {
            assert_ne!(changed.hash(Hash::GENESIS), first, "{name}");
        }
        assert_ne!(link().hash(first), first, "the hash before");
    }
}
