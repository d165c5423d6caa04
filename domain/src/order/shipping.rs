//! An order leaves the shop (SPEC §10.8): shipping and a refund of all of it at the same moment, exactly one
//! wins.

use jiff::Timestamp;

use super::{Order, OrderChange};
use crate::actor::By;
use crate::order_event::{OrderEvent, Withdrawn};
use crate::refusal::OrderRefusal;

/// How a parcel can be followed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tracking {
    /// Who carries it.
    pub carrier: String,
    /// Under which number.
    pub number: String,
}

impl Order {
    /// Records that it left, under a tracking number. Wishes and offers that nobody decided end: what was
    /// shipped goes through a return.
    ///
    /// # Errors
    /// [`OrderRefusal::OrderEnded`] once it is cancelled or refunded in full, [`OrderRefusal::AlreadyShipped`].
    pub fn ship(&self, by: By, tracking: Tracking, now: Timestamp) -> Result<OrderChange, OrderRefusal> {
        if self.shipped_at.is_some() {
            return Err(OrderRefusal::AlreadyShipped);
        }
        if self.closed_to_shipping() {
            return Err(OrderRefusal::OrderEnded);
        }
        let mut after = self.clone();
        after.shipped_at = Some(now);
        after.tracking = Some(tracking.clone());
        after.proposed_delay = None;
        let Tracking { carrier, number } = tracking;
        let shipped = OrderEvent::Shipped { carrier, tracking: number };
        let change = OrderChange::to(after).record(by, now, None, shipped);
        Ok(change.overtaken(Withdrawn::Shipped, now))
    }
}
