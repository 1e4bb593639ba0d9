//! What a case's files say of an answer.

use std::{collections::BTreeMap, fmt::Write as _};

use hatang_core::Verdict;
use hatang_review::{HostCandidate, Missing, Screened};
use serde_json::{Value, json};

/// Whether a case is about a rule.
pub(crate) fn is_about(expected: &Value, rule: &str) -> bool {
    match expected["about"].as_array() {
        Some(rules) => rules.iter().any(|one| one == rule),
        None => rule.starts_with("SP-") || ["MA-2OP", "PO-DUP"].contains(&rule),
    }
}

/// What a case states of an answer.
pub(crate) fn compact(found: &Screened, about: &dyn Fn(&str) -> bool) -> Value {
    let codes = |missing: &[Missing]| missing.iter().map(|one| one.code).collect::<Vec<_>>();
    let judged = || found.findings.iter().filter(|finding| about(finding.rule.as_str()));
    let applies = judged().filter(|finding| finding.verdict != Verdict::DoesNotApply);
    let findings: BTreeMap<&str, &str> =
        applies.map(|finding| (finding.rule.as_str(), finding.verdict.code())).collect();
    let of_rules = judged().map(|finding| (finding.rule.as_str(), codes(&finding.missing)));
    let of_works = found.dig_once.iter().map(|works| (works.works.as_str(), codes(&works.missing)));
    let missing: BTreeMap<_, _> = of_rules.chain(of_works).filter(|(_, missing)| !missing.is_empty()).collect();
    let name = |host: &HostCandidate| host.code.as_ref().map_or_else(|| host.class.to_string(), ToString::to_string);
    json!({
        "findings": findings,
        "missing": missing,
        "hosts": found.hosts.iter().map(|host| json!([name(host), host.verdict])).collect::<Vec<_>>(),
        "dig_once": found.dig_once.iter().map(|works| &works.works).collect::<Vec<_>>(),
        "fails_together": found.hosts.iter().filter_map(|host| Some((name(host), host.fails_together.as_ref()?)))
            .map(|(name, lost)| (name, json!([lost.people, lost.places, lost.networks, lost.basis])))
            .collect::<BTreeMap<_, _>>(),
        "conditions": found.conditions.iter().map(|one| json!([one.code, one.value, one.waiting, one.met])).collect::<Vec<_>>(),
        "way": found.way.as_ref().map(|way| json!({
            "metres": Vec::from([way.shared_m, way.ask_m, way.new_m].map(f64::round)),
            "parts": way.parts.iter().map(|part| part.kind).collect::<Vec<_>>(),
        })),
        "factors": found.hosts.iter().map(|host| (name(host), host.factors.iter()
            .map(|factor| (factor.name, json!([factor.value, factor.verdict]))).collect::<BTreeMap<_, _>>()))
            .collect::<BTreeMap<_, _>>(),
        "trench_m": found.hosts.iter().filter(|host| host.class.is_line() && host.class.code() != "aerial_route")
            .map(|host| (name(host), host.saves.trench_m)).collect::<BTreeMap<_, _>>(),
    })
}

/// Everything that an answer says of a request, a line for each thing: of the rules that the case is about, without what the
/// rule set says of every request.
pub(crate) fn written(found: &Screened, about: &dyn Fn(&str) -> bool) -> String {
    let mut answer = serde_json::to_value(found).unwrap();
    let findings = answer["findings"].as_array_mut().unwrap();
    let by_rule: serde_json::Map<String, Value> = findings
        .drain(..)
        .filter(|finding| about(finding["rule"].as_str().unwrap()))
        .map(|mut finding| {
            let rule = finding["rule"].as_str().unwrap().to_owned();
            let of_the_rule = ["rule", "rule_set", "version", "name_vi", "name_en", "severity", "citation", "gate"];
            finding.as_object_mut().unwrap().retain(|field, _| !of_the_rule.contains(&field.as_str()));
            (rule, finding)
        })
        .collect();
    answer["findings"] = Value::Object(by_rule);
    let mut lines = String::new();
    write_lines(&mut lines, "", &answer);
    lines
}

fn write_lines(lines: &mut String, path: &str, value: &Value) {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Null => {}
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| write_lines(lines, &below(&at.to_string()), item));
        }
        Value::Object(fields) => fields.iter().for_each(|(name, field)| write_lines(lines, &below(name), field)),
        Value::String(text) => writeln!(lines, "{path}: {text}").unwrap(),
        other => writeln!(lines, "{path}: {other}").unwrap(),
    }
}

/// What few cases ask of an answer: it is compared where a case states it.
const RARELY_ASKED: [&str; 4] = ["fails_together", "factors", "conditions", "way"];

pub(crate) fn only_what_is_asked(mut found: Value, expected: &Value) -> Value {
    for (index, item) in found.as_array_mut().unwrap().iter_mut().enumerate() {
        let asked = |field: &str| expected[index].get(field).is_some();
        item.as_object_mut().unwrap().retain(|field, _| !RARELY_ASKED.contains(&field.as_str()) || asked(field));
        // Of the factors, those that the case names.
        if let Some(of_hosts) = item.get_mut("factors").and_then(Value::as_object_mut) {
            for (host, factors) in of_hosts {
                let wanted = &expected[index]["factors"][&**host];
                factors.as_object_mut().unwrap().retain(|factor, _| wanted.get(factor).is_some());
            }
        }
    }
    found
}

/// A case leaves out what is empty.
pub(crate) fn with_defaults(items: &Value) -> Value {
    let filled = items.as_array().unwrap().iter().map(|item| {
        let mut filled = json!({ "findings": {}, "missing": {}, "hosts": [], "dig_once": [], "trench_m": {} });
        item.as_object().unwrap().iter().for_each(|(field, value)| filled[field] = value.clone());
        filled
    });
    Value::Array(filled.collect())
}
