//! What the index finds after a change is what looking at every request again would find.

use std::fs;

use hatang_core::{
    Asset, AssetId, Event, OrganisationCode, Recorded, Role, Viewer,
    asset::Lifecycle,
    case::{CaseId, Changed},
    event::FORMAT,
};
use hatang_desk::{
    Desk, demo,
    keep_screening::keep_screening,
    save_draft::{Draft, save_draft},
    show_case::show_case,
    submit_case::submit_case,
};
use hatang_exchange::read_request;
use hatang_store::{Expected, Store, Write};
use hatang_tests::{both, open, sample_data};

/// So many assets change, one after the other.
const CHANGES: usize = 8;

fn office() -> Viewer {
    let organisation = OrganisationCode::new("ubnd-vinh-bao").ok();
    Viewer { role: Role::Assessor, organisation, ..Viewer::public() }
}

/// Files every request of the sample, then screens each for the office: what waits sets conditions for others.
async fn file_all(desk: &Desk) -> Vec<CaseId> {
    let mut paths: Vec<_> =
        fs::read_dir(sample_data().join("requests")).unwrap().map(|one| one.unwrap().path()).collect();
    paths.sort();
    let mut filed = Vec::new();
    for path in paths {
        let request = fs::read(path).unwrap();
        let owner = read_request(&request).unwrap().items[0].owner.clone();
        let who = Viewer { role: Role::CarrierEditor, organisation: Some(owner), ..Viewer::public() };
        let draft = Draft { title: None, rule_set: None, request: &request };
        let saved = save_draft(desk, &who, draft).await.unwrap();
        submit_case(desk, &who, saved.id, saved.version).await.unwrap();
        filed.push(saved.id);
    }
    for id in &filed {
        keep_screening(desk, &office(), *id, None).await.unwrap();
    }
    filed
}

async fn changes(desk: &Desk, filed: &[CaseId]) -> Vec<Vec<Changed>> {
    let mut all = Vec::new();
    for id in filed {
        all.push(show_case(desk, &office(), *id).await.unwrap().changes);
    }
    all
}

/// Assets that answers speak of, and as many that none does.
fn victims(desk: &Desk, filed: &[CaseId]) -> Vec<Asset> {
    desk.read(|registry| {
        let mut spoken: Vec<AssetId> = Vec::new();
        for id in filed {
            let newest = registry.cases().newest(*id, hatang_core::case::Side::Office).unwrap();
            spoken.extend(newest.outcomes.iter().filter_map(|outcome| match &outcome.about {
                hatang_core::case::About::Host { asset } => Some(*asset),
                _ => None,
            }));
        }
        spoken.dedup();
        let console = Viewer::console();
        let all: Vec<Asset> = registry.seen_by(&console).all().map(|sight| sight.asset().clone()).collect();
        let of = |id: &AssetId| all.iter().find(|asset| asset.id == *id).cloned();
        let near = spoken.iter().step_by((spoken.len() / (CHANGES / 2)).max(1)).filter_map(of);
        let far = all.iter().step_by(all.len() / (CHANGES / 2)).cloned();
        near.chain(far).collect()
    })
}

#[tokio::test]
async fn a_change_flags_the_same_requests_as_looking_at_all_of_them_again() {
    for place in both("rerating").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let filed = file_all(desk).await;
        assert!(changes(desk, &filed).await.iter().all(Vec::is_empty), "{}: nothing has changed yet", place.name);
        let store = Store::open(&place.url).await.unwrap();
        let mut flagged = 0;
        for mut asset in victims(desk, &filed) {
            asset.status = Lifecycle::Decommissioned;
            let name = format!("{} {:?}", asset.class(), asset.code);
            let event = Event::AssetAmended { asset: Box::new(asset), reason: None };
            let territory = event.journal(&desk.home());
            let recorded =
                Recorded { v: FORMAT, at: "2027-01-04T02:00:00Z".parse().unwrap(), valid_on: None, by: None, event };
            store
                .append(&[Write { territory: &territory, expected: Expected::Any, recorded: &recorded }])
                .await
                .unwrap();
            desk.catch_up().await.unwrap();
            let indexed = changes(desk, &filed).await;
            let all = changes(&open(&place.url).await, &filed).await;
            assert_eq!(indexed, all, "{}: after {name}", place.name);
            flagged = all.iter().filter(|changes| !changes.is_empty()).count();
        }
        assert!(
            0 < flagged && flagged < filed.len(),
            "{}: some requests are touched and not all: {flagged}",
            place.name
        );
        store.close().await;
    }
}
