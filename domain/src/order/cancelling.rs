//! The customer cancels an overdue order (SPEC §10.5): it is cancelled and refunded at once, in full,
//! shipping included, without asking the shop.

use jiff::Timestamp;

use super::{Order, OrderChange};
use crate::actor::By;
use crate::ids::InquiryId;
use crate::order_event::{OrderEvent, RefundStep, Withdrawn};
use crate::refund::{RefundKind, RefundState};
use crate::refusal::OrderRefusal;
use crate::shop::Shop;

impl Order {
    /// Cancels an order that is overdue and not shipped, with no agreed later date still to come, and gives
    /// back all that is left. What nobody decided, a wish, an offer or a later date, ends with it.
    ///
    /// # Errors
    /// [`OrderRefusal::NotOverdue`], [`OrderRefusal::AlreadyShipped`], [`OrderRefusal::OrderEnded`].
    pub fn cancel_overdue(
        &self,
        shop: &Shop,
        inquiry: &InquiryId,
        now: Timestamp,
    ) -> Result<OrderChange, OrderRefusal> {
        if self.shipped_at.is_some() {
            return Err(OrderRefusal::AlreadyShipped);
        }
        if self.closed_to_shipping() {
            return Err(OrderRefusal::OrderEnded);
        }
        if !self.overdue(shop, now) {
            return Err(OrderRefusal::NotOverdue { ship_by: self.ship_by(shop) });
        }
        let change = OrderChange::to(self.clone()).overtaken(Withdrawn::Cancelled, now);
        let left = change.after.left();
        let cancelled = OrderEvent::Cancelled { refunded: left > 0 };
        let mut change = change.record(By::Customer, now, Some(inquiry), cancelled);
        change.after.cancelled_at = Some(now);
        change.after.proposed_delay = None;
        if left == 0 {
            return Ok(change);
        }
        let kind = (RefundKind::Cancelled, RefundState::Approved);
        let refund = change.after.begun(kind, left, By::Customer, inquiry.clone(), now);
        let (number, reason) = (refund.number, refund.reason);
        let step = RefundStep::Approved { reason, detail: None, proof: None };
        let refunded = change.after.with(refund, step, now);
        change.entries.extend(refunded.entries);
        change.after = refunded.after;
        Ok(change.handed_to_payer(shop, number, now))
    }
}
