//! Enters a planned civil work, or writes it anew.

use hatang_core::{
    Version, Viewer,
    works::{Works, WorksStage},
};
use hatang_store::Expected;

use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
    permission::{About, Action},
    works::{WorksDraft, WorksReceipt, check_code, held, write},
};

/// Enters a work as a forward notice. Its code is made from its owner's and a count where none is given.
///
/// # Errors
/// [`DeskError`] when the viewer may not enter works of that owner, what is said contradicts itself, or the code is taken.
pub async fn register_works(
    desk: &Desk,
    who: &Viewer,
    code: Option<&str>,
    draft: WorksDraft,
) -> Result<WorksReceipt, DeskError> {
    desk.may(who, Action::EnterWorks, About::owner(&draft.owner))?;
    draft.check()?;
    let (territory, next) = desk
        .read(|registry| {
            let (territory, state) = registry.home()?;
            let stem = format!("CT-{}-", draft.owner.as_str().to_uppercase());
            let numbers = state.works.keys().filter_map(|code| code.strip_prefix(&stem)?.parse::<u32>().ok());
            Some((territory.clone(), format!("{stem}{:02}", numbers.max().unwrap_or(0) + 1)))
        })
        .ok_or_else(|| {
            let (vi, en) = ("Chưa có địa bàn nào được nạp.", "No territory is loaded.");
            DeskError::input(ErrorKind::Conflict, "territory.none", "works", vi, en)
        })?;
    let code = code.map(str::trim).filter(|code| !code.is_empty()).map_or(next, str::to_owned);
    check_code(&code)?;
    let (sector, owner, shape) = (draft.sector.clone(), draft.owner.clone(), draft.shape.clone());
    let works = draft.write_over(Works::new(code, sector, owner, WorksStage::Forward, shape));
    write(desk, who, &territory, Expected::New, works).await
}

/// Writes a work anew over the version that the writer has seen; how far it has come stays.
///
/// # Errors
/// As [`register_works`], and when there is no such work or somebody else was faster.
pub async fn amend_works(
    desk: &Desk,
    who: &Viewer,
    code: &str,
    seen: Version,
    draft: WorksDraft,
) -> Result<WorksReceipt, DeskError> {
    let (territory, works, _) = held(desk, code)?;
    desk.may(who, Action::EnterWorks, About::owner(&works.owner))?;
    desk.may(who, Action::EnterWorks, About::owner(&draft.owner))?;
    draft.check()?;
    write(desk, who, &territory, Expected::Version(seen), draft.write_over(works)).await
}
