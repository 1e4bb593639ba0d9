//! Whole people into cells, without losing one.

/// Splits `total` into `parts` whole numbers that differ by at most one and sum to it.
///
/// This is the method of largest remainder with equal shares; the tie that equal shares always are is broken by
/// spreading the larger parts evenly over the order, so that no corner of a hamlet is favoured.
pub fn evenly(total: u32, parts: u32) -> impl Iterator<Item = u32> {
    let up_to = move |part: u32| u64::from(total) * u64::from(part) / u64::from(parts);
    (0..parts).map(move |part| {
        u32::try_from(up_to(part + 1) - up_to(part)).unwrap_or_else(|_| unreachable!("a part is at most the total"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Lcg;

    #[test]
    fn parts_sum_to_the_total_and_differ_by_at_most_one() {
        let mut random = Lcg::new(1);
        for _ in 0..2_000 {
            let (total, parts) = (random.below(50_000), 1 + random.below(900));
            let split: Vec<u32> = evenly(total, parts).collect();
            assert_eq!(split.iter().sum::<u32>(), total, "{total} in {parts}");
            assert!(split.iter().all(|&part| part == total / parts || part == total / parts + 1), "{total} in {parts}");
        }
    }

    #[test]
    fn the_remainder_is_spread_and_not_piled_up_at_one_end() {
        assert_eq!(evenly(3, 6).collect::<Vec<_>>(), [0, 1, 0, 1, 0, 1]);
        assert_eq!(evenly(0, 3).collect::<Vec<_>>(), [0, 0, 0]);
        assert_eq!(evenly(u32::MAX, 1).collect::<Vec<_>>(), [u32::MAX]);
        assert_eq!(evenly(5, 0).count(), 0);
    }
}
