//! What a list is narrowed to (SPEC §4.2).

use domain::deadline;
use domain::ids::AgentId;
use domain::labels::{Category, Priority, Source, Status};
use jiff::Timestamp;

use crate::store::items::Row;

/// The filters that have a tab and a count of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quick {
    /// 未讀: waiting and not seen by its agent.
    Unread,
    /// 未回復: waiting.
    Unreplied,
    /// 即將過期: waiting for more than 20 hours.
    Expiring,
    /// 逾期: waiting beyond the promised reply.
    Overdue,
    /// 標記: flagged and active.
    Flagged,
    /// 稍後處理: put aside until a time.
    Snoozed,
    /// 有提問: a question to a colleague stands open.
    Question,
}

/// What every row must be; what is not named is anything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// One of the tabs.
    pub quick: Option<Quick>,
    /// What about.
    pub category: Option<Category>,
    /// How soon.
    pub priority: Option<Priority>,
    /// Where it stands.
    pub status: Option<Status>,
    /// Where from.
    pub source: Option<Source>,
    /// Whose.
    pub agent: Option<AgentId>,
    /// Tagged so.
    pub tag: Option<String>,
    /// Its latest message is not before.
    pub from: Option<Timestamp>,
    /// Its latest message is before.
    pub to: Option<Timestamp>,
    /// Not what is put aside until later.
    pub without_aside: bool,
}

impl Filter {
    /// Whether a row passes.
    pub fn admits(&self, row: &Row, now: Timestamp) -> bool {
        let waiting = row.waiting_since;
        let quick = match self.quick {
            None => true,
            Some(Quick::Unread) => row.unread(),
            Some(Quick::Unreplied) => waiting.is_some(),
            Some(Quick::Expiring) => waiting.is_some_and(|since| deadline::is_expiring(since, now)),
            Some(Quick::Overdue) => row.overdue(),
            Some(Quick::Flagged) => row.flag.is_some() && row.ended.is_none(),
            Some(Quick::Snoozed) => row.is_aside(now),
            Some(Quick::Question) => row.question,
        };
        quick
            && !(self.without_aside && row.is_aside(now))
            && self.category.is_none_or(|category| category == row.category)
            && self.priority.is_none_or(|priority| priority == row.priority)
            && self.status.is_none_or(|status| status == row.status)
            && self.source.is_none_or(|source| source == row.source)
            && self.agent.as_ref().is_none_or(|agent| row.assignee.as_ref() == Some(agent))
            && self.tag.as_ref().is_none_or(|tag| row.tags.contains(tag))
            && self.from.is_none_or(|from| row.last_message_at >= from)
            && self.to.is_none_or(|to| row.last_message_at < to)
    }

    /// Whether rows of the list's own parts may not pass, so that more has to be read.
    pub fn refuses_some(&self) -> bool {
        let plain = Self { quick: self.quick, without_aside: self.without_aside, ..Self::default() };
        let rare = [Quick::Unread, Quick::Expiring, Quick::Snoozed, Quick::Question];
        *self != plain || self.quick.is_some_and(|quick| rare.contains(&quick))
    }
}
