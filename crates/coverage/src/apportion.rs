//! Whole people into cells, without losing one.

use std::cmp::Reverse;

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

/// Splits `total` into one whole number for each weight, in proportion and summing to it exactly; `None` where all
/// weights are zero.
///
/// This is the method of largest remainder; of equal remainders the first come first.
#[must_use]
pub fn by_weight(total: u32, weights: &[u64]) -> Option<Vec<u32>> {
    let sum: u128 = weights.iter().copied().map(u128::from).sum();
    if sum == 0 {
        return None;
    }
    let shares = weights.iter().map(|weight| u128::from(total) * u128::from(*weight));
    let mut parts: Vec<u32> = Vec::with_capacity(weights.len());
    let mut remainders: Vec<(Reverse<u128>, usize)> = Vec::with_capacity(weights.len());
    for (index, share) in shares.enumerate() {
        parts.push(u32::try_from(share / sum).unwrap_or_else(|_| unreachable!("a part is at most the total")));
        remainders.push((Reverse(share % sum), index));
    }
    remainders.sort_unstable();
    let left = total - parts.iter().sum::<u32>();
    for (_, index) in remainders.into_iter().take(left as usize) {
        parts[index] += 1;
    }
    Some(parts)
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

    #[test]
    fn weighted_parts_sum_to_the_total_and_are_within_one_of_their_share() {
        let mut random = Lcg::new(2);
        for _ in 0..500 {
            let total = random.below(50_000);
            let weights: Vec<u64> = (0..=random.below(60)).map(|_| u64::from(random.below(1_000))).collect();
            let sum: u64 = weights.iter().sum();
            let Some(split) = by_weight(total, &weights) else {
                assert_eq!(sum, 0);
                continue;
            };
            assert_eq!(split.iter().sum::<u32>(), total, "{weights:?}");
            for (part, weight) in split.iter().zip(&weights) {
                let floor = u64::from(total) * weight / sum;
                assert!((floor..=floor + 1).contains(&u64::from(*part)), "{total} by {weights:?}");
            }
        }
        assert_eq!(by_weight(10, &[1, 1, 1]), Some(vec![4, 3, 3]));
        assert_eq!(by_weight(7, &[0, 3]), Some(vec![0, 7]));
        assert_eq!(by_weight(7, &[0, 0]), None);
    }
}
