//! The queue that says: in this shop an inquiry may wait for somebody who could have it (SPEC
//! §5.3, §5.4). Its group is the shop, so that one shop is distributed by one at a time. A
//! message that is lost delays an assignment until the schedule looks, a minute at most.

use domain::ids::{InquiryId, ShopId};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::ids;
use crate::queue::Queue;

/// A message of the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArrivalMessage {
    /// The form of this message.
    pub format: u8,
    /// The tenant.
    pub shop: String,
    /// The inquiry that arrived: the index may not show it yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inquiry: Option<String>,
}

/// The queue.
#[derive(Debug, Clone)]
pub struct Arrivals(Queue);

impl Arrivals {
    /// On that queue.
    pub fn new(queue: Queue) -> Self {
        Self(queue)
    }

    /// Asks for the shop's unassigned inquiries to be distributed, also the one that arrived just now.
    ///
    /// # Errors
    /// [`Failure::Queue`].
    pub async fn send(&self, shop: &ShopId, arrived: Option<&InquiryId>) -> Result<(), Failure> {
        let inquiry = arrived.map(ToString::to_string);
        let message = ArrivalMessage { format: 1, shop: shop.to_string(), inquiry };
        // Every arrival is an occasion of its own: the one before may have been handled too early for it.
        self.0.send(&message, shop.as_str(), ids::random_text()).await
    }
}
