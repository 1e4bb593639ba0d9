//! Reproducible chance: one stream of numbers per room, so that a new draw in one room moves nothing in another.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};

/// Who draws.
#[derive(Clone, Copy)]
pub(super) enum Room {
    Ground = 1,
    Outline,
    Villages,
    Roads,
    Lanes,
    Places,
    Masts,
    Stations,
    Poles,
    Routes,
    Underground,
    Cabinets,
    Hosts,
    Records,
    Registry,
}

/// Numbers from a seed. Only whole words of the generator are used: its stream is specified, so the same seed gives the
/// same files whatever version of the libraries is built in.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream of one room.
    pub(super) fn new(seed: u64, room: Room) -> Self {
        let mut stream = ChaCha8Rng::seed_from_u64(seed);
        stream.set_stream(room as u64);
        Self(stream)
    }

    /// A number in `0 ≤ x < 1`.
    pub(super) fn unit(&mut self) -> f64 {
        f64::from(self.0.next_u32()) / 4_294_967_296.0
    }

    /// A number in `low ≤ x < high`.
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// A number in `-size ≤ x < size`.
    pub(super) fn about_zero(&mut self, size: f64) -> f64 {
        self.between(-size, size)
    }

    /// A whole number in `low ≤ n ≤ high`.
    pub(super) fn whole(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high - low + 1)
    }

    /// Whether something of that probability happens.
    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of them.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        let many = u32::try_from(items.len()).expect("lists here are short");
        &items[self.below(many) as usize]
    }

    fn below(&mut self, many: u32) -> u32 {
        let scaled = u64::from(self.0.next_u32()) * u64::from(many);
        u32::try_from(scaled >> 32).expect("the upper half of a product of 32-bit numbers has 32 bits")
    }

    /// Sixteen bytes, for an identity.
    pub(super) fn bytes(&mut self) -> [u8; 16] {
        let mut bytes = [0; 16];
        self.0.fill_bytes(&mut bytes);
        bytes
    }
}
