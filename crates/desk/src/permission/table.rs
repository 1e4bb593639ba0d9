//! The table itself. Rows are read by officials: keep the columns in line.

use super::{
    Action,
    Grant::{self, All, No, Own},
    Row,
};

#[rustfmt::skip]
pub(super) const TABLE: &[Row] = &[
    //                           public
    //                           |    carrier editor
    //                           |    |    carrier administrator
    //                           |    |    |    utility
    //                           |    |    |    |    assessor
    //                           |    |    |    |    |    signatory
    //                           |    |    |    |    |    |    plan lead
    //                           |    |    |    |    |    |    |    planner
    //                           |    |    |    |    |    |    |    |    security officer
    //                           |    |    |    |    |    |    |    |    |    city viewer
    //                           |    |    |    |    |    |    |    |    |    |    auditor
    //                           |    |    |    |    |    |    |    |    |    |    |    operator
    row(Action::ImportAssets,   [No,  Own, Own, Own, No,  No,  No,  No,  No,  No,  No,  All],
        "Nhập công trình vào sổ đăng ký", "Enter assets into the registry"),
    row(Action::EditAssets,     [No,  Own, Own, Own, Own, No,  Own, No,  No,  No,  No,  All],
        "Đăng ký, sửa, ngừng sử dụng từng công trình", "Enter, change or give up single assets"),
    row(Action::DrawAssets,     [No,  All, All, All, All, All, All, All, All, No,  No,  All],
        "Vẽ và xem công trình lân cận khi vẽ", "Draw, and see what stands near"),
    row(Action::ReadQuality,    [No,  Own, Own, Own, All, All, All, All, All, All, All, All],
        "Xem chất lượng dữ liệu", "Read how good data are"),
    row(Action::ReportDeviation,[No,  All, All, All, All, All, All, All, All, No,  No,  All],
        "Báo sai lệch so với thực địa", "Report a difference from the ground"),
    row(Action::AnswerDeviation,[No,  Own, Own, Own, Own, No,  Own, No,  No,  No,  No,  All],
        "Trả lời báo sai lệch", "Answer for an owner about a difference"),
    row(Action::DecideDeviation,[No,  No,  No,  No,  All, No,  All, No,  No,  No,  No,  All],
        "Quyết định của xã về sai lệch, tiếp nhận công trình chưa rõ chủ", "Decide for the commune about a difference"),
    row(Action::DecideDuplicate,[No,  No,  No,  No,  All, No,  All, No,  No,  No,  No,  All],
        "Quyết định của xã về bản ghi trùng", "Decide for the commune whether records are of one structure"),
    row(Action::AdoptPlan,      [No,  No,  No,  No,  No,  No,  All, No,  No,  No,  No,  All],
        "Ban hành quy hoạch, ranh giới, bộ quy tắc", "Adopt a plan, an outline or a rule set"),
    row(Action::RecordCoverage, [No,  Own, Own, No,  No,  No,  All, All, No,  No,  No,  All],
        "Ghi nhận vùng phủ khai báo và kết quả đo", "Record declared coverage and measurements"),
    row(Action::KeepCoverage,   [No,  No,  No,  No,  All, All, All, All, No,  No,  All, All],
        "Lưu và kiểm chứng lần tính vùng phủ", "Keep and prove coverage runs"),
    row(Action::AmendRules,     [No,  No,  No,  No,  All, No,  All, No,  No,  No,  No,  All],
        "Nhập, sửa con số, thời hạn của quy tắc", "Enter and change the numbers and periods of rules"),
    row(Action::AmendPlan,      [No,  No,  No,  No,  No,  No,  All, No,  No,  No,  No,  All],
        "Sửa quy hoạch", "Change the plan"),
    row(Action::VerifyJournal,  [No,  No,  No,  No,  No,  No,  No,  No,  No,  No,  All, All],
        "Kiểm chứng nhật ký", "Prove that the journal is whole"),
    row(Action::ReadAccessLog,  [No,  No,  No,  No,  No,  No,  No,  No,  All, No,  All, All],
        "Xem và xuất nhật ký truy cập", "Read and export the access log"),
    row(Action::ManageAccounts, [No,  No,  Own, No,  No,  No,  No,  No,  No,  No,  No,  All],
        "Quản lý tài khoản", "Manage accounts"),
    of("draft",
    row(Action::FileCase,       [No,  Own, Own, Own, No,  No,  No,  No,  No,  No,  No,  No],
        "Soạn, đối chiếu thử, gửi, rút hồ sơ đề nghị", "Write, screen, submit and withdraw build requests")),
    of("submitted",
    row(Action::FileCase,       [No,  Own, Own, Own, No,  No,  No,  No,  No,  No,  No,  No],
        "Đối chiếu thử, rút hồ sơ đề nghị đã gửi", "Screen and withdraw requests that were handed in")),
    of("withdrawn",
    row(Action::FileCase,       [No,  No,  No,  No,  No,  No,  No,  No,  No,  No,  No,  No],
        "Sửa hồ sơ đã rút", "Change requests that were withdrawn")),
    of("opinion_issued",
    row(Action::FileCase,       [No,  Own, Own, Own, No,  No,  No,  No,  No,  No,  No,  No],
        "Rút hồ sơ đã có ý kiến đối chiếu", "Withdraw requests that have been answered")),
    of("closed",
    row(Action::FileCase,       [No,  No,  No,  No,  No,  No,  No,  No,  No,  No,  No,  No],
        "Sửa hồ sơ đã kết thúc", "Change requests that are closed")),
    of("lapsed",
    row(Action::FileCase,       [No,  No,  No,  No,  No,  No,  No,  No,  No,  No,  No,  No],
        "Sửa hồ sơ đã hết hiệu lực", "Change requests that have lapsed")),
    of("draft",
    row(Action::AssessCase,     [No,  No,  No,  No,  No,  No,  No,  No,  No,  No,  No,  No],
        "Xem hồ sơ chưa gửi", "Look into requests that were not handed in")),
    of("submitted",
    row(Action::AssessCase,     [No,  No,  No,  No,  All, All, No,  No,  No,  No,  No,  No],
        "Đối chiếu hồ sơ và nêu ý kiến", "Screen requests and give verdicts")),
    of("withdrawn",
    row(Action::AssessCase,     [No,  No,  No,  No,  No,  No,  No,  No,  No,  No,  No,  No],
        "Nêu ý kiến về hồ sơ đã rút", "Give verdicts on requests that were withdrawn")),
    of("opinion_issued",
    row(Action::AssessCase,     [No,  No,  No,  No,  All, All, No,  No,  No,  No,  No,  No],
        "Kết thúc hồ sơ đã có ý kiến đối chiếu: đã xây hoặc quá hạn", "End requests that have been answered: built, or not in time")),
    of("closed",
    row(Action::AssessCase,     [No,  No,  No,  No,  No,  No,  No,  No,  No,  No,  No,  No],
        "Nêu ý kiến về hồ sơ đã kết thúc", "Give verdicts on requests that are closed")),
    of("lapsed",
    row(Action::AssessCase,     [No,  No,  No,  No,  No,  No,  No,  No,  No,  No,  No,  No],
        "Nêu ý kiến về hồ sơ đã hết hiệu lực", "Give verdicts on requests that have lapsed")),
    of("submitted",
    row(Action::IssueOpinion,   [No,  No,  No,  No,  No,  All, No,  No,  No,  No,  No,  No],
        "Ký ý kiến đối chiếu hồ sơ", "Sign the advisory opinion on requests")),
    row(Action::EnterWorks,     [No,  No,  No,  Own, All, No,  All, No,  No,  No,  No,  All],
        "Đăng ký và cập nhật công trình hạ tầng khác", "Enter and update works of other sectors"),
    row(Action::AnswerWorks,    [No,  Own, Own, Own, No,  No,  No,  No,  No,  No,  No,  No],
        "Trả lời công trình hạ tầng khác", "Answer works of other sectors"),
    row(Action::Delegate,       [No,  No,  Own, No,  No,  No,  No,  No,  No,  No,  No,  All],
        "Uỷ quyền cho đơn vị khác", "Let others act in an owner's name"),
];

/// An action whose record has no states that matter.
const fn row(action: Action, grants: [Grant; 12], vi: &'static str, en: &'static str) -> Row {
    Row { action, state: None, grants, vi, en }
}

/// The row of one state, for an action that depends on the state of its record.
const fn of(state: &'static str, row: Row) -> Row {
    Row { state: Some(state), ..row }
}
