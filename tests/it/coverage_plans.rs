//! Closing plans, fibre reach, rasters and the three sources, on the synthetic commune.

use hatang_core::{NetworkCode, OrganisationCode, Role, Viewer, asset::Technology, visibility::AccountId};
use hatang_desk::{
    compare_coverage::compare_coverage,
    coverage_raster::coverage_raster,
    coverage_sources::{
        SourceFacts, SourceKind, list_coverage_sources, record_coverage_source, retire_coverage_source,
    },
    demo,
    fibre_reach::{Means, fibre_reach},
    job::Signal,
    list_gaps::{GapQuestion, list_gaps},
    plan_closing::{ClosingPlan, ClosingQuestion, Preference, plan_closing},
    plan_layer::{PlanLayer, plan_layer},
    run_coverage::{CoverageQuestion, run_coverage},
    verify_journal::verify_journal,
};
use hatang_exchange::geotiff::read_geotiff;
use hatang_tests::{both, sample_data};
use serde_json::Value;
use tempfile::TempDir;
use uuid::Uuid;

fn carrier(code: &str) -> Viewer {
    Viewer {
        account: Some(AccountId(Uuid::from_u128(7))),
        role: Role::CarrierEditor,
        organisation: Some(OrganisationCode::new(code).expect("a code")),
        ..Viewer::public()
    }
}

fn viettel() -> NetworkCode {
    NetworkCode::new("viettel").expect("a code")
}

fn question(budget: u64) -> ClosingQuestion {
    let asked = serde_json::json!({ "technology": "5g", "network": "viettel", "phases": [budget] });
    serde_json::from_value(asked).expect("the question's form")
}

#[tokio::test]
async fn a_closing_plan_uses_what_stands_first_and_never_what_nobody_knows_to_be_free() {
    let [place, _] = both("closing_plan").await;
    demo::load(&place.desk, &sample_data()).await.unwrap();
    let console = Viewer::console();
    let plan = |question: &ClosingQuestion| plan_closing(&place.desk, &console, question, &Signal::default()).unwrap();

    let standing = plan(&question(4_000));
    let run = run_coverage(&place.desk, Technology::G5, Some(&viettel())).unwrap();
    assert_eq!((standing.before.people, standing.before.people_covered), (45_332, run.report.people_covered));
    let hamlets: u64 = standing.before.hamlets.iter().map(|hamlet| hamlet.people).sum();
    assert_eq!(hamlets, 45_332, "people add up by hamlet");
    for steps in [&standing.steps, standing.optimum.as_ref().unwrap()] {
        assert_eq!(steps.after.people_covered, standing.before.people_covered + steps.gained.people);
        assert!(steps.cost <= 4_000);
        for pick in &steps.picks {
            let unknown = standing.ask_the_owner.iter().any(|ask| ask.choice.key == pick.choice.key);
            assert!(!unknown, "{} is not known to be free", pick.choice.key);
        }
    }
    assert!(!standing.ask_the_owner.is_empty(), "the sample has masts of which nobody has told");
    assert!(0.0 <= standing.below_optimum_pct.unwrap());

    // Without anything that stands, the same money reaches fewer people and builds masts.
    let standing_keys = |plan: &ClosingPlan| -> Vec<String> {
        plan.choices.iter().filter(|choice| choice.cost != 1_500).map(|choice| choice.key.clone()).collect()
    };
    let new_only = plan(&ClosingQuestion {
        forbidden: standing_keys(&standing),
        preference: Preference::CostOnly,
        ..question(4_000)
    });
    assert!(standing.steps.new_masts < new_only.steps.new_masts);
    assert!(new_only.steps.gained.people < standing.steps.gained.people, "sharing first serves more for the money");
}

/// The sample with one of its priority places weighing much.
fn weighed(place: &str, weight: u32) -> TempDir {
    let folder = TempDir::new().unwrap();
    for part in ["assets", "plan", "requests", "imports"] {
        std::fs::create_dir(folder.path().join(part)).unwrap();
        for file in std::fs::read_dir(sample_data().join(part)).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), folder.path().join(part).join(file.file_name())).unwrap();
        }
    }
    let path = folder.path().join("plan/places.geojson");
    let mut places: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let all = places["features"].as_array_mut().unwrap();
    all.iter_mut().find(|one| one["properties"]["name"] == place).unwrap()["properties"]["weight"] = weight.into();
    std::fs::write(path, places.to_string()).unwrap();
    folder
}

#[tokio::test]
async fn a_place_weighs_what_the_plan_says_where_the_plan_says_it() {
    let [sqlite, postgres] = both("closing_plan_weights").await;
    demo::load(&sqlite.desk, &sample_data()).await.unwrap();
    let one_site = ClosingQuestion { sites: Some(1), ..question(4_000) };
    let plan = |desk| plan_closing(desk, &Viewer::console(), &one_site, &Signal::default()).unwrap();
    let usual = plan(&sqlite.desk);
    // A place out of reach far from the first pick.
    let coverage = CoverageQuestion::outdoors(Technology::G5, Some(&viettel()));
    let gaps = list_gaps(&sqlite.desk, &Viewer::console(), &GapQuestion { coverage, fewer_than: 1 }).unwrap().gaps;
    let last = gaps.iter().rev().find_map(|gap| gap.places.first()).expect("places are out of reach");

    let folder = weighed(&last.name, 100_000);
    demo::load(&postgres.desk, folder.path()).await.unwrap();
    let weighed = plan(&postgres.desk);
    let key = |plan: &ClosingPlan| plan.steps.picks[0].choice.key.clone();
    assert_ne!(key(&usual), key(&weighed), "{} decides", last.name);
    assert!(0 < weighed.steps.gained.places && weighed.steps.gained.people < usual.steps.gained.people);
    let layer = plan_layer(&postgres.desk, &Viewer::console(), PlanLayer::Places);
    let shown = layer.iter().find(|one| one["properties"]["name"] == last.name).unwrap();
    assert_eq!(shown["properties"]["weight"], 100_000, "the plan's layer and its export show it");
}

#[tokio::test]
async fn a_carrier_plans_its_own_network_only_and_a_cancelled_plan_stops() {
    let [place, _] = both("closing_plan_of_a_carrier").await;
    demo::load(&place.desk, &sample_data()).await.unwrap();
    let own = plan_closing(&place.desk, &carrier("viettel"), &question(1_000), &Signal::default()).unwrap();
    assert!(!own.steps.picks.is_empty());
    let rival = plan_closing(&place.desk, &carrier("vnpt"), &question(1_000), &Signal::default()).unwrap_err();
    assert_eq!(rival.code(), "action.refused");
    let signed_out = plan_closing(&place.desk, &Viewer::public(), &question(1_000), &Signal::default()).unwrap_err();
    assert_eq!(signed_out.code(), "session.required");
    let signal = Signal::default();
    signal.cancel();
    let stopped = plan_closing(&place.desk, &Viewer::console(), &question(1_000), &signal).unwrap_err();
    assert_eq!(stopped.code(), "job.cancelled");
}

#[tokio::test]
async fn fibre_reach_counts_everybody_once_and_its_lengths_add_up() {
    let [place, _] = both("fibre").await;
    demo::load(&place.desk, &sample_data()).await.unwrap();
    let answer = fibre_reach(&place.desk, &Viewer::console(), None).unwrap();
    assert_eq!(answer.people.values().sum::<u64>(), 45_332);
    let by_hamlet: u64 = answer.hamlets.iter().flat_map(|hamlet| hamlet.by_class.values()).sum();
    assert_eq!(by_hamlet, 45_332);
    let ways = answer.places.iter().filter_map(|place| place.extension.as_ref());
    let mut checked = 0;
    for way in ways {
        let trench: f64 = way.legs.iter().filter(|leg| leg.means == Means::NewTrench).map(|leg| leg.length_m).sum();
        assert!((trench - way.trench_m).abs() < 0.01);
        assert!(way.cabinet.is_some());
        checked += 1;
    }
    assert!(0 < checked);
    assert_eq!(fibre_reach(&place.desk, &Viewer::public(), None).unwrap_err().code(), "session.required");
}

#[tokio::test]
async fn a_coverage_raster_lies_where_the_territory_lies() {
    let [place, _] = both("raster").await;
    demo::load(&place.desk, &sample_data()).await.unwrap();
    let question = CoverageQuestion::outdoors(Technology::G5, None);
    let raster = read_geotiff(&coverage_raster(&place.desk, &Viewer::console(), &question).unwrap()).unwrap();
    assert_eq!((raster.epsg, raster.cell), (3405, (50.0, 50.0)));
    let likely = raster.values.iter().filter(|value| 0.9 <= **value).count();
    let inside = raster.values.iter().filter(|value| !value.is_nan()).count();
    assert!(0 < likely && likely < inside, "{likely} of {inside}");
    // 30.6 km² in cells of 2,500 m².
    assert!((12_000..12_500).contains(&inside), "{inside}");
    assert!(raster.values.iter().all(|value| value.is_nan() || (0.0..=1.0).contains(value)));
    assert!(coverage_raster(&place.desk, &carrier("vnpt"), &question).is_err());
}

/// Measurements count for a year, so the test's are of today.
#[expect(clippy::disallowed_methods, reason = "the desk under test looks at the machine's clock too")]
fn today() -> jiff::civil::Date {
    jiff::tz::Offset::constant(7).to_datetime(jiff::Timestamp::now()).date()
}

#[tokio::test]
async fn declared_and_measured_coverage_meet_the_model_and_the_broken_promise_comes_first() {
    for place in both("sources").await {
        demo::load(&place.desk, &sample_data()).await.unwrap();
        let planner = Viewer { role: Role::Planner, account: Some(AccountId(Uuid::from_u128(8))), ..Viewer::public() };
        let facts = |kind| SourceFacts {
            kind,
            network: viettel(),
            technology: Technology::G5,
            owner: OrganisationCode::new("viettel").unwrap(),
            dated: None,
            source: "synthetic test".to_owned(),
        };
        let declared = br#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"zone":"1"},
            "geometry":{"type":"Polygon","coordinates":[[[106.46,20.66],[106.49,20.66],[106.49,20.69],[106.46,20.69],[106.46,20.66]]]}}]}"#;
        let report =
            record_coverage_source(&place.desk, &carrier("viettel"), facts(SourceKind::Declared), declared).await;
        assert_eq!(report.unwrap().counted, 1, "{}", place.name);
        let today = today();
        let mut measured = String::from("lon,lat,rsrp_dbm,time,phone\n");
        for step in 0..120 {
            let lon = 106.462 + f64::from(step) * 0.0002;
            let row = format!("{lon},20.67,-125,{today}T09:00,0900000000\n");
            measured.push_str(&row);
        }
        let report = record_coverage_source(&place.desk, &planner, facts(SourceKind::Measured), measured.as_bytes())
            .await
            .unwrap();
        assert_eq!((report.counted, report.refused_total), (120, 0), "{}: {report:?}", place.name);
        assert_eq!(report.dropped, ["phone"]);

        let comparison = compare_coverage(&place.desk, &planner, Technology::G5, Some(&viettel())).unwrap();
        let worst = comparison.groups.first().unwrap();
        assert_eq!(serde_json::to_value(worst.contradiction).unwrap(), "declared_not_measured", "{}", place.name);
        assert_eq!(comparison.sources.len(), 2);
        assert!(
            comparison.calibration.iter().any(|fit| 0.0 < fit.offset_db.unwrap_or(0.0)),
            "the model promised too much"
        );

        // A rival knows nothing of it, its operator does, and no phone number is in the journal.
        assert!(list_coverage_sources(&place.desk, &carrier("vnpt")).is_empty());
        assert_eq!(list_coverage_sources(&place.desk, &carrier("viettel")).len(), 2);
        let rival = record_coverage_source(&place.desk, &carrier("vnpt"), facts(SourceKind::Declared), declared).await;
        assert_eq!(rival.unwrap_err().code(), "action.refused");

        let id = report.id.unwrap();
        retire_coverage_source(&place.desk, &planner, id, "wrong handset").await.unwrap();
        let comparison = compare_coverage(&place.desk, &planner, Technology::G5, Some(&viettel())).unwrap();
        assert_eq!((comparison.sources.len(), comparison.measurements), (1, 0), "{}", place.name);
        assert_eq!(list_coverage_sources(&place.desk, &planner).len(), 2, "retired and still readable");
        assert_eq!(verify_journal(&place.desk, &Viewer::console()).await.unwrap().faults, [], "{}", place.name);
    }
}
