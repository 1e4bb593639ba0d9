//! Writes a class of assets to a file, as one viewer may see them.

use std::io::Write;

use hatang_core::{AccessKind, AssetClass, OrganisationCode, Viewer};
use hatang_exchange::{About, ExportError, ExportFormat, Feature, feature, write_features, write_geojson};

use crate::desk::{Desk, home_of, position_of};

/// Writes every asset of a class that the viewer may see, says how many there were, and notes the export. `view` names
/// the viewer in formats that have a place for it. With `kind`, only geometries of that GeoJSON type.
///
/// # Errors
/// [`ExportError`] when the writer fails or the format cannot hold what there is.
pub fn export_assets(
    desk: &Desk,
    who: &Viewer,
    class: AssetClass,
    (format, kind): (ExportFormat, Option<&str>),
    view: &str,
    out: impl Write,
) -> Result<usize, ExportError> {
    let at = desk.edge.now();
    let written = desk.read(|registry| {
        let position = format!("{}/{}", home_of(registry), position_of(registry).0);
        let about = About { class, at, view: view.to_owned(), position };
        let seen = registry.seen_by(who);
        let features = || {
            let sights = seen.all().filter(move |sight| sight.asset().class() == class);
            let features = sights.filter_map(|sight| feature(sight.asset(), &sight.view()));
            features.filter(move |feature: &Feature<'_>| kind.is_none_or(|kind| feature.kind() == kind))
        };
        write_features(format, &about, features, out)
    })?;
    desk.audit_many(AccessKind::Export, who, &format!("assets {class} {}", format.ending()), written.max(1));
    Ok(written)
}

/// Writes everything that an organisation has registered, of every class, as far as the viewer may see it.
///
/// # Errors
/// What the writer says when it cannot be written to.
pub fn export_own(desk: &Desk, who: &Viewer, owner: &OrganisationCode, out: impl Write) -> std::io::Result<usize> {
    let written = desk.read(|registry| {
        let mut written = 0;
        let sights = registry.seen_by(who).all().filter(|sight| sight.asset().owner == *owner);
        let features = sights.filter_map(|sight| feature(sight.asset(), &sight.view())).inspect(|_| written += 1);
        write_geojson(features, out)?;
        std::io::Result::Ok(written)
    })?;
    desk.audit_many(AccessKind::Export, who, &format!("own data of {owner} geojson"), written.max(1));
    Ok(written)
}
