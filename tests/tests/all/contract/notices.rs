//! One set of claims about the queue of notices, on each service.

use std::error::Error;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{Message, MessageSystemAttributeName, QueueAttributeName};
use common::notices::{NoticeMessage, Notices};
use domain::ids::{CustomerKey, InquiryId, ShopId};
use local::queue::{Queue, Terms};

use super::ministack::{Ministack, client};
use super::table::Outcome;

/// A message that comes too often goes to the dead letters; both queues are set up so.
const ATTEMPTS: u32 = 3;

/// A queue under test.
struct Line {
    client: Client,
    url: String,
    dead_letters: String,
}

#[tokio::test]
async fn the_local_queue_keeps_the_contract() -> Outcome {
    let queue = Queue::create("notices", Terms { hidden_seconds: 600, attempts: ATTEMPTS }).await?;
    let line = Line {
        client: queue.client(),
        url: queue.url().to_owned(),
        dead_letters: queue.dead_letters().to_owned(),
    };
    all(&line).await
}

#[tokio::test]
async fn ministacks_queue_keeps_the_contract() -> Outcome {
    let ministack = tokio::task::spawn_blocking(|| Ministack::running().map_err(|error| error.to_string()));
    let ministack = ministack.await??;
    let client = client!(aws_sdk_sqs, ministack);
    let dead_letters = made(&client, "contract-dead.fifo", &[]).await?;
    let arn = QueueAttributeName::QueueArn;
    let told =
        client.get_queue_attributes().queue_url(&dead_letters).attribute_names(arn.clone()).send().await?;
    let arn = told.attributes().and_then(|all| all.get(&arn)).ok_or("a queue without a name")?;
    let redrive = serde_json::json!({ "deadLetterTargetArn": arn, "maxReceiveCount": ATTEMPTS });
    let terms = [
        (QueueAttributeName::RedrivePolicy, redrive.to_string()),
        (QueueAttributeName::VisibilityTimeout, "600".to_owned()),
    ];
    let url = made(&client, "contract.fifo", &terms).await?;
    all(&Line { client, url, dead_letters }).await
}

/// Makes a queue that is first-in-first-out.
pub async fn made(
    client: &Client,
    name: &str,
    attributes: &[(QueueAttributeName, String)],
) -> Result<String, Box<dyn Error>> {
    let mut asked = client.create_queue().queue_name(name);
    asked = asked.attributes(QueueAttributeName::FifoQueue, "true");
    for (attribute, value) in attributes {
        asked = asked.attributes(attribute.clone(), value);
    }
    Ok(asked.send().await?.queue_url.ok_or("a queue without an address")?)
}

async fn all(line: &Line) -> Outcome {
    a_message_names_the_inquiry(line).await?;
    the_same_occasion_is_taken_once(line).await?;
    an_inquirys_notices_come_in_order_and_one_at_a_time(line).await?;
    another_inquiry_does_not_wait(line).await?;
    what_fails_comes_again_and_then_goes_to_the_dead_letters(line).await
}

async fn a_message_names_the_inquiry(line: &Line) -> Outcome {
    let (shop, id) = (ShopId::parse("taipei")?, inquiry(1));
    line.notices().send(&shop, &id, 1).await?;
    let message = line.receive().await?.ok_or("nothing came")?;
    let notice: NoticeMessage = serde_json::from_str(message.body().unwrap_or_default())?;
    assert_eq!(notice, NoticeMessage { format: 1, shop: "taipei".to_owned(), inquiry: id.to_string() });
    assert_eq!(group(&message), id.as_str());
    line.delete(&message).await
}

async fn the_same_occasion_is_taken_once(line: &Line) -> Outcome {
    let (shop, id) = (ShopId::parse("taipei")?, inquiry(2));
    for occasion in [7, 7, 7] {
        line.notices().send(&shop, &id, occasion).await?;
    }
    let first = line.receive().await?.ok_or("nothing came")?;
    line.delete(&first).await?;
    assert!(line.receive().await?.is_none(), "three sendings of one occasion are one message");
    line.notices().send(&shop, &id, 7).await?;
    assert!(line.receive().await?.is_none(), "also after it was handled");
    line.notices().send(&shop, &id, 8).await?;
    let next = line.receive().await?.ok_or("another occasion is another message")?;
    line.delete(&next).await
}

async fn an_inquirys_notices_come_in_order_and_one_at_a_time(line: &Line) -> Outcome {
    let (shop, id) = (ShopId::parse("taipei")?, inquiry(3));
    for occasion in 1..=3 {
        line.notices().send(&shop, &id, occasion).await?;
    }
    for occasion in 1..=3_u32 {
        let message = line.receive().await?.ok_or("nothing came")?;
        assert_eq!(occasion_of(&message), format!("{id}-{occasion}"));
        assert!(line.receive().await?.is_none(), "while one is being handled, the next of its inquiry waits");
        line.delete(&message).await?;
    }
    Ok(())
}

async fn another_inquiry_does_not_wait(line: &Line) -> Outcome {
    let shop = ShopId::parse("taipei")?;
    for id in [inquiry(4), inquiry(5)] {
        line.notices().send(&shop, &id, 1).await?;
    }
    let one = line.receive().await?.ok_or("nothing came")?;
    let other = line.receive().await?.ok_or("the other inquiry waits for the first")?;
    assert_ne!(group(&one), group(&other));
    line.delete(&one).await?;
    line.delete(&other).await
}

async fn what_fails_comes_again_and_then_goes_to_the_dead_letters(line: &Line) -> Outcome {
    let (shop, id) = (ShopId::parse("taipei")?, inquiry(6));
    line.notices().send(&shop, &id, 1).await?;
    for attempt in 1..=ATTEMPTS {
        let message = line.receive().await?.ok_or_else(|| format!("attempt {attempt} did not come"))?;
        line.show_again(&message).await?;
    }
    assert!(line.receive().await?.is_none(), "after {ATTEMPTS} attempts it is out of the way");
    let dead = line.receive_from(&line.dead_letters).await?.ok_or("it is not among the dead letters")?;
    let notice: NoticeMessage = serde_json::from_str(dead.body().unwrap_or_default())?;
    assert_eq!(notice.inquiry, id.as_str());
    Ok(())
}

impl Line {
    fn notices(&self) -> Notices {
        Notices::new(common::queue::Queue::new(self.client.clone(), &self.url))
    }

    async fn receive(&self) -> Result<Option<Message>, Box<dyn Error>> {
        self.receive_from(&self.url).await
    }

    async fn receive_from(&self, url: &str) -> Result<Option<Message>, Box<dyn Error>> {
        let asked = self.client.receive_message().queue_url(url).max_number_of_messages(1);
        let asked = asked.message_system_attribute_names(MessageSystemAttributeName::All);
        let answer = asked.wait_time_seconds(0).send().await?;
        Ok(answer.messages.unwrap_or_default().into_iter().next())
    }

    async fn delete(&self, message: &Message) -> Outcome {
        let receipt = message.receipt_handle().unwrap_or_default();
        self.client.delete_message().queue_url(&self.url).receipt_handle(receipt).send().await?;
        Ok(())
    }

    async fn show_again(&self, message: &Message) -> Outcome {
        let asked = self.client.change_message_visibility().queue_url(&self.url).visibility_timeout(0);
        asked.receipt_handle(message.receipt_handle().unwrap_or_default()).send().await?;
        Ok(())
    }
}

fn inquiry(number: u64) -> InquiryId {
    InquiryId::from_bits(&CustomerKey::from_bits(1), number)
}

fn group(message: &Message) -> &str {
    attribute(message, MessageSystemAttributeName::MessageGroupId)
}

fn occasion_of(message: &Message) -> &str {
    attribute(message, MessageSystemAttributeName::MessageDeduplicationId)
}

fn attribute(message: &Message, name: MessageSystemAttributeName) -> &str {
    message.attributes().and_then(|all| all.get(&name)).map_or("", String::as_str)
}
