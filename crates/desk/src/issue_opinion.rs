//! The signatory records the advisory opinion that the office has signed on a request.

use hatang_core::{
    Event, Registry, Rule, RuleId, Verdict, Version, Viewer,
    case::{About, AdvisoryOpinion, Case, CaseId, CaseStep, Conformity, KeptScreening, Opinion, Outcome, Side},
    rule_set::Severity,
};
use hatang_store::Expected;
use jiff::civil::Date;

use crate::{
    cases::{CaseReceipt, held, step, write},
    desk::Desk,
    error::{DeskError, ErrorKind},
    permission::{self, Action},
    rerating::rerate_waiting,
};

/// What the signed document says.
#[derive(Clone, Debug)]
pub struct Signed {
    /// What the office found.
    pub outcome: Conformity,
    /// Its number.
    pub number: String,
    /// Its day.
    pub dated: Date,
    /// What must be kept.
    pub conditions: Option<String>,
    /// The rules that are not met.
    pub cites: Vec<RuleId>,
}

/// The longest number and the longest conditions that are accepted, in characters.
const MAX_NUMBER: usize = 100;
const MAX_CONDITIONS: usize = 5_000;

/// Records the office's opinion on a request, resting on the office's newest screening of it.
///
/// It is whole only when that screening is of what is asked now and still stands; when somebody else than the signatory
/// has judged it; when it cites a rule for what does not yet conform; and when, before a new structure may conform, officers
/// have said of every structure that could host it what they think, and no binding rule is left unmet that none of them
/// disagrees with.
///
/// # Errors
/// [`DeskError`] when the viewer may not, the request is not with the office or is a year's plan, the document is
/// incomplete, one of the above does not hold, or somebody else was faster.
pub async fn issue_opinion(
    desk: &Desk,
    who: &Viewer,
    id: CaseId,
    seen: Version,
    signed: Signed,
) -> Result<CaseReceipt, DeskError> {
    let held = held(desk, who, id)?;
    let state = step(&held.case, CaseStep::IssueOpinion)?;
    desk.may(who, Action::IssueOpinion, permission::About::nothing().in_state(held.case.state.code()))?;
    let signed = checked(signed, desk.today())?;
    is_another_person(&held.case, who)?;
    rerate_waiting(desk);
    let has_expired = !desk.rerating().changes(id, Side::Office).is_empty();
    let screening = desk.read(|registry| {
        let newest = registry.cases().newest(id, Side::Office).filter(|kept| kept.items == held.case.items);
        let newest = newest.filter(|_| !has_expired).ok_or_else(screen_first)?;
        are_findings(&signed, newest)?;
        if signed.outcome.is_positive() {
            are_hosts_judged(&held.case, newest)?;
            may_conform(registry, &held.case, newest, signed.outcome)?;
        }
        Ok::<_, DeskError>(newest.id)
    })?;
    let Signed { outcome, number, dated, conditions, cites } = signed;
    let at = desk.edge.now();
    let opinion =
        AdvisoryOpinion { outcome, number, dated, conditions, cites, screening: Some(screening), by: who.account, at };
    let case = Case { state, advisory_opinion: Some(opinion), ..held.case };
    let event = Event::CaseAnswered { case: Box::new(case) };
    write(desk, who, &held.journal, Expected::Version(seen), event).await
}

/// The document without blanks around its texts, when it says everything that its outcome needs.
fn checked(signed: Signed, today: Date) -> Result<Signed, DeskError> {
    let number = signed.number.trim().to_owned();
    let conditions = signed.conditions.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let incomplete = |field: &str, vi: &str, en: &str| {
        Err(DeskError::input(ErrorKind::BadInput, "opinion.incomplete", field, vi, en))
    };
    if number.is_empty() || MAX_NUMBER < number.chars().count() {
        return incomplete(
            "number",
            "Cần số văn bản, không quá 100 ký tự.",
            "The document's number is needed, at most 100 characters.",
        );
    }
    if today < signed.dated {
        return incomplete("dated", "Ngày văn bản ở tương lai.", "The document's day lies in the future.");
    }
    if conditions.as_ref().is_some_and(|text| MAX_CONDITIONS < text.chars().count()) {
        return incomplete(
            "conditions",
            "Điều kiện dài quá 5.000 ký tự.",
            "Conditions are longer than 5,000 characters.",
        );
    }
    if signed.outcome == Conformity::ConformsWithConditions && conditions.is_none() {
        return incomplete(
            "conditions",
            "Phù hợp kèm điều kiện thì phải nêu điều kiện.",
            "The conditions are to be named.",
        );
    }
    if signed.outcome == Conformity::DoesNotYetConform && signed.cites.is_empty() {
        return incomplete(
            "cites",
            "Chưa phù hợp thì phải dẫn ít nhất một quy định chưa đáp ứng.",
            "What does not yet conform cites at least one rule that is not met.",
        );
    }
    if signed.outcome.is_positive() && !signed.cites.is_empty() {
        return incomplete(
            "cites",
            "Chỉ ý kiến chưa phù hợp mới dẫn quy định chưa đáp ứng.",
            "Only what does not yet conform cites rules that are not met.",
        );
    }
    Ok(Signed { number, conditions, ..signed })
}

/// Two people answer a request: whoever has judged its findings does not sign.
fn is_another_person(case: &Case, who: &Viewer) -> Result<(), DeskError> {
    let has_judged = who.account.is_some() && case.verdicts.iter().any(|verdict| verdict.by == who.account);
    if !has_judged {
        return Ok(());
    }
    Err(DeskError::input(
        ErrorKind::Refused,
        "opinion.same_person",
        &case.reference,
        "Người đã nêu ý kiến về từng nội dung không được ký: cần hai người.",
        "Whoever has judged its findings does not sign: two people are needed.",
    ))
}

fn screen_first() -> DeskError {
    DeskError::input(
        ErrorKind::Conflict,
        "opinion.screen_first",
        "screening",
        "Cơ quan chưa đối chiếu hồ sơ này như hiện nay, hoặc dữ liệu đã thay đổi: hãy đối chiếu lại trước khi ký.",
        "The office has not screened this request as it is now, or the data have changed: screen it again before signing.",
    )
}

/// Passes when every rule that is cited was judged, and not as met.
fn are_findings(signed: &Signed, screening: &KeptScreening) -> Result<(), DeskError> {
    let is_met = [Verdict::Complies, Verdict::DoesNotApply].map(Verdict::code);
    let is_open = |rule: &RuleId| {
        let mut findings = screening.outcomes.iter().filter(|part| rule_of(part) == Some(rule));
        findings.any(|part| !is_met.contains(&part.verdict.as_str()))
    };
    match signed.cites.iter().find(|rule| !is_open(rule)) {
        None => Ok(()),
        Some(rule) => Err(DeskError::input(
            ErrorKind::BadInput,
            "opinion.rule_is_met",
            rule,
            "Lần đối chiếu mới nhất không có quy định này ở trạng thái chưa đáp ứng.",
            "The newest screening does not have this rule as one that is not met.",
        )),
    }
}

/// Passes when an officer has said of every structure that could host a new one what to think of it.
fn are_hosts_judged(case: &Case, screening: &KeptScreening) -> Result<(), DeskError> {
    let is_new = |part: &&Outcome| {
        let item = screening.items.get((part.item as usize).wrapping_sub(1));
        item.is_some_and(|item| item.upgrades.is_none())
    };
    let is_judged = |part: &&Outcome| case.verdicts.iter().any(|verdict| verdict.on == **part);
    let hosts = screening.outcomes.iter().filter(|part| matches!(part.about, About::Host { .. }));
    let open = hosts.filter(|part| part.finds_a_host()).filter(is_new).filter(|part| !is_judged(part)).count();
    if open == 0 {
        return Ok(());
    }
    Err(DeskError::input(
        ErrorKind::Conflict,
        "opinion.hosts_not_judged",
        open,
        &format!("Còn {open} hạ tầng dùng chung được mà chưa có ý kiến cán bộ: công trình mới chưa thể phù hợp."),
        &format!("Structures that could host it and have no officer's verdict: {open}. A new one cannot conform yet."),
    ))
}

/// Passes when no binding rule of the office's own is left unmet: what another authority approves is its own affair. An
/// officer may disagree with a finding, and conditions may answer it.
fn may_conform(
    registry: &Registry,
    case: &Case,
    screening: &KeptScreening,
    outcome: Conformity,
) -> Result<(), DeskError> {
    let binds = |rule: &RuleId| {
        let version = screening.rules.get(rule);
        let of_version = |one: &&Rule| one.id == *rule && Some(&one.version) == version;
        let mut all = registry.rule_sets().values().flat_map(|set| &set.rules).filter(of_version);
        all.any(|one| one.gate.is_none() && matches!(one.severity, Severity::Block | Severity::ShareOrMove))
    };
    let is_disputed = |part: &Outcome| {
        case.verdicts.iter().any(|verdict| verdict.on == *part && verdict.opinion == Opinion::Disagree)
    };
    let unmet = screening.outcomes.iter().filter(|part| part.verdict == Verdict::DoesNotComply.code());
    let mut open = unmet.filter(|part| !is_disputed(part)).filter_map(rule_of).filter(|rule| binds(rule));
    match open.next() {
        Some(rule) if outcome == Conformity::Conforms => Err(DeskError::input(
            ErrorKind::Conflict,
            "opinion.rule_not_met",
            rule,
            "Quy định bắt buộc này chưa đáp ứng: nêu điều kiện, hoặc cán bộ phải không đồng ý và nêu lý do.",
            "This rule binds and is not met: name conditions, or an officer must disagree and say why.",
        )),
        _ => Ok(()),
    }
}

fn rule_of(part: &Outcome) -> Option<&RuleId> {
    match &part.about {
        About::Rule { rule } => Some(rule),
        About::Host { .. } | About::Works { .. } | About::Condition { .. } | About::Way => None,
    }
}
