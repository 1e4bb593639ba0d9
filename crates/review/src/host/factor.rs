//! What speaks for and against a host: each factor with a value, a verdict and a sentence.
//!
//! Values below 1 are Hatang's own weights. They order hosts; only verdicts decide.

use hatang_core::{
    Asset, Capacity, Details, NullReason, RequestItem, Text,
    asset::{Lifecycle, Terms},
};
use serde::Serialize;

use super::{
    Candidate,
    HostVerdict::{self, CannotTell, NotShareable, Shareable, ShareableAfterWorks},
};
use crate::wording;

/// One factor of a host's score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Factor {
    /// `legal`, `owner`, `terms`, `capacity`, `fit`, `distance`, `structural`, `overlap`, `zone`.
    pub name: &'static str,
    /// From 0, which rules the host out, to 1.
    pub value: f64,
    /// What this factor alone would say.
    pub verdict: HostVerdict,
    /// Why, in Vietnamese.
    pub reason_vi: String,
    /// Why, in English.
    pub reason_en: String,
}

/// A thing that needs works still counts half.
pub(super) const AFTER_WORKS: f64 = 0.5;
/// A thing that nobody knows is worth asking about, and no more.
pub(super) const ASK: f64 = 0.3;
/// Each of an owner's terms that has to be asked for first is a little work.
const TERM_UNKNOWN: f64 = 0.98;
/// Another's structure needs an agreement that one's own does not.
const ANOTHERS: f64 = 0.9;

impl Factor {
    pub(super) fn new(
        name: &'static str,
        verdict: HostVerdict,
        value: f64,
        vi: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        let value = (value * 10_000.0).round() / 10_000.0;
        Self { name, value, verdict, reason_vi: vi.into(), reason_en: en.into() }
    }

    pub(super) fn reason(&self) -> Text {
        Text::new(&*self.reason_vi, &*self.reason_en)
    }
}

/// Whether the structure may be asked for at all: security sites and what is given up may not.
pub(super) fn legal(asset: &Asset) -> Factor {
    let factor = |verdict, value, vi, en| Factor::new("legal", verdict, value, vi, en);
    if asset.security_site {
        let vi = "Công trình quốc phòng, an ninh: không dùng chung.";
        return factor(NotShareable, 0.0, vi, "A defence or security site is not shared.");
    }
    match asset.status {
        Lifecycle::Operational | Lifecycle::Inactive => {
            factor(Shareable, 1.0, "Công trình đang tồn tại.", "It stands.")
        }
        Lifecycle::Planned | Lifecycle::Proposed | Lifecycle::UnderConstruction => {
            factor(ShareableAfterWorks, AFTER_WORKS, "Công trình chưa xây xong.", "It is not built yet.")
        }
        Lifecycle::Decommissioned => {
            factor(NotShareable, 0.0, "Công trình đã thôi sử dụng, tháo dỡ.", "It has been given up.")
        }
        Lifecycle::Orphan => factor(CannotTell, ASK, "Chưa rõ chủ sở hữu.", "Nobody owns up to it."),
        Lifecycle::Unknown => factor(CannotTell, ASK, "Chưa rõ tình trạng công trình.", "Its state is unknown."),
    }
}

/// The applicant's own structures come first.
pub(super) fn owner(asset: &Asset, item: &RequestItem) -> Factor {
    if asset.owner == item.owner {
        return Factor::new("owner", Shareable, 1.0, "Công trình của chính bên đề nghị.", "It is the applicant's own.");
    }
    Factor::new("owner", Shareable, ANOTHERS, "Công trình của đơn vị khác.", "It belongs to somebody else.")
}

/// On which terms its owner lets it, as far as they are published. Terms that are not known rule nobody out: they are one
/// more thing to ask.
pub(super) fn terms(candidate: &Candidate<'_>, item: &RequestItem) -> Factor {
    let asset = candidate.asset;
    let factor = |value, text: Text| Factor::new("terms", Shareable, value, text.vi, text.en);
    if asset.owner == item.owner {
        return factor(1.0, Text::new("Không phải thuê.", "Nothing to rent."));
    }
    // A blurred view holds back what is known of the structure.
    let terms = if candidate.is_generalised() { &Terms::default() } else { &asset.terms };
    let Terms { rent_vnd_year, lease_months, sharing_conditions } = terms;
    let rent = rent_vnd_year.map(|rent| rent_text(rent, asset.class().is_line()));
    let lease = lease_months.map(|months| {
        let months = wording::counted(months, "tháng", "month");
        Text::new(format!("thời hạn {}", months.vi), format!("let for {}", months.en))
    });
    let conditions = sharing_conditions
        .as_ref()
        .map(|words| Text::new(format!("điều kiện kỹ thuật: {words}"), format!("technical conditions: {words}")));
    let parts = [
        (rent, Text::new("giá", "the rent")),
        (lease, Text::new("thời hạn", "the term")),
        (conditions, Text::new("điều kiện kỹ thuật", "the technical conditions")),
    ];
    let known: Vec<Text> = parts.iter().filter_map(|(known, _)| known.clone()).collect();
    let missing: Vec<Text> = parts.iter().filter(|(known, _)| known.is_none()).map(|(_, name)| name.clone()).collect();
    let ask = wording::list(&missing);
    let told = Text::new(
        known.iter().map(|text| &*text.vi).collect::<Vec<_>>().join("; "),
        known.iter().map(|text| &*text.en).collect::<Vec<_>>().join("; "),
    );
    let value = TERM_UNKNOWN.powi(i32::try_from(missing.len()).unwrap_or(i32::MAX));
    let text = match (known.is_empty(), missing.is_empty()) {
        (true, _) => Text::new(
            format!("Chủ sở hữu chưa công bố {}: cần hỏi chủ sở hữu.", ask.vi),
            format!("The owner has not published {}: ask the owner.", ask.en),
        ),
        (false, true) => {
            Text::new(format!("Chủ sở hữu công bố: {}.", told.vi), format!("Published by the owner: {}.", told.en))
        }
        (false, false) => Text::new(
            format!("Chủ sở hữu công bố: {}. Chưa công bố {}: cần hỏi chủ sở hữu.", told.vi, ask.vi),
            format!("Published by the owner: {}. Not published: {}; ask the owner.", told.en, ask.en),
        ),
    };
    factor(value, text)
}

fn rent_text(rent: u32, is_line: bool) -> Text {
    let rent = wording::grouped(rent);
    let per = if is_line { ("mét cáp", "metre of cable") } else { ("vị trí", "place") };
    Text::new(
        format!("giá {} đồng/năm cho mỗi {}", rent.vi, per.0),
        format!("{} VND a year for each {}", rent.en, per.1),
    )
}

/// What a structure has units of.
#[derive(Clone, Copy)]
pub(super) struct Unit {
    pub(super) vi: &'static str,
    pub(super) en: &'static str,
}

/// Free units against those needed. Unknown is never free; a part of what is needed is a beginning.
pub(super) fn capacity(free: Capacity, needed: u32, unit: Unit) -> Factor {
    let factor = |verdict, value, text: Text| Factor::new("capacity", verdict, value, text.vi, text.en);
    let needs = wording::counted(needed, unit.vi, unit.en);
    match free {
        Capacity::Unknown(reason) => {
            let why = why_unknown(reason);
            let vi = format!("Chưa biết còn trống bao nhiêu {}{}: cần hỏi chủ sở hữu.", unit.vi, why.vi);
            let en = format!("How many {}s are free is not known{}: ask the owner.", unit.en, why.en);
            factor(CannotTell, ASK, Text::new(vi, en))
        }
        Capacity::Known(0) => factor(
            NotShareable,
            0.0,
            Text::new(format!("Không còn {} trống.", unit.vi), format!("No {} is free.", unit.en)),
        ),
        Capacity::Known(free) => {
            let room = wording::counted(free, unit.vi, unit.en);
            let text = Text::new(
                format!("Còn trống {}, cần {}.", room.vi, needs.vi),
                format!("Free: {}, needed: {}.", room.en, needs.en),
            );
            if needed <= free {
                factor(Shareable, 1.0, text)
            } else {
                factor(ShareableAfterWorks, AFTER_WORKS * f64::from(free) / f64::from(needed), text)
            }
        }
    }
}

/// What stands behind an unknown number, where there is anything to say.
fn why_unknown(reason: NullReason) -> Text {
    match reason {
        NullReason::Unknown => Text::default(),
        NullReason::NotApplicable => Text::new(" (loại công trình này không đếm)", " (none are counted of it)"),
        NullReason::Withheld => Text::new(" (không công bố)", " (held back)"),
        NullReason::NotSurveyed => Text::new(" (chưa khảo sát)", " (not surveyed)"),
    }
}

/// Above this share of its strength in use, in percent, one more operator's load may be too much.
const NEARLY_FULL_PCT: f64 = 85.0;

/// What strength is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Structure,
    Foundation,
}

impl Part {
    /// Inside a sentence.
    pub(super) fn text(self) -> Text {
        match self {
            Self::Structure => Text::new("kết cấu", "the structure"),
            Self::Foundation => Text::new("móng", "the foundation"),
        }
    }

    /// At the beginning of a sentence.
    fn at_start(self) -> Text {
        match self {
            Self::Structure => Text::new("Kết cấu", "The structure"),
            Self::Foundation => Text::new("Móng", "The foundation"),
        }
    }
}

/// Whether what is in use of a part's strength, in percent, leaves room for one more load.
pub(super) fn strength(used: f64, part: Part) -> Factor {
    let of = part.at_start();
    let factor = |verdict, value, text: Text| Factor::new("structural", verdict, value, text.vi, text.en);
    if 100.0 <= used {
        let text = Text::new(
            format!("{} đã dùng hết: phải gia cường.", of.vi),
            format!("{}'s strength is used up: it must be strengthened.", of.en),
        );
        return factor(ShareableAfterWorks, AFTER_WORKS, text);
    }
    let check = if NEARLY_FULL_PCT < used {
        ("; phải kiểm tra tải trọng thêm", "; the added load must be checked")
    } else {
        ("", "")
    };
    let used = wording::number(used, 1);
    let text = Text::new(
        format!("{} đã dùng {} %{}.", of.vi, used.vi, check.0),
        format!("{} uses {} % of its strength{}.", of.en, used.en, check.1),
    );
    factor(Shareable, 1.0, text)
}

/// What a pole or another sector's structure says of its strength; none where it says nothing or the viewer may not
/// know.
pub(super) fn load(candidate: &Candidate<'_>) -> Option<Factor> {
    let used = match &candidate.asset.details {
        _ if candidate.is_generalised() => None,
        Details::Pole(pole) => pole.load_use_pct,
        Details::Host(host) => host.load_use_pct,
        _ => None,
    };
    used.map(|used| strength(used, Part::Structure))
}
