//! One asset as somebody enters it, read by the same reader as a file's rows.

use hatang_core::{Asset, AssetClass, AssetId, Metres, OrganisationCode, Registry};
use hatang_crs::Crs;
use hatang_exchange::{Extent, ImportOptions, OwnerSource, Severity, read_assets};
use serde_json::{Map, Value, json};

use crate::{error::DeskError, screen_request::MARGIN_M};

/// What somebody has entered: fields under their names in files, and where it is.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) class: AssetClass,
    pub(crate) owner: OrganisationCode,
    pub(crate) properties: Map<String, Value>,
    /// GeoJSON in `crs`, easting or longitude first.
    pub(crate) geometry: Value,
    pub(crate) crs: Option<Crs>,
}

impl Draft {
    /// The asset, checked as a file's row is.
    ///
    /// # Errors
    /// [`DeskError::Fields`] with everything that is wrong.
    pub(crate) fn read(mut self, id: AssetId, extent: Option<Extent>) -> Result<Asset, DeskError> {
        self.properties.remove("owner");
        self.properties.remove("class");
        let feature = json!({ "type": "Feature", "geometry": self.geometry, "properties": self.properties });
        let options =
            ImportOptions { crs: self.crs, extent, ..ImportOptions::new(self.class, OwnerSource::Code(self.owner)) };
        let import = read_assets("form.geojson", feature.to_string().as_bytes(), &options, || id)?;
        let refusing = import.report.findings.iter().filter(|finding| finding.severity == Severity::Error);
        // A field that nothing reads is a slip that a person at a form must hear of; a file only tells.
        let unknown =
            import.report.findings.iter().filter(|finding| finding.rule == hatang_exchange::RowRule::UnknownColumn);
        let findings: Vec<_> = refusing.chain(unknown).cloned().collect();
        match import.assets.into_iter().next() {
            Some(read) if findings.is_empty() => {
                let asset = read.asset;
                asset.check().map_err(|error| DeskError::contradiction(&error))?;
                Ok(asset)
            }
            _ => Err(DeskError::Fields { findings }),
        }
    }
}

/// The loaded territory with its margin; the world while none is loaded.
pub(crate) fn extent_of(registry: &Registry) -> Option<Extent> {
    let (_, state) = registry.home()?;
    let bbox = state.boundaries.as_ref()?.home.shape.bounding_box();
    Some(Extent { bbox, margin: Metres::computed(MARGIN_M) })
}
