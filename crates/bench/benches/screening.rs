//! A whole screening of a mast and of a duct of 2 km over 10⁵ and 10⁶ assets: every rule of the national set and the
//! template, hosts, the way, conditions and works, beside a plan, works of other sectors, requests that wait, and what
//! masts serve.
//!
//! Prints median, 95th percentile and worst. That each of these parts is met by some request is checked, so that
//! nothing fast is measured that looks at nothing.

use std::{
    hint::black_box,
    io::{self, Write as _},
    time::Instant,
};

use hatang_bench::{SIZES, Surroundings, Times, filled, is_asked_for, request, route, rule_sets, served};
use hatang_core::{
    AssetClass, Lonlat, RequestItem, RuleSet, Shape, Viewer,
    plan::{PlanIndex, Works},
};
use hatang_review::{Origin, Scene, Screened, screen};

/// How many requests of each kind are asked.
const ASKED: usize = 400;

fn main() -> io::Result<()> {
    if !is_asked_for("screening") {
        return Ok(());
    }
    for size in SIZES {
        let (mut registry, places) = filled(size);
        let surroundings = Surroundings::over(&places);
        surroundings.enter(&mut registry, &places);
        let (sets, served, viewer) = (rule_sets(), served(&registry), Viewer::console());
        let sets: Vec<&RuleSet> = sets.iter().collect();
        let works: Vec<&Works> = surroundings.works.iter().collect();
        let waiting: Vec<&RequestItem> = surroundings.waiting.iter().collect();
        let index = PlanIndex::of(&surroundings.plan);
        let scene = Scene {
            plan: Some(&surroundings.plan),
            plan_index: Some(&index),
            works: &works,
            waiting: &waiting,
            served: Some(&served),
            ..Scene::new(registry.seen_by(&viewer), &sets, jiff::civil::date(2026, 7, 1))
        };

        let asked: Vec<Lonlat> = places.iter().copied().step_by((places.len() / ASKED).max(1)).take(ASKED).collect();
        let masts = asked.iter().map(|at| request(AssetClass::Mast, Shape::Point(*at)));
        let ducts = asked.iter().map(|at| request(AssetClass::Duct, route(*at)));
        let mut met = Met::default();
        let mut out = io::stdout();
        for (what, goal, items) in
            [("mast", "5 ms", masts.collect::<Vec<_>>()), ("2 km duct", "50 ms", ducts.collect())]
        {
            let mut times = Times::default();
            for item in &items {
                let begun = Instant::now();
                let answer = black_box(screen(item, &scene));
                times.add(begun.elapsed());
                met.note(&answer);
            }
            writeln!(out, "screening, {size} assets, {what}: {}; goal: p95 below {goal}", times.told())?;
        }
        writeln!(out, "screening, {size} assets, of {} requests: {met:?}", 2 * asked.len())?;
        assert!(met.has_all(), "{size}: a part of the scene was met by no request: {met:?}");
    }
    Ok(())
}

/// How many answers speak of each part of the scene.
#[derive(Debug, Default)]
struct Met {
    planned: usize,
    lines: usize,
    works: usize,
    waiting: usize,
    served: usize,
    ways: usize,
}

impl Met {
    fn note(&mut self, answer: &Screened) {
        let is_measured_line = |finding: &hatang_review::Finding| {
            let of_line = ["GT-ROAD", "GT-DYKE", "GT-CANAL", "GT-WATERWAY", "GT-POWER"];
            finding.measured.is_some() && of_line.iter().any(|rule| finding.rule.as_str().starts_with(rule))
        };
        let by_a_run = |host: &hatang_review::HostCandidate| {
            host.fails_together.as_ref().is_some_and(|together| together.basis == "coverage_run")
        };
        self.planned += usize::from(answer.hosts.iter().any(|host| host.origin == Origin::Plan));
        self.lines += usize::from(answer.findings.iter().any(is_measured_line));
        self.works += usize::from(!answer.dig_once.is_empty());
        self.waiting += usize::from(!answer.conditions.is_empty());
        self.served += usize::from(answer.hosts.iter().any(by_a_run));
        self.ways += usize::from(answer.way.is_some());
    }

    const fn has_all(&self) -> bool {
        let Self { planned, lines, works, waiting, served, ways } = *self;
        0 < planned && 0 < lines && 0 < works && 0 < waiting && 0 < served && 0 < ways
    }
}
