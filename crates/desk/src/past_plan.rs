//! Outlines and works as they were recorded at the end of a day.

use hatang_core::{
    Record, Registry, Stream, Territory, Viewer,
    event::Boundaries,
    works::{Works, sees_works},
};
use jiff::civil::Date;

use crate::{day::vietnam_day, desk::Desk, error::DeskError};

/// The newest record of a stream by the end of a day in Vietnam, with its version.
pub(crate) async fn newest(
    desk: &Desk,
    home: &Territory,
    stream: &Stream,
    on: Date,
) -> Result<Option<(u32, Record)>, DeskError> {
    let entry = desk.store.history(home, stream).await?.into_iter().rfind(|entry| vietnam_day(entry.recorded.at) <= on);
    Ok(entry.map(|entry| (entry.version.0, entry.recorded.event.into_record())))
}

/// The outlines; none before the first.
pub(crate) async fn boundaries_on(desk: &Desk, home: &Territory, on: Date) -> Result<Option<Boundaries>, DeskError> {
    Ok(match newest(desk, home, &Stream::Boundary, on).await? {
        Some((_, Record::Boundary { boundaries })) => Some(boundaries),
        _ => None,
    })
}

/// The works, by code. `O(n)` questions to the store.
pub(crate) async fn works_on(desk: &Desk, home: &Territory, on: Date) -> Result<Vec<Works>, DeskError> {
    let codes: Vec<String> = desk
        .read(|registry| registry.home().map(|(_, state)| state.works.keys().cloned().collect()).unwrap_or_default());
    let mut works = Vec::new();
    for code in codes {
        if let Some((_, Record::Works { works: then })) = newest(desk, home, &Stream::Works(code), on).await? {
            works.push(then);
        }
    }
    Ok(works)
}

/// Keeps the past works that the viewer may know of today and could have known of then.
pub(crate) fn keep_works_shown(past: &mut Vec<Works>, registry: &Registry, who: &Viewer, on: Date, today: Date) {
    let now = registry.home().map(|(_, state)| &state.works);
    let is_shown = |works: &Works| sees_works(who, works, on.min(today)) && sees_works(who, works, today);
    past.retain(|then| {
        let now = now.and_then(|works| works.get(&then.code));
        is_shown(then) && now.is_some_and(|now| sees_works(who, now, today))
    });
}
