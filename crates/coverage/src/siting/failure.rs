//! The dark side of sharing: who loses service together when one structure fails.

use serde::Serialize;

use super::outcome::Totals;
use super::question::Demand;

/// Those whom one structure alone serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct FailsTogether {
    /// The structure's index.
    pub structure: usize,
    /// Everybody who has no other.
    pub lost: Totals,
}

/// For each structure, those who lose service when it alone fails; the heaviest loss first, nobody's loss left out.
///
/// `serves` names the demand that each structure serves, by index. `O(Σ |serves|)`.
///
/// # Panics
/// When a structure serves demand that is not there.
#[must_use]
pub fn fails_together(demand: &[Demand], serves: &[Vec<usize>]) -> Vec<FailsTogether> {
    let mut only: Vec<Option<usize>> = vec![None; demand.len()];
    let mut several = vec![false; demand.len()];
    for (structure, served) in serves.iter().enumerate() {
        for &one in served {
            match only[one] {
                Some(other) => several[one] |= other != structure,
                None => only[one] = Some(structure),
            }
        }
    }
    let mut by_structure: Vec<Vec<Demand>> = vec![Vec::new(); serves.len()];
    for (one, structure) in only.iter().enumerate().filter(|(one, _)| !several[*one]) {
        if let Some(structure) = structure {
            by_structure[*structure].push(demand[one]);
        }
    }
    let losses = by_structure.into_iter().enumerate();
    let mut lost: Vec<FailsTogether> =
        losses.map(|(structure, lost)| FailsTogether { structure, lost: lost.into_iter().collect() }).collect();
    lost.retain(|one| 0 < one.lost.weight || 0 < one.lost.places);
    lost.sort_by_key(|one| (std::cmp::Reverse(one.lost.weight), one.structure));
    lost
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_a_second_structure_is_not_lost_with_the_first() {
        let demand = [5, 7, 11, 13].map(|people| Demand { people, ..Demand::default() });
        let serves = vec![vec![0, 1], vec![1, 2, 2], vec![], vec![3]];
        let lost: Vec<(usize, u64)> =
            fails_together(&demand, &serves).iter().map(|one| (one.structure, one.lost.people)).collect();
        assert_eq!(lost, [(3, 13), (1, 11), (0, 5)]);
    }
}
