//! How often each part of the plan has changed, apart for everybody who may see it.
//!
//! The plan is one record, and what it foresees for one carrier is no business of another: were its one version told,
//! everybody would notice every change.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Plan;
use crate::{asset::Asset, codes::OrganisationCode, visibility::Secrecy};

/// How often the parts of the plan have changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanVersions {
    /// What everybody may see.
    pub open: u32,
    /// The planned objects that an organisation owns, runs or occupies, by their secrecy.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub planned: BTreeMap<Secrecy, BTreeMap<OrganisationCode, u32>>,
}

/// Who is concerned by which planned objects.
type Parts<'a> = BTreeMap<(Secrecy, &'a OrganisationCode), Vec<&'a Asset>>;

impl Plan {
    /// The plan as the next version after another: parts that differ have changed once more. `O(n)` in its objects.
    #[must_use]
    pub fn after(mut self, before: Option<&Self>) -> Self {
        let was = before.map(|plan| plan.versions.clone()).unwrap_or_default();
        let mut versions = was.clone();
        if before.is_none_or(|before| before.open_part() != self.open_part()) {
            versions.open = was.open + 1;
        }
        let (then, now) = (before.map(parts).unwrap_or_default(), parts(&self));
        let keys: BTreeSet<_> = then.keys().chain(now.keys()).copied().collect();
        for key in keys.into_iter().filter(|key| then.get(key) != now.get(key)) {
            let (secrecy, organisation) = key;
            *versions.planned.entry(secrecy).or_default().entry(organisation.clone()).or_default() += 1;
        }
        self.versions = versions;
        self
    }

    /// All but what is foreseen for somebody, which is shown to few.
    fn open_part(&self) -> Self {
        let (planned, versions) = (Vec::new(), PlanVersions::default());
        Self { planned, versions, ..self.clone() }
    }
}

fn parts(plan: &Plan) -> Parts<'_> {
    let mut parts = Parts::new();
    for asset in &plan.planned {
        let tenants = asset.tenants.iter().map(|tenancy| &tenancy.tenant);
        let concerned: BTreeSet<_> = tenants.chain(&asset.manager).chain([&asset.owner]).collect();
        for organisation in concerned {
            parts.entry((Secrecy::of(asset), organisation)).or_default().push(asset);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        asset::{AssetClass, AssetId, Details, Lifecycle},
        codes::RuleSetCode,
        position::Lonlat,
        shape::Shape,
        survey::Survey,
        text::Text,
    };

    fn plan() -> Plan {
        Plan {
            title: Text::new("Quy hoạch", "Plan"),
            instrument: "x".to_owned(),
            valid_from: None,
            valid_to: None,
            synthetic: true,
            rule_set: RuleSetCode::new("hai-phong").unwrap(),
            zones: vec![],
            hamlets: vec![],
            places: vec![],
            roads: vec![],
            constraints: vec![],
            targets: vec![],
            planned: vec![],
            complete: vec![],
            years_issued: BTreeSet::new(),
            versions: PlanVersions::default(),
        }
    }

    fn mast(number: u128, owner: &str) -> Asset {
        Asset {
            id: AssetId(uuid::Uuid::from_u128(number)),
            code: None,
            owner: OrganisationCode::new(owner).unwrap(),
            manager: None,
            tenants: vec![],
            replaced_by: None,
            status: Lifecycle::Planned,
            shape: Shape::Point(Lonlat::new(106.48, 20.68).unwrap()),
            survey: Survey::default(),
            built_on: None,
            source: None,
            note: None,
            nulls: BTreeMap::new(),
            security_site: false,
            terms: crate::asset::Terms::default(),
            submitted: None,
            details: Details::empty(AssetClass::Mast),
        }
    }

    #[test]
    fn only_the_parts_that_differ_have_changed() {
        let of = |plan: &Plan, owner: &str| {
            let owner = OrganisationCode::new(owner).unwrap();
            plan.versions.planned.get(&Secrecy::Intended).and_then(|by| by.get(&owner)).copied()
        };
        let first = plan().after(None);
        assert_eq!((first.versions.open, of(&first, "viettel")), (1, None));
        let foreseen = Plan { planned: vec![mast(1, "viettel")], ..first.clone() }.after(Some(&first));
        assert_eq!((foreseen.versions.open, of(&foreseen, "viettel")), (1, Some(1)), "nobody else notices");
        let both =
            Plan { planned: vec![mast(1, "viettel"), mast(2, "vnpt")], ..foreseen.clone() }.after(Some(&foreseen));
        assert_eq!((both.versions.open, of(&both, "viettel"), of(&both, "vnpt")), (1, Some(1), Some(1)));
        let renamed = Plan { instrument: "y".to_owned(), ..both.clone() }.after(Some(&both));
        assert_eq!((renamed.versions.open, of(&renamed, "viettel")), (2, Some(1)));
        let issued = Plan { years_issued: [2027].into(), ..renamed.clone() }.after(Some(&renamed));
        assert_eq!(
            (issued.versions.open, of(&issued, "viettel")),
            (3, Some(1)),
            "a year's plan is issued for everybody"
        );
        let given_up = Plan { planned: vec![mast(2, "vnpt")], ..renamed.clone() }.after(Some(&renamed));
        assert_eq!((of(&given_up, "viettel"), of(&given_up, "vnpt")), (Some(2), Some(1)), "never back to less");
        assert_eq!(given_up.clone().after(Some(&given_up)), given_up, "the same again is no change");
    }
}
