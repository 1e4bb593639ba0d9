//! Works of other sectors that open the same ground at the same time.

mod need;
mod reply;

use hatang_core::{
    AssetClass, Metres, OrganisationCode, RequestItem, Text, geodesy,
    plan::{Works, WorksStage},
};
use jiff::civil::Date;
use serde::Serialize;

pub use self::{
    need::{MetNeed, Need, NeedKind, Opportunity, opportunities},
    reply::Reply,
};
use crate::{assumption::DIG_ONCE_REACH, finding::rounded, missing::Missing, route::Route, wording};

/// A work during which the requested structure could be built without opening the ground twice.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DigOnce {
    /// The work's code.
    pub works: String,
    /// Road, power, lighting, water.
    pub sector: String,
    /// Who digs.
    pub owner: OrganisationCode,
    /// First day.
    pub starts_on: Option<Date>,
    /// Last day.
    pub ends_on: Option<Date>,
    /// How far it has come.
    pub stage: WorksStage,
    /// How near it comes, in metres.
    pub distance_m: f64,
    /// Metres of the requested route that lie in or beside the open ground; zero for a single place.
    pub overlap_m: f64,
    /// Dates that would decide whether the two meet in time; empty when they do.
    pub missing: Vec<Missing>,
    /// Why, in one Vietnamese sentence.
    pub reason_vi: String,
    /// Why, in one English sentence.
    pub reason_en: String,
}

/// Works near the request whose time meets the request's, or may, as far as the dates say. Nearest first, ties by code.
pub(crate) fn dig_once(item: &RequestItem, works: &[&Works]) -> Vec<DigOnce> {
    // A radio station hangs on a mast and opens no ground.
    if item.class == AssetClass::RadioStation {
        return Vec::new();
    }
    let bounds = item.shape.bounding_box().expanded(DIG_ONCE_REACH);
    let route = Route::of(&item.shape);
    let open = works.iter().filter(|work| work.stage != WorksStage::Done);
    let mut found: Vec<DigOnce> = open
        .filter(|work| work.shape.bounding_box().intersects(bounds))
        .filter_map(|work| meeting(item, route.as_ref(), work))
        .collect();
    found.sort_by(|a, b| a.distance_m.total_cmp(&b.distance_m).then_with(|| a.works.cmp(&b.works)));
    found
}

fn meeting(item: &RequestItem, route: Option<&Route>, work: &Works) -> Option<DigOnce> {
    let distance = geodesy::nearest(&item.shape, &work.shape).distance;
    if Metres::computed(DIG_ONCE_REACH) < distance {
        return None;
    }
    let before = |ends: Option<Date>, starts: Option<Date>| matches!((ends, starts), (Some(e), Some(s)) if e < s);
    if before(item.ends_on, work.starts_on) || before(work.ends_on, item.starts_on) {
        return None;
    }
    let dates = [
        (item.starts_on, Missing::of_request("starts_on")),
        (item.ends_on, Missing::of_request("ends_on")),
        (work.starts_on, Missing::of_works("starts_on")),
        (work.ends_on, Missing::of_works("ends_on")),
    ];
    let missing: Vec<Missing> =
        dates.into_iter().filter(|(date, _)| date.is_none()).map(|(_, missing)| missing).collect();
    let overlap = Metres::computed(route.map_or(0.0, |route| route.beside(&work.shape, DIG_ONCE_REACH).total()));
    let reason = reason(work, distance, overlap, &missing);
    Some(DigOnce {
        works: work.code.clone(),
        sector: work.sector.clone(),
        owner: work.owner.clone(),
        starts_on: work.starts_on,
        ends_on: work.ends_on,
        stage: work.stage,
        distance_m: rounded(distance),
        overlap_m: rounded(overlap),
        missing,
        reason_vi: reason.vi,
        reason_en: reason.en,
    })
}

fn reason(work: &Works, distance: Metres, overlap: Metres, missing: &[Missing]) -> Text {
    let place = if Metres::ZERO < overlap {
        let overlap = wording::metres(overlap);
        Text::new(format!("đi cùng {}", overlap.vi), format!("shares {} of the way", overlap.en))
    } else {
        let distance = wording::metres(distance);
        Text::new(format!("cách {}", distance.vi), format!("comes within {}", distance.en))
    };
    let start = Text::new(
        format!("Công trình {} ({}) {}", work.code, sector_vi(&work.sector), place.vi),
        format!("Works {} ({}) {}", work.code, work.sector, place.en),
    );
    if missing.is_empty() {
        return Text::new(
            format!("{} và trùng thời gian: đào một lần.", start.vi),
            format!("{} at the same time: dig once.", start.en),
        );
    }
    let missing = Missing::listed(missing);
    Text::new(
        format!("{}; chưa rõ có trùng thời gian, còn thiếu {}.", start.vi, missing.vi),
        format!("{}; whether the times meet cannot be told without {}.", start.en, missing.en),
    )
}
/// A sector in Vietnamese; the list is open, so a word that is not known stays as it was entered.
fn sector_vi(sector: &str) -> &str {
    match sector {
        "road" => "đường bộ",
        "power" => "điện",
        "lighting" => "chiếu sáng",
        "water" => "cấp thoát nước",
        other => other,
    }
}
