//! Works that open the ground where and when somebody needs a duct: lay it now, or dig twice.

use std::collections::BTreeSet;

use hatang_core::{
    Metres, OrganisationCode, Shape, Text, geodesy,
    works::{Answered, Works, WorksStage},
};
use jiff::civil::Date;
use serde::Serialize;

use super::reply::{Reply, is_declined, told, wished};
use crate::{
    assumption::DIG_ONCE_REACH,
    finding::rounded,
    missing::Missing,
    route::{Route, side_by_side},
    wording,
};

/// What kind of need it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NeedKind {
    /// Somebody has asked to build there.
    Request,
    /// Somebody has answered that it wants ducts laid.
    Answer,
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
    /// What it is known by; an answer by whose it is.
    pub code: String,
    /// Whose it is; none for a gap, and for answers of organisations that the reader may not know.
    pub organisation: Option<OrganisationCode>,
    /// How many ducts would serve it; for an answer those that the organisation's other needs here do not come to.
    pub ducts: u32,
    /// How near the open ground comes, in metres.
    pub distance_m: f64,
    /// Metres of the needed way that lie in or beside the open ground; zero for a place, an area or an answer.
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
    /// What organisations have answered to the work, without names.
    pub answered: Answered,
    /// What to do, in one Vietnamese sentence.
    pub advice_vi: String,
    /// What to do, in one English sentence.
    pub advice_en: String,
}

/// The works that could serve needs, soonest to close first, ties by code. A work that is over serves nothing; a need that begins
/// after the ground closes or ends before it opens is not met by it. Who answers that it wants ducts needs them, who answers
/// that it is not interested does not need what it has asked to build there.
#[must_use]
pub fn opportunities(works: &[&Works], needs: &[Need<'_>], replies: &[Reply<'_>]) -> Vec<Opportunity> {
    let open = works.iter().filter(|work| work.stage != WorksStage::Done);
    let mut found: Vec<Opportunity> = open.filter_map(|work| opportunity(work, needs, replies)).collect();
    found.sort_by(|a, b| {
        let order = |one: &Opportunity| (one.before.is_none(), one.before);
        order(a).cmp(&order(b)).then_with(|| a.works.cmp(&b.works))
    });
    found
}

fn opportunity(work: &Works, needs: &[Need<'_>], replies: &[Reply<'_>]) -> Option<Opportunity> {
    let replies: Vec<&Reply<'_>> = replies.iter().filter(|reply| reply.answer.works == work.code).collect();
    let bounds = work.shape.bounding_box().expanded(DIG_ONCE_REACH);
    let near = needs.iter().filter(|need| need.shape.bounding_box().intersects(bounds));
    let wanted = near.filter(|need| !is_declined(need, &replies));
    let (places, mut met): (Vec<&Need<'_>>, Vec<MetNeed>) =
        wanted.filter_map(|need| Some((need, meeting(work, need)?))).unzip();
    let otherwise = |organisation: &OrganisationCode| {
        let own: Vec<&Need<'_>> =
            places.iter().copied().filter(|need| need.organisation == Some(organisation)).collect();
        ducts_along(work, &own)
    };
    let wished: Vec<MetNeed> = wished(work, &otherwise, &replies);
    let ducts =
        ducts_along(work, &places).saturating_add(wished.iter().map(|need| need.ducts).fold(0, u32::saturating_add));
    met.extend(wished);
    if met.is_empty() {
        return None;
    }
    met.sort_by(|a, b| {
        let by_distance = a.distance_m.total_cmp(&b.distance_m);
        a.kind.cmp(&b.kind).then(by_distance).then_with(|| a.code.cmp(&b.code))
    });
    let answered = Answered::of(replies.iter().map(|reply| reply.answer));
    let advice = advice(work, ducts, &met, answered);
    Some(Opportunity {
        works: work.code.clone(),
        sector: work.sector.clone(),
        owner: work.owner.clone(),
        ducts,
        before: work.ends_on,
        needs: met,
        answered,
        advice_vi: advice.vi,
        advice_en: advice.en,
    })
}

/// How many ducts the needs come to: those of spans that follow each other along the work are laid once, and what does not
/// run along it has its own.
fn ducts_along(work: &Works, needs: &[&Need<'_>]) -> u32 {
    let route = Route::of(&work.shape).filter(|_| !work.shape.is_area());
    let along = |need: &Need<'_>| {
        route.as_ref().map_or_else(Vec::new, |route| route.along(need.shape, DIG_ONCE_REACH).into_pairs())
    };
    let (mut stretches, mut apart) = (Vec::new(), 0_u32);
    for need in needs {
        let pairs = along(need);
        if pairs.is_empty() {
            apart = apart.saturating_add(need.ducts);
        }
        stretches.extend(pairs.into_iter().map(|(from, to)| (from, to, need.ducts)));
    }
    side_by_side(&stretches).saturating_add(apart)
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
        NeedKind::Answer | NeedKind::Planned | NeedKind::Gap => Vec::new(),
    };
    let own_dates = own_dates.into_iter().filter(|(date, _)| date.is_none()).map(|(_, missing)| missing);
    let missing = own_dates.chain(dates_missing(work)).collect();
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

/// The work's own dates that nobody has said.
pub(super) fn dates_missing(work: &Works) -> Vec<Missing> {
    let dates = [(work.starts_on, Missing::of_works("starts_on")), (work.ends_on, Missing::of_works("ends_on"))];
    dates.into_iter().filter(|(date, _)| date.is_none()).map(|(_, missing)| missing).collect()
}

fn advice(work: &Works, ducts: u32, met: &[MetNeed], answered: Answered) -> Text {
    // A request of several spans is one request.
    let count = |kind| {
        let codes: BTreeSet<&str> = met.iter().filter(|need| need.kind == kind).map(|need| &*need.code).collect();
        u32::try_from(codes.len()).unwrap_or(u32::MAX)
    };
    let for_whom = [
        wording::counted(count(NeedKind::Request), "hồ sơ", "request"),
        wording::counted(count(NeedKind::Planned), "hạng mục quy hoạch", "planned object"),
        wording::counted(count(NeedKind::Gap), "vùng lõm sóng", "coverage gap"),
    ];
    let joined = |of: fn(&Text) -> &str| for_whom.iter().map(of).collect::<Vec<_>>().join(", ");
    let for_whom = Text::new(joined(|one| &one.vi), joined(|one| &one.en));
    let ducts = wording::counted(ducts, "ống", "duct");
    let day = |day: Date| {
        let vi = format!("trước ngày {:02}/{:02}/{}", day.day(), day.month(), day.year());
        Text::new(vi, format!("before {day}"))
    };
    let when = work.ends_on.map_or_else(
        || Text::new("trước khi hoàn trả mặt đường (chưa rõ ngày)", "before the ground is closed (no date yet)"),
        day,
    );
    let told = told(answered);
    Text::new(
        format!("Đặt {} cùng công trình {} {}: phục vụ {}{}.", ducts.vi, work.code, when.vi, for_whom.vi, told.vi),
        format!("Lay {} with works {} {}: for {}{}.", ducts.en, work.code, when.en, for_whom.en, told.en),
    )
}

#[cfg(test)]
mod tests {
    use hatang_core::{
        Lonlat,
        works::{Interest, WorksAnswer},
    };
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
        let found = opportunities(&[&road()], &[gap, planned, request], &[]);
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
    fn spans_that_follow_each_other_need_their_ducts_once() {
        let ends: Vec<f64> = (0..=4).map(|number| 106.4805 + 0.0004 * f64::from(number)).collect();
        let spans: Vec<Shape> = ends.windows(2).map(|pair| line(pair[0], pair[1])).collect();
        let needs: Vec<Need<'_>> = spans.iter().map(|span| need(NeedKind::Request, "VNPT-2026-001", span)).collect();
        let found = opportunities(&[&road()], &needs, &[]);
        assert_eq!((found[0].needs.len(), found[0].ducts), (4, 2));
        assert!(
            found[0].advice_en.starts_with("Lay 2 ducts with works CT-1 before 2027-04-30: for 1 request, 0 planned")
        );
        let beside = line(106.481, 106.482);
        let with_another = [needs, vec![need(NeedKind::Request, "VIETTEL-2026-001", &beside)]].concat();
        assert_eq!(opportunities(&[&road()], &with_another, &[])[0].ducts, 4, "side by side they need both");
    }

    #[test]
    fn a_shift_of_a_month_removes_the_match() {
        let along = line(106.48, 106.483);
        let request = Need {
            from: Some(date(2027, 4, 15)),
            until: Some(date(2027, 5, 31)),
            ..need(NeedKind::Request, "R", &along)
        };
        assert_eq!(opportunities(&[&road()], &[request], &[]).len(), 1);
        let later = Need { from: Some(date(2027, 5, 15)), until: Some(date(2027, 6, 30)), ..request };
        assert_eq!(opportunities(&[&road()], &[later], &[]), [], "the need begins after the ground is closed");
        let earlier = Works { starts_on: Some(date(2027, 2, 1)), ends_on: Some(date(2027, 3, 30)), ..road() };
        assert_eq!(opportunities(&[&earlier], &[request], &[]), [], "the ground is closed before the need begins");
    }

    #[test]
    fn a_need_elsewhere_or_met_elsewhere_and_a_work_that_is_over_leave_nothing() {
        let away = line(106.49, 106.493);
        assert_eq!(opportunities(&[&road()], &[need(NeedKind::Gap, "G", &away)], &[]), []);
        assert_eq!(opportunities(&[&road()], &[], &[]), [], "the only gap was closed elsewhere");
        let along = line(106.48, 106.483);
        let oblique =
            Shape::LineString(vec![Lonlat::new(106.4805, 20.68).unwrap(), Lonlat::new(106.4825, 20.682).unwrap()]);
        let oblique = Works { shape: oblique, ..road() };
        let aside = line(106.482, 106.4825);
        assert_eq!(
            opportunities(&[&oblique], &[need(NeedKind::Gap, "G", &aside)], &[]),
            [],
            "in its box and far from it"
        );
        let done = Works { stage: WorksStage::Done, ..road() };
        assert_eq!(opportunities(&[&done], &[need(NeedKind::Gap, "G", &along)], &[]), []);
    }

    #[test]
    fn what_closes_first_comes_first_and_what_has_no_day_last() {
        let along = line(106.48, 106.483);
        let named = |code: &str, ends_on| Works { code: code.to_owned(), ends_on, ..road() };
        let (a, b, c) = (named("A", None), named("B", Some(date(2027, 9, 1))), named("C", Some(date(2027, 4, 1))));
        let found = opportunities(&[&a, &b, &c], &[need(NeedKind::Gap, "G", &along)], &[]);
        assert_eq!(found.iter().map(|one| one.works.as_str()).collect::<Vec<_>>(), ["C", "B", "A"]);
    }

    fn organisation(code: &str) -> OrganisationCode {
        OrganisationCode::new(code).unwrap()
    }

    fn answer(code: &str, interest: Interest, ducts: Option<u32>) -> WorksAnswer {
        let at = jiff::Timestamp::UNIX_EPOCH;
        WorksAnswer { works: "CT-1".to_owned(), organisation: organisation(code), interest, ducts, at }
    }

    fn named(answers: &[WorksAnswer]) -> Vec<Reply<'_>> {
        answers.iter().map(|answer| Reply { answer, named: true }).collect()
    }

    /// Each need's kind, code and ducts, and the ducts in all.
    fn found<'a>(needs: &[Need<'a>], replies: &[Reply<'a>]) -> (Vec<(NeedKind, String, u32)>, u32) {
        let mut found = opportunities(&[&road()], needs, replies);
        assert!(found.len() <= 1);
        let Some(one) = found.pop() else { return (Vec::new(), 0) };
        (one.needs.into_iter().map(|need| (need.kind, need.code, need.ducts)).collect(), one.ducts)
    }

    #[test]
    fn a_wish_for_ducts_is_a_need_and_the_same_operators_request_is_not_counted_beside_it() {
        let along = line(106.48, 106.483);
        let (vnpt, other) = (organisation("vnpt"), organisation("viettel"));
        let of = |kind, owner| Need { organisation: Some(owner), ..need(kind, "R", &along) };
        let wish = |ducts| [answer("vnpt", Interest::PlaceDucts, Some(ducts))];
        let entry = |kind, code: &str, ducts| (kind, code.to_owned(), ducts);
        assert_eq!(found(&[], &named(&wish(3))), (vec![entry(NeedKind::Answer, "vnpt", 3)], 3));
        // Its request is for two bores: of both numbers the larger counts.
        let request = of(NeedKind::Request, &vnpt);
        let both = vec![entry(NeedKind::Request, "R", 2), entry(NeedKind::Answer, "vnpt", 1)];
        assert_eq!(found(&[request], &named(&wish(3))), (both, 3));
        assert_eq!(found(&[request], &named(&wish(2))), (vec![entry(NeedKind::Request, "R", 2)], 2));
        assert_eq!(found(&[request], &named(&wish(1))), (vec![entry(NeedKind::Request, "R", 2)], 2));
        // The same with what the plan holds for it; what another needs is another need.
        let planned = of(NeedKind::Planned, &vnpt);
        assert_eq!(found(&[planned], &named(&wish(2))), (vec![entry(NeedKind::Planned, "R", 2)], 2));
        let anothers = of(NeedKind::Request, &other);
        let two = vec![entry(NeedKind::Request, "R", 2), entry(NeedKind::Answer, "vnpt", 3)];
        assert_eq!(found(&[anothers], &named(&wish(3))), (two, 5));
    }

    #[test]
    fn who_is_not_interested_does_not_need_what_it_has_asked_to_build_there() {
        let along = line(106.48, 106.483);
        let (vnpt, other) = (organisation("vnpt"), organisation("viettel"));
        let of = |kind, owner| Need { organisation: Some(owner), ..need(kind, "R", &along) };
        let declined = [answer("vnpt", Interest::NotInterested, None)];
        assert_eq!(found(&[of(NeedKind::Request, &vnpt)], &named(&declined)), (vec![], 0));
        for (stays, kind, owner) in
            [("another's request", NeedKind::Request, &other), ("what the plan wants of it", NeedKind::Planned, &vnpt)]
        {
            assert_eq!(found(&[of(kind, owner)], &named(&declined)).1, 2, "{stays}");
        }
        assert_eq!(found(&[need(NeedKind::Gap, "G", &along)], &named(&declined)).1, 2, "a gap is nobody's");
        let of_another_work = [WorksAnswer { works: "CT-2".to_owned(), ..declined[0].clone() }];
        assert_eq!(found(&[of(NeedKind::Request, &vnpt)], &named(&of_another_work)).1, 2);
    }

    #[test]
    fn answers_without_names_come_to_one_need_and_remove_nothing() {
        let along = line(106.48, 106.483);
        let vnpt = organisation("vnpt");
        let answers = [
            answer("mobifone", Interest::PlaceDucts, Some(2)),
            answer("viettel", Interest::PlaceDucts, Some(3)),
            answer("vnpt", Interest::NotInterested, None),
        ];
        let nameless: Vec<Reply<'_>> = answers.iter().map(|answer| Reply { answer, named: false }).collect();
        let request = Need { organisation: Some(&vnpt), ..need(NeedKind::Request, "R", &along) };
        let one = vec![(NeedKind::Request, "R".to_owned(), 2), (NeedKind::Answer, String::new(), 5)];
        assert_eq!(found(&[request], &nameless), (one, 7));
        let told = serde_json::to_string(&opportunities(&[&road()], &[request], &nameless)).unwrap();
        assert!(!told.contains("mobifone") && !told.contains("viettel"), "{told}");
    }

    #[test]
    fn the_sentence_ends_with_the_answers_and_interest_alone_is_no_need() {
        let along = line(106.48, 106.483);
        let answers = [
            answer("mobifone", Interest::Interested, None),
            answer("viettel", Interest::PlaceDucts, Some(1)),
            answer("vnpt", Interest::NotInterested, None),
        ];
        assert_eq!(opportunities(&[&road()], &[], &named(&answers[..1])), [], "nobody has asked for a duct");
        let told = opportunities(&[&road()], &[need(NeedKind::Gap, "G", &along)], &named(&answers));
        let counts = Answered { interested: 1, not_interested: 1, place_ducts: 1, ducts: 1 };
        assert_eq!((told[0].answered, told[0].ducts), (counts, 3));
        assert_eq!(
            told[0].advice_vi,
            "Đặt 3 ống cùng công trình CT-1 trước ngày 30/04/2027: phục vụ 0 hồ sơ, 0 hạng mục quy hoạch, 1 vùng lõm sóng; \
             trả lời: 1 đơn vị quan tâm, 1 đơn vị đề nghị đặt 1 ống và 1 đơn vị không quan tâm."
        );
        assert_eq!(
            told[0].advice_en,
            "Lay 3 ducts with works CT-1 before 2027-04-30: for 0 requests, 0 planned objects, 1 coverage gap; answers: 1 \
             interested, 1 asking for 1 duct and 1 not interested."
        );
        // The needs stand by kind; where nobody has said when the work is, an answer lacks those dates.
        let undated = Works { starts_on: None, ends_on: None, ..road() };
        let told = opportunities(&[&undated], &[need(NeedKind::Gap, "G", &along)], &named(&answers));
        let kinds: Vec<_> = told[0].needs.iter().map(|need| (need.kind, need.missing.len())).collect();
        assert_eq!(kinds, [(NeedKind::Answer, 2), (NeedKind::Gap, 2)]);
    }
}
