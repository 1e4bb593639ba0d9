//! The one function that stands before every output: who may see which asset, and how much of it.
//!
//! Deny by default: a viewer sees what a rule below allows and nothing else. The public sees generalised positions.

pub mod policy;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::policy::{Audience, Secrecy, Shown};
use crate::{
    asset::{Asset, AssetId},
    code_list::code_list,
    codes::{OrganisationCode, Territory},
    delegation::{Delegated, DelegatedAction},
    position::Lonlat,
    shape::{Line, Shape},
    units::Metres,
};

code_list! {
    /// What an account may be.
    Role, "roles" {
        /// Nobody has signed in.
        Public = "public",
        /// Registers a carrier's assets and files its requests.
        CarrierEditor = "carrier_editor",
        /// The same, and manages the carrier's accounts.
        CarrierAdministrator = "carrier_administrator",
        /// Power, road, water, lighting: enters works and hosts.
        Utility = "utility",
        /// Economic Office: judges requests.
        Assessor = "assessor",
        /// Economic Office: signs opinions.
        Signatory = "signatory",
        /// Phòng Văn hóa – Xã hội: leads the plan.
        PlanLead = "plan_lead",
        /// Closes coverage gaps.
        Planner = "planner",
        /// Công an xã: security sites and the access log.
        SecurityOfficer = "security_officer",
        /// Sở KH&CN: reads the territories of its city.
        CityViewer = "city_viewer",
        /// Reads everything, changes nothing.
        Auditor = "auditor",
        /// Runs the installation.
        Operator = "operator",
    }
}

impl Role {
    /// Whether the role acts for the authority rather than for an owner.
    #[must_use]
    pub const fn is_official(self) -> bool {
        !matches!(self, Self::Public | Self::CarrierEditor | Self::CarrierAdministrator | Self::Utility)
    }

    /// Whether the role may see defence and security sites. An auditor must be able to see what others may not.
    #[must_use]
    pub const fn sees_security_sites(self) -> bool {
        matches!(self, Self::SecurityOfficer | Self::Auditor | Self::Operator)
    }
}

/// An account's identity in the journal; the person behind it is kept elsewhere, erasable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountId(pub Uuid);

/// Who is looking.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Viewer {
    /// The account that signed in, if any.
    pub account: Option<AccountId>,
    /// What it may be.
    pub role: Role,
    /// Whom it acts for.
    pub organisation: Option<OrganisationCode>,
    /// The one territory that it answers for as an official; every territory of the installation when none is named.
    pub territory: Option<Territory>,
    /// What other owners let its organisation do in their name today.
    pub delegations: Vec<Delegated>,
    /// The assets that officers found to be hosts for its organisation's open requests, in the order of identities.
    pub involved: Vec<AssetId>,
}

impl Viewer {
    /// Somebody who has not signed in.
    #[must_use]
    pub const fn public() -> Self {
        Self::of(Role::Public, None)
    }

    /// The installation's own commands, run by whoever owns the database file.
    #[must_use]
    pub const fn console() -> Self {
        Self::of(Role::Operator, None)
    }

    /// Somebody of a role and an organisation, with no account of their own and no delegation.
    #[must_use]
    pub const fn of(role: Role, organisation: Option<OrganisationCode>) -> Self {
        Self { account: None, role, organisation, territory: None, delegations: Vec::new(), involved: Vec::new() }
    }

    /// Whether it answers for a territory, if it is an official at all.
    #[must_use]
    pub fn answers_for(&self, territory: &Territory) -> bool {
        self.territory.as_ref().is_none_or(|own| own == territory)
    }

    /// Whether it acts for the authority of a territory.
    #[must_use]
    pub fn is_official_of(&self, territory: &Territory) -> bool {
        self.role.is_official() && self.answers_for(territory)
    }

    /// Whether it acts for an organisation as its own.
    #[must_use]
    pub fn acts_for(&self, organisation: &OrganisationCode) -> bool {
        self.organisation.as_ref() == Some(organisation)
    }

    /// Whether it may do something in this owner's name: as its own, or because the owner lets it.
    #[must_use]
    pub fn may_act_for(&self, owner: &OrganisationCode, action: DelegatedAction) -> bool {
        self.acts_for(owner) || self.delegations.iter().any(|it| it.owner == *owner && it.actions.contains(&action))
    }

    /// Whether an owner lets its organisation see the owner's assets as the owner does.
    #[must_use]
    pub fn sees_assets_of(&self, owner: &OrganisationCode) -> bool {
        let shows = |it: &Delegated| it.owner == *owner && it.actions.iter().any(|action| action.shows_assets());
        self.acts_for(owner) || self.delegations.iter().any(shows)
    }
}

/// How much of an asset a viewer may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View<'a> {
    /// Not even that it exists.
    Hidden,
    /// Its class, owner and state at a position blurred to [`GENERALISED_CELL`].
    Generalised,
    /// Its exact place and the named groups of fields.
    Exact(Fields<'a>),
}

/// Groups of fields beyond place, class, owner, state, size and free capacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fields<'a> {
    /// Who occupies it.
    pub tenants: Tenants<'a>,
    /// How far into the record.
    pub depth: Depth,
}

/// How far into a record a viewer may see, each depth with all before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// What owners must publish to each other: place, technical condition, capacity and what is in use of it.
    Published,
    /// What somebody needs to build on it: the documents it was surveyed from and the coordinates as submitted.
    Engineering,
    /// The owner's notes and technical detail of radio stations.
    Internal,
}

/// Whose tenancies a viewer may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tenants<'a> {
    /// Nobody's.
    Nobody,
    /// One's own.
    Only(&'a OrganisationCode),
    /// Everybody's.
    Everybody,
}

impl Tenants<'_> {
    /// Whether a tenant's name is shown.
    #[must_use]
    pub fn shows(self, tenant: &OrganisationCode) -> bool {
        match self {
            Self::Nobody => false,
            Self::Only(own) => own == tenant,
            Self::Everybody => true,
        }
    }
}

impl Fields<'_> {
    /// Everything.
    pub const ALL: Self = Self { tenants: Tenants::Everybody, depth: Depth::Internal };
    /// What owners must publish to each other so that sharing can be asked for.
    pub const PUBLISHED: Self = Self { tenants: Tenants::Nobody, depth: Depth::Published };
    /// The same, and what an applicant needs to build on it once an officer found that it can host.
    pub const ENGINEERING: Self = Self { tenants: Tenants::Nobody, depth: Depth::Engineering };
}

/// Decides what a viewer may see of an asset that a territory's journal holds. Pure; every output of the product passes
/// through it. The rules are [`policy::RULES`].
#[must_use]
pub fn view<'a>(viewer: &'a Viewer, asset: &Asset, territory: &Territory) -> View<'a> {
    let parties = policy::Parties { territory, owner: Some(&asset.owner), manager: asset.manager.as_ref() };
    let is_tenant = |own: &OrganisationCode| asset.tenants.iter().any(|tenancy| tenancy.tenant == *own);
    let is_involved = viewer.involved.binary_search(&asset.id).is_ok();
    let audience = Audience::of(viewer, parties, is_tenant).or_involved(is_involved);
    match policy::shown(Secrecy::of(asset), audience) {
        Shown::Nothing => View::Hidden,
        Shown::Blurred => View::Generalised,
        Shown::Published => View::Exact(Fields::PUBLISHED),
        Shown::Engineering => View::Exact(Fields::ENGINEERING),
        Shown::OwnTenancy => {
            let own = viewer.organisation.as_ref().map_or(Tenants::Nobody, Tenants::Only);
            View::Exact(Fields { tenants: own, depth: Depth::Published })
        }
        Shown::All => View::Exact(Fields::ALL),
    }
}

/// The edge of the cells that public positions are blurred to, in degrees (about 550 m north to south).
pub const GENERALISED_CELL: f64 = 0.005;

/// The 95 % radius of a generalised position: everything in its cell is within this distance of the cell's middle.
#[must_use]
pub fn generalised_accuracy() -> Metres {
    // Half the diagonal of a cell is longest at the equator: 0.0025° × √2 × 111.32 km.
    Metres::computed(394.0)
}

/// The shape that the public sees: every position moved to the middle of its cell, repeats dropped.
#[must_use]
pub fn generalise(shape: &Shape) -> Shape {
    let mut line: Line = shape.positions().map(cell_centre).collect();
    line.dedup();
    if shape.is_area() || line.len() == 1 {
        return Shape::Point(cell_centre(shape.bounding_box().centre()));
    }
    Shape::LineString(line)
}

fn cell_centre(at: Lonlat) -> Lonlat {
    let snap = |degrees: f64| ((degrees / GENERALISED_CELL).floor() + 0.5) * GENERALISED_CELL;
    Lonlat::new(snap(at.lon()).clamp(-180.0, 180.0), snap(at.lat()).clamp(-90.0, 90.0)).unwrap_or(at)
}

#[cfg(test)]
mod tests;
