//! The whole plan as a GeoPackage, read back by GDAL.

use std::{path::Path, process::Command};

use hatang_core::{AssetClass, OrganisationCode, Role, Viewer};
use hatang_desk::{
    Desk, ErrorKind,
    amend_outline::{OutlineFile, amend_outline},
    amend_plan::{PlanAct, PlanChange, amend_plan},
    demo,
    describe_plan::describe_plan,
    export_plan::export_plan,
};
use hatang_tests::{both, sample_data};
use jiff::{ToSpan as _, civil::Date};
use tempfile::TempDir;

async fn written(desk: &Desk, who: &Viewer, as_of: Option<Date>) -> Vec<u8> {
    let mut bytes = Vec::new();
    export_plan(desk, who, as_of, who.role.code(), &mut bytes).await.unwrap().unwrap();
    bytes
}

fn ogrinfo(file: &Path, more: &[&str]) -> String {
    let output = Command::new("ogrinfo").arg("-ro").args(more).arg(file).output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && !said.contains("Warning") && !said.contains("ERROR"), "{said}");
    said
}

/// How many features a layer has; none where there is no such layer.
fn count(file: &Path, layer: &str) -> Option<usize> {
    let listed = ogrinfo(file, &["-so", "-al"]);
    let (_, of_layer) = listed.split_once(&format!("Layer name: {layer}\n"))?;
    of_layer.split_once("Feature Count: ")?.1.lines().next()?.parse().ok()
}

#[tokio::test]
async fn gdal_reads_every_part_of_the_plan_and_a_carrier_gets_its_own_planned_objects() {
    let folder = TempDir::new().unwrap();
    for place in both("plan_export").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let carrier = |code| Viewer {
            role: Role::CarrierEditor,
            organisation: OrganisationCode::new(code).ok(),
            ..Viewer::public()
        };
        let file = |name: &str| folder.path().join(format!("{}-{name}.gpkg", place.name));
        let console = Viewer::console();
        std::fs::write(file("all"), written(desk, &console, None).await).unwrap();
        let plan = desk.read(|registry| registry.home().unwrap().1.plan.clone()).unwrap();
        let works = desk.read(|registry| registry.home().unwrap().1.works.len());
        for (layer, expected) in [
            ("boundary", 1),
            ("zones", plan.zones.len()),
            ("hamlets", plan.hamlets.len()),
            ("places", plan.places.len()),
            ("roads", plan.roads.len()),
            ("constraints", plan.constraints.len()),
            ("works", works),
            ("targets", plan.targets.len()),
            ("metadata", 1),
        ] {
            assert_eq!(count(&file("all"), layer), Some(expected), "{} {layer}", place.name);
        }
        let masts = plan.planned.iter().filter(|asset| asset.class() == AssetClass::Mast);
        let of = |owner: &str| masts.clone().filter(|asset| asset.owner.as_str() == owner).count();
        assert_eq!(count(&file("all"), "planned_mast"), Some(masts.clone().count()), "{}", place.name);
        let about = ogrinfo(&file("all"), &["-al"]);
        for expected in [&plan.instrument, "as_of", "journal_position"] {
            assert!(about.contains(expected), "{}: {expected} in the metadata", place.name);
        }
        let version = describe_plan(desk, &console).await.unwrap().unwrap().changes[0].version;
        assert!(about.contains(&format!("version (Integer64) = {version}")), "{}", place.name);

        std::fs::write(file("viettel"), written(desk, &carrier("viettel"), None).await).unwrap();
        assert!(0 < of("viettel") && of("viettel") < masts.clone().count(), "the sample plans for several");
        assert_eq!(count(&file("viettel"), "planned_mast"), Some(of("viettel")), "{}", place.name);
        assert!(!ogrinfo(&file("viettel"), &["-al"]).contains("version (Integer"), "{}", place.name);
        std::fs::write(file("public"), written(desk, &Viewer::public(), None).await).unwrap();
        assert_eq!(count(&file("public"), "hamlets"), Some(plan.hamlets.len()), "{}", place.name);
        assert_eq!(count(&file("public"), "planned_mast"), None, "{}: what is planned is not public", place.name);
    }
}

#[tokio::test]
async fn a_past_day_has_the_plan_of_that_day_and_before_the_first_there_is_none() {
    let folder = TempDir::new().unwrap();
    for place in both("plan_export_past").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let console = Viewer::console();
        let before = desk.read(|registry| registry.home().unwrap().1.plan.clone()).unwrap();
        let first = before.planned.iter().find(|asset| asset.class() == AssetClass::Mast).unwrap();
        let seen_version = describe_plan(desk, &console).await.unwrap().unwrap().changes[0].version;
        let act = PlanAct::RetirePlanned { id: first.id };
        amend_plan(desk, &console, PlanChange { seen_version, reason: "x".to_owned(), act }).await.unwrap();
        let masts = before.planned.iter().filter(|asset| asset.class() == AssetClass::Mast).count();
        let file = folder.path().join(format!("{}.gpkg", place.name));
        std::fs::write(&file, written(desk, &console, None).await).unwrap();
        assert_eq!(count(&file, "planned_mast"), Some(masts - 1), "{}: today", place.name);
        let too_early = Some(desk.today().checked_sub(1.day()).unwrap());
        let none = export_plan(desk, &console, too_early, "operator", Vec::new()).await.unwrap_err();
        assert_eq!((none.kind(), none.code()), (ErrorKind::NotFound, "plan.missing"), "{}", place.name);
    }
}

#[tokio::test]
async fn the_outline_of_the_export_is_the_one_that_an_official_has_set() {
    let folder = TempDir::new().unwrap();
    for place in both("plan_export_outline").await {
        let (desk, console) = (&place.desk, Viewer::console());
        demo::load(desk, &sample_data()).await.unwrap();
        let shape = desk.read(|registry| registry.home().unwrap().1.boundaries.as_ref().unwrap().home.shape.clone());
        let [west, south, east, north] = shape.bounding_box().edges();
        let ring = serde_json::json!([[west, south], [east, south], [east, north], [west, south]]);
        let file = serde_json::json!({ "type": "Polygon", "coordinates": [ring] }).to_string();
        let said = OutlineFile {
            seen_version: Some(1),
            people: Some(4_321),
            reason: "Nghị quyết sắp xếp đơn vị hành chính".to_owned(),
            ..OutlineFile::default()
        };
        amend_outline(desk, &console, file.as_bytes(), said).await.unwrap();
        let written_to = folder.path().join(format!("{}.gpkg", place.name));
        std::fs::write(&written_to, written(desk, &console, None).await).unwrap();
        let told = ogrinfo(&written_to, &["-al"]);
        let (_, boundary) = told.split_once("Layer name: boundary\n").unwrap();
        let boundary = boundary.split("Layer name:").next().unwrap();
        assert!(boundary.contains("people (Integer64) = 4321"), "{}: {boundary}", place.name);
        assert!(boundary.contains("Feature Count: 1"), "{}: {boundary}", place.name);
    }
}
