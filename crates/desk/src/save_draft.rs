//! Writes a build request down, for the first time or anew, before it is handed in.

use hatang_core::{
    Event, OrganisationCode, RequestItem, RuleSetCode, Version, Viewer,
    case::{Case, CaseId, CaseState, CaseStep},
};
use hatang_exchange::{ReadRequest, read_request};
use hatang_store::{Expected, StoreError};

use crate::{
    cases::{CaseReceipt, next_reference, own, write},
    day::vietnam_day,
    desk::Desk,
    error::{DeskError, ErrorKind},
    permission::{About, Action},
    screen_request::check_items,
};

/// Somebody else of the same applicant may take a number first; more often than this is not believable.
const MOST_TRIES: usize = 20;

/// The longest title, in characters.
const TITLE_AT_MOST: usize = 200;

/// What a request says.
#[derive(Debug)]
pub struct Draft<'a> {
    /// What the applicant calls it.
    pub title: Option<&'a str>,
    /// The rule set to judge it by; the territory's own when none is named.
    pub rule_set: Option<RuleSetCode>,
    /// What is to be built: a GeoJSON feature or collection of features.
    pub request: &'a [u8],
}

/// Saves a new draft.
///
/// # Errors
/// [`DeskError`] when the request cannot be read, lies elsewhere, or the viewer may not file for its owner.
pub async fn save_draft(desk: &Desk, who: &Viewer, draft: Draft<'_>) -> Result<CaseReceipt, DeskError> {
    let (applicant, items) = read(desk, who, &draft)?;
    let saved_at = desk.edge.now();
    let year = vietnam_day(saved_at).year();
    let plan_year = items.first().and_then(|item| item.plan_year);
    let mut case = Case {
        id: CaseId(desk.edge.new_uuid()),
        reference: String::new(),
        applicant,
        title: title(&draft)?,
        state: CaseState::Draft,
        items,
        rule_set: draft.rule_set,
        saved_at,
        submitted_at: None,
        withdrawn_at: None,
        withdrawn_because: None,
        verdicts: Vec::new(),
        advisory_opinion: None,
        ended_at: None,
        ended_because: None,
    };
    let mut tries = 0;
    loop {
        case.reference = next_reference(desk, &case.applicant, year, plan_year);
        let event = Event::CaseSaved { case: Box::new(case.clone()) };
        tries += 1;
        match write(desk, who, &desk.home(), Expected::New, event).await {
            Err(DeskError::Store(StoreError::IdentityTaken { .. })) if tries < MOST_TRIES => desk.catch_up().await?,
            done => return done,
        }
    }
}

/// Writes a draft anew.
///
/// # Errors
/// As [`save_draft`], and [`ErrorKind::Conflict`] when it is no draft any more or somebody else was faster.
pub async fn amend_draft(
    desk: &Desk,
    who: &Viewer,
    id: CaseId,
    seen: Version,
    draft: Draft<'_>,
) -> Result<CaseReceipt, DeskError> {
    let (held, state) = own(desk, who, id, CaseStep::Save)?;
    let (applicant, items) = read(desk, who, &draft)?;
    if applicant != held.case.applicant {
        return Err(another_applicant(&applicant));
    }
    // Its number tells what it is.
    if items.first().and_then(|item| item.plan_year) != held.case.plan_year() {
        return Err(DeskError::input(
            ErrorKind::Conflict,
            "case.plan_year_kept",
            &held.case.reference,
            "Hồ sơ đã có số thì không đổi được giữa đề nghị xây dựng và kế hoạch năm, cũng không đổi năm; hãy lập hồ sơ mới.",
            "A request that has its number stays what it is, for its year; write another one.",
        ));
    }
    let case = Case { title: title(&draft)?, rule_set: draft.rule_set, items, state, ..held.case };
    let event = Event::CaseSaved { case: Box::new(case) };
    write(desk, who, &held.journal, Expected::Version(seen), event).await
}

/// Who asks, and for what; everything that is asked for belongs to the one applicant.
fn read(desk: &Desk, who: &Viewer, draft: &Draft<'_>) -> Result<(OrganisationCode, Vec<RequestItem>), DeskError> {
    let ReadRequest { items, ignored } = read_request(draft.request)?;
    // What nothing reads would be lost by being kept.
    if let Some(unread) = ignored.first() {
        return Err(DeskError::input(
            ErrorKind::BadInput,
            "request.unknown_property",
            &unread.property,
            "Hồ sơ có thông tin không thuộc danh mục trường nên không lưu được; hãy sửa tên trường hoặc bỏ đi.",
            "The request has a property that is not in the list of fields and cannot be kept; correct its name or leave it out.",
        ));
    }
    let Some(applicant) = items.first().map(|item| item.owner.clone()) else {
        return Err(DeskError::File(hatang_exchange::FileError::NoItems));
    };
    desk.may(who, Action::FileCase, About::owner(&applicant).in_state(CaseState::Draft.code()))?;
    if let Some(other) = items.iter().find(|item| item.owner != applicant) {
        return Err(another_applicant(&other.owner));
    }
    check_plan_year(desk, &items)?;
    check_items(desk, who, &items, draft.rule_set.as_ref())?;
    Ok((applicant, items))
}

/// The farthest year that a plan is taken for, from this one: the horizon of the commune's own plan.
const YEARS_AHEAD: u32 = 5;

/// Everything is for one year's plan or nothing is, and the year is not past.
fn check_plan_year(desk: &Desk, items: &[RequestItem]) -> Result<(), DeskError> {
    let plan_year = items.first().and_then(|item| item.plan_year);
    if let Some(other) = items.iter().find(|item| item.plan_year != plan_year) {
        let value = other.plan_year.map_or_else(String::new, |year| year.to_string());
        return Err(DeskError::input(
            ErrorKind::BadInput,
            "case.several_years",
            value,
            "Mọi công trình trong một hồ sơ phải cùng một năm kế hoạch, hoặc cùng là đề nghị xây dựng.",
            "Everything in one request is for the same year's plan, or nothing is.",
        ));
    }
    let this_year = u32::try_from(desk.today().year()).unwrap_or_default();
    match plan_year {
        Some(year) if !(this_year..=this_year + YEARS_AHEAD).contains(&year) => Err(DeskError::input(
            ErrorKind::BadInput,
            "case.plan_year_out_of_range",
            year,
            &format!("Năm kế hoạch phải từ {this_year} đến {}.", this_year + YEARS_AHEAD),
            &format!("A plan is for {this_year} to {}.", this_year + YEARS_AHEAD),
        )),
        _ => Ok(()),
    }
}

fn another_applicant(owner: &OrganisationCode) -> DeskError {
    DeskError::input(
        ErrorKind::BadInput,
        "case.several_applicants",
        owner,
        "Mọi công trình trong một hồ sơ phải thuộc cùng một đơn vị đề nghị.",
        "Everything in one request belongs to the same applicant.",
    )
}

fn title(draft: &Draft<'_>) -> Result<Option<String>, DeskError> {
    let Some(title) = draft.title.map(str::trim).filter(|title| !title.is_empty()) else { return Ok(None) };
    if TITLE_AT_MOST < title.chars().count() || title.chars().any(char::is_control) {
        return Err(DeskError::input(
            ErrorKind::BadInput,
            "case.title_invalid",
            title,
            "Tên hồ sơ dài tối đa 200 ký tự trên một dòng.",
            "A title has at most 200 characters on one line.",
        ));
    }
    Ok(Some(title.to_owned()))
}
