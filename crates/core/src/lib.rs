#![doc = include_str!("../README.md")]

pub mod access;
pub mod asset;
pub mod capacity;
pub mod code_list;
pub mod codes;
pub mod coverage_source;
pub mod event;
pub mod geodesy;
pub mod measured;
pub mod organisation;
pub mod plan;
pub mod position;
pub mod registry;
pub mod request;
pub mod rule_set;
pub mod shape;
pub mod survey;
pub mod text;
pub mod units;
pub mod visibility;

pub use access::{Access, AccessKind};
pub use asset::{Asset, AssetClass, AssetId, Details};
pub use capacity::{Capacity, NullReason, Occupancy};
pub use codes::{AssetCode, NetworkCode, OrganisationCode, RuleId, RuleSetCode, Territory};
pub use event::{Event, Record, Recorded, Seq, Stream, Version};
pub use measured::{Measured, Verdict};
pub use organisation::{Organisation, OrganisationKind};
pub use position::{BoundingBox, InvalidBox, InvalidPosition, Lonlat, Planar};
pub use registry::{Held, Near, Registry, Seen, Sight};
pub use request::RequestItem;
pub use rule_set::{Predicate, Rule, RuleSet, Severity};
pub use shape::Shape;
pub use survey::{Accuracy, Survey, SurveyMethod};
pub use text::Text;
pub use units::{Degrees, InvalidAngle, InvalidLength, Metres};
pub use visibility::{AccountId, Fields, Role, View, Viewer, view};
