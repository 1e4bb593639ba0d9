//! The synthetic commune, from its files to answers.

use std::fs;

use hatang_core::{AssetClass, BoundingBox, OrganisationCode, Role, RuleSetCode, Verdict, Viewer, asset::Technology};
use hatang_desk::{
    demo,
    export_assets::export_assets,
    list_gaps::{GapQuestion, list_gaps},
    run_coverage::run_coverage,
    sample_data,
    screen_request::screen_request,
    verify_journal::verify_journal,
};
use hatang_tests::{both, open, sample_data};

#[test]
fn the_committed_files_are_what_the_generator_makes() {
    let folder = sample_data();
    for file in sample_data::sample_data(sample_data::SEED).unwrap() {
        let committed = fs::read_to_string(folder.join(&file.path)).unwrap_or_default();
        assert!(committed == file.text, "{} differs: run `cargo xtask sample-data`", file.path);
    }
}

#[tokio::test]
async fn the_sample_commune_loads_and_answers_alike_on_both_databases() {
    let mut answers = Vec::new();
    for place in both("sample_commune").await {
        let loaded = demo::load(&place.desk, &sample_data()).await.unwrap();
        assert!(1_000 < loaded.assets, "{}: {loaded:?}", place.name);
        let console = Viewer::console();

        let run = run_coverage(&place.desk, Technology::G5, None).unwrap();
        assert_eq!(run.report.people, 45_332, "{}", place.name);
        assert!((0.5..0.99).contains(&run.report.share.unwrap()), "{}: {:?}", place.name, run.report.share);
        let gaps = list_gaps(&place.desk, &console, &GapQuestion::outdoors(Technology::G5, None)).unwrap();
        let out_of_reach: u64 = gaps.gaps.iter().map(|gap| gap.people).sum();
        assert_eq!(out_of_reach, run.report.people - run.report.people_covered, "{}: people add up", place.name);

        let verification = verify_journal(&place.desk, &console).await.unwrap();
        assert_eq!(verification.faults, [], "{}", place.name);

        // A desk that starts from the current state knows what the one knows that followed the journal.
        let again = open(&place.url).await;
        for class in AssetClass::ALL {
            let written = |desk| {
                let mut bytes = Vec::new();
                export_assets(
                    desk,
                    &console,
                    *class,
                    (hatang_exchange::ExportFormat::GeoJson, None),
                    "operator",
                    &mut bytes,
                )
                .unwrap();
                let mut lines: Vec<String> = String::from_utf8(bytes)
                    .unwrap()
                    .lines()
                    .map(|line| line.trim_end_matches(',').to_owned())
                    .collect();
                lines.sort();
                lines
            };
            assert_eq!(written(&again), written(&place.desk), "{} {class}", place.name);
        }
        assert_eq!(again.positions(), place.desk.positions(), "{}", place.name);

        let mut judged = Vec::new();
        for request in requests() {
            let screening = screen_request(&place.desk, &console, &request.1, None).unwrap();
            for item in screening.items {
                let verdicts: Vec<(String, Verdict)> =
                    item.screened.findings.iter().map(|f| (f.rule.to_string(), f.verdict)).collect();
                let hosts: Vec<(Option<String>, String)> = item
                    .screened
                    .hosts
                    .iter()
                    .map(|host| (host.code.as_ref().map(ToString::to_string), host.verdict.code().to_owned()))
                    .collect();
                let gained = item.coverage_effect.map(|effect| effect.people_newly_covered);
                judged.push((request.0.clone(), verdicts, hosts, gained));
            }
        }
        assert!(judged.iter().any(|(_, verdicts, ..)| verdicts.iter().any(|v| v.1 == Verdict::DoesNotComply)));
        assert!(judged.iter().any(|(_, _, hosts, _)| hosts.iter().any(|host| host.1 == "shareable")));
        assert!(judged.iter().any(|(.., gained)| gained.is_some_and(|people| 0 < people)));
        answers.push((run.report.people_covered, judged));
    }
    assert_eq!(answers[0], answers[1], "both databases give the same answers");
}

fn requests() -> Vec<(String, Vec<u8>)> {
    let mut requests: Vec<(String, Vec<u8>)> = fs::read_dir(sample_data().join("requests"))
        .expect("a readable folder of files")
        .map(|entry| entry.expect("a file").path())
        .map(|path| {
            (
                path.file_stem().expect("a name").to_string_lossy().into_owned(),
                fs::read(&path).expect("a readable file"),
            )
        })
        .collect();
    requests.sort();
    assert!(5 <= requests.len());
    requests
}

#[tokio::test]
async fn the_hai_phong_set_cannot_tell_where_the_template_decides() {
    for place in both("hai_phong").await {
        demo::load(&place.desk, &sample_data()).await.unwrap();
        let console = Viewer::console();
        let hai_phong = RuleSetCode::new("hai-phong").unwrap();
        for (name, request) in requests() {
            let screening = screen_request(&place.desk, &console, &request, Some(&hai_phong)).unwrap();
            assert!(!screening.template);
            for finding in screening.items.iter().flat_map(|item| &item.screened.findings) {
                let spacing = finding.rule.as_str() == "SP-HP";
                let judged = finding.verdict != Verdict::DoesNotApply;
                assert!(!(spacing && judged) || finding.verdict == Verdict::CannotTell, "{name}: {finding:?}");
                assert!(!finding.citation.instrument.contains("Bắc Ninh"), "{name}");
            }
        }
    }
}

#[tokio::test]
async fn the_public_and_a_rival_learn_nothing_exact_from_any_answer() {
    for place in both("secrecy").await {
        demo::load(&place.desk, &sample_data()).await.unwrap();
        let rival = Viewer {
            role: Role::CarrierEditor,
            organisation: Some(OrganisationCode::new("vnpt").unwrap()),
            ..Viewer::public()
        };
        let stations_of_others = place.desk.read(|registry| {
            let seen = registry.seen_by(&rival);
            seen.in_box(AssetClass::RadioStation, BoundingBox::WORLD)
                .filter(|sight| sight.asset().owner.as_str() != "vnpt")
                .count()
        });
        assert_eq!(stations_of_others, 0, "{}: a rival sees only its own stations", place.name);

        let public = Viewer::public();
        let mut all = Vec::new();
        for class in AssetClass::ALL {
            export_assets(
                &place.desk,
                &public,
                *class,
                (hatang_exchange::ExportFormat::GeoJson, None),
                "public",
                &mut all,
            )
            .unwrap();
        }
        for (_, request) in requests() {
            let screening = screen_request(&place.desk, &public, &request, None).unwrap();
            all.extend(serde_json::to_vec(&screening).unwrap());
        }
        all.extend(
            serde_json::to_vec(&list_gaps(&place.desk, &public, &GapQuestion::outdoors(Technology::G5, None)).unwrap())
                .unwrap(),
        );
        let told = String::from_utf8(all).unwrap();
        let exact: Vec<String> = place.desk.read(|registry| {
            let console = Viewer::console();
            let masts = registry.seen_by(&console).in_box(AssetClass::Mast, BoundingBox::WORLD);
            masts.map(|sight| format!("{},{}", sight.asset().anchor().lon(), sight.asset().anchor().lat())).collect()
        });
        assert!(!exact.is_empty());
        for position in exact {
            assert!(!told.contains(&position), "{}: the public was told {position}", place.name);
        }
    }
}
