//! Who would fail together with a host, as far as each viewer may know.

use hatang_core::{AssetClass, OrganisationCode, Role, Viewer};
use hatang_desk::{Desk, demo, screen_request::screen_request};
use hatang_tests::{both, sample_data};
use serde_json::Value;

/// The masts among the hosts of the sample's request, as they are told.
fn hosts(desk: &Desk, who: &Viewer) -> Vec<Value> {
    let request = std::fs::read(sample_data().join("requests/mast-near-a-free-slot.geojson")).unwrap();
    let answer = screen_request(desk, who, &request, None).unwrap();
    let hosts = answer.items.iter().flat_map(|item| &item.screened.hosts);
    hosts.filter(|host| host.class == AssetClass::Mast).map(|host| serde_json::to_value(host).unwrap()).collect()
}

fn is_of_run(host: &Value) -> bool {
    host["fails_together"]["basis"] == "coverage_run"
}

#[tokio::test]
async fn officials_read_the_run_of_all_networks_and_a_rival_nothing_of_it() {
    for place in both("served").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let viewer = |role, organisation| Viewer {
            role,
            organisation: OrganisationCode::new(organisation).ok(),
            ..Viewer::public()
        };
        let of_office = hosts(desk, &viewer(Role::Assessor, "ubnd-vinh-bao"));
        let told: Vec<_> = of_office.iter().filter(|host| is_of_run(host)).collect();
        assert!(!told.is_empty(), "{}: {of_office:?}", place.name);
        for host in &told {
            let (people, said) = (&host["fails_together"]["people"], host["fails_together"]["assumptions"].to_string());
            assert!((1..45_332).contains(&people.as_u64().unwrap()), "{}: {people}", place.name);
            assert!(said.contains("4G và 5G") && said.contains("38.901"), "{}: {said}", place.name);
        }
        // What a carrier is told of another's mast is what stands on paper: hamlets near by.
        for host in hosts(desk, &viewer(Role::CarrierEditor, "vnpt")) {
            let own = desk.read(|registry| {
                let console = Viewer::console();
                let seen = registry.seen_by(&console);
                let id = host["asset"].as_str().unwrap().parse().unwrap();
                seen.stations_on(&seen.get(id).unwrap()).any(|one| one.asset().owner.as_str() == "vnpt")
            });
            assert!(own || !is_of_run(&host), "{}: {host}", place.name);
        }
        assert!(!hosts(desk, &Viewer::public()).iter().any(is_of_run), "{}", place.name);
    }
}
