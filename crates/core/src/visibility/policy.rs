//! The rules of visibility as data: how secret a thing is × who asks → what is shown.

use crate::{
    asset::{Asset, AssetClass, Lifecycle},
    code_list::code_list,
    codes::{OrganisationCode, Territory},
    visibility::{Role, Viewer},
};

code_list! {
    /// How secret a record is, by what it is. Where several apply to an asset, the last of them counts.
    Secrecy, "secrecies" {
        /// Plans, outlines, rule sets, organisations: for everybody.
        Open = "open",
        /// Works that are announced so that others can join them.
        Announced = "announced",
        /// What stands: owners must publish place and free capacity to each other, so that sharing can be asked for.
        Published = "published",
        /// A radio station: it names the tenant of a mast, which is between the mast's owner and the tenant.
        Station = "station",
        /// What is only intended: a business secret until it stands.
        Intended = "intended",
        /// A defence or security site.
        Security = "security",
    }
}

code_list! {
    /// How somebody stands to a record. The first that applies counts.
    Audience, "audiences" {
        /// Owns or runs it.
        Owner = "owner",
        /// Answers for security sites in its territory.
        Responsible = "responsible",
        /// Acts for the authority of its territory.
        Official = "official",
        /// Occupies a part of it.
        Tenant = "tenant",
        /// Asks to build, and an officer found that this can host it.
        Involved = "involved",
        /// Has signed in for another organisation, or for the authority of another territory.
        Organisation = "organisation",
        /// Has not signed in.
        Public = "public",
    }
}

/// What is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Not even that it exists.
    Nothing,
    /// Class, owner and state at a blurred position.
    Blurred,
    /// Place, state, size, technical condition and free capacity.
    Published,
    /// The same, and what one needs to build on it.
    Engineering,
    /// What is published, and one's own tenancy.
    OwnTenancy,
    /// Everything.
    All,
}

impl Shown {
    /// The word in replies.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Blurred => "blurred",
            Self::Published => "published",
            Self::Engineering => "engineering",
            Self::OwnTenancy => "own_tenancy",
            Self::All => "all",
        }
    }
}

use Shown::{All, Blurred, Engineering, Nothing, OwnTenancy, Published};

/// The rules: one row for each [`Secrecy`], one column for each [`Audience`], in the order of their lists.
#[rustfmt::skip]
pub const RULES: [(Secrecy, [Shown; Audience::ALL.len()]); Secrecy::ALL.len()] = [
    //                    owner  respon-  official  tenant      involved     organi-    public
    //                           sible                                       sation
    (Secrecy::Open,      [All,   All,     All,      All,        All,         All,       All]),
    (Secrecy::Announced, [All,   All,     All,      All,        All,         All,       Nothing]),
    (Secrecy::Published, [All,   All,     All,      OwnTenancy, Engineering, Published, Blurred]),
    (Secrecy::Station,   [All,   All,     All,      OwnTenancy, Nothing,     Nothing,   Nothing]),
    (Secrecy::Intended,  [All,   All,     All,      OwnTenancy, Nothing,     Nothing,   Nothing]),
    (Secrecy::Security,  [All,   All,     Nothing,  OwnTenancy, Nothing,     Nothing,   Nothing]),
];

/// What an audience is shown of a secrecy.
#[must_use]
pub fn shown(secrecy: Secrecy, audience: Audience) -> Shown {
    let row = RULES.iter().find(|(of, _)| *of == secrecy);
    let column = Audience::ALL.iter().position(|one| *one == audience);
    // Both lists are whole; what they lacked would be shown to nobody.
    row.zip(column).map_or(Nothing, |((_, row), column)| row[column])
}

impl Secrecy {
    /// How secret an asset is.
    #[must_use]
    pub fn of(asset: &Asset) -> Self {
        if asset.security_site {
            Self::Security
        } else if matches!(asset.status, Lifecycle::Proposed | Lifecycle::Planned) {
            Self::Intended
        } else if asset.class() == AssetClass::RadioStation {
            Self::Station
        } else {
            Self::Published
        }
    }
}

/// Who is concerned by a record, as far as visibility asks.
#[derive(Clone, Copy, Debug)]
pub struct Parties<'a> {
    /// Whose journal holds it.
    pub territory: &'a Territory,
    /// Who owns it.
    pub owner: Option<&'a OrganisationCode>,
    /// Who runs it.
    pub manager: Option<&'a OrganisationCode>,
}

impl Audience {
    /// How a viewer stands to a record with these parties; `is_tenant` says whether an organisation occupies it.
    #[must_use]
    pub fn of(viewer: &Viewer, parties: Parties<'_>, is_tenant: impl Fn(&OrganisationCode) -> bool) -> Self {
        let responsible = viewer.answers_for(parties.territory);
        match (viewer.role, &viewer.organisation) {
            (Role::Public, _) => Self::Public,
            (_, Some(own)) if parties.owner == Some(own) || parties.manager == Some(own) => Self::Owner,
            (_, Some(_)) if parties.owner.is_some_and(|it| viewer.sees_assets_of(it)) => Self::Owner,
            (role, _) if responsible && role.sees_security_sites() => Self::Responsible,
            (role, _) if responsible && role.is_official() => Self::Official,
            (_, Some(own)) if is_tenant(own) => Self::Tenant,
            _ => Self::Organisation,
        }
    }

    /// The same where a request involves the viewer's organisation with the record.
    #[must_use]
    pub const fn or_involved(self, is_involved: bool) -> Self {
        match self {
            Self::Organisation if is_involved => Self::Involved,
            other => other,
        }
    }
}
