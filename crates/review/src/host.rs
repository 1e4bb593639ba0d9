//! What stands near a request and could carry what it wants to build, best first.

mod factor;
mod line;
mod site;

use hatang_core::{
    AssetClass, AssetCode, AssetId, Capacity, Lonlat, Measured, Near, NullReason, OrganisationCode, RequestItem, Shape,
    Text,
};
use serde::Serialize;

pub use self::factor::Factor;
use crate::{finding::rounded, scene::Scene, wording};

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

impl std::fmt::Display for HostVerdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
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
    pub(crate) near: Near<'a>,
    pub(crate) distance: Measured,
}

impl<'a> Candidate<'a> {
    pub(crate) fn new(near: Near<'a>, item: &RequestItem) -> Self {
        let accuracy = near.sight.accuracy().radius.combined_with(item.accuracy().radius);
        Self { distance: Measured { value: near.nearest.distance, accuracy }, near }
    }

    /// Free units that the viewer may know of: a blurred view holds them back.
    pub(crate) fn free(&self) -> Capacity {
        if self.near.sight.is_generalised() {
            return Capacity::Unknown(NullReason::Withheld);
        }
        self.near.sight.asset().free().unwrap_or(Capacity::Unknown(NullReason::NotApplicable))
    }

    fn label(&self) -> String {
        wording::label_seen(&self.near.sight)
    }

    /// Puts the factors together.
    pub(crate) fn judged(
        self,
        item: &RequestItem,
        free: Capacity,
        factors: Vec<Factor>,
        saves: Saves,
    ) -> HostCandidate {
        let sight = self.near.sight;
        let asset = sight.asset();
        let verdict = factors.iter().map(|factor| factor.verdict).max().unwrap_or(HostVerdict::CannotTell);
        let next_step = next_step(verdict, asset.owner == item.owner);
        let score = factors.iter().map(|factor| factor.value).product::<f64>();
        let label = self.label();
        let assumed = crate::assumption::of_neighbour(&label, sight.accuracy());
        HostCandidate {
            asset: asset.id,
            class: asset.class(),
            code: if sight.is_generalised() { None } else { asset.code.clone() },
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
            geometry: sight.shape().into_owned(),
            at: self.near.nearest.to,
            request_at: self.near.nearest.from,
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
