use hatang_core::{Capacity, NullReason};

use super::*;
use crate::testing::Lcg;

fn people(people: u64) -> Demand {
    Demand { people, ..Demand::default() }
}

fn candidate(means: Means, cost: u64, structure: Option<usize>, covers: &[usize]) -> Candidate {
    Candidate { means, cost, structure, covers: covers.to_vec() }
}

fn random(seed: u64) -> Question {
    let mut random = Lcg::new(seed);
    let demand: Vec<Demand> = (0..12)
        .map(|_| Demand {
            people: u64::from(random.below(40)),
            places: random.below(2),
            places_weight: u64::from(random.below(30)),
        })
        .collect();
    let structures =
        vec![Capacity::Known(1), Capacity::Known(2), Capacity::Known(0), Capacity::Unknown(NullReason::Unknown)];
    let candidates = (0..9)
        .map(|_| Candidate {
            means: Means::ALL[random.below(4) as usize],
            cost: u64::from(1 + random.below(20)),
            structure: Some(random.below(6) as usize).filter(|structure| *structure < 4),
            covers: (0..demand.len()).filter(|_| random.below(3) == 0).collect(),
        })
        .collect();
    Question { demand, candidates, structures }
}

/// The greatest justified weight of all sets of candidates within the limits.
fn brute_force(ready: &Ready<'_>) -> u64 {
    let (question, limits) = (ready.question, ready.limits);
    let within = |set: &Vec<usize>| {
        let cost: u64 = set.iter().map(|index| question.candidates[*index].cost).sum();
        let room = question.structures.iter().enumerate().all(|(structure, room)| {
            let on_it = set.iter().filter(|index| question.candidates[**index].structure == Some(structure)).count();
            on_it == 0 || matches!(room, Capacity::Known(free) if on_it <= *free as usize)
        });
        room && limits.budget().is_none_or(|budget| cost <= budget)
            && limits.sites.is_none_or(|sites| set.len() <= sites)
            && limits.forced.iter().all(|forced| set.contains(forced))
            && limits.forbidden.iter().all(|forbidden| !set.contains(forbidden))
    };
    (0_u32..1 << question.candidates.len())
        .map(|bits| (0..question.candidates.len()).filter(|index| bits & (1 << index) != 0).collect::<Vec<_>>())
        .filter(within)
        .map(|set| {
            let served: std::collections::BTreeSet<usize> =
                set.iter().flat_map(|index| ready.counted[*index].iter().copied()).collect();
            served.into_iter().map(|demand| question.demand[demand].weight()).sum()
        })
        .max()
        .unwrap_or(0)
}

fn keeps(question: &Question, limits: &Limits, outcome: &Outcome) {
    let mut spent = 0;
    let mut available = 0;
    for (phase, money) in limits.phases.iter().enumerate() {
        available += money;
        spent += outcome.picks.iter().filter(|pick| pick.phase == phase).map(|pick| pick.cost).sum::<u64>();
        assert!(spent <= available, "phase {phase} overspends: {outcome:?}");
    }
    assert!(limits.sites.is_none_or(|sites| outcome.picks.len() <= sites));
    for (structure, room) in question.structures.iter().enumerate() {
        let on_it =
            outcome.picks.iter().filter(|pick| question.candidates[pick.candidate].structure == Some(structure));
        let on_it = u32::try_from(on_it.count()).unwrap();
        assert!(on_it == 0 || matches!(room, Capacity::Known(free) if on_it <= *free), "structure {structure}");
    }
    let picked = |candidate: &usize| outcome.picks.iter().any(|pick| pick.candidate == *candidate);
    assert!(limits.forced.iter().all(picked), "{limits:?} {outcome:?}");
    assert!(!limits.forbidden.iter().any(picked));
}

#[test]
fn the_exact_answer_is_that_of_trying_every_set_and_greedy_keeps_its_promise() {
    for seed in 0..120 {
        let question = random(seed);
        let usable = (0..9).filter(|index| question.candidates[*index].structure.is_none()).collect::<Vec<_>>();
        for limits in [
            Limits { sites: Some(3), preference: Preference::CostOnly, ..Limits::default() },
            Limits { phases: vec![12, 6], preference: Preference::InOrder, ..Limits::default() },
            Limits {
                phases: vec![25],
                preference: Preference::StandingFirst,
                forbidden: vec![0, 4],
                ..Limits::default()
            },
            Limits {
                phases: vec![40],
                sites: Some(4),
                forced: usable.iter().copied().take(1).collect(),
                preference: Preference::CostOnly,
                ..Limits::default()
            },
        ] {
            let ready = Ready::new(&question, &limits).unwrap();
            let best = brute_force(&ready);
            let (exact, greedy) = (exact(&ready).unwrap(), greedy(&ready));
            assert_eq!(exact.justified, best, "seed {seed}, {limits:?}");
            assert!(greedy.justified <= best, "seed {seed}, {limits:?}");
            keeps(&question, &limits, &exact);
            keeps(&question, &limits, &greedy);
            if limits.phases.is_empty() {
                // Structures that hold only so many make it a matroid, for which half of the optimum is the bound.
                assert!(best <= 2 * greedy.justified, "seed {seed}: {} of {best}", greedy.justified);
            }
        }
    }
}

#[test]
fn more_money_never_serves_fewer_in_the_exact_answer() {
    for seed in 0..40 {
        let question = random(seed);
        let mut before = 0;
        for budget in (0..=60).step_by(5) {
            let limits = Limits { phases: vec![budget], ..Limits::default() };
            let outcome = exact(&Ready::new(&question, &limits).unwrap()).unwrap();
            assert!(before <= outcome.justified, "seed {seed}, budget {budget}");
            before = outcome.justified;
        }
    }
}

#[test]
fn a_new_mast_is_justified_only_by_those_whom_nothing_else_could_serve() {
    let question = Question {
        demand: vec![people(100), people(40), people(7)],
        candidates: vec![
            candidate(Means::NewMast, 10, None, &[0, 1, 2]),
            candidate(Means::FreeSlot, 10, Some(0), &[0]),
            candidate(Means::OtherSector, 10, None, &[1]),
        ],
        structures: vec![Capacity::Known(1)],
    };
    let picks = |preference| {
        let limits = Limits { phases: vec![20], preference, ..Limits::default() };
        let outcome = greedy(&Ready::new(&question, &limits).unwrap());
        outcome.picks.iter().map(|pick| (pick.candidate, pick.gain.people)).collect::<Vec<_>>()
    };
    assert_eq!(picks(Preference::InOrder), [(1, 100), (2, 40)]);
    assert_eq!(picks(Preference::CostOnly), [(0, 147)]);
    let limits = Limits { phases: vec![20], ..Limits::default() };
    let outcome = greedy(&Ready::new(&question, &limits).unwrap());
    let Why::Most { next, passed_over } = outcome.picks[0].why else { panic!("{outcome:?}") };
    assert_eq!(next.map(|rival| (rival.candidate, rival.gain)), Some((2, 40)));
    assert_eq!(
        passed_over.map(|rival| (rival.candidate, rival.gain)),
        Some((0, 147)),
        "the reason names what was passed over"
    );
}

#[test]
fn an_unknown_capacity_is_never_used_and_its_owner_is_named_to_be_asked() {
    let question = Question {
        demand: vec![people(50)],
        candidates: vec![
            candidate(Means::FreeSlot, 1, Some(0), &[0]),
            candidate(Means::FreeSlot, 1, Some(1), &[0]),
            candidate(Means::NewMast, 9, None, &[0]),
        ],
        structures: vec![Capacity::Unknown(NullReason::NotSurveyed), Capacity::Known(0)],
    };
    let limits = Limits::default();
    let ready = Ready::new(&question, &limits).unwrap();
    for outcome in [greedy(&ready), exact(&ready).unwrap()] {
        assert_eq!(outcome.picks.iter().map(|pick| pick.candidate).collect::<Vec<_>>(), [2]);
    }
    let whys: Vec<(usize, WhyUnusable, u64)> =
        ready.unusable.iter().map(|one| (one.candidate, one.why, one.would_serve.people)).collect();
    let asked = WhyUnusable::AskTheOwner { reason: NullReason::NotSurveyed };
    assert_eq!(whys, [(0, asked, 50), (1, WhyUnusable::Full, 50)]);
    let forced = Limits { forced: vec![0], ..Limits::default() };
    assert_eq!(Ready::new(&question, &forced).unwrap_err(), InvalidQuestion::ForcedWithoutRoom { candidate: 0 });
}

#[test]
fn where_one_candidate_beats_the_steps_it_is_the_plan() {
    let question = Question {
        demand: vec![people(2), people(100)],
        candidates: vec![candidate(Means::NewMast, 1, None, &[0]), candidate(Means::NewMast, 100, None, &[1])],
        structures: vec![],
    };
    let limits = Limits { phases: vec![60, 40], ..Limits::default() };
    let outcome = greedy(&Ready::new(&question, &limits).unwrap());
    assert_eq!(outcome.picks.iter().map(|pick| (pick.candidate, pick.phase)).collect::<Vec<_>>(), [(1, 1)]);
    assert_eq!(outcome.picks[0].why, Why::BestSingle);
}

#[test]
fn a_question_that_contradicts_itself_is_refused() {
    let question = Question {
        demand: vec![people(1)],
        candidates: vec![candidate(Means::NewMast, 5, None, &[0])],
        structures: vec![],
    };
    for (name, limits) in [
        ("no such candidate", Limits { forbidden: vec![1], ..Limits::default() }),
        ("forced and forbidden", Limits { forced: vec![0], forbidden: vec![0], ..Limits::default() }),
        ("forced beyond the money", Limits { forced: vec![0], phases: vec![4], ..Limits::default() }),
        ("forced beyond the number", Limits { forced: vec![0], sites: Some(0), ..Limits::default() }),
    ] {
        assert!(Ready::new(&question, &limits).is_err(), "{name}");
    }
}
