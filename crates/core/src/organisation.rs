//! Who owns, manages, rents and decides.

use serde::{Deserialize, Serialize};

use crate::{
    code_list::code_list,
    codes::{NetworkCode, OrganisationCode},
};

code_list! {
    /// What an organisation does here.
    OrganisationKind, "organisation kinds" {
        /// Decides or advises: commune, department, office.
        Authority = "authority",
        /// Runs a network.
        Carrier = "carrier",
        /// Owns structures and runs no network.
        TowerCompany = "tower_company",
        /// Electric power.
        UtilityPower = "utility_power",
        /// Street lighting.
        UtilityLighting = "utility_lighting",
        /// Roads.
        UtilityRoad = "utility_road",
        /// Water supply and drainage.
        UtilityWater = "utility_water",
        /// Nobody has said; owners that only a file names.
        Unknown = "unknown",
    }
}

/// An organisation that appears in the registry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Organisation {
    /// Its short code in files and addresses.
    pub code: OrganisationCode,
    /// Its name as it writes it.
    pub name: String,
    /// What it does.
    pub kind: OrganisationKind,
    /// The radio networks it runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub networks: Vec<NetworkCode>,
}
