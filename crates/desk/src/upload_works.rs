//! Takes in a file of planned civil works.

use std::collections::BTreeSet;

use hatang_core::{Event, Version, Viewer, works::Works};
use hatang_exchange::read_works;
use hatang_store::Expected;

use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
    permission::{About, Action},
    works::{WorksReceipt, held},
};

/// Enters every work of a GeoJSON file in one transaction; a code that is known is written anew.
///
/// # Errors
/// [`DeskError`] when the file cannot be read, holds a code twice, or names an owner that the viewer may not enter works of.
pub async fn upload_works(desk: &Desk, who: &Viewer, file: &[u8]) -> Result<Vec<WorksReceipt>, DeskError> {
    let read = read_works(file)?;
    let mut codes = BTreeSet::new();
    let mut events = Vec::new();
    let order: Vec<String> = read.iter().map(|works| works.code.clone()).collect();
    for works in read {
        desk.may(who, Action::EnterWorks, About::owner(&works.owner))?;
        if !codes.insert(works.code.clone()) {
            let (vi, en) = ("Mã công trình này có hai lần trong tệp.", "The file holds this work's code twice.");
            return Err(DeskError::input(ErrorKind::BadInput, "works.code_twice", works.code, vi, en));
        }
        let (expected, works) = match held(desk, &works.code) {
            Ok((_, before, version)) => {
                desk.may(who, Action::EnterWorks, About::owner(&before.owner))?;
                (Expected::Version(version), over(before, works))
            }
            Err(_) => (Expected::New, works),
        };
        events.push((expected, Event::WorksRegistered { works }));
    }
    let appended = desk.append(&desk.home(), events, who).await?;
    let versions = appended.into_iter().map(|appended| appended.version);
    let receipt = |(code, version): (String, Version)| WorksReceipt { code, version };
    Ok(order.into_iter().zip(versions).map(receipt).collect())
}

/// What the file does not say stays as it was.
fn over(before: Works, file: Works) -> Works {
    Works {
        title: file.title.or(before.title),
        plan: file.plan.or(before.plan),
        answer_by: file.answer_by.or(before.answer_by),
        ducts_agreed: before.ducts_agreed,
        replied_on: before.replied_on,
        published: file.published || before.published,
        started_on: before.started_on,
        stopped_on: before.stopped_on,
        finished_on: before.finished_on,
        ..file
    }
}
