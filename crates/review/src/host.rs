//! What stands near a request and could carry what it wants to build, best first.

mod factor;
mod fails_together;
mod line;
mod site;

use std::borrow::Cow;

use hatang_core::{
    Accuracy, Asset, AssetClass, AssetCode, AssetId, Capacity, Lonlat, Measured, Near, NullReason, OrganisationCode,
    RequestItem, Shape, Sight, Text, geodesy::Nearest,
};
use serde::Serialize;

pub(crate) use self::line::{carries, carries_cable, poles_of};
pub use self::{factor::Factor, fails_together::FailsTogether};
use crate::{
    finding::rounded,
    scene::{DecidedNear, Origin, Scene},
    wording,
};

/// Whether a structure can carry what is requested. Later words outweigh earlier ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HostVerdict {
    /// As it stands.
    Shareable,
    /// Once something is done to it.
    ShareableAfterWorks,
    /// Something is missing that would decide it.
    CannotTell,
    /// Not, and the reasons say why.
    NotShareable,
}

impl HostVerdict {
    /// The word in replies.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Shareable => "shareable",
            Self::ShareableAfterWorks => "shareable_after_works",
            Self::CannotTell => "cannot_tell",
            Self::NotShareable => "not_shareable",
        }
    }
}

/// What need not be built when the host is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Saves {
    /// New masts.
    pub masts: u32,
    /// Metres of new trench.
    pub trench_m: f64,
}

/// One structure and what speaks for and against it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HostCandidate {
    /// Its identity.
    pub asset: AssetId,
    /// What it is.
    pub class: AssetClass,
    /// Whether it stands, is planned, or has been answered positively and is not built.
    pub origin: Origin,
    /// Its owner's code for it, where the viewer may see that.
    pub code: Option<AssetCode>,
    /// Whom to ask.
    pub owner: OrganisationCode,
    /// Metres from the request.
    pub distance_m: f64,
    /// The 95 % radius of that distance, from both places.
    pub accuracy_m: f64,
    /// The worst of its factors' verdicts.
    pub verdict: HostVerdict,
    /// Free units for others, as far as the viewer may know.
    pub free: Capacity,
    /// The sentences behind the verdict.
    pub reasons: Vec<Text>,
    /// What using it saves; nothing unless it is shareable, if only after works.
    pub saves: Saves,
    /// The product of its factors, from 0 to 1.
    pub score: f64,
    /// What the score is made of.
    pub factors: Vec<Factor>,
    /// What to do next, in Vietnamese.
    pub next_step_vi: String,
    /// What to do next, in English.
    pub next_step_en: String,
    /// Where it is, as the viewer may see it.
    pub geometry: Shape,
    /// Its position that is nearest to the request.
    pub at: Lonlat,
    /// The request's position that is nearest to it.
    pub request_at: Lonlat,
    /// Who would lose service together if it failed; none where nobody depends on it, or nobody can say.
    pub fails_together: Option<FailsTogether>,
    /// Working assumptions that the judgement rests on.
    pub assumptions: Vec<Text>,
}

/// Everything that could host a request or plainly cannot, by score, then distance, then identity.
pub(crate) fn hosts(item: &RequestItem, scene: &Scene<'_>) -> Vec<HostCandidate> {
    let mut found = match item.class {
        AssetClass::Mast | AssetClass::RadioStation => site::hosts(item, scene),
        AssetClass::AerialRoute | AssetClass::Pole | AssetClass::Duct | AssetClass::Trench => line::hosts(item, scene),
        AssetClass::Manhole | AssetClass::Cabinet | AssetClass::Host => Vec::new(),
    };
    found.sort_by(|a, b| {
        let by_score = b.score.total_cmp(&a.score).then(a.distance_m.total_cmp(&b.distance_m));
        by_score.then_with(|| a.asset.cmp(&b.asset))
    });
    found
}

/// A structure near the request with the radius of their distance.
#[derive(Clone)]
pub(crate) struct Candidate<'a> {
    pub(crate) asset: &'a Asset,
    /// As the viewer sees it in the registry; none for what is only decided.
    pub(crate) sight: Option<Sight<'a>>,
    origin: Origin,
    pub(crate) shape: Cow<'a, Shape>,
    pub(crate) accuracy: Accuracy,
    nearest: Nearest,
    pub(crate) distance: Measured,
}

impl<'a> Candidate<'a> {
    pub(crate) fn new(near: &Near<'a>, item: &RequestItem) -> Self {
        let Near { sight, nearest } = *near;
        let accuracy = sight.accuracy();
        let distance =
            Measured { value: nearest.distance, accuracy: accuracy.radius.combined_with(item.accuracy().radius) };
        let origin = Origin::Registry;
        Self { asset: sight.asset(), shape: sight.shape(), sight: Some(sight), origin, accuracy, nearest, distance }
    }

    /// What is decided and may lie within `reach` of the request, and is not the request itself.
    pub(crate) fn decided(
        class: AssetClass,
        reach: f64,
        item: &RequestItem,
        scene: &Scene<'a>,
    ) -> impl Iterator<Item = Self> + use<'a> {
        scene.decided_near(class, item, reach).into_iter().map(|near| {
            let DecidedNear { asset, origin, nearest, distance } = near;
            let (shape, accuracy) = (Cow::Borrowed(&asset.shape), asset.survey.accuracy());
            Self { asset, sight: None, origin, shape, accuracy, nearest, distance }
        })
    }

    /// Whether the viewer sees it blurred.
    pub(crate) fn is_generalised(&self) -> bool {
        self.sight.is_some_and(|sight| sight.is_generalised())
    }

    /// Free units that the viewer may know of: a blurred view holds them back.
    pub(crate) fn free(&self) -> Capacity {
        if self.is_generalised() {
            return Capacity::Unknown(NullReason::Withheld);
        }
        self.asset.free().unwrap_or(Capacity::Unknown(NullReason::NotApplicable))
    }

    fn label(&self) -> String {
        self.sight.map_or_else(|| wording::label(self.asset), |sight| wording::label_seen(&sight))
    }

    /// Puts the factors together.
    pub(crate) fn judged(
        self,
        item: &RequestItem,
        free: Capacity,
        mut factors: Vec<Factor>,
        saves: Saves,
    ) -> HostCandidate {
        let asset = self.asset;
        factors.extend(factor::load(&self));
        let verdict = factors.iter().map(|factor| factor.verdict).max().unwrap_or(HostVerdict::CannotTell);
        let next_step = next_step(verdict, asset.owner == item.owner);
        let score = factors.iter().map(|factor| factor.value).product::<f64>();
        let label = self.label();
        let assumed = crate::assumption::of_neighbour(&label, self.accuracy);
        HostCandidate {
            asset: asset.id,
            class: asset.class(),
            origin: self.origin,
            code: if self.is_generalised() { None } else { asset.code.clone() },
            owner: asset.owner.clone(),
            distance_m: rounded(self.distance.value),
            accuracy_m: rounded(self.distance.accuracy),
            verdict,
            free,
            reasons: factors.iter().filter(|factor| factor.verdict == verdict).map(Factor::reason).collect(),
            saves: if verdict <= HostVerdict::ShareableAfterWorks { saves } else { Saves::default() },
            score: (score * 10_000.0).round() / 10_000.0,
            factors,
            next_step_vi: next_step.vi,
            next_step_en: next_step.en,
            geometry: self.shape.into_owned(),
            at: self.nearest.to,
            request_at: self.nearest.from,
            fails_together: None,
            assumptions: crate::assumption::of_request(item).into_iter().chain(assumed).collect(),
        }
    }
}

fn next_step(verdict: HostVerdict, is_own: bool) -> Text {
    match (verdict, is_own) {
        (HostVerdict::NotShareable, _) => {
            Text::new("Ghi lý do không dùng chung vào hồ sơ.", "Put on file why it is not shared.")
        }
        (_, true) => Text::new(
            "Xem xét nâng cấp công trình của chính mình trước khi xây mới.",
            "Consider upgrading the applicant's own structure before building.",
        ),
        (HostVerdict::Shareable, false) => {
            Text::new("Gửi yêu cầu dùng chung tới chủ sở hữu.", "Send a sharing request to the owner.")
        }
        (HostVerdict::ShareableAfterWorks, false) => Text::new(
            "Gửi yêu cầu dùng chung kèm phương án cải tạo tới chủ sở hữu.",
            "Send a sharing request to the owner, with the works it needs.",
        ),
        (HostVerdict::CannotTell, false) => {
            Text::new("Hỏi chủ sở hữu những thông tin còn thiếu.", "Ask the owner for what is missing.")
        }
    }
}
