//! Desks that share a database, and who may sign in at them.

use hatang_core::{AssetClass, OrganisationCode, Role, Viewer, asset::Technology};
use hatang_desk::{
    ErrorKind,
    account::{
        NewAccount, Origin, account_of, administer::add_account_with_password, sign_in, sign_in::SignedIn, sign_out,
        viewer,
    },
    demo,
    generate_assets::generate_assets,
    import_assets::{ImportRequest, import_assets},
    run_coverage::run_coverage,
    verify_journal::verify_journal,
};
use hatang_exchange::OwnerSource;
use hatang_tests::{both, open, sample_data};

const PASSPHRASE: &str = "gieng nuoc con meo vang";

const ONE_MAST: &str = "code,lon,lat,status,height_m\nNEW-1,106.481,20.681,operational,30\n";

fn of_viettel() -> ImportRequest {
    ImportRequest::new(AssetClass::Mast, OwnerSource::Code(OrganisationCode::new("viettel").expect("a code")))
}

#[tokio::test]
async fn what_one_desk_writes_the_other_reads_after_following_the_journal() {
    for place in both("two_desks").await {
        demo::load(&place.desk, &sample_data()).await.unwrap();
        let other = open(&place.url).await;
        let before = other.positions();
        let console = Viewer::console();
        import_assets(&place.desk, &console, "one.csv", ONE_MAST.as_bytes(), &of_viettel()).await.unwrap();
        assert_eq!(other.positions(), before, "{}: nothing is read before following", place.name);
        other.catch_up().await.unwrap();
        assert_eq!(other.positions(), place.desk.positions(), "{}", place.name);
        let has_it = other.read(|registry| {
            registry
                .seen_by(&console)
                .all()
                .any(|sight| sight.asset().code.as_ref().is_some_and(|c| c.as_str() == "NEW-1"))
        });
        assert!(has_it, "{}", place.name);

        // The other desk writes from an older view of the same code: it is refused and nothing is half written.
        let again = format!("{ONE_MAST}\n");
        let again = import_assets(&other, &console, "one.csv", again.as_bytes(), &of_viettel()).await.unwrap();
        assert!(again.receipt.is_none() && again.report.rows_refused == 1, "{}: {:?}", place.name, again.report);
        assert_eq!(verify_journal(&other, &console).await.unwrap().faults, [], "{}", place.name);
    }
}

#[tokio::test]
async fn a_coverage_answer_is_computed_anew_when_the_journal_has_moved_on() {
    for place in both("coverage_moves").await {
        demo::load(&place.desk, &sample_data()).await.unwrap();
        let first = run_coverage(&place.desk, Technology::G5, None).unwrap();
        let again = run_coverage(&place.desk, Technology::G5, None).unwrap();
        assert!(std::sync::Arc::ptr_eq(&first, &again), "{}: nothing has changed", place.name);
        let console = Viewer::console();
        import_assets(&place.desk, &console, "one.csv", ONE_MAST.as_bytes(), &of_viettel()).await.unwrap();
        let moved = run_coverage(&place.desk, Technology::G5, None).unwrap();
        assert!(first.report.seq < moved.report.seq, "{}", place.name);
        assert_eq!(
            first.report.people_covered, moved.report.people_covered,
            "{}: a mast alone covers nobody",
            place.name
        );
    }
}

#[tokio::test]
async fn a_synthetic_registry_of_any_size_enters_whole_and_alike() {
    let mut heads = Vec::new();
    for place in both("synthetic").await {
        assert_eq!(generate_assets(&place.desk, 2_500, 7).await.unwrap(), 2_500, "{}", place.name);
        assert_eq!(place.desk.read(hatang_core::Registry::len), 2_500, "{}", place.name);
        assert_eq!(verify_journal(&place.desk, &Viewer::console()).await.unwrap().faults, [], "{}", place.name);
        heads.push(place.desk.positions());
    }
    assert_eq!(heads[0], heads[1]);
}

#[tokio::test]
async fn a_session_opens_with_the_password_and_ends_for_good() {
    for place in both("sessions").await {
        let desk = &place.desk;
        let vnpt = OrganisationCode::new("vnpt").unwrap();
        let new = || NewAccount {
            name: "editor",
            display_name: "Editor",
            email: None,
            sign_on_email: None,
            role: Role::CarrierEditor,
            organisation: Some(vnpt.clone()),
            territory: None,
        };
        let here = Origin::default();
        let refused = add_account_with_password(desk, &Viewer::public(), new(), PASSPHRASE).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::SignInNeeded, "{}", place.name);
        add_account_with_password(desk, &Viewer::console(), new(), PASSPHRASE).await.unwrap();
        let again = add_account_with_password(desk, &Viewer::console(), new(), PASSPHRASE).await.unwrap_err();
        assert_eq!(again.code(), "account.taken", "{}", place.name);

        for (name, password) in [("editor", "wrong"), ("nobody", PASSPHRASE), ("", "")] {
            let refused = sign_in(desk, name, password, &here).await.unwrap_err();
            assert_eq!(refused.code(), "session.refused", "{}: {name}", place.name);
            assert_eq!(refused.value(), None, "{}: {name} is not repeated", place.name);
        }
        let SignedIn { token, account, .. } = sign_in(desk, "editor", PASSPHRASE, &here).await.unwrap();
        assert_eq!(viewer(desk, &account).organisation, Some(vnpt.clone()));
        assert!(account_of(desk, token.as_str()).await.unwrap().is_some(), "{}", place.name);
        assert!(account_of(desk, "another").await.unwrap().is_none(), "{}", place.name);
        assert!(!format!("{token:?}").contains(token.as_str()), "a token is never logged");
        sign_out(desk, token.as_str()).await.unwrap();
        assert!(account_of(desk, token.as_str()).await.unwrap().is_none(), "{}", place.name);
    }
}

#[tokio::test]
async fn a_demos_accounts_open_nothing_once_the_demo_is_over() {
    for place in both("demo_accounts").await {
        let desk = &place.desk;
        demo::open_accounts(desk).await.unwrap();
        let here = Origin::default();
        let token = sign_in(desk, "van-hanh", "hatang-demo", &here).await.unwrap().token;
        let real = NewAccount {
            name: "real",
            display_name: "Real",
            email: None,
            sign_on_email: None,
            role: Role::Assessor,
            organisation: None,
            territory: None,
        };
        add_account_with_password(desk, &Viewer::console(), real, PASSPHRASE).await.unwrap();
        demo::close_accounts(desk).await.unwrap();
        assert!(account_of(desk, token.as_str()).await.unwrap().is_none(), "{}: its sessions end", place.name);
        assert!(sign_in(desk, "van-hanh", "hatang-demo", &here).await.is_err(), "{}", place.name);
        assert!(sign_in(desk, "real", PASSPHRASE, &here).await.is_ok(), "{}", place.name);
        demo::open_accounts(desk).await.unwrap();
        assert!(
            sign_in(desk, "van-hanh", "hatang-demo", &here).await.is_ok(),
            "{}: a demo opens them again",
            place.name
        );
    }
}

#[tokio::test]
async fn a_file_that_has_come_in_whole_does_not_come_in_twice() {
    for place in both("twice").await {
        let console = Viewer::console();
        let without_codes = "lon,lat,status,height_m\n106.481,20.681,operational,30\n";
        let import = async |file: &'static str| {
            import_assets(&place.desk, &console, "masts.csv", file.as_bytes(), &of_viettel()).await
        };
        import(without_codes).await.unwrap();
        let again = import(without_codes).await.unwrap_err();
        assert_eq!((again.kind(), again.code()), (ErrorKind::Conflict, "file.already_imported"), "{}", place.name);
        assert_eq!(again.value().as_deref(), Some("unbounded/1"), "{}", place.name);
        import("lon,lat,status,height_m\n106.482,20.681,operational,30\n").await.unwrap();
        assert_eq!(place.desk.read(hatang_core::Registry::len), 2, "{}", place.name);
    }
}

#[tokio::test]
async fn a_code_that_came_in_before_the_outline_is_still_taken_after_it() {
    for place in both("outline_later").await {
        let console = Viewer::console();
        import_assets(&place.desk, &console, "one.csv", ONE_MAST.as_bytes(), &of_viettel()).await.unwrap();
        demo::load(&place.desk, &sample_data()).await.unwrap();
        let again = format!("{ONE_MAST}NEW-2,106.482,20.682,operational,30\n");
        let outcome = import_assets(&place.desk, &console, "two.csv", again.as_bytes(), &of_viettel()).await.unwrap();
        assert_eq!((outcome.report.rows_accepted, outcome.report.rows_refused), (1, 1), "{}", place.name);
    }
}

#[tokio::test]
async fn a_security_site_leaves_no_trace_in_coverage() {
    for place in both("security").await {
        demo::load(&place.desk, &sample_data()).await.unwrap();
        let console = Viewer::console();
        let before = run_coverage(&place.desk, Technology::G5, None).unwrap();
        let row = "code,lon,lat,status,network,technologies,bands_mhz,antenna_height_m,security_site\n\
                   SEC-1,106.4583,20.6606,operational,viettel,5g,2600,30,true\n\
                   SEC-2,106.4583,20.6607,operational,viettel,5g,,,true\n";
        let request = ImportRequest { class: AssetClass::RadioStation, ..of_viettel() };
        let outcome = import_assets(&place.desk, &console, "sites.csv", row.as_bytes(), &request).await.unwrap();
        assert_eq!(outcome.report.rows_refused, 0, "{}: {:?}", place.name, outcome.report.findings);
        let after = run_coverage(&place.desk, Technology::G5, None).unwrap();
        assert!(before.report.seq < after.report.seq);
        assert_eq!(before.report.people_covered, after.report.people_covered, "{}", place.name);
        assert_eq!(before.report.computed_from.left_out, after.report.computed_from.left_out, "{}", place.name);
    }
}
