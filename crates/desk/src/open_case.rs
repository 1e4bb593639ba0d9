//! Opens a case of the screening: one readable situation in a registry of its own, with its request as a draft of its
//! owner.

use std::path::Path;

use hatang_core::{
    Asset, BoundingBox, Event, Lonlat, OrganisationCode, RequestItem, Role, RuleSetCode, Shape, Text, Viewer,
    case::{AdvisoryOpinion, Case, CaseState, Conformity},
    event::Boundaries,
    plan::{Boundary, Works},
};
use hatang_exchange::{CaseFolder, read_case_folder};
use hatang_store::Expected;
use jiff::civil::Date;

use crate::{
    cases::{CaseReceipt, held},
    desk::Desk,
    error::{DeskError, ErrorKind},
    save_draft::{Draft, save_draft},
    screen_request::rule_set_of,
    submit_case::submit_case,
    works::{check_code, check_said},
    yearly_plans::request_file,
};

/// How far around everything the frame lies that stands for an outline, in metres.
const FRAME_M: f64 = 500.0;

/// A case that was opened.
#[derive(Clone, Debug)]
pub struct OpenedCase {
    /// Its name.
    pub name: String,
    /// Why it exists.
    pub note: Text,
    /// The rule set that judges it, beside the national one.
    pub rule_set: RuleSetCode,
    /// Through whose eyes it is judged.
    pub viewer: Viewer,
    /// The day of its question.
    pub on: Date,
    /// What is asked, one draft for each owner, in the request's order.
    pub drafts: Vec<OpenedRequest>,
    /// The requests of others that wait, as they were handed in.
    pub waiting: Vec<OpenedRequest>,
    /// How many assets the registry has.
    pub assets: usize,
    /// What the registry cannot hold or was added to the case, a sentence for each.
    pub told: Vec<Text>,
}

/// A request of a case in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedRequest {
    /// Whose it is.
    pub owner: OrganisationCode,
    /// Where it stands.
    pub receipt: CaseReceipt,
    /// The numbers of its structures in the case's own file, from 1.
    pub items: Vec<usize>,
}

/// Opens a case folder in a registry that holds nothing yet but rule sets. What stands, is planned and is dug comes in as
/// one change; what waits or is answered is handed in by its owners; what is asked is left as a draft, ready to be screened.
///
/// # Errors
/// [`DeskError`] when the folder cannot be read, the registry is not empty, the rule set is not known, or a request cannot
/// be filed.
pub async fn open_case(desk: &Desk, folder: &Path) -> Result<OpenedCase, DeskError> {
    let case = read_case_folder(folder, &mut desk.edge.asset_ids())?;
    check_empty(desk, &case.name)?;
    desk.read(|registry| rule_set_of(registry, Some(&case.rule_set)).map(drop))?;
    let (told, assets) = (told(desk, &case), case.assets.len());
    stage(desk, &case).await?;
    let waiting = waiting(desk, &case.waiting).await?;
    issued(desk, &case).await?;
    let drafts = drafts(desk, &case).await?;
    let CaseFolder { name, note, rule_set, viewer, on, .. } = case;
    Ok(OpenedCase { name, note, rule_set, viewer, on, drafts, waiting, assets, told })
}

/// Passes while the registry holds nothing but rule sets: a case is judged by what it holds alone.
fn check_empty(desk: &Desk, case: &str) -> Result<(), DeskError> {
    let is_empty = desk.read(|registry| {
        registry.is_empty()
            && registry.organisations().is_empty()
            && registry.home().is_none()
            && registry.cases().all().next().is_none()
    });
    if is_empty {
        return Ok(());
    }
    Err(DeskError::input(
        ErrorKind::Conflict,
        "case.registry_not_empty",
        case,
        "Sổ đăng ký đã có dữ liệu; tình huống chỉ mở được trong cơ sở dữ liệu mới, hãy nêu tên khác bằng --database.",
        "The registry holds something already; a case opens only in a new database, name another with --database.",
    ))
}

/// Writes everything but the requests, all or nothing. Works are not asked by which steps they came so far: that one is
/// fixed without a last day may be what the case is about.
async fn stage(desk: &Desk, case: &CaseFolder) -> Result<(), DeskError> {
    for works in &case.works {
        check_code(&works.code).and_then(|()| check_said(works)).map_err(|flaw| flaw.of_work(&works.code))?;
    }
    let organisations = case.organisations.iter().cloned();
    let mut events: Vec<Event> =
        organisations.map(|organisation| Event::OrganisationRegistered { organisation }).collect();
    if let Some(home) = case.boundary.clone().or_else(|| frame(case)) {
        events.push(Event::BoundaryAdopted { boundaries: Boundaries { home, neighbours: Vec::new() }, reason: None });
    }
    if let Some(plan) = case.plan.clone() {
        events.push(Event::PlanAdopted { plan: Box::new(plan.after(None)), reason: None });
    }
    events.extend(case.works.iter().cloned().map(|works: Works| Event::WorksRegistered { works }));
    events.extend(case.assets.iter().cloned().map(|asset: Asset| Event::AssetRegistered { asset: Box::new(asset) }));
    let events = events.into_iter().map(|event| (Expected::New, event)).collect();
    desk.append(&case.territory, events, &Viewer::console()).await?;
    Ok(())
}

/// A frame around everything, for a case without an outline: without a territory there is no plan.
fn frame(case: &CaseFolder) -> Option<Boundary> {
    let plan = case.plan.iter().flat_map(|plan| {
        let areas = plan.zones.iter().map(|zone| &zone.shape).chain(plan.hamlets.iter().map(|hamlet| &hamlet.shape));
        let lines = plan.roads.iter().map(|road| &road.shape).chain(plan.constraints.iter().map(|line| &line.shape));
        areas.chain(lines).chain(plan.planned.iter().map(|twin| &twin.shape))
    });
    let structures = case.assets.iter().chain(&case.issued).map(|asset| &asset.shape);
    let requests = case.requests.iter().chain(&case.waiting).map(|item| &item.shape);
    let all = plan.chain(structures).chain(requests).chain(case.works.iter().map(|works| &works.shape));
    let [west, south, east, north] = BoundingBox::around(all.flat_map(Shape::positions))?.expanded(FRAME_M).edges();
    let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)];
    let ring = corners.into_iter().map(|(lon, lat)| Lonlat::new(lon, lat)).collect::<Result<Vec<_>, _>>().ok()?;
    Some(Boundary {
        code: case.territory.clone(),
        name: "Khung của tình huống (giả định)".to_owned(),
        shape: Shape::Polygon(vec![ring]),
        people: None,
    })
}

/// Hands in what others wait for, each structure as a request of its own.
async fn waiting(desk: &Desk, items: &[RequestItem]) -> Result<Vec<OpenedRequest>, DeskError> {
    let mut waiting = Vec::with_capacity(items.len());
    for (number, item) in (1..).zip(items) {
        let saved = save(desk, &item.owner, None, None, std::slice::from_ref(item)).await?;
        let receipt = submit_case(desk, &applicant(&item.owner), saved.id, saved.version).await?;
        waiting.push(OpenedRequest { owner: item.owner.clone(), receipt, items: vec![number] });
    }
    Ok(waiting)
}

/// Hands in what others have been answered positively, each structure as a request of its own, with the opinion that the
/// case says there is.
async fn issued(desk: &Desk, case: &CaseFolder) -> Result<(), DeskError> {
    for item in case.issued.iter().cloned().map(RequestItem::of_planned) {
        let saved = save(desk, &item.owner, None, None, std::slice::from_ref(&item)).await?;
        let filed = submit_case(desk, &applicant(&item.owner), saved.id, saved.version).await?;
        let held = held(desk, &Viewer::console(), filed.id)?;
        let opinion = AdvisoryOpinion {
            outcome: Conformity::Conforms,
            number: case.name.clone(),
            dated: case.on,
            conditions: None,
            cites: Vec::new(),
            screening: None,
            by: None,
            at: desk.edge.now(),
        };
        let answered = Case { state: CaseState::OpinionIssued, advisory_opinion: Some(opinion), ..held.case };
        let event = Event::CaseAnswered { case: Box::new(answered) };
        desk.append(&case.territory, vec![(Expected::Version(held.version), event)], &Viewer::console()).await?;
    }
    Ok(())
}

/// Whether a structure that has been answered positively is whole as a request: some of what an asset says none has.
fn is_whole_as_request(asset: &Asset) -> bool {
    let twin = RequestItem::of_planned(asset.clone()).planned_twin(asset.id, String::new());
    twin.details == asset.details && twin.tenants == asset.tenants && twin.survey == asset.survey
}

/// Saves what is asked. Everything in one draft belongs to one applicant.
async fn drafts(desk: &Desk, case: &CaseFolder) -> Result<Vec<OpenedRequest>, DeskError> {
    let mut drafts = Vec::new();
    for (owner, numbered) in by_owner(&case.requests) {
        let (numbers, items): (Vec<usize>, Vec<RequestItem>) = numbered.into_iter().unzip();
        let receipt = save(desk, &owner, Some(&case.name), Some(&case.rule_set), &items).await?;
        drafts.push(OpenedRequest { owner, receipt, items: numbers });
    }
    Ok(drafts)
}

/// Each owner's structures with their numbers, owners in the order of their first.
fn by_owner(requests: &[RequestItem]) -> Vec<(OrganisationCode, Vec<(usize, RequestItem)>)> {
    let mut by_owner: Vec<(OrganisationCode, Vec<(usize, RequestItem)>)> = Vec::new();
    for (number, item) in (1..).zip(requests) {
        let numbered = (number, item.clone());
        match by_owner.iter_mut().find(|(owner, _)| *owner == item.owner) {
            Some((_, items)) => items.push(numbered),
            None => by_owner.push((item.owner.clone(), vec![numbered])),
        }
    }
    by_owner
}

async fn save(
    desk: &Desk,
    owner: &OrganisationCode,
    title: Option<&str>,
    rule_set: Option<&RuleSetCode>,
    items: &[RequestItem],
) -> Result<CaseReceipt, DeskError> {
    let request = request_file(items).to_string();
    let draft = Draft { title, rule_set: rule_set.cloned(), request: request.as_bytes() };
    save_draft(desk, &applicant(owner), draft).await
}

/// Whoever files for an owner.
fn applicant(owner: &OrganisationCode) -> Viewer {
    Viewer::of(Role::CarrierEditor, Some(owner.clone()))
}

/// What a planner must know to compare the answer here with the case's own.
fn told(desk: &Desk, case: &CaseFolder) -> Vec<Text> {
    let mut told = Vec::new();
    if case.boundary.is_none() {
        told.push(Text::new(
            "Tình huống không có ranh giới: một khung quanh mọi đối tượng được dùng thay, vì không có địa bàn thì không có \
             quy hoạch; quy tắc cần ranh giới sẽ tính theo khung này.",
            "The case has no outline: a frame around everything stands for it, because there is no plan without a \
             territory; rules that need the outline judge by the frame.",
        ));
    }
    let parted: Vec<&Asset> = case.issued.iter().filter(|asset| !is_whole_as_request(asset)).collect();
    if !parted.is_empty() {
        let name = |asset: &&Asset| asset.code.as_ref().map_or_else(|| asset.class().to_string(), ToString::to_string);
        let issued = parted.iter().map(name).collect::<Vec<_>>().join(", ");
        told.push(Text::new(
            format!(
                "{issued}: đã có ý kiến và chưa xây, được nạp như hồ sơ; điều hồ sơ không nêu được thì thiếu ở đây, kết quả \
                 có thể khác tình huống."
            ),
            format!(
                "{issued}: answered positively and not built, entered as a request; what no request can say is missing \
                 here, so the answer may differ from the case's."
            ),
        ));
    }
    if !case.served.is_empty() {
        let masts = case.served.keys().cloned().collect::<Vec<_>>().join(", ");
        told.push(Text::new(
            format!("Không nạp số người chỉ do {masts} phục vụ: ở đây số này được tính từ vùng phủ của sổ đăng ký."),
            format!("Left out: whom {masts} alone serve; here that is computed from the registry's own coverage."),
        ));
    }
    if 1 < by_owner(&case.requests).len() {
        told.push(Text::new(
            "Yêu cầu có công trình của nhiều đơn vị: mỗi đơn vị một bản nháp.",
            "The request has structures of several organisations: one draft for each of them.",
        ));
    }
    let (today, on) = (desk.today(), case.on);
    if today != on {
        told.push(Text::new(
            format!("Tình huống hỏi về ngày {on}; hồ sơ ở đây được đối chiếu theo quy tắc và quy hoạch của hôm nay, {today}."),
            format!("The case asks about {on}; requests here are judged by the rules and the plan of today, {today}."),
        ));
    }
    told
}
