//! The queue that says: about a refund of this order a provider is to be asked (SPEC §10.6). What is to be
//! asked stands in the order; a message only hurries it, and a schedule finds what was missed.

use domain::ids::{OrderNumber, ShopId};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::queue::Queue;

/// A message of the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundMessage {
    /// The form of this message.
    pub format: u8,
    /// The tenant.
    pub shop: String,
    /// The order.
    pub order: String,
}

/// The queue. Its group is the order: two consumers never work on the same one at once.
#[derive(Debug, Clone)]
pub struct Refunds(Queue);

impl Refunds {
    /// On that queue.
    pub fn new(queue: Queue) -> Self {
        Self(queue)
    }

    /// Says that an order has a refund to execute. `occasion` tells one time from the next.
    ///
    /// # Errors
    /// [`Failure::Queue`].
    pub async fn send(&self, shop: &ShopId, order: &OrderNumber, occasion: u64) -> Result<(), Failure> {
        let message = RefundMessage { format: 1, shop: shop.to_string(), order: order.to_string() };
        // A group takes letters, digits and punctuation only, which an order's number is made of.
        let group = format!("{shop}-{order}");
        let occasion = crate::ids::fingerprint(&[group.as_bytes(), &occasion.to_be_bytes()]);
        self.0.send(&message, &group, format!("{occasion:016x}")).await
    }
}
