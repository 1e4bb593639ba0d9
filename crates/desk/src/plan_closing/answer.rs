//! The plan as it leaves the desk.

use std::collections::BTreeMap;

use hatang_core::{Shape, Text, Viewer};
use hatang_coverage::{
    Reach, Station,
    siting::{Demand, FailsTogether, Means, NoOptimum, Outcome, Ready, Rival, Why, WhyUnusable, fails_together},
};

use super::{
    Balance, Basis, Choice, ClosingPlan, ClosingQuestion, Compared, Costs, Gain, Loss, Option_, PlannedPick,
    PlannedSteps, ToAsk, Wanted,
    candidates::{NEW_MAST_M, SMALL_CELL_EIRP_DBM},
};
use crate::{
    desk::Desk,
    error::DeskError,
    run_coverage::{CoverageRun, HamletShare, missing_terrain},
};

/// How many options and losses an answer lists; the rest is counted.
const LISTED: usize = 60;

#[expect(clippy::too_many_arguments, reason = "these are the parts of one answer, each made once")]
pub(super) fn of(
    desk: &Desk,
    who: &Viewer,
    question: &ClosingQuestion,
    basis: &Basis<'_>,
    costs: &Costs,
    options: &[Option_],
    ready: &Ready<'_>,
    wanted: &Wanted,
    greedy: &Outcome,
    exact: Option<Result<Outcome, NoOptimum>>,
) -> Result<ClosingPlan, DeskError> {
    let run = basis.run;
    let teller = Teller { basis, run, options, wanted };
    let before = teller.balance(&run.reach.probability);
    let (optimum, no_optimum) = match exact {
        Some(Ok(outcome)) => (Some(outcome), None),
        Some(Err(error)) => (None, Some(error.to_string())),
        None => (None, None),
    };
    let below_optimum_pct = optimum.as_ref().map(|optimum| percent_below(greedy.justified, optimum.justified));
    let fails_together = teller.losses(desk, who, greedy)?;
    let mut ask_the_owner: Vec<ToAsk> = ready
        .unusable
        .iter()
        .filter_map(|one| match one.why {
            WhyUnusable::AskTheOwner { reason } if 0 < one.would_serve.weight => {
                Some(ToAsk { choice: teller.choice(one.candidate), missing: reason })
            }
            _ => None,
        })
        .collect();
    ask_the_owner
        .sort_by(|a, b| b.choice.alone.people.cmp(&a.choice.alone.people).then(a.choice.key.cmp(&b.choice.key)));
    ask_the_owner.truncate(LISTED);
    let mut choices: Vec<Choice> = (0..options.len())
        .filter(|option| !options[*option].covers.is_empty())
        .map(|option| teller.choice(option))
        .collect();
    choices.sort_by(|a, b| b.alone.people.cmp(&a.alone.people).then(a.key.cmp(&b.key)));
    let named = |key: &String| question.forced.contains(key) || question.forbidden.contains(key);
    let mut listed = 0;
    choices.retain(|choice| {
        listed += 1;
        listed <= 4 * LISTED || named(&choice.key)
    });
    let mut by_means: BTreeMap<&'static str, usize> = BTreeMap::new();
    for option in options {
        *by_means.entry(means_word(option.spot.means)).or_default() += 1;
    }
    Ok(ClosingPlan {
        question: question.clone(),
        model: run.report.model.clone(),
        seq: desk.position_seen_by(who),
        costs_are_placeholders: costs.has_placeholders(),
        costs: costs.clone(),
        assumptions: assumptions(question),
        before,
        steps: teller.steps(greedy)?,
        optimum: optimum.map(|outcome| teller.steps(&outcome)).transpose()?,
        no_optimum,
        below_optimum_pct,
        ask_the_owner,
        options: by_means,
        full: ready.unusable.iter().filter(|one| one.why == WhyUnusable::Full).count(),
        not_computed: options.iter().filter(|option| !option.computed).count(),
        helps_nobody: options.iter().filter(|option| option.computed && option.covers.is_empty()).count(),
        choices,
        fails_together,
    })
}

#[expect(clippy::cast_precision_loss, reason = "there are fewer than 2⁵³ people")]
fn percent_below(steps: u64, optimum: u64) -> f64 {
    if optimum == 0 { 0.0 } else { 100.0 * (optimum.saturating_sub(steps)) as f64 / optimum as f64 }
}

const fn means_word(means: Means) -> &'static str {
    match means {
        Means::OwnUpgrade => "own_upgrade",
        Means::FreeSlot => "free_slot",
        Means::OtherSector => "other_sector",
        Means::NewMast => "new_mast",
    }
}

fn assumptions(question: &ClosingQuestion) -> Vec<Text> {
    vec![
        Text::new(
            "Anten mới có ba hướng 0°, 120°, 240°; chỗ trống trên cột thấp hơn đỉnh cột 3 m; băng tần là băng tần mạng đang dùng nhiều nhất tại địa bàn.",
            "New antennas look to 0°, 120° and 240°; a free slot is 3 m below the top of its mast; the band is the one that the network uses most here.",
        ),
        Text::new(
            format!("Cột mới cao {NEW_MAST_M} m; trạm nhỏ trên cột đèn, cột điện phát {SMALL_CELL_EIRP_DBM} dBm."),
            format!(
                "A new mast is {NEW_MAST_M} m high; a small cell on a lamp post or power pole radiates {SMALL_CELL_EIRP_DBM} dBm."
            ),
        ),
        Text::new(
            format!(
                "Mỗi địa điểm ưu tiên được tính ngang {} người, trừ nơi quy hoạch ghi trọng số riêng.",
                question.place_weight
            ),
            format!(
                "Each priority place counts as {} people, unless the plan gives it a weight of its own.",
                question.place_weight
            ),
        ),
        Text::new(
            "Tải trọng kết cấu, quy hoạch và khoảng cách chưa được xét ở đây: hãy đối chiếu từng phương án trước khi nộp.",
            "Structural load, plan and spacing are not judged here: screen each option before filing it.",
        ),
    ]
}

struct Teller<'a> {
    basis: &'a Basis<'a>,
    run: &'a CoverageRun,
    options: &'a [Option_],
    wanted: &'a Wanted,
}

impl Teller<'_> {
    fn choice(&self, option: usize) -> Choice {
        let Option_ { spot, covers, .. } = &self.options[option];
        let alone = covers.iter().map(|demand| self.wanted.demand[*demand]);
        let alone: hatang_coverage::siting::Totals = alone.collect();
        Choice {
            key: spot.key.clone(),
            means: spot.means,
            asset: spot.asset,
            code: spot.code.clone(),
            owner: spot.owner.clone(),
            host: spot.host,
            at: spot.at,
            height_m: spot.station.antenna_height.map(hatang_core::Metres::get),
            cost: spot.cost,
            alone: Gain { people: alone.people, places: alone.places },
        }
    }

    fn compared(&self, rival: Rival) -> Compared {
        let spot = &self.options[rival.candidate].spot;
        Compared {
            key: spot.key.clone(),
            means: rival.means,
            code: spot.code.clone(),
            gain: rival.gain,
            cost: rival.cost,
        }
    }

    fn steps(&self, outcome: &Outcome) -> Result<PlannedSteps, DeskError> {
        let added: Vec<Station> =
            outcome.picks.iter().map(|pick| self.options[pick.candidate].spot.station.clone()).collect();
        let after = self.basis.reach_of(&added)?;
        let best: Vec<f32> = self
            .run
            .reach
            .probability
            .iter()
            .zip(&after.probability)
            .map(|(before, added)| before.max(*added))
            .collect();
        let mut people_covered = self.run.report.people_covered;
        let picks = outcome.picks.iter().enumerate().map(|(index, pick)| {
            people_covered += pick.gain.people;
            let (reason, next, passed_over) = match pick.why {
                Why::Forced => ("forced", None, None),
                Why::Most { next, passed_over } => ("most", next, passed_over),
                Why::BestSingle => ("best_single", None, None),
                Why::Optimum => ("optimum", None, None),
            };
            PlannedPick {
                number: index + 1,
                phase: pick.phase + 1,
                choice: self.choice(pick.candidate),
                gained: Gain { people: pick.gain.people, places: pick.gain.places },
                people_covered,
                reason,
                next: next.map(|rival| self.compared(rival)),
                passed_over: passed_over.map(|rival| self.compared(rival)),
            }
        });
        let new_masts = outcome.picks.iter().filter(|pick| self.options[pick.candidate].spot.means == Means::NewMast);
        Ok(PlannedSteps {
            picks: picks.collect(),
            cost: outcome.cost,
            new_masts: new_masts.count(),
            gained: Gain { people: outcome.served.people, places: outcome.served.places },
            after: self.balance(&best),
            newly_covered: self.newly_covered(&after)?,
        })
    }

    fn covered(&self, probability: f32) -> bool {
        self.basis.covers(probability)
    }

    fn balance(&self, probability: &[f32]) -> Balance {
        let ground = &self.run.ground;
        let mut hamlets: Vec<(u64, u64)> = vec![(0, 0); ground.people.hamlets().len()];
        for residents in ground.people.residents() {
            let (people, covered) = &mut hamlets[residents.hamlet];
            *people += u64::from(residents.people);
            *covered += if self.covered(probability[residents.cell]) { u64::from(residents.people) } else { 0 };
        }
        let places = ground.places.iter().filter_map(|(_, at)| self.run.reach.grid.cell_at(*at));
        let (people, people_covered) = hamlets.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        Balance {
            people,
            people_covered,
            share: share(people_covered, people),
            places: ground.places.len() as u64,
            places_covered: places.filter(|cell| self.covered(probability[*cell])).count() as u64,
            hamlets: ground
                .people
                .hamlets()
                .iter()
                .zip(hamlets)
                .map(|(name, (people, people_covered))| HamletShare {
                    name: name.clone(),
                    people,
                    people_covered,
                    share: share(people_covered, people),
                })
                .collect(),
        }
    }

    /// The cells that only the added stations cover, as rectangles of one area.
    fn newly_covered(&self, added: &Reach) -> Result<Option<Shape>, DeskError> {
        let run = self.run;
        let newly = |cell: usize| {
            run.ground.inside[cell]
                && !self.covered(run.reach.probability[cell])
                && self.covered(added.probability[cell])
        };
        let shown: Vec<bool> = (0..run.reach.grid.len()).map(newly).collect();
        let mut rectangles = Vec::new();
        for band in hatang_coverage::bands(added, &run.parameters, &shown) {
            let mut ring = run.ground.ring(&band.corners())?;
            ring.push(ring[0]);
            rectangles.push(vec![ring]);
        }
        Ok((!rectangles.is_empty()).then_some(Shape::MultiPolygon(rectangles)))
    }

    /// Who loses service when one structure fails once the plan stands.
    fn losses(&self, desk: &Desk, who: &Viewer, outcome: &Outcome) -> Result<Vec<Loss>, DeskError> {
        let ground = &self.run.ground;
        let mut demand: BTreeMap<usize, Demand> = BTreeMap::new();
        for residents in ground.people.residents().iter().filter(|residents| 0 < residents.people) {
            demand.entry(residents.cell).or_default().people += u64::from(residents.people);
        }
        for cell in ground.places.iter().filter_map(|(_, at)| self.run.reach.grid.cell_at(*at)) {
            demand.entry(cell).or_default().places += 1;
        }
        let (cells, demand): (Vec<usize>, Vec<Demand>) = demand.into_iter().unzip();
        // Stations that stand on one spot fail together: within a metre they are on one structure.
        let mut structures: BTreeMap<(i64, i64), (Vec<Station>, Option<usize>)> = BTreeMap::new();
        for (_, station) in &self.run.stations {
            structures.entry(spot_of(station)).or_default().0.push(station.clone());
        }
        for (number, pick) in outcome.picks.iter().enumerate() {
            let station = &self.options[pick.candidate].spot.station;
            let structure = structures.entry(spot_of(station)).or_default();
            structure.0.push(station.clone());
            structure.1 = Some(number + 1);
        }
        let structures: Vec<(Vec<Station>, Option<usize>)> = structures.into_values().collect();
        let serves = structures.iter().map(|(stations, _)| {
            let (offered, _) = self
                .basis
                .in_cells(stations, &cells)
                .map_err(|missing| missing_terrain(&missing, ground, &self.run.stations))?;
            Ok((0..cells.len()).filter(|one| self.covered(offered[*one])).collect())
        });
        let serves: Vec<Vec<usize>> = serves.collect::<Result<_, DeskError>>()?;
        let lost = fails_together(&demand, &serves);
        lost.iter().take(LISTED / 4).map(|loss| self.loss(desk, who, loss, &structures[loss.structure])).collect()
    }

    fn loss(
        &self,
        desk: &Desk,
        who: &Viewer,
        fails: &FailsTogether,
        (stations, pick): &(Vec<Station>, Option<usize>),
    ) -> Result<Loss, DeskError> {
        let at = self.run.ground.lonlat(stations[0].at)?;
        let mast = desk.read(|registry| {
            let seen = registry.seen_by(who);
            let near = seen.nearest(hatang_core::AssetClass::Mast, at, 1, |mast| mast.asset().status.stands());
            let near =
                near.into_iter().find(|near| near.nearest.distance.get() <= 15.0 && !near.sight.is_generalised())?;
            let asset = near.sight.asset();
            Some((asset.id, asset.code.as_ref().map(ToString::to_string), asset.owner.to_string()))
        });
        let (asset, code, owner) = mast.map_or((None, None, None), |(id, code, owner)| (Some(id), code, Some(owner)));
        let lost = fails.lost;
        let lost = Gain { people: lost.people, places: lost.places };
        Ok(Loss { asset, code, owner, pick: *pick, at, lost })
    }
}

#[expect(clippy::cast_possible_truncation, reason = "planar metres fit easily")]
fn spot_of(station: &Station) -> (i64, i64) {
    ((station.at.east).round() as i64, (station.at.north).round() as i64)
}

#[expect(clippy::cast_precision_loss, reason = "there are fewer than 2⁵³ people")]
fn share(covered: u64, people: u64) -> Option<f64> {
    (0 < people).then(|| covered as f64 / people as f64)
}
