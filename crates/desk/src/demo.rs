//! Accounts for trying the product out. The server opens them only on the machine's own address.

use std::{fs, path::Path};

use hatang_core::{AssetClass, OrganisationCode, Role, Text, Viewer};
use hatang_exchange::{FileError, OwnerSource, read_plan_folder};

use crate::{
    account::{NewAccount, add_account},
    desk::Desk,
    error::DeskError,
    import_assets::{ImportRequest, import_assets},
    load_plan::load_plan,
};

/// An account whose password everybody knows.
#[derive(Clone, Debug)]
pub struct DemoAccount {
    /// The name to sign in with.
    pub account: &'static str,
    /// The password.
    pub password: &'static str,
    /// What it may be.
    pub role: Role,
    /// Whom it acts for.
    pub organisation: Option<&'static str>,
    /// What to call it on a button.
    pub name: Text,
}

/// The demo's accounts: one for each desk and one for a rival.
#[must_use]
pub fn accounts() -> Vec<DemoAccount> {
    let account = |account, role, organisation, vi: &str, en: &str| DemoAccount {
        account,
        password: "hatang-demo",
        role,
        organisation,
        name: Text::new(vi, en),
    };
    vec![
        account("phong-kinh-te", Role::Assessor, Some("ubnd-vinh-bao"), "Phòng Kinh tế", "Economic Office"),
        account("quy-hoach", Role::Planner, Some("ubnd-vinh-bao"), "Cán bộ quy hoạch", "Planner"),
        account("viettel", Role::CarrierEditor, Some("viettel"), "Viettel (mô phỏng)", "Viettel (synthetic)"),
        account("vnpt", Role::CarrierEditor, Some("vnpt"), "VNPT (mô phỏng)", "VNPT (synthetic)"),
        account("van-hanh", Role::Operator, None, "Người vận hành", "Operator"),
    ]
}

/// Opens the demo's accounts; those that exist already stay as they are.
///
/// # Errors
/// [`DeskError::Store`] when the store cannot be written.
pub async fn open_accounts(desk: &Desk) -> Result<(), DeskError> {
    for demo in accounts() {
        if desk.store.account_by_name(demo.account).await?.is_some() {
            continue;
        }
        let organisation = demo.organisation.and_then(|code| OrganisationCode::new(code).ok());
        let new = NewAccount {
            name: demo.account,
            display_name: &demo.name.vi,
            password: demo.password,
            role: demo.role,
            organisation,
        };
        add_account(desk, &Viewer::console(), new).await?;
    }
    Ok(())
}

/// What loading a sample folder brought in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SampleLoaded {
    /// Events of the plan.
    pub plan_events: usize,
    /// Assets of all classes.
    pub assets: u64,
}

/// Loads a sample folder as any office would load its own: the plan, then one file for each class of assets.
///
/// # Errors
/// [`DeskError`] for the first file that cannot be read or has a row that is refused.
pub async fn load(desk: &Desk, folder: &Path) -> Result<SampleLoaded, DeskError> {
    let who = Viewer::console();
    let plan = read_plan_folder(&folder.join("plan"), &mut || desk.edge.new_asset_id())?;
    let plan_events = load_plan(desk, &who, plan).await?.events;
    let mut assets = 0;
    for class in AssetClass::ALL {
        let path = folder.join("assets").join(format!("{class}.geojson"));
        let bytes = fs::read(&path).map_err(|error| FileError::unreadable(&path, &error))?;
        let request = ImportRequest::new(*class, OwnerSource::Field("owner".to_owned()));
        let outcome = import_assets(desk, &who, &format!("{class}.geojson"), &bytes, &request).await?;
        assets += outcome.receipt.map_or(0, |receipt| receipt.assets);
    }
    Ok(SampleLoaded { plan_events, assets })
}
