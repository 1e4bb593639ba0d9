//! Closing plans: greedy against its naive form, the exact optimum, and `PySAL` spopt on the same instance.
//!
//! The peer runs as a process of its own and only where Python has `spopt` and `pulp`; otherwise the bench says so. Its
//! own time is what it reports for building the model and solving it, without starting Python.

use std::{
    io::Write as _,
    process::{Command, Stdio},
    time::Instant,
};

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use hatang_coverage::siting::{Candidate, Demand, Limits, Means, Preference, Question, Ready, exact, greedy};

/// Places and sites of a random instance: metres, people, and the radius that a site serves.
struct Instance {
    demand: Vec<(f64, f64, u64)>,
    sites: Vec<(f64, f64, u64)>,
    radius_m: f64,
}

/// Knuth's MMIX generator: the same instance everywhere.
fn instance(n_demand: usize, n_sites: usize) -> Instance {
    let mut state = 17_u64;
    let mut below = |limit: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % limit
    };
    let mut place = |weight: u64, least: u64| {
        let metre = |number: u64| f64::from(u32::try_from(number).unwrap_or(0)) / 10.0;
        (metre(below(80_000)), metre(below(80_000)), least + below(weight))
    };
    let demand = (0..n_demand).map(|_| place(60, 1)).collect();
    let sites = (0..n_sites).map(|_| place(110, 20)).collect();
    Instance { demand, sites, radius_m: 900.0 }
}

fn question(instance: &Instance) -> Question {
    let near = |a: &(f64, f64, u64), b: &(f64, f64, u64)| (a.0 - b.0).hypot(a.1 - b.1) <= instance.radius_m;
    let all = 0..instance.demand.len();
    let candidate = |site: &(f64, f64, u64)| Candidate {
        means: Means::NewMast,
        cost: site.2,
        structure: None,
        covers: all.clone().filter(|place| near(site, &instance.demand[*place])).collect(),
    };
    Question {
        demand: instance.demand.iter().map(|place| Demand { people: place.2, ..Demand::default() }).collect(),
        candidates: instance.sites.iter().map(candidate).collect(),
        structures: Vec::new(),
    }
}

/// The same picks with every candidate counted anew at every step.
fn naive(question: &Question, sites: usize) -> u64 {
    let mut served = vec![false; question.demand.len()];
    let mut sum = 0;
    for _ in 0..sites {
        let gain = |candidate: &Candidate| -> u64 {
            candidate.covers.iter().filter(|place| !served[**place]).map(|place| question.demand[*place].people).sum()
        };
        let Some(best) = question.candidates.iter().rev().max_by_key(|candidate| gain(candidate)) else { break };
        sum += gain(best);
        for place in &best.covers {
            served[*place] = true;
        }
    }
    sum
}

const PEER: &str = r#"
import sys, time, math
try:
    import numpy, pulp
    from spopt.locate import MCLP
except Exception as error:
    print("absent", error); sys.exit()
rows = [line.split() for line in sys.stdin]
p, radius = int(rows[0][0]), float(rows[0][1])
demand = [tuple(map(float, row[1:])) for row in rows[1:] if row[0] == "d"]
sites = [tuple(map(float, row[1:])) for row in rows[1:] if row[0] == "s"]
cost = numpy.array([[math.hypot(d[0] - s[0], d[1] - s[1]) for s in sites] for d in demand])
weights = numpy.array([d[2] for d in demand])
start = time.perf_counter()
solved = MCLP.from_cost_matrix(cost, weights, radius, p_facilities=p).solve(pulp.PULP_CBC_CMD(msg=False))
print(int(round(pulp.value(solved.problem.objective))), time.perf_counter() - start)
"#;

/// What spopt finds, and how many seconds it takes.
fn peer(instance: &Instance, sites: usize) -> Option<(u64, f64)> {
    let mut python =
        Command::new("python3").args(["-c", PEER]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let row = |kind: &str, place: &(f64, f64, u64)| format!("{kind} {} {} {}", place.0, place.1, place.2);
    let mut input = vec![format!("{sites} {}", instance.radius_m)];
    input.extend(instance.demand.iter().map(|place| row("d", place)));
    input.extend(instance.sites.iter().map(|place| row("s", place)));
    python.stdin.take()?.write_all(input.join("\n").as_bytes()).ok()?;
    let told = String::from_utf8(python.wait_with_output().ok()?.stdout).ok()?;
    let mut words = told.split_whitespace();
    Some((words.next()?.parse().ok()?, words.next()?.parse().ok()?))
}

#[expect(clippy::print_stderr, reason = "a developer reads the ratio")]
fn plans(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("closing plan");
    for (n_demand, n_sites) in [(300, 40), (1_500, 120)] {
        let instance = instance(n_demand, n_sites);
        let question = question(&instance);
        let sites = 20;
        let limits = Limits { sites: Some(sites), preference: Preference::CostOnly, ..Limits::default() };
        let ready = Ready::new(&question, &limits).expect("the question fits together");
        assert_eq!(greedy(&ready).justified, naive(&question, sites), "lazy and naive pick alike");
        let began = Instant::now();
        let optimum = exact(&ready).expect("small enough").justified;
        let own = began.elapsed().as_secs_f64();
        match peer(&instance, sites) {
            Some((found, seconds)) => {
                assert_eq!(found, optimum, "spopt finds the same optimum");
                eprintln!("{n_demand} x {n_sites}: exact {own:.3} s, spopt {seconds:.3} s, ratio {:.1}", seconds / own);
            }
            None => {
                eprintln!("{n_demand} x {n_sites}: exact {own:.3} s; spopt is not installed (pip install spopt pulp)");
            }
        }
        let size = format!("{n_demand} x {n_sites}");
        group.bench_with_input(BenchmarkId::new("greedy, lazy", &size), &ready, |b, ready| b.iter(|| greedy(ready)));
        group.bench_with_input(BenchmarkId::new("greedy, naive", &size), &question, |b, q| b.iter(|| naive(q, sites)));
        group.sample_size(10);
        group.bench_with_input(BenchmarkId::new("exact", &size), &ready, |b, ready| b.iter(|| exact(ready)));
    }
    group.finish();
}

criterion_group!(benches, plans);
criterion_main!(benches);
