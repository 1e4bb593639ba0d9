//! The same path on real files. They are not part of the product; the tests say so when they are absent.

use std::fs;

use hatang_core::{AssetClass, Details, Metres, RuleSetCode, Shape, Sight, Territory, Viewer, geodesy};
use hatang_desk::{
    import_assets::{ImportRequest, import_assets},
    load_boundary::load_boundary,
    screen_request::screen_request,
    verify_journal::verify_journal,
};
use hatang_exchange::OwnerSource;
use hatang_testkit::shared_data;
use hatang_tests::both;

#[tokio::test]
async fn vinh_bao_and_its_six_neighbours_load_with_the_published_area() {
    let Some(path) = shared_data("vinh_bao_and_6_neighbours.geojson") else { return };
    let bytes = fs::read(path).unwrap();
    for place in both("boundaries").await {
        let code = Territory::new("11824").unwrap();
        let boundaries = load_boundary(&place.desk, &Viewer::console(), &bytes, &code).await.unwrap();
        assert_eq!(boundaries.neighbours.len(), 6, "{}", place.name);
        let km2 = geodesy::area_m2(&boundaries.home.shape) / 1e6;
        assert!((km2 - 30.596).abs() < 0.001, "{}: {km2} km²", place.name);
        for neighbour in &boundaries.neighbours {
            let apart = geodesy::nearest(&boundaries.home.shape, &neighbour.shape).distance;
            assert!(apart < Metres::computed(50.0), "{} lies {apart} away", neighbour.name);
        }
        assert_eq!(place.desk.home(), code, "{}", place.name);
    }
}

fn manitoba() -> Option<Vec<u8>> {
    shared_data("canada_manitoba_licences.csv.gz").map(|path| fs::read(path).expect("a readable file"))
}

fn licences() -> ImportRequest {
    let map = [("height_m", "structure_height"), ("structure", "structure_type")];
    ImportRequest {
        map: map.into_iter().map(|(field, column)| (field.to_owned(), column.to_owned())).collect(),
        merge_same_position: true,
        ..ImportRequest::new(AssetClass::Mast, OwnerSource::Field("licensee_name*".to_owned()))
    }
}

#[tokio::test]
async fn a_real_licence_register_becomes_masts_with_tenants_and_answers_a_request_with_hosts() {
    let Some(bytes) = manitoba() else { return };
    for place in both("manitoba").await {
        let console = Viewer::console();
        let outcome = import_assets(&place.desk, &console, "licences.csv.gz", &bytes, &licences()).await.unwrap();
        let report = &outcome.report;
        assert_eq!(report.rows_total, 65_902, "{}", place.name);
        assert_eq!(report.rows_accepted + report.rows_refused, report.rows_total, "{}", place.name);
        assert_eq!(report.assets, 2_003, "{}: distinct positions", place.name);
        let shared = place
            .desk
            .read(|registry| registry.seen_by(&console).all().filter(|sight| 1 < sight.asset().tenants.len()).count());
        assert_eq!(shared, 1_088, "{}: positions with more than one licensee", place.name);

        let busiest: Vec<(Shape, usize)> = place.desk.read(|registry| {
            let seen = registry.seen_by(&console);
            // High enough for the request, so that only the unknown slots decide.
            let high_enough = |sight: &Sight<'_>| match &sight.asset().details {
                Details::Mast(mast) => mast.height_m.is_some_and(|height| 30.0 <= height.get()),
                _ => false,
            };
            let mut masts: Vec<_> = seen.all().filter(high_enough).collect();
            masts.sort_by_key(|sight| std::cmp::Reverse(sight.asset().tenants.len()));
            masts.iter().take(3).map(|sight| (sight.asset().shape.clone(), sight.asset().tenants.len())).collect()
        });
        let rules = RuleSetCode::new("bac-ninh-72-2025").unwrap();
        for (shape, tenants) in busiest {
            assert!(1 < tenants, "{}", place.name);
            let item = serde_json::json!({
                "type": "Feature",
                "geometry": shape,
                "properties": { "class": "mast", "owner": "a-new-network", "height_m": 30, "operators_designed": 2 },
            });
            let screening = screen_request(&place.desk, &console, item.to_string().as_bytes(), Some(&rules)).unwrap();
            let answer = &screening.items[0].screened;
            let host = answer.hosts.first().expect("the mast that stands there");
            assert!(host.distance_m < 0.01, "{}: {} m", place.name, host.distance_m);
            // The register says nothing of slots, so nobody may call the mast free.
            assert_eq!(host.verdict.code(), "cannot_tell", "{}", place.name);
            assert!(answer.findings.iter().all(|finding| !finding.citation.text_vi.is_empty()), "{}", place.name);
        }
        let verification = verify_journal(&place.desk, &console).await.unwrap();
        assert_eq!(verification.faults, [], "{}", place.name);
    }
}
