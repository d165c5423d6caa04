//! The only place that names the SQS SDK: first-in-first-out queues of small messages.

use futures_util::future::BoxFuture;
use serde::Serialize;

use crate::failure::Failure;

/// A queue.
#[derive(Debug, Clone)]
pub struct Queue {
    client: aws_sdk_sqs::Client,
    url: String,
}

impl Queue {
    /// The queue at that URL.
    pub fn new(client: aws_sdk_sqs::Client, url: impl Into<String>) -> Self {
        Self { client, url: url.into() }
    }

    /// Sends a message. Those of one group are handed out one after the other; within five minutes
    /// the queue takes the same `occasion` once.
    ///
    /// # Errors
    /// [`Failure::Queue`].
    pub fn send<'a, M: Serialize + Sync>(
        &'a self,
        message: &'a M,
        group: &'a str,
        occasion: String,
    ) -> BoxFuture<'a, Result<(), Failure>> {
        // Boxed, so that the SDK's code is compiled once, here, and not again in every function.
        Box::pin(async move {
            let body = serde_json::to_string(message).map_err(|error| Failure::Queue(error.into()))?;
            self.client
                .send_message()
                .queue_url(&self.url)
                .message_body(body)
                .message_group_id(group)
                .message_deduplication_id(occasion)
                .send()
                .await
                .map_err(|error| Failure::Queue(error.into()))?;
            Ok(())
        })
    }
}
