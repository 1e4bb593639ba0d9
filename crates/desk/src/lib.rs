#![doc = include_str!("../README.md")]

pub mod account;
pub mod audit;
pub mod compare_coverage;
pub mod coverage_raster;
pub mod coverage_sources;
pub mod demo;
pub mod describe_territory;
pub mod desk;
pub mod edge;
pub mod error;
pub mod export_assets;
pub mod fibre_reach;
pub mod generate_assets;
pub mod import_assets;
pub mod job;
pub mod link_losses;
pub mod list_accesses;
pub mod list_assets;
pub mod list_gaps;
pub mod list_permissions;
pub mod load_boundary;
pub mod load_plan;
pub mod permission;
pub mod plan_closing;
pub mod plan_layer;
mod raster;
pub mod run_coverage;
pub mod sample_data;
pub mod screen_request;
pub mod shipped_rule_sets;
pub mod synthetic;
pub mod verify_journal;

pub use desk::Desk;
pub use edge::Edge;
pub use error::{DeskError, ErrorKind};
