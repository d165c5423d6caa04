//! Which event tells whom by mail: a pure table (SPEC §7.7).

use crate::actor::By;
use crate::event::Event;
use crate::order_event::{Consent, OrderEvent, RefundStep, ReturnStep, Withdrawn};

/// A mail that Kefu sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// To a guest: please confirm your address. Carries nothing that the submitter typed.
    Confirmation,
    /// To the customer: an agent answered.
    Reply,
    /// To the customer: nobody answered for seven days, with an apology and a way back.
    TimedOut,
    /// To the customer: a step of a refund, a return, a delay or a cancellation (SPEC §10).
    Order,
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
pub fn owed(by: &By, event: &Event) -> Option<NoticeKind> {
    match event {
        Event::Order { event, .. } => told(by, event).then_some(NoticeKind::Order),
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

/// Whether the customer is told of a step by mail: not of what they just did themselves, nor of what concerns
/// the staff only.
fn told(by: &By, event: &OrderEvent) -> bool {
    match event {
        OrderEvent::Cancelled { refunded } => !refunded,
        OrderEvent::DelayProposed { .. } => true,
        OrderEvent::DelayAgreed { proof, .. } => *proof != Consent::Click,
        OrderEvent::Refund { step, .. } => match step {
            RefundStep::Proposed { .. }
            | RefundStep::Approved { .. }
            | RefundStep::Rejected { .. }
            | RefundStep::Succeeded { .. }
            | RefundStep::Withdrawn { why: Withdrawn::Shipped } => true,
            RefundStep::Withdrawn { why: Withdrawn::TakenBack } => *by != By::Customer,
            _ => false,
        },
        OrderEvent::Return { step, .. } => match step {
            ReturnStep::Requested { .. } | ReturnStep::Withdrawn => *by != By::Customer,
            // The refund tells it by itself.
            ReturnStep::Refunded { .. } => false,
            _ => true,
        },
        _ => false,
    }
}
