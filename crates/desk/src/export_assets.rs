//! Writes a class of assets to a file, as one viewer may see them.

use std::io::Write;

use hatang_core::{AccessKind, AssetClass, OrganisationCode, Seen, Sight, Viewer};
use hatang_exchange::{About, Feature, feature, write_features, write_geojson};
pub use hatang_exchange::{ExportError, ExportFormat};

use crate::{
    desk::{Desk, home_of, position_of, seen_position, tells_positions},
    error::DeskError,
    registry_as_of::{AsOf, is_shown_today, registry_as_of},
};

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
    let about = about(desk, who, class, view.to_owned());
    let written = desk.read(|registry| write(registry.seen_by(who), &about, (format, kind), |_| true, out))?;
    desk.audit_many(AccessKind::Export, who, &format!("assets {class} {}", format.ending()), written.max(1));
    Ok(written)
}

/// The same of the registry as it was, as far as the viewer may see it today.
///
/// # Errors
/// As [`export_assets`], and when a journal cannot be read.
pub async fn export_assets_as_of(
    desk: &Desk,
    who: &Viewer,
    class: AssetClass,
    (format, kind): (ExportFormat, Option<&str>),
    view: &str,
    when: AsOf,
    out: impl Write,
) -> Result<Result<usize, ExportError>, DeskError> {
    let past = registry_as_of(desk, when).await?;
    let about = about(desk, who, class, format!("{view}; {} {when}", when.time()));
    let written = desk.read(|today| {
        let today = today.seen_by(who);
        write(past.seen_by(who), &about, (format, kind), |sight| is_shown_today(today, sight), out)
    });
    if let Ok(written) = written {
        let what = format!("assets {class} {} {} {when}", format.ending(), when.time());
        desk.audit_many(AccessKind::Export, who, &what, written.max(1));
    }
    Ok(written)
}

/// What the file is of.
fn about(desk: &Desk, who: &Viewer, class: AssetClass, view: String) -> About {
    About { class, at: desk.edge.now(), view, position: position(desk, who) }
}

/// The position that a file says it shows: what a writer is told of its own write, see [`Desk::told_position`].
pub(crate) fn position(desk: &Desk, who: &Viewer) -> String {
    desk.read(|registry| {
        let home = home_of(registry);
        let position = if tells_positions(who, &home) { position_of(registry) } else { seen_position(registry, who) };
        format!("{home}/{}", position.0)
    })
}

fn write(
    seen: Seen<'_>,
    about: &About,
    (format, kind): (ExportFormat, Option<&str>),
    is_shown: impl Fn(&Sight<'_>) -> bool,
    out: impl Write,
) -> Result<usize, ExportError> {
    let is_shown = &is_shown;
    let features = || {
        let sights = seen.all().filter(move |sight| sight.asset().class() == about.class && is_shown(sight));
        let features = sights.filter_map(|sight| feature(sight.asset(), &sight.view()));
        features.filter(move |feature: &Feature<'_>| kind.is_none_or(|kind| feature.kind() == kind))
    };
    write_features(format, about, features, out)
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
