//! Requests that nobody has made, spread evenly over the territory.

use hatang_core::{
    AssetClass, Document, Lonlat, Metres, NetworkCode, OrganisationCode, Registry, RequestItem, Shape, asset::Surface,
    geodesy,
};

use crate::error::{DeskError, ErrorKind};

/// The usual side of a square of the grid, in metres.
const SIDE_M: f64 = 500.0;
/// The most squares; a larger territory has larger ones, and the answer says how large.
const SQUARES: f64 = 400.0;
/// How long the probed ducts and pole lines are, in metres.
const LINE_M: f64 = 200.0;

/// The probes, the side of their squares in metres, and whose network the masts are for.
pub(super) struct Probes {
    pub(super) items: Vec<RequestItem>,
    pub(super) side_m: f64,
    pub(super) network: Option<NetworkCode>,
}

/// A mast, a duct and a pole line in the middle of every square whose middle lies in the territory, as a carrier would ask
/// for them with every field filled in: what is missing then is missing of the registry, the plan or the rules.
///
/// # Errors
/// [`ErrorKind::NotFound`] while no outline is loaded.
pub(super) fn grid(registry: &Registry) -> Result<Probes, DeskError> {
    let home = registry.home().map(|(_, state)| state);
    let outline = home.and_then(|state| Some(&state.boundaries.as_ref()?.home.shape)).ok_or_else(|| {
        let (vi, en) = ("Chưa nạp ranh giới địa bàn.", "No outline of the territory is loaded.");
        DeskError::input(ErrorKind::NotFound, "boundary.missing", "boundary", vi, en)
    })?;
    let bounds = outline.bounding_box();
    let plane = geodesy::TangentPlane::at(bounds.centre());
    let corners = outline.positions().map(|at| plane.metres(at));
    let none = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    let [west, south, east, north] =
        corners.fold(none, |[west, south, east, north], [x, y]| [west.min(x), south.min(y), east.max(x), north.max(y)]);
    let side_m = ((east - west) * (north - south) / SQUARES).sqrt().max(SIDE_M).ceil();
    let applicant = registry.organisations().values().find_map(|one| Some((one.code.clone(), one.networks.first()?)));
    let owner = match &applicant {
        Some((owner, _)) => owner.clone(),
        None => OrganisationCode::new("probe").map_err(|error| {
            DeskError::input(ErrorKind::Internal, "probe.owner", error, "Lỗi nội bộ.", "An internal error.")
        })?,
    };
    let network = applicant.map(|(_, network)| network.clone());
    let mut items = Vec::new();
    let mut y = south + side_m / 2.0;
    while y < north {
        let mut x = west + side_m / 2.0;
        while x < east {
            let at = plane.lonlat([x, y]);
            if geodesy::nearest(&Shape::Point(at), outline).distance == Metres::ZERO {
                items.extend(probes_at(at, plane.lonlat([x + LINE_M, y]), &owner, network.as_ref()));
            }
            x += side_m;
        }
        y += side_m;
    }
    Ok(Probes { items, side_m, network })
}

fn probes_at(at: Lonlat, end: Lonlat, owner: &OrganisationCode, network: Option<&NetworkCode>) -> [RequestItem; 3] {
    let (metres, line) = (|length| Metres::new(length).ok(), Shape::LineString(vec![at, end]));
    let filled = |class, shape| RequestItem {
        network: network.cloned(),
        accuracy_m: metres(1.0),
        operators_designed: Some(3),
        documents: Some(Document::ALL.to_vec()),
        ..RequestItem::new(class, owner.clone(), shape)
    };
    [
        RequestItem { height_m: metres(36.0), on_building: Some(false), ..filled(AssetClass::Mast, Shape::Point(at)) },
        RequestItem {
            depth_m: metres(1.0),
            surface: Some(Surface::Pavement),
            bores: Some(2),
            ..filled(AssetClass::Duct, line.clone())
        },
        RequestItem { height_m: metres(8.0), clearance_m: metres(6.0), ..filled(AssetClass::AerialRoute, line) },
    ]
}
