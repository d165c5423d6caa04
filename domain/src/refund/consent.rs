//! Which entry of an inquiry proves that its customer knows and agrees (SPEC §10.3, §10.4).

use crate::actor::By;
use crate::event::{Entry, Event};
use crate::ids::OrderNumber;
use crate::order_event::{OrderEvent, RefundStep};

/// Whether the entry of that number, among these of one inquiry, is a proof: a message that the customer wrote. As the
/// answer to a refund that they asked for it has to be later than that: what they wrote before, and the request
/// itself, agree to nothing.
pub fn is_proof<'a>(
    entries: impl Iterator<Item = &'a Entry> + Clone,
    seq: u32,
    answered: Option<(&OrderNumber, u32)>,
) -> bool {
    let theirs = |entry: &Entry| entry.by == By::Customer && entry.event.message().is_some();
    let written = entries.clone().any(|entry| entry.seq == seq && theirs(entry));
    let asked_since = answered.is_some_and(|(order, refund)| {
        entries.clone().any(|entry| entry.seq > seq && asks_for(entry, order, refund))
    });
    written && !asked_since
}

/// Whether the customer asked for that refund.
fn asks_for(entry: &Entry, of: &OrderNumber, refund: u32) -> bool {
    let Event::Order { order, event: OrderEvent::Refund { number, step, .. } } = &entry.event else {
        return false;
    };
    let asked = matches!(step, RefundStep::Requested { .. }) && entry.by == By::Customer;
    asked && order == of && *number == refund
}
