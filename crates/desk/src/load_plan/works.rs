//! A folder's work over the registered one: how far it has come and what was replied stays.

use hatang_core::{Event, Territory, works::Works};
use hatang_store::Expected;

use super::Told;
use crate::{
    desk::Desk,
    error::DeskError,
    works::{check_new, check_said, over},
};

/// The work as it is registered.
///
/// # Errors
/// [`DeskError`] when what the folder says of the work cannot be used.
pub(super) fn over_current(
    desk: &Desk,
    territory: &Territory,
    folder: Works,
    told: &mut Told,
) -> Result<(Expected, Event), DeskError> {
    let registered = desk.read(|registry| {
        let state = registry.territories().get(territory)?;
        Some((state.works.get(&folder.code)?.clone(), *state.works_versions.get(&folder.code)?))
    });
    let Some((before, version)) = registered else {
        check_new(&folder).map_err(|flaw| flaw.of_work(&folder.code))?;
        return Ok((Expected::New, Event::WorksRegistered { works: folder }));
    };
    let stated = folder.stage;
    let works = over(before.clone(), folder);
    check_said(&works).map_err(|flaw| flaw.of_work(&works.code))?;
    let code = &works.code;
    if stated != works.stage {
        let stage = works.stage;
        told.keep(
            format!(
                "Công trình {code}: giữ giai đoạn `{stage}` với các ngày và trả lời đã ghi, thư mục ghi `{stated}`."
            ),
            format!("Work {code}: stays `{stage}` with its days and its reply; the folder says `{stated}`."),
        );
    }
    if works != before {
        told.replace(
            format!("Công trình {code}: nội dung thông báo được ghi lại theo thư mục."),
            format!("Work {code}: what is announced of it is written anew from the folder."),
        );
    }
    Ok((Expected::Version(version), Event::WorksRegistered { works }))
}
