//! What Lambda does between a queue and its function: takes messages in batches, hands them over as an
//! event, and deletes those that were handled. The others come again when they are no longer hidden.

use std::collections::HashSet;
use std::time::Duration;

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent, SqsMessage};
use rustack_sqs_model::error::SqsError;
use rustack_sqs_model::input::{DeleteMessageBatchInput, ReceiveMessageInput};
use rustack_sqs_model::types::{DeleteMessageBatchRequestEntry, Message};
use tokio::sync::watch;

use super::Queue;

/// A function's batch, as the cloud sizes it by default.
const BATCH: i32 = 10;
/// A look at the queue waits so long for a first message.
const WAIT_SECONDS: i32 = 20;

/// Delivers to `handle` until `stop` turns true; what is being handled then is finished first.
/// An error of `handle`, like that of a function, means that nothing of the batch was handled.
pub async fn deliver<Handled, E>(
    queue: Queue,
    mut stop: watch::Receiver<bool>,
    handle: impl Fn(SqsEvent) -> Handled,
) where
    Handled: Future<Output = Result<SqsBatchResponse, E>>,
    E: std::fmt::Display,
{
    loop {
        let received = tokio::select! {
            received = receive(&queue) => received,
            _ = stop.wait_for(|stop| *stop) => return,
        };
        let taken = match received {
            Ok(messages) if messages.is_empty() => continue,
            Ok(messages) => messages,
            Err(error) => {
                tracing::error!(%error, "the queue cannot be read");
                tokio::time::sleep(Duration::from_secs(1)).await;
                continue;
            }
        };
        let receipts: Vec<_> = taken
            .iter()
            .filter_map(|it| Some((it.message_id.clone()?, it.receipt_handle.clone()?)))
            .collect();
        let mut event = SqsEvent::default();
        event.records = taken.into_iter().map(|message| record(message, &queue.arn)).collect();
        match handle(event).await {
            Ok(response) => {
                let failed: HashSet<_> =
                    response.batch_item_failures.into_iter().map(|it| it.item_identifier).collect();
                let handled = receipts.into_iter().filter(|(id, _)| !failed.contains(id));
                if let Err(error) = delete(&queue, handled).await {
                    tracing::error!(%error, "handled messages cannot be deleted, and will come again");
                }
            }
            Err(error) => tracing::warn!(%error, "a batch failed, and will come again"),
        }
    }
}

async fn receive(queue: &Queue) -> Result<Vec<Message>, SqsError> {
    let input = ReceiveMessageInput {
        queue_url: queue.url.clone(),
        max_number_of_messages: Some(BATCH),
        wait_time_seconds: Some(WAIT_SECONDS),
        attribute_names: vec!["All".into()],
        ..ReceiveMessageInput::default()
    };
    Ok(queue.service.receive_message(input).await?.messages)
}

async fn delete(queue: &Queue, handled: impl Iterator<Item = (String, String)>) -> Result<(), SqsError> {
    let entries: Vec<_> =
        handled.map(|(id, receipt_handle)| DeleteMessageBatchRequestEntry { id, receipt_handle }).collect();
    if entries.is_empty() {
        return Ok(());
    }
    let input = DeleteMessageBatchInput { queue_url: queue.url.clone(), entries };
    queue.service.delete_message_batch(input).await.map(|_| ())
}

fn record(message: Message, queue: &str) -> SqsMessage {
    let mut record = SqsMessage::default();
    record.message_id = message.message_id;
    record.receipt_handle = message.receipt_handle;
    record.body = message.body;
    record.md5_of_body = message.md5_of_body;
    record.attributes = message.attributes;
    record.event_source = Some("aws:sqs".into());
    record.event_source_arn = Some(queue.to_owned());
    record.aws_region = Some("local".into());
    record
}
