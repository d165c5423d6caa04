//! The queue's side of the outbox: which inquiry owes mail. The mail itself is a row in the
//! table; a message only hurries it.
//!
//! The queue is first-in-first-out with the inquiry as its group, so that two consumers never
//! work on the same inquiry at once, and a message delivered twice finds nothing to send.

use domain::ids::{InquiryId, ShopId};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::queue::Queue;

/// A message of the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeMessage {
    /// The form of this message.
    pub format: u8,
    /// The tenant.
    pub shop: String,
    /// The inquiry that owes mail.
    pub inquiry: String,
}

/// The queue.
#[derive(Debug, Clone)]
pub struct Notices(Queue);

impl Notices {
    /// On that queue.
    pub fn new(queue: Queue) -> Self {
        Self(queue)
    }

    /// Says that an inquiry owes mail. `occasion` tells one debt from the next.
    ///
    /// # Errors
    /// [`Failure::Queue`].
    pub async fn send(&self, shop: &ShopId, inquiry: &InquiryId, occasion: u64) -> Result<(), Failure> {
        let message = NoticeMessage { format: 1, shop: shop.to_string(), inquiry: inquiry.to_string() };
        self.0.send(&message, inquiry.as_str(), format!("{inquiry}-{occasion}")).await
    }
}
