//! Works that open the ground where and when somebody needs a duct: lay it now, or dig twice.

use hatang_core::{
    Metres, OrganisationCode, Shape, Text, geodesy,
    works::{Works, WorksStage},
};
use jiff::civil::Date;
use serde::Serialize;

use crate::{assumption::DIG_ONCE_REACH, finding::rounded, missing::Missing, route::Route};

/// What kind of need it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NeedKind {
    /// Somebody has asked to build there.
    Request,
    /// The plan wants something there.
    Planned,
    /// People there are not served.
    Gap,
}

/// Somebody's need of a way under the ground, for as long as it lasts.
#[derive(Clone, Copy, Debug)]
pub struct Need<'a> {
    /// What kind of need.
    pub kind: NeedKind,
    /// What it is known by: a request's number, a planned object's code, a gap's id.
    pub code: &'a str,
    /// Whose it is; a gap is nobody's.
    pub organisation: Option<&'a OrganisationCode>,
    /// Where.
    pub shape: &'a Shape,
    /// First day; none when nobody has said.
    pub from: Option<Date>,
    /// Last day; none when nobody has said.
    pub until: Option<Date>,
    /// How many ducts would serve it.
    pub ducts: u32,
}

/// One need that a work could serve.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MetNeed {
    /// What kind of need.
    pub kind: NeedKind,
    /// What it is known by.
    pub code: String,
    /// Whose it is.
    pub organisation: Option<OrganisationCode>,
    /// How many ducts would serve it.
    pub ducts: u32,
    /// How near the open ground comes, in metres.
    pub distance_m: f64,
    /// Metres of the needed way that lie in or beside the open ground; zero for a place or an area.
    pub overlap_m: f64,
    /// Dates that would decide whether the two meet in time; empty when they do.
    pub missing: Vec<Missing>,
}

/// A work during which ducts should be laid, and for what.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Opportunity {
    /// The work's code.
    pub works: String,
    /// Road, power, lighting, water.
    pub sector: String,
    /// Who digs.
    pub owner: OrganisationCode,
    /// How many ducts the needs come to together.
    pub ducts: u32,
    /// The day on which the ground closes; none when nobody has said.
    pub before: Option<Date>,
    /// The needs, by kind, then nearness, then code.
    pub needs: Vec<MetNeed>,
    /// What to do, in one Vietnamese sentence.
    pub advice_vi: String,
    /// What to do, in one English sentence.
    pub advice_en: String,
}

/// The works that could serve needs, soonest to close first, ties by code. A work that is over serves nothing; a need that begins
/// after the ground closes or ends before it opens is not met by it.
#[must_use]
pub fn opportunities(works: &[&Works], needs: &[Need<'_>]) -> Vec<Opportunity> {
    let open = works.iter().filter(|work| work.stage != WorksStage::Done);
    let mut found: Vec<Opportunity> = open.filter_map(|work| opportunity(work, needs)).collect();
    found.sort_by(|a, b| {
        let order = |one: &Opportunity| (one.before.is_none(), one.before);
        order(a).cmp(&order(b)).then_with(|| a.works.cmp(&b.works))
    });
    found
}

fn opportunity(work: &Works, needs: &[Need<'_>]) -> Option<Opportunity> {
    let bounds = work.shape.bounding_box().expanded(DIG_ONCE_REACH);
    let near = needs.iter().filter(|need| need.shape.bounding_box().intersects(bounds));
    let mut met: Vec<MetNeed> = near.filter_map(|need| meeting(work, need)).collect();
    if met.is_empty() {
        return None;
    }
    met.sort_by(|a, b| {
        let by_distance = a.distance_m.total_cmp(&b.distance_m);
        a.kind.cmp(&b.kind).then(by_distance).then_with(|| a.code.cmp(&b.code))
    });
    let ducts = met.iter().map(|need| need.ducts).fold(0, u32::saturating_add);
    let advice = advice(work, ducts, &met);
    Some(Opportunity {
        works: work.code.clone(),
        sector: work.sector.clone(),
        owner: work.owner.clone(),
        ducts,
        before: work.ends_on,
        needs: met,
        advice_vi: advice.vi,
        advice_en: advice.en,
    })
}

fn meeting(work: &Works, need: &Need<'_>) -> Option<MetNeed> {
    let distance = geodesy::nearest(need.shape, &work.shape).distance;
    if Metres::computed(DIG_ONCE_REACH) < distance {
        return None;
    }
    let before = |ends: Option<Date>, starts: Option<Date>| matches!((ends, starts), (Some(e), Some(s)) if e < s);
    if before(need.until, work.starts_on) || before(work.ends_on, need.from) {
        return None;
    }
    // A gap waits until it is closed, and the plan for as long as it holds: neither lacks dates.
    let own_dates = match need.kind {
        NeedKind::Request => {
            vec![(need.from, Missing::of_request("starts_on")), (need.until, Missing::of_request("ends_on"))]
        }
        NeedKind::Planned | NeedKind::Gap => Vec::new(),
    };
    let dates = own_dates
        .into_iter()
        .chain([(work.starts_on, Missing::of_works("starts_on")), (work.ends_on, Missing::of_works("ends_on"))]);
    let missing = dates.filter(|(date, _)| date.is_none()).map(|(_, missing)| missing).collect();
    let overlap = Route::of(need.shape).map_or(0.0, |route| route.beside(&work.shape, DIG_ONCE_REACH).total());
    Some(MetNeed {
        kind: need.kind,
        code: need.code.to_owned(),
        organisation: need.organisation.cloned(),
        ducts: need.ducts,
        distance_m: rounded(distance),
        overlap_m: rounded(Metres::computed(overlap)),
        missing,
    })
}

fn advice(work: &Works, ducts: u32, met: &[MetNeed]) -> Text {
    let count = |kind| met.iter().filter(|need| need.kind == kind).count();
    let (requests, planned, gaps) = (count(NeedKind::Request), count(NeedKind::Planned), count(NeedKind::Gap));
    let for_whom = Text::new(
        format!("{requests} hồ sơ, {planned} hạng mục quy hoạch, {gaps} vùng lõm sóng"),
        format!("{requests} requests, {planned} planned objects, {gaps} coverage gaps"),
    );
    let day = |day: Date| {
        let vi = format!("trước ngày {:02}/{:02}/{}", day.day(), day.month(), day.year());
        Text::new(vi, format!("before {day}"))
    };
    let when = work.ends_on.map_or_else(
        || Text::new("trước khi hoàn trả mặt đường (chưa rõ ngày)", "before the ground is closed (no date yet)"),
        day,
    );
    Text::new(
        format!("Đặt {ducts} ống cùng công trình {} {}: phục vụ {}.", work.code, when.vi, for_whom.vi),
        format!("Lay {ducts} ducts with works {} {}: for {}.", work.code, when.en, for_whom.en),
    )
}

#[cfg(test)]
mod tests {
    use hatang_core::Lonlat;
    use jiff::civil::date;

    use super::*;

    fn line(from: f64, to: f64) -> Shape {
        Shape::LineString(vec![Lonlat::new(from, 20.68).unwrap(), Lonlat::new(to, 20.68).unwrap()])
    }

    /// A road work of March and April 2027.
    fn road() -> Works {
        serde_json::from_value(serde_json::json!({
            "code": "CT-1", "sector": "road", "owner": "road", "stage": "concrete", "starts_on": "2027-03-01",
            "ends_on": "2027-04-30",
            "shape": { "type": "LineString", "coordinates": [[106.4805, 20.68005], [106.4824, 20.68005]] },
        }))
        .unwrap()
    }

    fn need<'a>(kind: NeedKind, code: &'static str, shape: &'a Shape) -> Need<'a> {
        Need { kind, code, organisation: None, shape, from: None, until: None, ducts: 2 }
    }

    #[test]
    fn needs_of_every_kind_come_to_one_sentence_with_a_number_and_a_day() {
        let along = line(106.48, 106.483);
        let (request, planned) =
            (need(NeedKind::Request, "VNPT-2026-001", &along), need(NeedKind::Planned, "QH-1", &along));
        let gap = need(NeedKind::Gap, "gap-1", &along);
        let found = opportunities(&[&road()], &[gap, planned, request]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].ducts, found[0].before), (6, Some(date(2027, 4, 30))));
        let codes: Vec<&str> = found[0].needs.iter().map(|need| need.code.as_str()).collect();
        assert_eq!(codes, ["VNPT-2026-001", "QH-1", "gap-1"]);
        assert_eq!(
            found[0].advice_vi,
            "Đặt 6 ống cùng công trình CT-1 trước ngày 30/04/2027: phục vụ 1 hồ sơ, 1 hạng mục quy hoạch, 1 vùng lõm sóng."
        );
        let missing = |index: usize| found[0].needs[index].missing.len();
        assert_eq!((missing(0), missing(1), missing(2)), (2, 0, 0), "only a request lacks its dates");
    }

    #[test]
    fn a_shift_of_a_month_removes_the_match() {
        let along = line(106.48, 106.483);
        let request = Need {
            from: Some(date(2027, 4, 15)),
            until: Some(date(2027, 5, 31)),
            ..need(NeedKind::Request, "R", &along)
        };
        assert_eq!(opportunities(&[&road()], &[request]).len(), 1);
        let later = Need { from: Some(date(2027, 5, 15)), until: Some(date(2027, 6, 30)), ..request };
        assert_eq!(opportunities(&[&road()], &[later]), [], "the need begins after the ground is closed");
        let earlier = Works { starts_on: Some(date(2027, 2, 1)), ends_on: Some(date(2027, 3, 30)), ..road() };
        assert_eq!(opportunities(&[&earlier], &[request]), [], "the ground is closed before the need begins");
    }

    #[test]
    fn a_need_elsewhere_or_met_elsewhere_and_a_work_that_is_over_leave_nothing() {
        let away = line(106.49, 106.493);
        assert_eq!(opportunities(&[&road()], &[need(NeedKind::Gap, "G", &away)]), []);
        assert_eq!(opportunities(&[&road()], &[]), [], "the only gap was closed elsewhere");
        let along = line(106.48, 106.483);
        let done = Works { stage: WorksStage::Done, ..road() };
        assert_eq!(opportunities(&[&done], &[need(NeedKind::Gap, "G", &along)]), []);
    }

    #[test]
    fn what_closes_first_comes_first_and_what_has_no_day_last() {
        let along = line(106.48, 106.483);
        let named = |code: &str, ends_on| Works { code: code.to_owned(), ends_on, ..road() };
        let (a, b, c) = (named("A", None), named("B", Some(date(2027, 9, 1))), named("C", Some(date(2027, 4, 1))));
        let found = opportunities(&[&a, &b, &c], &[need(NeedKind::Gap, "G", &along)]);
        assert_eq!(found.iter().map(|one| one.works.as_str()).collect::<Vec<_>>(), ["C", "B", "A"]);
    }
}
