//! The access log: what is noted, by whom it may be read, and that nothing is lost at the end.

use hatang_core::{AccessKind, AssetClass, OrganisationCode, Role, Viewer, visibility::AccountId};
use hatang_desk::{
    Desk, ErrorKind,
    account::{
        NewAccount, Origin, administer::add_account_with_password, disable_account, sign_in, sign_in::SignedIn,
        sign_out, viewer,
    },
    demo,
    export_assets::export_assets,
    import_assets::{ImportRequest, import_assets},
    list_accesses::{AccessFilter, AccessFormat, export_accesses, list_accesses},
    list_assets::{AssetQuery, list_assets},
    verify_journal::verify_journal,
};
use hatang_exchange::OwnerSource;
use hatang_tests::{both, open, sample_data};

const PASSPHRASE: &str = "gieng nuoc con meo vang";

/// Every entry of a desk's log, oldest first, as kind and what it concerned.
async fn noted(desk: &Desk) -> Vec<(AccessKind, String)> {
    let page = list_accesses(desk, &Viewer::console(), &AccessFilter::default(), 1_000).await.unwrap();
    page.entries.into_iter().rev().map(|entry| (entry.kind, entry.about)).collect()
}

#[tokio::test]
async fn signing_in_being_refused_and_signing_out_are_noted_without_names() {
    for place in both("audit_sign_in").await {
        let desk = &place.desk;
        let here = Origin::default();
        let new = NewAccount {
            name: "can.bo.mat",
            display_name: "Cán bộ thử",
            email: None,
            sign_on_email: None,
            role: Role::Assessor,
            organisation: None,
            territory: None,
        };
        add_account_with_password(desk, &Viewer::console(), new, PASSPHRASE).await.unwrap();
        sign_in(desk, "can.bo.mat", "wrong passphrase", &here).await.unwrap_err();
        sign_in(desk, "nobody.at.all", "wrong passphrase", &here).await.unwrap_err();
        let SignedIn { token, account, .. } = sign_in(desk, "can.bo.mat", PASSPHRASE, &here).await.unwrap();
        sign_out(desk, token.as_str()).await.unwrap();
        disable_account(desk, &Viewer::console(), "can.bo.mat").await.unwrap();

        let page = list_accesses(desk, &Viewer::console(), &AccessFilter::default(), 1_000).await.unwrap();
        let kinds: Vec<(AccessKind, Option<AccountId>)> =
            page.entries.iter().rev().map(|entry| (entry.kind, entry.account)).collect();
        let his = Some(viewer(desk, &account).account.unwrap());
        let of_accounts: Vec<_> = kinds.into_iter().filter(|(kind, _)| *kind != AccessKind::Change).collect();
        assert_eq!(
            of_accounts,
            [
                (AccessKind::AccountChange, None),
                (AccessKind::SignInRefused, his),
                (AccessKind::SignInRefused, None),
                (AccessKind::SignIn, his),
                (AccessKind::SignOut, his),
                (AccessKind::AccountChange, None),
            ],
            "{}",
            place.name
        );
        for format in [AccessFormat::Csv, AccessFormat::Json] {
            let file = export_accesses(desk, &Viewer::console(), &AccessFilter::default(), format).await.unwrap();
            let text = String::from_utf8(file).unwrap();
            for secret in ["can.bo.mat", "Cán bộ thử", "nobody.at.all", "passphrase", token.as_str()] {
                assert!(!text.contains(secret), "{}: {secret} in {text}", place.name);
            }
        }
    }
}

#[tokio::test]
async fn reads_of_what_is_restricted_exports_and_changes_are_noted() {
    for place in both("audit_reads").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        // Two licences at one position are two tenants of one mast.
        let licences = "lon,lat,status,who\n106.481,20.681,operational,vnpt\n106.481,20.681,operational,mobifone\n";
        let request = ImportRequest {
            merge_same_position: true,
            ..ImportRequest::new(AssetClass::Mast, OwnerSource::Field("who".to_owned()))
        };
        import_assets(desk, &Viewer::console(), "licences.csv", licences.as_bytes(), &request).await.unwrap();
        let assessor = Viewer { role: Role::Assessor, ..Viewer::public() };
        let carrier = Viewer {
            role: Role::CarrierEditor,
            organisation: Some(OrganisationCode::new("viettel").unwrap()),
            ..Viewer::public()
        };
        let masts = AssetQuery {
            bounds: hatang_core::BoundingBox::WORLD,
            classes: vec![AssetClass::Mast],
            limit: 1_000,
            after: None,
        };
        let before = noted(desk).await;
        assert!(
            before.iter().any(|(kind, about)| *kind == AccessKind::Change && about.contains("assets_imported mast"))
        );
        assert!(before.iter().any(|(kind, about)| *kind == AccessKind::Change && about.starts_with("authority/")));
        for who in [&carrier, &Viewer::public(), &assessor, &assessor] {
            assert!(0 < list_assets(desk, who, &masts).matched, "{}", place.name);
        }
        export_assets(
            desk,
            &assessor,
            AssetClass::Duct,
            (hatang_exchange::ExportFormat::GeoJson, None),
            "assessor",
            std::io::sink(),
        )
        .unwrap();
        let after = noted(desk).await.split_off(before.len());
        assert_eq!(
            after,
            [
                (AccessKind::AccessLogRead, "access_log".to_owned()),
                (AccessKind::TenantsRead, "assets".to_owned()),
                (AccessKind::Export, "assets duct geojson".to_owned()),
            ],
            "{}: a carrier and the public see no other's tenants; two reads alike are one entry",
            place.name
        );
    }
}

#[tokio::test]
async fn only_those_who_oversee_read_the_log() {
    for place in both("audit_who").await {
        for role in Role::ALL {
            let who = Viewer { role: *role, ..Viewer::public() };
            let read = list_accesses(&place.desk, &who, &AccessFilter::default(), 10).await;
            let export = export_accesses(&place.desk, &who, &AccessFilter::default(), AccessFormat::Csv).await;
            let may = matches!(role, Role::SecurityOfficer | Role::Auditor | Role::Operator);
            assert_eq!((read.is_ok(), export.is_ok()), (may, may), "{}: {role}", place.name);
            if let Err(refused) = read {
                let kind = if *role == Role::Public { ErrorKind::SignInNeeded } else { ErrorKind::Refused };
                assert_eq!(refused.kind(), kind, "{}: {role}", place.name);
            }
        }
    }
}

#[tokio::test]
async fn what_was_noted_outlives_the_desk_once_it_is_written_down() {
    for place in both("audit_close").await {
        for number in 0..300 {
            place.desk.audit(AccessKind::Export, &Viewer::console(), &format!("file {number}"));
        }
        place.desk.access_log().write().await.unwrap();
        let other = open(&place.url).await;
        let kept = noted(&other).await.into_iter().filter(|(kind, _)| *kind == AccessKind::Export).count();
        assert_eq!(kept, 300, "{}", place.name);
        let verification = verify_journal(&other, &Viewer::console()).await.unwrap();
        assert_eq!(verification.faults, [], "{}", place.name);
    }
}
