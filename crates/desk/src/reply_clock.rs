//! By when the owner of works replies to those who want ducts laid.

use hatang_core::{
    Registry, RuleId, Text,
    rule_set::{Citation, ClockLimit},
    works::{Interest, Works, WorksAnswer},
};
use jiff::civil::Date;
use serde::Serialize;

use crate::{day::vietnam_day, screen_request::rule_set_of};

/// The clock's id in the rule sets.
const CLOCK: &str = "CK-DIG-ONCE";

/// The rule set's clock for the owner's reply, as it stood on the day the first wish came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReplyClock {
    /// Its id in the rule set.
    pub clock: RuleId,
    /// What it measures.
    pub name: Text,
    /// Since when somebody waits.
    pub since: Date,
    /// How long the owner has; none while nobody has entered it: then it counts up.
    pub limit: Option<ClockLimit>,
    /// The last day; none without a limit, or where counting working days needs the calendar of public holidays.
    pub due_on: Option<Date>,
    /// Whether that day has passed.
    pub overdue: bool,
    /// The text it rests on.
    pub citation: Citation,
}

/// The day on which the first wish for ducts came in, while the owner has not replied.
pub(crate) fn waiting_since(works: &Works, answers: &[&WorksAnswer]) -> Option<Date> {
    let wishes = answers.iter().filter(|answer| answer.interest == Interest::PlaceDucts);
    wishes.map(|answer| vietnam_day(answer.at)).min().filter(|_| works.replied_on.is_none())
}

/// The clock by the territory's own rule set; `None` where that set has none.
pub(crate) fn reply_clock(registry: &Registry, since: Date, today: Date) -> Option<ReplyClock> {
    let set = rule_set_of(registry, None).ok()?;
    let clock = set.clocks_on(since).into_iter().find(|clock| clock.id.as_str() == CLOCK)?;
    let due_on = clock.limit.and_then(|limit| limit.last_day(since));
    Some(ReplyClock {
        clock: clock.id.clone(),
        name: clock.name.clone(),
        since,
        limit: clock.limit,
        due_on,
        overdue: due_on.is_some_and(|due_on| due_on < today),
        citation: clock.citation.clone(),
    })
}
