//! What nobody can tell on the sample, and what would decide it.

use hatang_core::{OrganisationCode, Role, RuleSetCode, Viewer};
use hatang_desk::{
    Desk, ErrorKind, demo,
    save_draft::{Draft, save_draft},
    submit_case::submit_case,
    undecided::{Probed, Undecided, undecided},
};
use hatang_tests::{both, sample_data};

fn of(desk: &Desk, probed: Probed, rule_set: &str) -> Undecided {
    undecided(desk, &Viewer::console(), probed, RuleSetCode::new(rule_set).ok().as_ref()).unwrap()
}

#[tokio::test]
async fn an_unset_number_is_the_first_thing_missing_under_hai_phong_and_none_under_the_template() {
    for place in both("undecided").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let (own, template) = (of(desk, Probed::Grid, "hai-phong"), of(desk, Probed::Grid, "bac-ninh-72-2025"));
        assert!(300 < own.items && own.items == template.items, "{}: {} probes", place.name, own.items);
        for counted in [&own, &template] {
            let tally = &counted.tally;
            let by_rule = |of: fn(&hatang_desk::undecided::RuleTally) -> u32| tally.rules.iter().map(of).sum::<u32>();
            let sums = (by_rule(|rule| rule.findings), by_rule(|rule| rule.cannot_tell));
            assert_eq!(sums, (tally.findings, tally.cannot_tell), "{}: rules add up", place.name);
            assert!(tally.missing.iter().all(|one| one.decided_alone <= one.findings), "{}", place.name);
            assert!(tally.missing.iter().map(|one| one.decided_alone).sum::<u32>() <= tally.cannot_tell);
        }
        let number = |counted: &Undecided| {
            counted.tally.missing.iter().find(|one| one.code == "authority_number").map_or(0, |one| one.decided_alone)
        };
        // SP-HP and MA-2OP for each of the masts, MA-2OP for the others.
        assert!(
            u32::try_from(own.items).unwrap() <= number(&own) && number(&template) == 0,
            "{}: {}",
            place.name,
            number(&own)
        );
        assert!(template.tally.share < own.tally.share, "{}", place.name);
        let hosts = &template.tally;
        assert!(0 < hosts.hosts_cannot_tell && hosts.hosts_cannot_tell < hosts.hosts, "{}", place.name);
        assert!(hosts.host_factors.iter().any(|one| one.factor == "capacity" && 0 < one.decided_alone));
    }
}

#[tokio::test]
async fn officials_alone_count_and_of_requests_those_that_are_open() {
    for place in both("undecided_requests").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let vnpt = OrganisationCode::new("vnpt").ok();
        let carrier = Viewer { role: Role::CarrierEditor, organisation: vnpt, ..Viewer::public() };
        for who in [&carrier, &Viewer::public()] {
            let refused = undecided(desk, who, Probed::Grid, None).unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::Refused, "{}", place.name);
        }
        let count = || of(desk, Probed::Requests, "hai-phong").items;
        let before = count();
        let request = std::fs::read(sample_data().join("requests/mast-near-a-free-slot.geojson")).unwrap();
        let draft = Draft { title: None, rule_set: None, request: &request };
        let saved = save_draft(desk, &carrier, draft).await.unwrap();
        submit_case(desk, &carrier, saved.id, saved.version).await.unwrap();
        assert_eq!(count(), before + 1, "{}", place.name);
    }
}
