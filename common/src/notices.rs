//! The queue's side of the outbox: which inquiry owes mail. The mail itself is a row in the
//! table; a message only hurries it.
//!
//! The queue is first-in-first-out with the inquiry as its group, so that two consumers never
//! work on the same inquiry at once, and a message delivered twice finds nothing to send.

use domain::ids::{InquiryId, ShopId};
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;

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
pub struct Notices {
    client: aws_sdk_sqs::Client,
    queue_url: String,
}

impl Notices {
    /// The queue at that URL.
    pub fn new(client: aws_sdk_sqs::Client, queue_url: impl Into<String>) -> Self {
        Self { client, queue_url: queue_url.into() }
    }

    /// Says that an inquiry owes mail. `occasion` tells one debt from the next: within five
    /// minutes the queue takes the same occasion once.
    ///
    /// # Errors
    /// [`Failure::Queue`].
    pub fn send<'a>(
        &'a self,
        shop: &'a ShopId,
        inquiry: &'a InquiryId,
        occasion: u64,
    ) -> BoxFuture<'a, Result<(), Failure>> {
        // Boxed, so that the SDK's code is compiled once, here, and not again in every function.
        Box::pin(async move {
            let message = NoticeMessage { format: 1, shop: shop.to_string(), inquiry: inquiry.to_string() };
            let body = serde_json::to_string(&message).map_err(|error| Failure::Queue(error.into()))?;
            self.client
                .send_message()
                .queue_url(&self.queue_url)
                .message_body(body)
                .message_group_id(inquiry.as_str())
                .message_deduplication_id(format!("{inquiry}-{occasion}"))
                .send()
                .await
                .map_err(|error| Failure::Queue(error.into()))?;
            Ok(())
        })
    }
}
