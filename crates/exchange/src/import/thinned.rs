//! A bounded, evenly spread part of a file's positions, the same each time.

/// Keeps every position at first, and from then on every second, fourth, eighth…
#[derive(Debug)]
pub(super) struct Thinned {
    kept: Vec<[f64; 2]>,
    every: usize,
    seen: usize,
}

/// How many are kept in the end at most.
const MOST: usize = 600;

impl Thinned {
    pub(super) const fn new() -> Self {
        Self { kept: Vec::new(), every: 1, seen: 0 }
    }

    pub(super) fn push(&mut self, numbers: [f64; 2]) {
        if self.seen.is_multiple_of(self.every) {
            self.kept.push(numbers);
        }
        self.seen += 1;
        if MOST < self.kept.len() {
            let mut is_kept = false;
            self.kept.retain(|_| {
                is_kept = !is_kept;
                is_kept
            });
            self.every *= 2;
        }
    }

    pub(super) fn kept(&self) -> &[[f64; 2]] {
        &self.kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_keeps_positions_from_all_of_it() {
        let mut thinned = Thinned::new();
        (0..100_000_u32).for_each(|number| thinned.push([f64::from(number), 0.0]));
        let kept = thinned.kept();
        assert!((300..=600).contains(&kept.len()), "{}", kept.len());
        assert!(kept[0][0] < 1.0 && 99_000.0 < kept[kept.len() - 1][0]);
    }
}
