//! Writes a class of assets to a file, as one viewer may see them.

use std::io::Write;

use hatang_core::{AccessKind, AssetClass, OrganisationCode, Viewer};
use hatang_exchange::{feature, write_geojson};

use crate::desk::Desk;

/// Writes every asset of a class that the viewer may see as GeoJSON, says how many there were, and notes the export.
///
/// # Errors
/// What the writer says when it cannot be written to.
pub fn export_assets(desk: &Desk, who: &Viewer, class: AssetClass, out: impl Write) -> std::io::Result<usize> {
    let written = desk.read(|registry| {
        let mut written = 0;
        let sights = registry.seen_by(who).all().filter(|sight| sight.asset().class() == class);
        let features = sights.filter_map(|sight| feature(sight.asset(), &sight.view())).inspect(|_| written += 1);
        write_geojson(features, out)?;
        std::io::Result::Ok(written)
    })?;
    desk.audit_many(AccessKind::Export, who, &format!("assets {class} geojson"), written.max(1));
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
