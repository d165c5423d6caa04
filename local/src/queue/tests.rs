//! A queue, as its senders and its function see it.

use std::future::ready;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use aws_sdk_sqs::types::QueueAttributeName;
use tokio::sync::watch;

use super::{Queue, Terms, deliver};

type Outcome = Result<(), Box<dyn std::error::Error>>;

async fn waiting(queue: &Queue, url: &str) -> Result<u32, Box<dyn std::error::Error>> {
    let asked = [
        QueueAttributeName::ApproximateNumberOfMessages,
        QueueAttributeName::ApproximateNumberOfMessagesNotVisible,
    ];
    let request = queue.client().get_queue_attributes().queue_url(url);
    let answer = request.set_attribute_names(Some(asked.to_vec())).send().await?;
    let counts = answer.attributes().ok_or("no attributes")?;
    Ok(counts.values().filter_map(|count| count.parse::<u32>().ok()).sum())
}

async fn send(queue: &Queue, body: &str) -> Outcome {
    let message = queue.client().send_message().queue_url(queue.url()).message_body(body);
    message.message_group_id(body).message_deduplication_id(body).send().await?;
    Ok(())
}

#[tokio::test]
async fn the_same_occasion_is_taken_once() -> Outcome {
    let queue = Queue::create("notices", Terms::default()).await?;
    send(&queue, "same").await?;
    send(&queue, "same").await?;
    assert_eq!(waiting(&queue, queue.url()).await?, 1);
    Ok(())
}

#[tokio::test]
async fn what_is_sent_is_delivered_and_deleted() -> Outcome {
    let queue = Queue::create("notices", Terms::default()).await?;
    for number in 0..25 {
        send(&queue, &number.to_string()).await?;
    }
    let (stop, stopped) = watch::channel(false);
    let got = Arc::new(AtomicU32::new(0));
    let seen = got.clone();
    let function = move |event: SqsEvent| {
        let batch = event.records.len() as u32;
        assert!(batch <= 10);
        stop.send_replace(seen.fetch_add(batch, Ordering::Relaxed) + batch == 25);
        ready(Ok::<_, String>(SqsBatchResponse::default()))
    };
    deliver(queue.clone(), stopped, function).await;
    assert_eq!(got.load(Ordering::Relaxed), 25);
    assert_eq!(waiting(&queue, queue.url()).await?, 0);
    Ok(())
}

#[tokio::test]
async fn what_fails_too_often_goes_to_the_dead_letters() -> Outcome {
    let queue = Queue::create("notices", Terms { hidden_seconds: 0, attempts: 3 }).await?;
    send(&queue, "good").await?;
    send(&queue, "bad").await?;
    let (stop, stopped) = watch::channel(false);
    let tries = Arc::new(AtomicU32::new(0));
    let seen = tries.clone();
    let (watched, dead) = (queue.clone(), queue.dead_letters().to_owned());
    tokio::spawn(async move {
        while waiting(&watched, &dead).await.unwrap_or_default() == 0 {
            tokio::task::yield_now().await;
        }
        stop.send_replace(true);
    });
    let function = move |event: SqsEvent| {
        let mut response = SqsBatchResponse::default();
        for record in event.records.iter().filter(|it| it.body.as_deref() == Some("bad")) {
            seen.fetch_add(1, Ordering::Relaxed);
            response.add_failure(record.message_id.clone().unwrap_or_default());
        }
        ready(Ok::<_, String>(response))
    };
    deliver(queue.clone(), stopped, function).await;
    assert_eq!(tries.load(Ordering::Relaxed), 3);
    assert_eq!(waiting(&queue, queue.url()).await?, 0);
    assert_eq!(waiting(&queue, queue.dead_letters()).await?, 1);
    Ok(())
}

#[tokio::test]
async fn a_function_that_breaks_gets_its_batch_again() -> Outcome {
    let queue = Queue::create("notices", Terms { hidden_seconds: 0, attempts: 5 }).await?;
    send(&queue, "once more").await?;
    let (stop, stopped) = watch::channel(false);
    let tries = AtomicU32::new(0);
    let function = |_: SqsEvent| {
        let first = tries.fetch_add(1, Ordering::Relaxed) == 0;
        stop.send_replace(!first);
        ready(if first { Err("broke") } else { Ok(SqsBatchResponse::default()) })
    };
    deliver(queue.clone(), stopped, function).await;
    assert_eq!(tries.load(Ordering::Relaxed), 2);
    assert_eq!(waiting(&queue, queue.url()).await?, 0);
    Ok(())
}
