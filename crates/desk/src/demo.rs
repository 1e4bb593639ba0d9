//! Accounts for trying the product out. The server opens them only on the machine's own address.

use std::{fs, path::Path};

use hatang_core::{AccountId, AssetClass, BoundingBox, OrganisationCode, Registry, Role, Text, Viewer};
use hatang_exchange::{FileError, OwnerSource, read_plan_folder};
use hatang_store::{Account, Person};

use crate::{
    account::password,
    desk::Desk,
    error::{DeskError, ErrorKind},
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
        account("lanh-dao", Role::Signatory, Some("ubnd-vinh-bao"), "Lãnh đạo ký ý kiến", "Signatory"),
        account("quy-hoach", Role::Planner, Some("ubnd-vinh-bao"), "Cán bộ quy hoạch", "Planner"),
        account("phu-trach-quy-hoach", Role::PlanLead, Some("ubnd-vinh-bao"), "Phụ trách quy hoạch", "Plan lead"),
        account(
            "quan-tri-viettel",
            Role::CarrierAdministrator,
            Some("viettel"),
            "Quản trị Viettel (mô phỏng)",
            "Viettel's administrator (synthetic)",
        ),
        account("viettel", Role::CarrierEditor, Some("viettel"), "Viettel (mô phỏng)", "Viettel (synthetic)"),
        account("vnpt", Role::CarrierEditor, Some("vnpt"), "VNPT (mô phỏng)", "VNPT (synthetic)"),
        account("duong-bo", Role::Utility, Some("road"), "Đường bộ (mô phỏng)", "Roads (synthetic)"),
        account("van-hanh", Role::Operator, None, "Người vận hành", "Operator"),
    ]
}

/// Opens the demo's accounts, or opens them again. Their passwords are public, so the policy for passwords and the
/// second factor are not asked of them: neither would protect anything.
///
/// # Errors
/// [`DeskError::Store`] when the store cannot be written.
pub async fn open_accounts(desk: &Desk) -> Result<(), DeskError> {
    desk.become_demo();
    for demo in accounts() {
        if let Some(known) = desk.store.account_by_name(demo.account).await? {
            desk.store.set_account_disabled(known.id, false).await?;
            continue;
        }
        let organisation = demo.organisation.and_then(|code| OrganisationCode::new(code).ok());
        let account = Account {
            id: AccountId(desk.edge.new_uuid()),
            name: demo.account.to_owned(),
            person: Person { display_name: demo.name.vi, ..Person::default() },
            role: demo.role,
            organisation,
            territory: None,
            disabled: false,
            created_at: Some(desk.edge.now()),
            erasure_asked_at: None,
            erased_at: None,
        };
        let hash = password::hash(desk, demo.password).await?;
        desk.store.create_account(&account, Some(&hash)).await?;
    }
    Ok(())
}

/// Closes those accounts that a demo has left behind: their passwords are public.
///
/// # Errors
/// [`DeskError::Store`] when the store cannot be written.
pub async fn close_accounts(desk: &Desk) -> Result<(), DeskError> {
    for demo in accounts() {
        let Some(known) = desk.store.account_by_name(demo.account).await? else { continue };
        let hash = desk.store.password(known.id).await?.map(|(hash, _)| hash);
        if !known.disabled && hash.is_some() && password::matches(demo.password, hash).await {
            desk.store.close_public_account(known.id).await?;
        }
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

/// Loads a sample folder as any office would load its own: the plan, then one file for each class of assets. What is
/// there already is left alone, so that a load that was cut short goes on where it stopped.
///
/// # Errors
/// [`DeskError`] for the first file that cannot be read or has a row that is refused.
pub async fn load(desk: &Desk, folder: &Path) -> Result<SampleLoaded, DeskError> {
    let who = Viewer::console();
    let mut loaded = SampleLoaded { plan_events: 0, assets: 0 };
    if desk.read(|registry| registry.home().is_none()) {
        let plan = read_plan_folder(&folder.join("plan"), &mut desk.edge.asset_ids())?;
        loaded.plan_events = load_plan(desk, &who, plan).await?.events;
    }
    for class in AssetClass::ALL {
        let is_there = |registry: &Registry| registry.seen_by(&who).in_box(*class, BoundingBox::WORLD).next().is_some();
        if desk.read(is_there) {
            continue;
        }
        let path = folder.join("assets").join(format!("{class}.geojson"));
        let bytes = fs::read(&path).map_err(|error| FileError::unreadable(&path, &error))?;
        let request = ImportRequest::new(*class, OwnerSource::Field("owner".to_owned()));
        let outcome = import_assets(desk, &who, &format!("{class}.geojson"), &bytes, &request).await?;
        if outcome.report.rows_refused != 0 {
            return Err(DeskError::input(
                ErrorKind::BadInput,
                "sample.rows_refused",
                path.display(),
                "Tệp mẫu có hàng bị từ chối; hãy nhập tệp bằng `hatang import` để xem lý do.",
                "A row of the sample file is refused; import it with `hatang import` to see why.",
            ));
        }
        loaded.assets += outcome.receipt.map_or(0, |receipt| receipt.assets);
    }
    Ok(loaded)
}
