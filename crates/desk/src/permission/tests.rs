use std::collections::BTreeMap;

use hatang_core::{Delegated, DelegatedAction};

use super::*;

#[test]
fn every_role_action_and_state_has_one_explicit_answer() {
    let mut rows: BTreeMap<(&str, Option<&str>), usize> = BTreeMap::new();
    for row in TABLE {
        *rows.entry((row.action.code(), row.state)).or_default() += 1;
        assert!(!row.vi.is_empty() && !row.en.is_empty() && row.vi != row.en, "{}: has a name", row.action);
    }
    for action in Action::ALL {
        let states = match action.states() {
            [] => vec![None],
            states => states.iter().copied().map(Some).collect(),
        };
        for state in states {
            let found = rows.remove(&(action.code(), state));
            assert_eq!(found, Some(1), "{action} in state {state:?} needs exactly one row in permission/table.rs");
        }
    }
    assert_eq!(rows, BTreeMap::new(), "rows for what is no action, or no state of it");
}

#[test]
fn the_public_is_granted_nothing_and_an_auditor_changes_nothing() {
    for row in TABLE {
        assert_eq!(grant(Role::Public, row.action, row.state), Grant::No, "{}", row.action);
    }
    for changes in [Action::ImportAssets, Action::AdoptPlan, Action::ManageAccounts, Action::Delegate] {
        assert_eq!(grant(Role::Auditor, changes, None), Grant::No, "{changes}");
    }
}

#[test]
fn what_no_row_names_is_refused() {
    assert_eq!(grant(Role::Operator, Action::AdoptPlan, Some("no such state")), Grant::No);
    let about = About::nothing().in_state("no such state");
    assert!(may(&Viewer::console(), Action::AdoptPlan, about).is_err());
}

#[test]
fn only_the_owner_and_the_operator_enter_an_owners_assets() {
    let viettel = OrganisationCode::new("viettel").unwrap();
    let vnpt = OrganisationCode::new("vnpt").unwrap();
    let viewer = |role, organisation: &OrganisationCode| Viewer {
        role,
        organisation: Some(organisation.clone()),
        ..Viewer::public()
    };
    let lets = |actions: &[DelegatedAction]| Viewer {
        delegations: vec![Delegated { owner: viettel.clone(), actions: actions.to_vec() }],
        ..viewer(Role::CarrierEditor, &vnpt)
    };
    let homeless = Viewer { role: Role::CarrierEditor, ..Viewer::public() };
    for (name, viewer, about, allowed) in [
        ("its editor", viewer(Role::CarrierEditor, &viettel), About::owner(&viettel), true),
        ("a rival", viewer(Role::CarrierEditor, &vnpt), About::owner(&viettel), false),
        ("an editor with a file that names owners", viewer(Role::CarrierEditor, &viettel), About::nothing(), false),
        ("an editor of no organisation and a file that names owners", homeless, About::nothing(), false),
        ("an assessor", viewer(Role::Assessor, &viettel), About::owner(&viettel), false),
        ("the console", Viewer::console(), About::nothing(), true),
        ("whom the owner lets", lets(&[DelegatedAction::RegisterAssets]), About::owner(&viettel), true),
        ("whom the owner lets do something else", lets(&[DelegatedAction::SeeAssets]), About::owner(&viettel), false),
        ("nobody", Viewer::public(), About::owner(&viettel), false),
    ] {
        assert_eq!(may(&viewer, Action::ImportAssets, about).is_ok(), allowed, "{name}");
    }
}

#[test]
fn an_official_of_one_territory_does_nothing_in_another() {
    let [home, elsewhere] = ["11824", "11830"].map(|code| Territory::new(code).unwrap());
    for role in Role::ALL.iter().copied().filter(|role| role.is_official()) {
        let official = Viewer { territory: Some(home.clone()), ..Viewer::of(role, None) };
        for row in TABLE {
            let about = About { owner: None, state: row.state, territory: None };
            let everywhere = is_allowed(&Viewer::of(role, None), row.action, about.in_territory(&elsewhere));
            assert_eq!(
                is_allowed(&official, row.action, about.in_territory(&home)),
                everywhere,
                "{role} {}",
                row.action
            );
            assert!(!is_allowed(&official, row.action, about.in_territory(&elsewhere)), "{role} {}", row.action);
            assert!(!is_allowed(&official, row.action, about), "{role} {}: nowhere in particular", row.action);
        }
    }
}
