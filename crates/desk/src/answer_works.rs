//! An organisation answers a work, and says where it wants to be told of works.

use hatang_core::{
    Event, OrganisationCode, Shape, Viewer,
    works::{Interest, InterestArea, WorksAnswer, WorksStage},
};

use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
    permission::{About, Action},
    works::{expected, held},
};

/// The most ducts that one organisation can ask for in one trench.
const DUCTS_AT_MOST: u32 = 99;

/// Answers a work for the viewer's organisation; the last answer counts.
///
/// # Errors
/// [`DeskError`] when the viewer's organisation may not answer, the work is over or its own, the day for answers has passed,
/// or ducts are asked for without a number.
pub async fn answer_works(
    desk: &Desk,
    who: &Viewer,
    code: &str,
    interest: Interest,
    ducts: Option<u32>,
) -> Result<(), DeskError> {
    let organisation = organisation(desk, who)?;
    let (territory, works, _) = held(desk, code)?;
    let is_late = works.answer_by.is_some_and(|answer_by| answer_by < desk.today());
    if works.stage == WorksStage::Done || is_late || works.owner == organisation {
        let (vi, en) = (
            "Công trình này không còn nhận trả lời: đã xong, đã quá hạn trả lời, hoặc là công trình của chính đơn vị.",
            "This work takes no answers: it is over, the day for answers has passed, or it is your own.",
        );
        return Err(DeskError::input(ErrorKind::Conflict, "works.no_answers", code, vi, en));
    }
    let wants = interest == Interest::PlaceDucts;
    if wants != ducts.is_some_and(|ducts| (1..=DUCTS_AT_MOST).contains(&ducts)) || (!wants && ducts.is_some()) {
        let value = ducts.map_or_else(String::new, |ducts| ducts.to_string());
        let (vi, en) = (
            "Đề nghị đặt ống phải nêu số ống từ 1 đến 99; trả lời khác thì không nêu số ống.",
            "To have ducts laid, name their number from 1 to 99; any other answer names none.",
        );
        return Err(DeskError::input(ErrorKind::BadInput, "works.ducts_invalid", value, vi, en));
    }
    let answer = WorksAnswer { works: works.code, organisation, interest, ducts, at: desk.edge.now() };
    let event = Event::WorksAnswered { answer };
    let expected = expected(desk, &territory, &event.stream()).await?;
    desk.append(&territory, vec![(expected, event)], who).await?;
    Ok(())
}

/// Says where the viewer's organisation wants to be told of works; everywhere when no area is given.
///
/// # Errors
/// [`DeskError`] when the viewer's organisation may not, or the shape is no area.
pub async fn set_interest_area(desk: &Desk, who: &Viewer, shape: Option<Shape>) -> Result<(), DeskError> {
    let organisation = organisation(desk, who)?;
    if let Some(shape) = &shape
        && (!shape.is_area() || shape.check().is_err())
    {
        let (vi, en) = ("Vùng quan tâm phải là một vùng khép kín.", "An area of interest is a closed area.");
        return Err(DeskError::input(ErrorKind::BadInput, "works.area_invalid", shape.kind(), vi, en));
    }
    let event = Event::InterestAreaSet { area: Box::new(InterestArea { organisation, shape }) };
    let territory = desk.home();
    let expected = expected(desk, &territory, &event.stream()).await?;
    desk.append(&territory, vec![(expected, event)], who).await?;
    Ok(())
}

fn organisation(desk: &Desk, who: &Viewer) -> Result<OrganisationCode, DeskError> {
    let about = who.organisation.as_ref().map_or_else(About::nothing, About::owner);
    desk.may(who, Action::AnswerWorks, about)?;
    who.organisation.clone().ok_or_else(|| {
        let (vi, en) = ("Tài khoản này không thuộc đơn vị nào.", "This account acts for no organisation.");
        DeskError::input(ErrorKind::Refused, "action.refused", who.role, vi, en)
    })
}
