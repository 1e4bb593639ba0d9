//! What operators declare, what the model says and what was measured, kept apart and held against each other.

pub mod calibration;

use serde::{Deserialize, Serialize};

pub use self::calibration::{ClassFit, Residual, calibrate, corrected};
use crate::grid::Grid;
use crate::people::People;

/// What one source says of a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Says {
    /// Nothing.
    #[default]
    Nothing,
    /// There is service.
    Yes,
    /// There is none.
    No,
}

impl From<bool> for Says {
    fn from(served: bool) -> Self {
        if served { Self::Yes } else { Self::No }
    }
}

/// What the three sources say of one cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Triple {
    /// What the operator declares.
    pub declared: Says,
    /// What the model says.
    pub modelled: Says,
    /// What was measured: yes where at least half of the cell's measurements reach the threshold.
    pub measured: Says,
}

impl Triple {
    /// How badly the sources contradict each other, the worst first; none where they agree or too few speak.
    #[must_use]
    pub const fn contradiction(self) -> Option<Contradiction> {
        match (self.declared, self.modelled, self.measured) {
            (Says::Yes, _, Says::No) => Some(Contradiction::DeclaredNotMeasured),
            (_, Says::Yes, Says::No) => Some(Contradiction::ModelledNotMeasured),
            (Says::Yes, Says::No, Says::Nothing) => Some(Contradiction::DeclaredNotModelled),
            (Says::No, _, Says::Yes) => Some(Contradiction::MeasuredNotDeclared),
            (_, Says::No, Says::Yes) => Some(Contradiction::MeasuredNotModelled),
            (Says::No, Says::Yes, Says::Nothing) => Some(Contradiction::ModelledNotDeclared),
            _ => None,
        }
    }
}

/// A contradiction between sources, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contradiction {
    /// The operator promises what nobody could measure.
    DeclaredNotMeasured,
    /// The model promises what nobody could measure.
    ModelledNotMeasured,
    /// The operator promises what the model does not expect.
    DeclaredNotModelled,
    /// There is more than the operator declares.
    MeasuredNotDeclared,
    /// There is more than the model expects.
    MeasuredNotModelled,
    /// The model expects more than the operator declares.
    ModelledNotDeclared,
}

/// Cells in which the same sources say the same, with who lives there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Agreement {
    /// What they say.
    pub triple: Triple,
    /// The worst first; none where they agree.
    pub contradiction: Option<Contradiction>,
    /// People who live there.
    pub people: u64,
    /// The cells, in order.
    pub cells: Vec<usize>,
}

/// Sorts cells by what the sources say of them: contradictions first, the worst and then the most people first. Cells of
/// which declared and measured both say nothing are left out.
///
/// # Panics
/// When a list has not one entry for each cell.
#[must_use]
pub fn compare(people: &People, declared: &[Says], modelled: &[Says], measured: &[Says]) -> Vec<Agreement> {
    let cells = people.grid().len();
    assert!([declared, modelled, measured].iter().all(|says| says.len() == cells), "one entry for each cell");
    let mut living = vec![0_u64; cells];
    for residents in people.residents() {
        living[residents.cell] += u64::from(residents.people);
    }
    let mut groups: std::collections::BTreeMap<Triple, Agreement> = std::collections::BTreeMap::new();
    for cell in 0..cells {
        let triple = Triple { declared: declared[cell], modelled: modelled[cell], measured: measured[cell] };
        if triple.declared == Says::Nothing && triple.measured == Says::Nothing {
            continue;
        }
        let contradiction = triple.contradiction();
        let group = groups.entry(triple);
        let group = group.or_insert_with(|| Agreement { triple, contradiction, people: 0, cells: Vec::new() });
        group.people += living[cell];
        group.cells.push(cell);
    }
    let mut groups: Vec<Agreement> = groups.into_values().collect();
    groups.sort_by_key(|group| {
        (group.contradiction.is_none(), group.contradiction, std::cmp::Reverse(group.people), group.triple)
    });
    groups
}

/// What measurements say of each cell: yes where at least half of them reach the threshold.
#[must_use]
pub fn measured_cells(grid: &Grid, levels: impl IntoIterator<Item = (usize, f64)>, threshold_dbm: f64) -> Vec<Says> {
    let mut counts = vec![(0_u32, 0_u32); grid.len()];
    for (cell, level_dbm) in levels {
        counts[cell].0 += 1;
        counts[cell].1 += u32::from(threshold_dbm <= level_dbm);
    }
    let says = |(all, enough): (u32, u32)| if all == 0 { Says::Nothing } else { Says::from(all <= 2 * enough) };
    counts.into_iter().map(says).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{everywhere, grid_of};

    #[test]
    fn a_promise_that_was_measured_and_not_kept_comes_first() {
        use Says::{No, Nothing, Yes};
        let grid = grid_of(4, 2);
        let people = everywhere(&grid, 80);
        let declared = [Yes, Yes, Yes, Yes, No, No, Nothing, Nothing];
        let modelled = [Yes, No, No, Yes, Yes, No, Yes, No];
        let measured = [No, No, Nothing, Yes, Nothing, Yes, No, Nothing];
        let groups = compare(&people, &declared, &modelled, &measured);
        let seen: Vec<(Option<Contradiction>, Vec<usize>)> =
            groups.iter().map(|group| (group.contradiction, group.cells.clone())).collect();
        assert_eq!(
            seen,
            [
                (Some(Contradiction::DeclaredNotMeasured), vec![0]),
                (Some(Contradiction::DeclaredNotMeasured), vec![1]),
                (Some(Contradiction::ModelledNotMeasured), vec![6]),
                (Some(Contradiction::DeclaredNotModelled), vec![2]),
                (Some(Contradiction::MeasuredNotDeclared), vec![5]),
                (Some(Contradiction::ModelledNotDeclared), vec![4]),
                (None, vec![3]),
            ]
        );
        assert_eq!(groups.iter().map(|group| group.people).sum::<u64>(), 70, "each cell counts once");
    }

    #[test]
    fn half_of_a_cells_measurements_decide() {
        let grid = grid_of(3, 1);
        let levels = [(0, -100.0), (0, -120.0), (1, -120.0), (1, -121.0), (1, -90.0)];
        assert_eq!(measured_cells(&grid, levels, -110.0), [Says::Yes, Says::No, Says::Nothing]);
    }
}
