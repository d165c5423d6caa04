//! Which event tells whom by mail: a pure table (SPEC §7.7).

use crate::event::Event;

/// A mail that Kefu sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// To a guest: please confirm your address. Carries nothing that the submitter typed.
    Confirmation,
    /// To the customer: an agent answered.
    Reply,
    /// To the customer: nobody answered for seven days, with an apology and a way back.
    TimedOut,
}

/// A mail that an event owes. It is stored with the event and sent after it (outbox).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// Which mail.
    pub kind: NoticeKind,
    /// The entry of the timeline that it is about.
    pub seq: u32,
}

/// The mail that an event owes the customer, if any. A confirmation depends on the
/// submission, not on an event, and is decided there.
pub fn owed(event: &Event) -> Option<NoticeKind> {
    match event {
        Event::AgentReplied { .. } => Some(NoticeKind::Reply),
        Event::TimedOut => Some(NoticeKind::TimedOut),
        Event::Submitted { .. }
        | Event::Confirmed
        | Event::CustomerWrote { .. }
        | Event::NoteAdded { .. }
        | Event::Assigned { .. }
        | Event::Closed { .. }
        | Event::Settled
        | Event::Reopened
        | Event::Flagged { .. }
        | Event::Tagged { .. }
        | Event::Recategorized { .. }
        | Event::Reprioritized { .. }
        | Event::Merged { .. }
        | Event::Absorbed { .. }
        | Event::Unmerged { .. }
        | Event::Released { .. }
        | Event::Rated { .. }
        | Event::Raised { .. }
        | Event::CustomerReopened
        | Event::Snoozed { .. }
        | Event::Unsnoozed
        | Event::QuestionAsked { .. }
        | Event::QuestionAnswered { .. } => None,
    }
}
