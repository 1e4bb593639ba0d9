//! Takes in a file of planned civil works.

use std::collections::BTreeMap;

use hatang_core::{Event, Territory, Version, Viewer, works::Works};
use hatang_exchange::read_works;
use hatang_store::Expected;

use crate::{
    desk::Desk,
    error::DeskError,
    permission::{About, Action},
    works::{Flaw, WorksReceipt, check_new, check_said, held, over},
};

/// Enters every work of a GeoJSON file in one transaction; a code that is known is written anew and keeps its stage. A
/// file that states another stage for it is refused: a stage is changed by the work's own steps, which note their day.
///
/// # Errors
/// [`DeskError`] when the file cannot be read or names an owner that the viewer may not enter works of, and
/// [`DeskError::Rows`] with every feature that cannot be used.
pub async fn upload_works(desk: &Desk, who: &Viewer, file: &[u8]) -> Result<Vec<WorksReceipt>, DeskError> {
    let read = read_works(file)?;
    let (mut findings, mut writes) = (read.findings, Vec::new());
    let mut rows: BTreeMap<String, u32> = BTreeMap::new();
    for (row, works) in read.works {
        desk.may(who, Action::EnterWorks, About::owner(&works.owner))?;
        let known = held(desk, &works.code).ok();
        if let Some((_, before, _)) = &known {
            desk.may(who, Action::EnterWorks, About::owner(&before.owner))?;
        }
        let first = *rows.entry(works.code.clone()).or_insert(row);
        let judged = if first == row { judge(known, works) } else { Err(twice(works.code, first)) };
        match judged {
            Ok(write) => writes.push(write),
            Err(flaw) => findings.push(flaw.in_row(row)),
        }
    }
    if !findings.is_empty() {
        findings.sort_by_key(|finding| finding.row);
        return Err(DeskError::Rows { findings, more: read.more });
    }
    let codes: Vec<String> = writes.iter().map(|(_, works)| works.code.clone()).collect();
    let events = writes.into_iter().map(|(expected, works)| (expected, Event::WorksRegistered { works })).collect();
    let appended = desk.append(&desk.home(), events, who).await?;
    let versions = appended.into_iter().map(|appended| appended.version);
    let receipt = |(code, version): (String, Version)| WorksReceipt { code, version };
    Ok(codes.into_iter().zip(versions).map(receipt).collect())
}

/// The work as the file makes it, over the one that there is.
fn judge(known: Option<(Territory, Works, Version)>, works: Works) -> Result<(Expected, Works), Flaw> {
    let Some((_, before, version)) = known else {
        check_new(&works)?;
        return Ok((Expected::New, works));
    };
    if works.stage != before.stage {
        return Err(other_stage(&before, &works));
    }
    let works = over(before, works);
    check_said(&works)?;
    Ok((Expected::Version(version), works))
}

fn other_stage(before: &Works, file: &Works) -> Flaw {
    let (code, stage, stated) = (&before.code, before.stage, file.stage);
    Flaw::new(
        "works.stage_in_file",
        "stage",
        stated.code(),
        &format!(
            "Công trình {code} đang ở giai đoạn `{stage}`, tệp ghi `{stated}`: giai đoạn chỉ đổi bằng các bước \
             của công trình, không đổi bằng tệp."
        ),
        &format!(
            "The work {code} is at the stage `{stage}`, the file says `{stated}`: stages are changed by their steps, \
             not by a file."
        ),
    )
}

fn twice(code: String, first: u32) -> Flaw {
    Flaw::new(
        "works.code_twice",
        "code",
        code,
        &format!("Mã công trình này đã có ở đối tượng {first} của tệp."),
        &format!("The file's item {first} already has this work's code."),
    )
}
