//! Closing plans against optima that `PySAL` spopt found with two solvers; fibre reach against networkx and shapely.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, path::PathBuf};

use hatang_core::{Capacity, Planar};
use hatang_coverage::fibre::{self, AccessPoint, Class, Network, Premises, Route, Rules, reach_premises};
use hatang_coverage::siting::{Candidate, Demand, Limits, Means, Preference, Question, Ready, exact, greedy};

/// The data rows of a shared table, split at commas.
fn rows(table: &str) -> Vec<Vec<String>> {
    let beside_the_project = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("HATANG_SHARED_DATA").map_or_else(beside_the_project, PathBuf::from);
    let path = folder.join("coverage").join(table);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn number(text: &str) -> f64 {
    text.parse().unwrap_or_else(|_| panic!("`{text}` is not a number"))
}

/// The instance of a row: demand and sites of a file, covered within a radius.
fn question(instance: &str, radius_m: f64) -> Question {
    let demand = rows(&format!("mclp_{instance}_demand.csv"));
    let sites = rows(&format!("mclp_{instance}_sites.csv"));
    let within = |site: &[String], place: &[String]| {
        (number(&site[1]) - number(&place[1])).hypot(number(&site[2]) - number(&place[2])) <= radius_m
    };
    Question {
        demand: demand.iter().map(|row| Demand { people: row[3].parse().unwrap(), ..Demand::default() }).collect(),
        candidates: sites
            .iter()
            .map(|site| Candidate {
                means: Means::NewMast,
                cost: site[3].parse().unwrap(),
                structure: None,
                covers: (0..demand.len()).filter(|index| within(site, &demand[*index])).collect(),
            })
            .collect(),
        structures: Vec::<Capacity>::new(),
    }
}

#[test]
fn every_instance_has_the_shared_optimum_and_greedy_takes_the_shared_steps() {
    let mut compared = 0;
    for row in rows("mclp_expected.csv") {
        let question = question(&row[0], number(&row[3]));
        assert_eq!(
            (question.demand.len(), question.candidates.len()),
            (row[1].parse().unwrap(), row[2].parse().unwrap())
        );
        let limit = row[5].parse().unwrap();
        let limits = match row[4].as_str() {
            "budget" => Limits { phases: vec![limit], ..Limits::default() },
            "p_facilities" => Limits { sites: usize::try_from(limit).ok(), ..Limits::default() },
            _ => Limits { sites: usize::try_from(limit).ok(), forced: vec![0, 1, 2], ..Limits::default() },
        };
        let limits = Limits { preference: Preference::CostOnly, ..limits };
        let ready = Ready::new(&question, &limits).unwrap();
        assert_eq!(exact(&ready).unwrap().justified.to_string(), row[8], "{row:?}");
        let steps = greedy(&ready);
        if limits.forced.is_empty() {
            assert_eq!(steps.justified.to_string(), row[10], "{row:?}");
            let picked: Vec<String> = steps.picks.iter().map(|pick| pick.candidate.to_string()).collect();
            assert_eq!(picked.join(" "), row[12], "{row:?}");
        }
        compared += 1;
    }
    assert_eq!(compared, 16);
}

/// The shared street graph: its routes and its access points.
fn streets() -> (Vec<Route>, Vec<AccessPoint>) {
    let nodes: Vec<(Planar, bool)> = rows("ftth_nodes.csv")
        .iter()
        .map(|row| (Planar::new(number(&row[1]), number(&row[2])), row[3] == "1"))
        .collect();
    let routes = rows("ftth_edges.csv").into_iter().map(|row| {
        let end = |column: usize| nodes[row[column].parse::<usize>().unwrap()].0;
        Route { line: vec![end(1), end(2)], means: fibre::Means::Pole, room: Capacity::Known(4) }
    });
    let access_points = nodes.iter().filter(|(_, is_access_point)| *is_access_point);
    let access_points = access_points.map(|(at, _)| AccessPoint { at: *at, spare: Capacity::Known(1_000) }).collect();
    (routes.collect(), access_points)
}

#[test]
fn fibre_reach_equals_the_shared_street_graph_to_the_centimetre() {
    let (routes, access_points) = streets();
    let expected = rows("ftth_expected.csv");
    let premises: Vec<Premises> = expected
        .iter()
        .map(|row| Premises { at: Planar::new(number(&row[1]), number(&row[2])), ports: 1, connected: false })
        .collect();
    // Each column of classes is the answer to its own pair of limits; lengths are compared within the widest.
    let limits =
        [(7, 50.0, 1e6), (8, 100.0, 1e6), (9, 152.0, 1e6), (10, 1e6, 250.0), (11, 1e6, 500.0), (12, 1e6, 1_000.0)];
    for (column, drop_m, route_m) in limits {
        let rules = Rules { join_m: 0.001, attach_m: 0.001, passed_m: 0.0, drop_m, route_m };
        let network = Network::new(&routes, &access_points, &[], &rules);
        let answer = reach_premises(&network, &premises, &rules);
        for (row, reached) in expected.iter().zip(&answer.reached) {
            assert_eq!(
                reached.class == Class::Serviceable,
                row[column] == "1",
                "column {column}, {row:?}: {reached:?}"
            );
            let Some(snap) = reached.snap else { continue };
            assert_eq!(snap.route.to_string(), row[3], "{row:?}");
            for (name, seen, at) in
                [("drop", Some(snap.drop_m), 4), ("route", reached.route_m, 5), ("total", reached.total_m(), 6)]
            {
                assert!((seen.unwrap() - number(&row[at])).abs() < 0.01, "{name} of {row:?}: {seen:?}");
            }
        }
    }
    assert_eq!(expected.len(), 60);
}
