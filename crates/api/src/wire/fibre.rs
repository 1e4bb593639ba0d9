//! Fibre reach.

use std::collections::BTreeMap;

use utoipa::ToSchema;

use super::{Free, Geometry};

/// Who can be reached by fibre along what stands, and the cheapest way to reach the others.
#[derive(Debug, ToSchema)]
pub struct FibreReach {
    /// Whose routes and cabinets were looked at; everybody's when null.
    #[schema(required)]
    pub owner: Option<String>,
    /// Within which lengths fibre counts as in reach.
    pub rules: FibreRules,
    /// What a metre was taken to cost, in million đồng; placeholders.
    pub costs: FibreCosts,
    /// The journal position that the answer rests on.
    pub seq: u64,
    /// People by class: `connected`, `passed`, `serviceable`, `reachable`, `cannot_tell`, `gap`.
    pub people: BTreeMap<String, u64>,
    /// People by why they are not, or not surely, in reach: `capacity_unknown`, `full`, `too_far`, `no_access_point`,
    /// `barrier`, `no_line`.
    pub reasons: BTreeMap<String, u64>,
    /// The same by hamlet.
    pub hamlets: Vec<FibreHamlet>,
    /// Priority places, the farthest from fibre first.
    pub places: Vec<FibrePlace>,
    /// Cabinets with their spare ports.
    pub cabinets: Vec<FibreCabinet>,
    /// Where people live, by class, as areas.
    pub areas: BTreeMap<String, Geometry>,
    /// Cabinets that stand on no route.
    pub stray_cabinets: u64,
    /// Routes that were looked at, in metres by means: `duct`, `pole`.
    pub routes_m: BTreeMap<String, f64>,
}

/// Within which lengths fibre counts as in reach, in metres.
#[derive(Debug, ToSchema)]
pub struct FibreRules {
    /// Ends of routes this near to each other are joined.
    pub join_m: f64,
    /// A cabinet this near to a route stands on it.
    pub attach_m: f64,
    /// A line this near passes a building.
    pub passed_m: f64,
    /// The longest usual drop.
    pub drop_m: f64,
    /// The farthest way to an access point, drop included.
    pub route_m: f64,
}

/// What a metre was taken to cost, in million đồng.
#[derive(Debug, ToSchema)]
pub struct FibreCosts {
    /// Pulled through a standing duct.
    pub duct: f64,
    /// Hung on standing poles.
    pub pole: f64,
    /// In a new trench.
    pub new_trench: f64,
}

/// One hamlet's people by class.
#[derive(Debug, ToSchema)]
pub struct FibreHamlet {
    /// Its name.
    pub name: String,
    /// Its people.
    pub people: u64,
    /// The same by class.
    pub by_class: BTreeMap<String, u64>,
    /// The cheapest way to the middle of those who are out of reach.
    #[schema(required)]
    pub extension: Option<FibreExtension>,
}

/// A priority place.
#[derive(Debug, ToSchema)]
pub struct FibrePlace {
    /// What it is.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Longitude and latitude.
    #[schema(min_items = 2, max_items = 2)]
    pub at: Vec<f64>,
    /// How near fibre is.
    pub class: String,
    /// Why it is no nearer.
    #[schema(required)]
    pub why: Option<String>,
    /// Metres along routes and drop, where it is in reach.
    #[schema(required)]
    pub total_m: Option<f64>,
    /// Of that, the drop.
    #[schema(required)]
    pub drop_m: Option<f64>,
    /// The cheapest way there, where it is out of reach.
    #[schema(required)]
    pub extension: Option<FibreExtension>,
}

/// A way to bring fibre.
#[derive(Debug, ToSchema)]
pub struct FibreExtension {
    /// The code of the cabinet where it begins.
    #[schema(required)]
    pub cabinet: Option<String>,
    /// Million đồng.
    pub cost: f64,
    /// Metres to be dug.
    pub trench_m: f64,
    /// From the cabinet onwards.
    pub legs: Vec<FibreLeg>,
}

/// A part of the way.
#[derive(Debug, ToSchema)]
pub struct FibreLeg {
    /// By what: `duct`, `pole` or `new_trench`.
    pub means: String,
    /// How long it is, in metres.
    pub length_m: f64,
    /// Its course.
    pub geometry: Geometry,
}

/// A cabinet.
#[derive(Debug, ToSchema)]
pub struct FibreCabinet {
    /// The cabinet.
    pub asset: String,
    /// Its owner's code for it.
    #[schema(required)]
    pub code: Option<String>,
    /// Who owns it.
    pub owner: String,
    /// Longitude and latitude.
    #[schema(min_items = 2, max_items = 2)]
    pub at: Vec<f64>,
    /// Spare ports.
    pub spare: Free,
}
