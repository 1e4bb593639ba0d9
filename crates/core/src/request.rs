//! What an applicant wants to build.

mod planned;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    asset::{AssetClass, MastClass, Surface},
    code_list::code_list,
    codes::{AssetCode, NetworkCode, OrganisationCode, RuleId},
    shape::Shape,
    survey::{Accuracy, SurveyMethod},
    units::Metres,
};

/// One structure that somebody wants to build. Field names are those of the request's GeoJSON properties.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RequestItem {
    /// What kind of structure.
    pub class: AssetClass,
    /// Who asks.
    pub owner: OrganisationCode,
    /// The network it is for; when absent, the applicant's only network, if it has exactly one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<NetworkCode>,
    /// What the applicant will call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<AssetCode>,
    /// The year whose plan it is handed in for; none when it is to be built now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan_year: Option<u32>,
    /// The applicant's own structure of this class that is to be raised, strengthened or widened, by its code; none for a
    /// new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upgrades: Option<AssetCode>,
    /// The pole that a cabinet is to hang on, by its owner's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pole: Option<AssetCode>,
    /// Where.
    pub shape: Shape,
    /// 95 % radius of the requested position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy_m: Option<Metres>,
    /// Height of the structure itself above its foot, as a mast's own `height_m`; a building below it comes on top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height_m: Option<Metres>,
    /// Whether it stands on a building.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_building: Option<bool>,
    /// Height of that building.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub building_height_m: Option<Metres>,
    /// How many operators it is designed for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operators_designed: Option<u32>,
    /// Depth below the surface.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub depth_m: Option<Metres>,
    /// Bores of a requested duct.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bores: Option<u32>,
    /// Least inner diameter of a bore that the request needs, in millimetres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bore_diameter_mm: Option<f64>,
    /// Form by law that the applicant declares for a mast.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mast_class: Option<MastClass>,
    /// From a mast's axis to its outermost part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub half_width_m: Option<Metres>,
    /// Lowest height over ground anywhere along an aerial route.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clearance_m: Option<Metres>,
    /// What lies above a duct.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surface: Option<Surface>,
    /// Documents in the dossier; `None` when the applicant has not listed them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documents: Option<Vec<Document>>,
    /// Rules whose gate another authority has already opened: its approval is in the dossier.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvals: Vec<RuleId>,
    /// First day of the works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<Date>,
    /// Last day of the works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<Date>,
}

code_list! {
    /// What a dossier may carry.
    Document, "documents" {
        /// Sharing requests sent to owners.
        SharingRequests = "sharing_requests",
        /// The owners' answers.
        OwnerAnswers = "owner_answers",
        /// Whether the structure is for shared or own use.
        Classification = "classification",
        /// Its position.
        Position = "position",
        /// Its form.
        Form = "form",
        /// Its main specifications.
        MainSpecs = "main_specs",
        /// When it is built.
        Schedule = "schedule",
        /// Why coverage needs it.
        CoverageNeed = "coverage_need",
        /// Consent of the poles' owner.
        PoleOwnerConsent = "pole_owner_consent",
        /// How cables are marked with their owner.
        IdentificationMarks = "identification_marks",
        /// A drawing of the lowest point against the navigation clearance.
        WaterwayClearanceDrawing = "waterway_clearance_drawing",
        /// Concrete cover above a shallow duct.
        ConcreteCover = "concrete_cover",
        /// Certificate on electromagnetic fields.
        EmfCertificate = "emf_certificate",
        /// Lightning protection to standard.
        LightningProtection = "lightning_protection",
        /// Resists natural disasters of level 4 and has backup power.
        DisasterLevel4 = "disaster_level_4",
    }
}

impl RequestItem {
    /// A request of which only class, applicant and place are stated.
    #[must_use]
    pub const fn new(class: AssetClass, owner: OrganisationCode, shape: Shape) -> Self {
        Self {
            class,
            owner,
            network: None,
            code: None,
            plan_year: None,
            upgrades: None,
            pole: None,
            shape,
            accuracy_m: None,
            height_m: None,
            on_building: None,
            building_height_m: None,
            operators_designed: None,
            depth_m: None,
            bores: None,
            bore_diameter_mm: None,
            mast_class: None,
            half_width_m: None,
            clearance_m: None,
            surface: None,
            documents: None,
            approvals: Vec::new(),
            starts_on: None,
            ends_on: None,
        }
    }

    /// The stated accuracy, or the one assumed for a hand-held receiver: applicants mark the place themselves.
    #[must_use]
    pub fn accuracy(&self) -> Accuracy {
        match self.accuracy_m {
            Some(radius) => Accuracy { radius, assumed: false },
            None => Accuracy { radius: SurveyMethod::GnssHandheld.assumed_accuracy(), assumed: true },
        }
    }
}
