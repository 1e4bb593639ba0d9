//! The substance of an answer, part by part, as it is kept and compared.

use hatang_core::{
    Capacity, Verdict,
    case::{About, Outcome},
};
use hatang_review::{Condition, DigOnce, Finding, HostCandidate, Screened};

/// The parts of an answer that a verdict can be given on. Rules that do not judge such structures are left out.
pub(crate) fn outcomes(screened: &[Screened]) -> Vec<Outcome> {
    let numbered = (1..).zip(screened);
    let parts = numbered.flat_map(|(item, screened)| {
        let findings = screened.findings.iter().filter(|finding| finding.verdict != Verdict::DoesNotApply);
        let findings = findings.map(move |finding| of_finding(item, finding));
        let hosts = screened.hosts.iter().map(move |host| of_host(item, host));
        let works = screened.dig_once.iter().map(move |works| of_works(item, works));
        let conditions = screened.conditions.iter().map(move |condition| of_condition(item, condition));
        findings.chain(hosts).chain(works).chain(conditions)
    });
    parts.collect()
}

fn of_finding(item: u32, finding: &Finding) -> Outcome {
    let version = format!("version {}", finding.version);
    let assets = finding.assets.iter().map(|asset| format!("asset {asset}"));
    let unit = finding.measured.map(|measured| measured.unit).or(finding.limit.map(|limit| limit.unit));
    let missing = finding.missing.iter().map(|missing| format!("missing {}", missing.code));
    Outcome {
        item,
        about: About::Rule { rule: finding.rule.clone() },
        verdict: finding.verdict.code().to_owned(),
        figure: finding.measured.map(|measured| measured.value),
        unit: unit.map(str::to_owned),
        limit: finding.limit.map(|limit| limit.value),
        grounds: std::iter::once(version).chain(assets).chain(missing).collect(),
    }
}

fn of_host(item: u32, host: &HostCandidate) -> Outcome {
    let (figure, unknown) = match host.free {
        Capacity::Known(free) => (Some(f64::from(free)), None),
        Capacity::Unknown(reason) => (None, Some(format!("free {reason}"))),
    };
    let distance = format!("{:.1} m away", host.distance_m);
    Outcome {
        item,
        about: About::Host { asset: host.asset },
        verdict: host.verdict.code().to_owned(),
        unit: figure.map(|_| "free".to_owned()),
        figure,
        limit: None,
        grounds: std::iter::once(distance).chain(unknown).collect(),
    }
}

fn of_condition(item: u32, condition: &Condition) -> Outcome {
    let verdict = match condition.met {
        Some(true) => "met",
        Some(false) => "not_met",
        None => "not_said",
    };
    Outcome {
        item,
        about: About::Condition { condition: condition.code.to_owned() },
        verdict: verdict.to_owned(),
        figure: Some(f64::from(condition.value)),
        unit: None,
        limit: None,
        grounds: Vec::new(),
    }
}

fn of_works(item: u32, works: &DigOnce) -> Outcome {
    let verdict = if works.missing.is_empty() { "meets" } else { "may_meet" };
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(|| "?".to_owned(), |day| day.to_string());
    Outcome {
        item,
        about: About::Works { works: works.works.clone() },
        verdict: verdict.to_owned(),
        figure: Some(works.overlap_m),
        unit: Some("m".to_owned()),
        limit: None,
        grounds: vec![format!("{}/{}", day(works.starts_on), day(works.ends_on)), works.stage.to_string()],
    }
}
