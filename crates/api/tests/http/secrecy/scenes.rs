//! What is hidden, and what stands around it.

use hatang_core::{AssetClass, Role, Viewer};
use hatang_desk::import_assets::{ImportRequest, import_assets};
use hatang_exchange::OwnerSource;
use uuid::Uuid;

use super::examples::Place;
use crate::server::Server;

/// One thing that some may not know of.
pub(crate) struct Scene {
    /// What it is, for messages.
    pub(crate) name: &'static str,
    class: AssetClass,
    /// The row of the file that brings it in, after `code,lon,lat,owner`.
    columns: &'static str,
    row: &'static str,
    seen_by: fn(&Viewer) -> bool,
}

/// Where it is.
const AT: [f64; 2] = [106.4583, 20.6606];

fn is_viettel(viewer: &Viewer) -> bool {
    viewer.organisation.as_ref().is_some_and(|own| own.as_str() == "viettel")
}

/// Every kind of thing that is hidden from somebody.
pub(crate) const SCENES: &[Scene] = &[
    Scene {
        name: "a rival's planned mast",
        class: AssetClass::Mast,
        columns: "status,height_m,slots_total,slots_used",
        row: "planned,45,4,1",
        seen_by: |viewer| is_viettel(viewer) || viewer.role.is_official(),
    },
    Scene {
        name: "a security site",
        class: AssetClass::Mast,
        columns: "status,height_m,slots_total,slots_used,security_site",
        row: "operational,45,4,1,true",
        seen_by: |viewer| is_viettel(viewer) || matches!(viewer.role, Role::SecurityOfficer | Role::Auditor),
    },
    Scene {
        name: "a radio station that reaches nobody new",
        class: AssetClass::RadioStation,
        columns: "status,network,technologies",
        row: "operational,viettel,5g",
        seen_by: |viewer| is_viettel(viewer) || viewer.role.is_official(),
    },
    Scene {
        name: "a rival's proposed duct",
        class: AssetClass::Duct,
        columns: "status,bores_total,bores_used",
        row: "proposed,4,0",
        seen_by: |viewer| is_viettel(viewer) || viewer.role.is_official(),
    },
];

impl Scene {
    /// Whether a viewer may know of it.
    pub(crate) fn is_seen_by(&self, viewer: &Viewer) -> bool {
        (self.seen_by)(viewer)
    }

    /// Brings it in, and says which it is.
    pub(crate) async fn hide(&self, server: &Server) -> Uuid {
        let [lon, lat] = AT;
        let place = if self.class.is_line() {
            format!("\"LINESTRING ({lon} {lat}, {} {lat})\"", lon + 0.002)
        } else {
            format!("\"POINT ({lon} {lat})\"")
        };
        let file = format!("code,wkt,owner,{}\nHIDDEN-1,{place},viettel,{}\n", self.columns, self.row);
        import(server, self.class, &file).await;
        let console = Viewer::console();
        server.desk.read(|registry| {
            let mut all = registry.seen_by(&console).all();
            let found = all.find(|sight| sight.asset().code.as_ref().is_some_and(|code| code.as_str() == "HIDDEN-1"));
            found.unwrap().asset().id.0
        })
    }
}

/// What is there on both servers before the hidden thing; a place for records that examples ask for.
pub(crate) async fn before_anything(server: &Server) {
    let [lon, lat] = AT;
    import(
        server,
        AssetClass::Mast,
        &format!("code,lon,lat,owner,status,height_m\nSEEN-1,{lon},{},vnpt,operational,30\n", lat + 0.003),
    )
    .await;
}

/// What comes in on both servers after it.
pub(crate) async fn after_everything(server: &Server) {
    let [lon, lat] = AT;
    import(
        server,
        AssetClass::Mast,
        &format!("code,lon,lat,owner,status,height_m\nSEEN-2,{lon},{},vnpt,operational,30\n", lat + 0.004),
    )
    .await;
}

async fn import(server: &Server, class: AssetClass, file: &str) {
    let request = ImportRequest::new(class, OwnerSource::Field("owner".to_owned()));
    let outcome =
        import_assets(&server.desk, &Viewer::console(), "scene.csv", file.as_bytes(), &request).await.unwrap();
    assert!(outcome.receipt.is_some(), "{:?}", outcome.report);
}

/// What the examples ask for.
pub(crate) fn place() -> Place {
    Place::around(AT)
}
