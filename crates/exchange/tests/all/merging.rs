//! Rows at one position that are one asset.

use std::time::Instant;

use hatang_core::{AssetClass, Details};
use hatang_exchange::{Import, ImportOptions, read_assets};
use hatang_testkit::shared_data;

use crate::{by_column, ids, import, options, rules};

fn merging(options: ImportOptions) -> ImportOptions {
    ImportOptions { merge_same_position: true, ..options }
}

fn tenants(import: &Import, asset: usize) -> Vec<String> {
    let tenants = &import.assets[asset].asset.tenants;
    let network = |network: &Option<_>| network.as_ref().map_or_else(String::new, |network| format!("/{network}"));
    tenants.iter().map(|tenancy| format!("{}{}", tenancy.tenant, network(&tenancy.network))).collect()
}

#[test]
fn rows_at_one_position_become_one_asset_with_its_tenants() {
    let text = "lon,lat,who,network,height_m,code,status\n\
        106.48,20.69,VNPT,vinaphone,,V1,operational\n\
        106.480,20.690,Viettel,,40,T1,operational\n\
        106.48,20.69,Viettel,viettel,42,T1,operational\n\
        106.48,20.69,Viettel,,42,,operational\n\
        106.49,20.69,VNPT,,30,V2,operational\n";
    let import = import("a.csv", text, &merging(by_column(AssetClass::Mast, "who")));
    assert_eq!(import.assets.len(), 2);
    let first = &import.assets[0];
    assert_eq!(first.rows, [2, 3, 4, 5]);
    assert_eq!(first.asset.owner.as_str(), "viettel", "most rows");
    assert_eq!(first.asset.code.as_ref().unwrap().as_str(), "T1", "the owner's own code");
    let Details::Mast(mast) = &first.asset.details else { panic!("not a mast") };
    assert_eq!(mast.height_m.unwrap().get().to_string(), "40", "the first value");
    assert_eq!(tenants(&import, 0), ["viettel/viettel", "vnpt/vinaphone"]);
    assert_eq!(tenants(&import, 1), ["vnpt"]);

    assert_eq!(rules(&import), ["info identity", "info identity", "warning identity", "warning identity"]);
    let warned: Vec<_> = import.report.findings[2..]
        .iter()
        .map(|finding| (finding.row.unwrap(), finding.field.as_deref().unwrap(), finding.value.as_deref().unwrap()))
        .collect();
    assert_eq!(warned, [(2, "code", "V1"), (4, "height_m", "42")], "each other value once");
    assert!(import.report.findings[3].message.en.contains("`40` of row 3"), "{:?}", import.report.findings[3]);
    let told = [0, 1].map(|finding: usize| &import.report.findings[finding].message);
    assert!(told[0].en.contains("5 rows became 2 assets"), "{told:?}");
    assert!(told[1].vi.contains("tệp không nói ai sở hữu công trình"), "{told:?}");
}

#[test]
fn at_a_tie_the_first_organisation_in_the_file_owns() {
    let text = "lon,lat,who\n1,2,B\n1,2,A\n1,2,A\n1,2,B\n";
    let import = import("a.csv", text, &merging(by_column(AssetClass::Mast, "who")));
    assert_eq!(import.assets[0].asset.owner.as_str(), "b");
}

#[test]
fn rows_of_one_owner_make_no_tenants_and_keep_their_places_apart() {
    let text = "lon,lat,code\n1,2,A\n1,2,A\n1,2.0000001,A\n-0,0,B\n0,0,\n5,5,\n5,5,\n";
    let import = import("a.csv", text, &merging(options(AssetClass::Mast)));
    assert_eq!(import.assets.len(), 3);
    assert!(import.assets.iter().all(|read| read.asset.tenants.is_empty()));
    let without_code = import.report.findings.iter().find(|finding| finding.field.as_deref() == Some("code")).unwrap();
    assert!(without_code.message.en.contains("2 rows have no code"), "the row at B's place has B's: {without_code:?}");
    let error = import.report.findings.iter().find(|finding| finding.row == Some(4)).unwrap();
    assert_eq!(error.field.as_deref(), Some("code"), "the same code at another position is refused");
}

#[test]
fn a_reason_for_an_empty_value_stays_only_while_it_is_empty() {
    let text = "lon,lat,height_m,height_m_null,half_width_m_null\n1,2,,unknown,withheld\n1,2,30,,\n";
    let import = import("a.csv", text, &merging(options(AssetClass::Mast)));
    let nulls: Vec<_> = import.assets[0].asset.nulls.keys().map(String::as_str).collect();
    assert_eq!(nulls, ["half_width_m"]);
}

/// The numbers were counted from the file by other means: positions, licensees and heights by their numbers.
#[test]
fn the_manitoba_licences_become_one_mast_for_each_position() {
    let Some(path) = shared_data("canada_manitoba_licences.csv.gz") else { return };
    let bytes = std::fs::read(path).unwrap();
    let options = ImportOptions {
        map: [("height_m", "structure_height"), ("structure", "structure_type")]
            .map(|(field, column)| (field.to_owned(), column.to_owned()))
            .into(),
        ..merging(by_column(AssetClass::Mast, "licensee_name*"))
    };
    let started = Instant::now();
    let import = read_assets("canada_manitoba_licences.csv.gz", &bytes, &options, ids()).unwrap();
    println!("65,902 rows read in {:?}", started.elapsed());
    let report = &import.report;
    assert_eq!((report.rows_total, report.rows_accepted, report.rows_refused), (65_902, 65_902, 0));
    assert_eq!((report.assets, import.assets.len()), (2_003, 2_003));
    assert_eq!(import.assets.iter().map(|read| read.rows.len()).sum::<usize>(), 65_902);
    assert_eq!(import.assets.iter().filter(|read| 1 < read.asset.tenants.len()).count(), 1_088);
    assert_eq!(import.organisations_seen.len(), 12);
    let disagree = |field: &str| {
        let warned = report.findings.iter().filter(|finding| finding.field.as_deref() == Some(field));
        let rows: std::collections::BTreeSet<_> = warned.filter_map(|finding| finding.row).collect();
        import.assets.iter().filter(|read| read.rows.iter().any(|row| rows.contains(row))).count()
    };
    assert_eq!((disagree("height_m"), disagree("structure")), (243, 18));
}
