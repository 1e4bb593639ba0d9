//! Counts answers by verdict, by rule and by what is missing.

use std::collections::{BTreeMap, BTreeSet};

use hatang_core::{RuleId, RuleSetCode, Text, Verdict};
use hatang_review::{AnsweredBy, Finding, HostVerdict, Screened};
use serde::Serialize;

/// Counts of findings and hosts.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Tally {
    /// Findings of rules that apply.
    pub findings: u32,
    /// Those of them that nobody can tell.
    pub cannot_tell: u32,
    /// The share of those, from 0 to 1; none where nothing was judged.
    pub share: Option<f64>,
    /// By rule, most undecided first.
    pub rules: Vec<RuleTally>,
    /// By what is missing, that which decides most by itself first.
    pub missing: Vec<MissingTally>,
    /// Structures that were judged as hosts.
    pub hosts: u32,
    /// Those of them that nobody can tell.
    pub hosts_cannot_tell: u32,
    /// By the factor that nobody can tell, that which decides most by itself first.
    pub host_factors: Vec<HostTally>,
}

/// What one rule's findings came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RuleTally {
    /// Its set.
    pub rule_set: RuleSetCode,
    /// Its id.
    pub rule: RuleId,
    /// Its name.
    pub name: Text,
    /// How often it applied.
    pub findings: u32,
    /// How often nobody could tell.
    pub cannot_tell: u32,
}

/// One thing that is missing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MissingTally {
    /// Its code.
    pub code: &'static str,
    /// Who can say it.
    pub answered_by: AnsweredBy,
    /// What it is called in the first finding that lacks it.
    pub example: Text,
    /// Findings that lack it, perhaps with other things.
    pub findings: u32,
    /// Findings that lack nothing else: they would be decided at once.
    pub decided_alone: u32,
}

/// One factor of hosts that nobody can tell.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HostTally {
    /// Its name: `capacity`, `fit`, `structural`…
    pub factor: &'static str,
    /// Hosts with this factor unknown, perhaps with others.
    pub hosts: u32,
    /// Hosts with no other factor unknown: they would be decided at once.
    pub decided_alone: u32,
}

impl Tally {
    /// Counts answers. `O(n log n)` in their findings and hosts.
    #[must_use]
    pub fn of(screened: &[Screened]) -> Self {
        let mut tally = Self::default();
        let judged = screened.iter().flat_map(|item| &item.findings);
        tally.count_findings(judged.filter(|finding| finding.verdict != Verdict::DoesNotApply));
        tally.count_hosts(screened);
        tally
    }

    fn count_findings<'a>(&mut self, findings: impl Iterator<Item = &'a Finding>) {
        let mut rules: BTreeMap<(&RuleSetCode, &RuleId), RuleTally> = BTreeMap::new();
        let mut missing: BTreeMap<(&str, AnsweredBy), MissingTally> = BTreeMap::new();
        for finding in findings {
            self.findings += 1;
            let rule = rules.entry((&finding.rule_set, &finding.rule)).or_insert_with(|| RuleTally {
                rule_set: finding.rule_set.clone(),
                rule: finding.rule.clone(),
                name: Text::new(&*finding.name_vi, &*finding.name_en),
                findings: 0,
                cannot_tell: 0,
            });
            rule.findings += 1;
            if finding.verdict != Verdict::CannotTell {
                continue;
            }
            self.cannot_tell += 1;
            rule.cannot_tell += 1;
            let lacks: BTreeSet<_> = finding.missing.iter().map(|one| (one.code, one.answered_by())).collect();
            for key in &lacks {
                let Some(example) = finding.missing.iter().find(|one| (one.code, one.answered_by()) == *key) else {
                    continue;
                };
                let one = missing.entry(*key).or_insert_with(|| MissingTally {
                    code: example.code,
                    answered_by: key.1,
                    example: Text::new(&*example.vi, &*example.en),
                    findings: 0,
                    decided_alone: 0,
                });
                one.findings += 1;
                one.decided_alone += u32::from(lacks.len() == 1);
            }
        }
        self.share = (0 < self.findings).then(|| f64::from(self.cannot_tell) / f64::from(self.findings));
        self.rules = rules.into_values().collect();
        self.rules.sort_by_key(|rule| std::cmp::Reverse(rule.cannot_tell));
        self.missing = missing.into_values().collect();
        self.missing.sort_by_key(|one| std::cmp::Reverse((one.decided_alone, one.findings)));
    }

    fn count_hosts(&mut self, screened: &[Screened]) {
        let mut factors: BTreeMap<&'static str, HostTally> = BTreeMap::new();
        for host in screened.iter().flat_map(|item| &item.hosts) {
            self.hosts += 1;
            if host.verdict != HostVerdict::CannotTell {
                continue;
            }
            self.hosts_cannot_tell += 1;
            let unknown = host.factors.iter().filter(|factor| factor.verdict == HostVerdict::CannotTell);
            let unknown: BTreeSet<&'static str> = unknown.map(|factor| factor.name).collect();
            for factor in unknown.iter().copied() {
                let one = factors.entry(factor).or_insert(HostTally { factor, hosts: 0, decided_alone: 0 });
                one.hosts += 1;
                one.decided_alone += u32::from(unknown.len() == 1);
            }
        }
        self.host_factors = factors.into_values().collect();
        self.host_factors.sort_by_key(|one| std::cmp::Reverse((one.decided_alone, one.hosts)));
    }
}
