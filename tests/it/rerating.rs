//! What the index finds after a change is what looking at every request again would find.

mod plan;

use std::fs;

use hatang_core::{
    Asset, AssetClass, AssetId, Details, Event, OrganisationCode, Record, Recorded, Role, Rule, RuleId, RuleSet,
    RuleSetCode, Viewer,
    asset::Lifecycle,
    case::{About, CaseId, Changed, Opinion, Outcome, Side},
    event::FORMAT,
};
use hatang_desk::{
    Desk, demo,
    keep_screening::keep_screening,
    record_verdict::{Said, record_verdict},
    rerating::{Change, Rerating, rerate},
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

/// The same from looking at every request again.
fn rescan(desk: &Desk, filed: &[CaseId]) -> Vec<Vec<Changed>> {
    let judged = |id: &CaseId| desk.read(|registry| rerate(registry, (*id, Side::Office))).unwrap();
    filed.iter().map(judged).collect()
}

/// How many screenings a change would have looked at again.
fn looked_at(desk: &Desk, record: &Record) -> usize {
    desk.read(|registry| {
        let mut rerating = Rerating::of(registry);
        while rerating.step(registry) {}
        let mut change = Change::default();
        change.note(registry, record);
        rerating.changed(&change);
        rerating.waiting()
    })
}

/// Writes an event as another node would, and lets the desk follow.
async fn happens(store: &Store, desk: &Desk, event: Event) {
    let territory = event.journal(&desk.home());
    let at = "2027-01-04T02:00:00Z".parse().unwrap();
    let recorded = Recorded { v: FORMAT, at, valid_on: None, by: None, event };
    store.append(&[Write { territory: &territory, expected: Expected::Any, recorded: &recorded }]).await.unwrap();
    desk.catch_up().await.unwrap();
}

fn either(change: &Changed) -> &Outcome {
    change.now.as_ref().or(change.before.as_ref()).unwrap()
}

/// Assets that answers speak of, and as many that none does.
fn victims(desk: &Desk, filed: &[CaseId]) -> Vec<Asset> {
    desk.read(|registry| {
        let mut spoken: Vec<AssetId> = Vec::new();
        for id in filed {
            let newest = registry.cases().newest(*id, Side::Office).unwrap();
            spoken.extend(newest.outcomes.iter().filter_map(|outcome| match &outcome.about {
                About::Host { asset } => Some(*asset),
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
            happens(&store, desk, Event::AssetAmended { asset: Box::new(asset), reason: None }).await;
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

/// A request whose way runs in a duct with room: the kept part, and that duct.
fn way_in_a_duct(desk: &Desk, filed: &[CaseId]) -> (CaseId, Outcome, Asset) {
    let found = desk.read(|registry| {
        filed.iter().find_map(|id| {
            let newest = registry.cases().newest(*id, Side::Office)?;
            let is_shared =
                |part: &&Outcome| part.about == About::Way && part.figure.is_some_and(|metres| 0.0 < metres);
            let way = newest.outcomes.iter().find(is_shared)?;
            let used = way.grounds.iter().filter_map(|ground| ground.strip_prefix("asset ")?.parse::<AssetId>().ok());
            let mut lines = used.filter_map(|id| registry.held(id)).map(|held| held.asset.clone());
            lines.find(|line| line.class() == AssetClass::Duct).map(|duct| (*id, way.clone(), duct))
        })
    });
    found.expect("a request of the sample has a way in a duct")
}

#[tokio::test]
async fn a_duct_that_fills_up_flags_the_way_that_it_is_part_of_and_the_officers_word_on_it() {
    for place in both("rerating_way").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let filed = file_all(desk).await;
        let (id, way, mut asset) = way_in_a_duct(desk, &filed);
        let version = show_case(desk, &office(), id).await.unwrap().version;
        let said = Said { item: way.item, about: About::Way, opinion: Some(Opinion::Agree), reason: None };
        record_verdict(desk, &office(), id, version, said).await.unwrap();
        let shown = show_case(desk, &office(), id).await.unwrap();
        assert_eq!((shown.verdicts.len(), shown.verdicts[0].rerate), (1, false), "{}", place.name);

        let Details::Duct(duct) = &mut asset.details else { panic!("a duct") };
        duct.bores.total = duct.bores.total.or(Some(1));
        duct.bores.used = duct.bores.total;
        let store = Store::open(&place.url).await.unwrap();
        happens(&store, desk, Event::AssetAmended { asset: Box::new(asset), reason: None }).await;
        let shown = show_case(desk, &office(), id).await.unwrap();
        let change =
            shown.changes.iter().find(|change| (either(change).item, &either(change).about) == (way.item, &About::Way));
        let change = change.unwrap_or_else(|| panic!("{}: {:?}", place.name, shown.changes));
        assert_eq!(change.before.as_ref(), Some(&way), "{}", place.name);
        assert_ne!(change.now.as_ref(), Some(&way), "{}", place.name);
        assert!(shown.verdicts[0].rerate, "{}: the verdict must be given again", place.name);
        assert_eq!(changes(desk, &filed).await, rescan(desk, &filed), "{}", place.name);
        store.close().await;
    }
}

/// A set in which a spacing rule asks for another distance, from the first day of the rule or from a later one.
fn with_a_wider_spacing(set: &RuleSet, from_day: Option<&str>) -> RuleSet {
    let newest = set.newest(&RuleId::new("SP-BN-1").unwrap()).unwrap();
    let mut predicate = newest.predicate.clone();
    predicate.set("non_urban_m", Some(400.0)).unwrap();
    let valid_from = from_day.map_or(newest.valid_from, |day| day.parse().ok());
    set.with_next_version(Rule { predicate, valid_from, ..newest.clone() })
}

#[tokio::test]
async fn a_changed_distance_of_a_local_set_concerns_only_what_was_judged_by_it() {
    for place in both("rerating_rules").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let filed = file_all(desk).await;
        let code = |text: &str| RuleSetCode::new(text).unwrap();
        let (others, by_it) = filed.split_at(filed.len() / 2);
        for id in others {
            keep_screening(desk, &office(), *id, Some(code("hai-phong"))).await.unwrap();
        }
        let set = |text: &str| desk.read(|registry| registry.rule_sets()[&code(text)].clone());
        let local = set("bac-ninh-72-2025");
        let wider = with_a_wider_spacing(&local, None);
        let looked = |rule_set: &RuleSet| looked_at(desk, &Record::RuleSet { rule_set: rule_set.clone() });
        assert_eq!(looked(&local), 0, "{}: the same again", place.name);
        assert_eq!(looked(&with_a_wider_spacing(&local, Some("2100-01-01"))), 0, "{}: of a later day", place.name);
        assert_eq!(looked(&wider), by_it.len(), "{}", place.name);
        let national = set("national");
        let national = national.with_next_version(national.rules[0].clone());
        assert_eq!(looked(&national), filed.len(), "{}: the national set judges beside every other", place.name);

        let store = Store::open(&place.url).await.unwrap();
        happens(&store, desk, Event::RuleSetAdopted { rule_set: wider, reason: None }).await;
        assert!(changes(desk, others).await.iter().all(Vec::is_empty), "{}: judged by another set", place.name);
        let flagged = changes(desk, by_it).await;
        let spacing = About::Rule { rule: RuleId::new("SP-BN-1").unwrap() };
        assert!(flagged.iter().flatten().any(|change| either(change).about == spacing), "{}: {flagged:?}", place.name);
        assert_eq!(changes(desk, &filed).await, rescan(desk, &filed), "{}", place.name);
        store.close().await;
    }
}
