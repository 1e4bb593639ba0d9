//! What organisations answer to a work, as far as a reader may know of it.

use std::collections::BTreeMap;

use hatang_core::{
    OrganisationCode, Text,
    works::{Answered, Interest, Works, WorksAnswer},
};

use super::need::{MetNeed, Need, NeedKind, dates_missing};
use crate::wording;

/// One organisation's answer to one work.
#[derive(Clone, Copy, Debug)]
pub struct Reply<'a> {
    /// The answer.
    pub answer: &'a WorksAnswer,
    /// Whether the reader may know whose it is. One that has no name for the reader is counted and compared with nothing.
    pub named: bool,
}

impl<'a> Reply<'a> {
    /// Whose it is, where the reader may know that.
    fn organisation(&self) -> Option<&'a OrganisationCode> {
        self.named.then_some(&self.answer.organisation)
    }
}

/// Whether whoever asks to build there has answered that it has nothing to lay. What the commune's plan wants stays.
pub(super) fn is_declined(need: &Need<'_>, replies: &[&Reply<'_>]) -> bool {
    let declines = |reply: &&Reply<'_>| {
        reply.answer.interest == Interest::NotInterested && reply.organisation() == need.organisation
    };
    need.kind == NeedKind::Request && need.organisation.is_some() && replies.iter().any(declines)
}

/// The ducts that answers ask for beyond what the same organisations' requests and planned objects come to here: of the two
/// the larger is what an organisation needs. Those whose organisation the reader may not know come to one need.
pub(super) fn wished(
    work: &Works,
    otherwise: &dyn Fn(&OrganisationCode) -> u32,
    replies: &[&Reply<'_>],
) -> Vec<MetNeed> {
    let mut beyond: BTreeMap<Option<&OrganisationCode>, u32> = BTreeMap::new();
    for reply in replies {
        let organisation = reply.organisation();
        let otherwise = organisation.map_or(0, otherwise);
        let ducts = beyond.entry(organisation).or_default();
        *ducts = ducts.saturating_add(reply.answer.wanted().saturating_sub(otherwise));
    }
    let need = |(organisation, ducts): (Option<&OrganisationCode>, u32)| MetNeed {
        kind: NeedKind::Answer,
        code: organisation.map(ToString::to_string).unwrap_or_default(),
        organisation: organisation.cloned(),
        ducts,
        distance_m: 0.0,
        overlap_m: 0.0,
        missing: dates_missing(work),
    };
    beyond.into_iter().filter(|(_, ducts)| 0 < *ducts).map(need).collect()
}

/// The end of the sentence; empty while nobody has answered.
pub(super) fn told(answered: Answered) -> Text {
    let Answered { interested, not_interested, place_ducts, ducts } = answered;
    let asked = wording::counted(ducts, "ống", "duct");
    let parts: Vec<Text> = [
        (interested, Text::new(format!("{interested} đơn vị quan tâm"), format!("{interested} interested"))),
        (
            place_ducts,
            Text::new(
                format!("{place_ducts} đơn vị đề nghị đặt {}", asked.vi),
                format!("{place_ducts} asking for {}", asked.en),
            ),
        ),
        (
            not_interested,
            Text::new(format!("{not_interested} đơn vị không quan tâm"), format!("{not_interested} not interested")),
        ),
    ]
    .into_iter()
    .filter(|(count, _)| 0 < *count)
    .map(|(_, text)| text)
    .collect();
    if parts.is_empty() {
        return Text::default();
    }
    let parts = wording::list(&parts);
    Text::new(format!("; trả lời: {}", parts.vi), format!("; answers: {}", parts.en))
}
