#![doc = include_str!("../README.md")]

mod archive;
mod area;
mod boundary;
mod bounds;
mod bytes;
mod case_folder;
mod completeness;
pub mod coverage_package;
pub mod coverage_sources;
mod crs_check;
mod export;
mod fields;
mod file_error;
mod geometry;
pub mod geotiff;
pub mod ground;
mod import;
mod items;
mod number;
mod opened;
mod place;
mod plain_table;
mod plan_feature;
mod plan_folder;
mod refusal;
mod report;
mod request;
mod rows;
mod slug;
mod tables;
mod template;
mod text;
mod timeless;
mod topology;
mod value;
mod wkb;
mod works;

pub use area::{read_area, read_outline};
pub use boundary::read_boundaries;
pub use bytes::DEFAULT_MAX_BYTES;
pub use case_folder::{CaseFolder, ServedAlone, read_case_folder};
pub use completeness::{Completeness, completeness};
pub use crs_check::{
    Axes, Correction, CrsCause, CrsCheck, CrsVerdict, PairCheck, PairVerdict, ROADSIDE_M, Surroundings,
};
pub use export::{
    About, ExportError, ExportFormat, Feature, PackageTable, feature, properties, write_features, write_geojson,
    write_package,
};
pub use file_error::FileError;
pub use import::{
    Extent, Import, ImportOptions, OrganisationSeen, OwnerSource, ReadAsset, Summary, read_assets, stream_assets,
};
pub use number::DecimalMark;
pub use place::{NoPlace, Order, Reading, read_place};
pub use plain_table::{PlainRow, PlainTable};
pub use plan_feature::{PlanFeature, read_constraint, read_hamlet, read_priority_place, read_road, read_zone};
pub use plan_folder::{PlanFolder, read_plan_files, read_plan_folder};
pub use report::{Finding, Format, More, Report, ReportFormat, RowRule, Severity, write_report};
pub use request::{
    IgnoredProperty, MAX_ITEM_POSITIONS, MAX_REQUEST_ITEMS, MAX_REQUEST_POSITIONS, ReadRequest, read_request,
};
pub use tables::{read_organisations, read_rule_set};
pub use template::{TemplateMark, write_template};
pub use text::{Encoding, UnknownEncoding};
pub use works::{ReadWorks, read_works};
