//! What an owner lets a service provider do in its name: named acts, between two days, until it is taken back.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{code_list::code_list, codes::OrganisationCode};

code_list! {
    /// One act that an owner can let another organisation do in its name.
    DelegatedAction, "delegated actions" {
        /// See its assets as the owner sees them.
        SeeAssets = "see_assets",
        /// Enter and amend its assets, and see them as the owner sees them: nobody amends what they do not see.
        RegisterAssets = "register_assets",
        /// Write, screen, hand in and take back its requests, and see them.
        FileRequests = "file_requests",
    }
}

/// One delegation. No person is named: accounts of the provider's organisation act, each under its own name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    /// Its identity.
    pub id: Uuid,
    /// In whose name is acted.
    pub owner: OrganisationCode,
    /// Who may act.
    pub provider: OrganisationCode,
    /// What may be done; nothing else.
    pub actions: Vec<DelegatedAction>,
    /// The first day, in the office's own days (UTC+7).
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The day that it was taken back on; it ends with the moment it is recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_on: Option<Date>,
}

impl DelegatedAction {
    /// Whether whoever may do this sees the owner's assets as the owner does.
    #[must_use]
    pub const fn shows_assets(self) -> bool {
        matches!(self, Self::SeeAssets | Self::RegisterAssets)
    }
}

impl Delegation {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.revoked_on.is_none() && self.from <= day && day <= self.to
    }
}

/// What one owner lets the viewer's organisation do today.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Delegated {
    /// In whose name.
    pub owner: OrganisationCode,
    /// What.
    pub actions: Vec<DelegatedAction>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delegation_holds_from_its_first_day_to_its_last_until_it_is_taken_back() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let code = |text| OrganisationCode::new(text).unwrap();
        let lasting = Delegation {
            id: Uuid::nil(),
            owner: code("viettel"),
            provider: code("thue-ngoai"),
            actions: vec![DelegatedAction::RegisterAssets],
            from: day("2026-03-01"),
            to: day("2026-03-31"),
            revoked_on: None,
        };
        let revoked = Delegation { revoked_on: Some(day("2026-03-10")), ..lasting.clone() };
        for (name, delegation, on, holds) in [
            ("the day before", &lasting, "2026-02-28", false),
            ("the first day", &lasting, "2026-03-01", true),
            ("the last day", &lasting, "2026-03-31", true),
            ("the day after", &lasting, "2026-04-01", false),
            ("taken back", &revoked, "2026-03-10", false),
            ("after it was taken back", &revoked, "2026-03-20", false),
        ] {
            assert_eq!(delegation.holds_on(day(on)), holds, "{name}");
        }
    }
}
