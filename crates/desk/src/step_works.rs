//! A work goes on: it is fixed, begun, interrupted, finished, or a mistake is taken back.

use hatang_core::{
    Version, Viewer,
    works::{Works, WorksStep},
};
use hatang_store::Expected;

use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
    permission::{About, Action},
    works::{WorksReceipt, held, write},
};

/// Takes a work a step on, as of today.
///
/// # Errors
/// [`DeskError`] when the viewer may not, the step cannot be taken from where the work is, or somebody else was faster.
pub async fn step_works(
    desk: &Desk,
    who: &Viewer,
    code: &str,
    seen: Version,
    step: WorksStep,
) -> Result<WorksReceipt, DeskError> {
    let (territory, works, _) = held(desk, code)?;
    desk.may(who, Action::EnterWorks, About::owner(&works.owner))?;
    let next = works.after(step, desk.today()).ok_or_else(|| {
        let (vi, en) = (
            "Không thực hiện được bước này từ giai đoạn hiện tại; muốn chốt công trình phải có đủ ngày bắt đầu và kết thúc.",
            "This step cannot be taken from the present stage; a work needs both dates to be fixed.",
        );
        DeskError::input(ErrorKind::Conflict, "works.wrong_stage", works.stage, vi, en)
    })?;
    write(desk, who, &territory, Expected::Version(seen), next).await
}

/// The owner says how many ducts it will lay for others; none is a refusal.
///
/// # Errors
/// As [`step_works`].
pub async fn reply_works(
    desk: &Desk,
    who: &Viewer,
    code: &str,
    seen: Version,
    ducts: u32,
) -> Result<WorksReceipt, DeskError> {
    let (territory, works, _) = held(desk, code)?;
    desk.may(who, Action::EnterWorks, About::owner(&works.owner))?;
    let replied = Works { ducts_agreed: Some(ducts), replied_on: Some(desk.today()), ..works };
    write(desk, who, &territory, Expected::Version(seen), replied).await
}
