//! SQS for one machine: a queue with its dead letters, in memory, reached by the AWS SDK inside this
//! process. What is in it does not survive a restart and need not: the rows of the outbox are the truth,
//! and what is not done yet is sent again at the start.
//!
//! It is first-in-first-out within a group, and takes the same message once within five minutes.

use std::collections::HashMap;
use std::sync::Arc;

use aws_sdk_sqs::Client;
use rustack_sqs_core::config::SqsConfig;
use rustack_sqs_core::provider::RustackSqs;
use rustack_sqs_model::error::SqsError;
use rustack_sqs_model::input::CreateQueueInput;
use serde_json::json;

mod connector;
mod delivery;

pub use delivery::deliver;

/// How a queue treats its messages.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// For how long a message that was handed out is hidden: afterwards, if it was not handled, it is
    /// handed out again. Six times what its function may take, as in the cloud.
    pub hidden_seconds: u32,
    /// After so many attempts it goes to the dead letters.
    pub attempts: u32,
}

impl Default for Terms {
    fn default() -> Self {
        Self { hidden_seconds: 180, attempts: 5 }
    }
}

/// A queue and the service that it lives in; clones are the same queue.
#[derive(Clone, Debug)]
pub struct Queue {
    service: Arc<RustackSqs>,
    url: String,
    arn: String,
    dead_letters: String,
}

impl Queue {
    /// A new queue of this name, and one for its dead letters.
    pub async fn create(name: &str, terms: Terms) -> Result<Self, SqsError> {
        let config = SqsConfig { host: "queue.invalid".into(), port: 80, ..SqsConfig::default() };
        let arn = |name: &str| format!("arn:aws:sqs:{}:{}:{name}", config.default_region, config.account_id);
        let (name, dead) = (&format!("{name}.fifo"), format!("{name}-dead.fifo"));
        let redrive = json!({ "deadLetterTargetArn": arn(&dead), "maxReceiveCount": terms.attempts });
        let (own_arn, service) = (arn(name), Arc::new(RustackSqs::new(config)));

        let fourteen_days = ("MessageRetentionPeriod".to_owned(), "1209600".to_owned());
        let dead_letters = open(&service, dead, HashMap::from([fourteen_days])).await?;
        let attributes = HashMap::from([
            ("VisibilityTimeout".to_owned(), terms.hidden_seconds.to_string()),
            ("RedrivePolicy".to_owned(), redrive.to_string()),
        ]);
        let url = open(&service, name.clone(), attributes).await?;
        Ok(Self { service, url, arn: own_arn, dead_letters })
    }

    /// Its address, for whoever sends.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address of its dead letters.
    pub fn dead_letters(&self) -> &str {
        &self.dead_letters
    }

    /// A client of the SDK that asks this service.
    pub fn client(&self) -> Client {
        connector::client(self.service.clone())
    }
}

async fn open(
    service: &RustackSqs,
    queue_name: String,
    mut attributes: HashMap<String, String>,
) -> Result<String, SqsError> {
    attributes.insert("FifoQueue".to_owned(), "true".to_owned());
    let input = CreateQueueInput { queue_name, attributes, ..CreateQueueInput::default() };
    let made = service.create_queue(input).await?;
    made.queue_url.ok_or_else(|| SqsError::internal_error("a queue without an address"))
}

#[cfg(test)]
mod tests;
