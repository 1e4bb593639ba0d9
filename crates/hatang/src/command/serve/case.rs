//! What `hatang serve --demo --case FOLDER` says of the case.

use std::path::Path;

use hatang_core::{OrganisationCode, Role};
use hatang_desk::{
    demo::{self, DemoAccount},
    open_case::{OpenedCase, OpenedRequest},
};

use crate::output;

/// Says why the case exists, where its request is, and how to see the case's own answer.
pub(super) fn tell(folder: &Path, opened: &OpenedCase) {
    output::line(format!("{}: {} công trình / assets\n", opened.name, opened.assets));
    output::line(format!("  {}\n  {}\n", opened.note.vi, opened.note.en));
    for draft in &opened.drafts {
        output::line(format!("  {:<18} {}", draft.receipt.reference, whose(draft)));
    }
    for request in &opened.waiting {
        output::line(format!("  {:<18} đã gửi, đang chờ / handed in and waits", request.receipt.reference));
    }
    output::line(format!("\n  {}", question(folder, opened)));
    for told in &opened.told {
        output::line(format!("\n  {}\n  {}", told.vi, told.en));
    }
    output::line("");
}

/// Who can open a draft.
fn whose(draft: &OpenedRequest) -> String {
    let owner = &draft.owner;
    match files_for(owner) {
        Some(DemoAccount { account, .. }) => {
            format!("bản nháp, đăng nhập `{account}` / a draft, sign in as `{account}`")
        }
        None => format!(
            "bản nháp của `{owner}`, không tài khoản nào ở trên làm thay / a draft of `{owner}`, for whom no account \
             above files"
        ),
    }
}

/// Who asks on which day, with the command that answers just that.
fn question(folder: &Path, opened: &OpenedCase) -> String {
    let OpenedCase { rule_set, viewer, on, .. } = opened;
    let who = viewer.organisation.as_ref().map_or_else(|| viewer.role.to_string(), ToString::to_string);
    let asks = format!(
        "Đối chiếu theo quyền xem của `{who}`, bộ `{rule_set}`, ngày {on} / judged as `{who}`, by `{rule_set}`, on {on}"
    );
    let account = match &viewer.organisation {
        Some(organisation) => files_for(organisation),
        None => demo::accounts().into_iter().find(|account| account.role == viewer.role),
    };
    // Nobody signs in as the public: the page answers whoever has not signed in.
    account.map_or_else(
        || asks.clone(),
        |DemoAccount { account, .. }| {
            let request = folder.join("request.geojson");
            let command = format!("hatang screen {} --ruleset {rule_set} --on {on} --as {account}", request.display());
            format!("{asks}:\n    {command}")
        },
    )
}

/// The demo's account that files for an organisation.
fn files_for(organisation: &OrganisationCode) -> Option<DemoAccount> {
    let files = |account: &DemoAccount| {
        account.organisation == Some(organisation.as_str()) && account.role == Role::CarrierEditor
    };
    demo::accounts().into_iter().find(files)
}
