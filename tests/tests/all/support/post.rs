//! The way of a mail: from the queue through the function that sends, into a mailbox.

use aws_lambda_events::event::sqs::{SqsEvent, SqsMessage};
use aws_sdk_sqs::types::Message;
use common::lambda::BatchOutcome;
use serde_json::Value;

use super::Desk;
use super::roles::working_as;

/// A mail, as its reader has it.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Where it went.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its plain part.
    pub text: String,
    /// The part with markup.
    pub html: String,
    /// Addresses of pages in it.
    pub links: Vec<String>,
    /// All of it, as the mailbox page gives it.
    pub whole: Value,
}

impl Mail {
    /// What stands behind `#confirm=` or `#inquiry=` in its link.
    pub fn token(&self, purpose: &str) -> String {
        let marker = format!("#{purpose}=");
        let found = self.links.iter().find_map(|link| link.split_once(&marker));
        let (_, rest) = found.unwrap_or_else(|| panic!("no link to {purpose} in {:?}", self.links));
        rest.split('&').next().unwrap_or_default().to_owned()
    }
}

impl Desk {
    /// Delivers what is in the queue through `send-notice` until nothing is left that can be handled
    /// now; answers with how many messages failed. Those come again with the next dispatch.
    pub fn dispatch(&self) -> usize {
        self.block_on(async {
            let (mut failed, mut empty) = (Vec::new(), 0);
            // A look may find nothing because what it found went to the dead letters.
            while empty < 3 {
                let batch = self.received().await;
                empty = if batch.is_empty() { empty + 1 } else { 0 };
                let again = self.handled(&batch).await;
                for message in batch {
                    let id = message.message_id.clone().unwrap_or_default();
                    let receipt = message.receipt_handle.clone().unwrap_or_default();
                    if again.contains(&id) { failed.push(receipt) } else { self.deleted(&receipt).await }
                }
            }
            for receipt in &failed {
                self.shown_again(receipt).await;
            }
            failed.len()
        })
    }

    /// Takes all messages out of the queue without handling them, and answers with their bodies.
    pub fn drops_messages(&self) -> Vec<String> {
        self.block_on(async {
            let mut bodies = Vec::new();
            loop {
                let batch = self.received().await;
                if batch.is_empty() {
                    return bodies;
                }
                for message in batch {
                    self.deleted(message.receipt_handle.as_deref().unwrap_or_default()).await;
                    bodies.push(message.body.unwrap_or_default());
                }
            }
        })
    }

    /// Hands over a batch with these bodies, as the queue would; answers with how many failed.
    pub async fn hands_over(&self, bodies: &[String]) -> usize {
        let numbered = bodies.iter().enumerate();
        let event = event(numbered.map(|(at, body)| (at.to_string(), body.clone())));
        let sending = send_notice::handle(self.app.clone(), event);
        outcome(working_as("send-notice", sending).await).len()
    }

    /// The scheduled functions run.
    pub fn run_sweeps(&self) {
        self.enforces();
        let resuming = resume_distribution::run(self.app.clone());
        self.block_on(working_as("resume-distribution", resuming)).expect("the schedule runs");
        let resending = resend_notices::run(self.app.clone());
        self.block_on(working_as("resend-notices", resending)).expect("the sweep runs");
        self.distributes();
    }

    /// What a process does at its start runs.
    pub fn starts_anew(&self) {
        self.block_on(resend_notices::run_at_start(self.app.clone())).expect("the sweep runs");
    }

    /// The mails to that address, newest first.
    pub fn mailbox(&self, to: &str) -> Vec<Mail> {
        let found = match &self.mails {
            Some(service) => service.mails(),
            None => self.get(format!("/local/mailbox?to={to}")).send().ok()["mails"].take(),
        };
        let mails = found.as_array().expect("mails").iter().map(|mail| {
            let text = |field: &str| mail[field].as_str().unwrap_or_default().to_owned();
            let links = mail["links"].as_array().into_iter().flatten();
            Mail {
                to: text("to"),
                subject: text("subject"),
                text: text("text"),
                html: text("html"),
                links: links.filter_map(|link| link.as_str().map(str::to_owned)).collect(),
                whole: mail.clone(),
            }
        });
        mails.filter(|mail| mail.to.eq_ignore_ascii_case(to)).collect()
    }

    async fn received(&self) -> Vec<Message> {
        let asked = self.queue.client().receive_message().queue_url(self.queue.url());
        let answer = asked.max_number_of_messages(10).wait_time_seconds(0).send().await;
        answer.expect("the queue answers").messages.unwrap_or_default()
    }

    async fn handled(&self, batch: &[Message]) -> Vec<String> {
        let named = batch.iter().map(|message| {
            (message.message_id.clone().unwrap_or_default(), message.body.clone().unwrap_or_default())
        });
        outcome(working_as("send-notice", send_notice::handle(self.app.clone(), event(named))).await)
    }

    async fn deleted(&self, receipt: &str) {
        let asked = self.queue.client().delete_message().queue_url(self.queue.url()).receipt_handle(receipt);
        asked.send().await.expect("the message is deleted");
    }

    async fn shown_again(&self, receipt: &str) {
        let client = self.queue.client();
        let asked = client.change_message_visibility().queue_url(self.queue.url()).receipt_handle(receipt);
        asked.visibility_timeout(0).send().await.expect("the message is shown again");
    }
}

pub(super) fn event(messages: impl Iterator<Item = (String, String)>) -> SqsEvent {
    let mut event = SqsEvent::default();
    event.records = messages
        .map(|(id, body)| {
            let mut record = SqsMessage::default();
            record.message_id = Some(id);
            record.body = Some(body);
            record
        })
        .collect();
    event
}

pub(super) fn outcome(outcome: BatchOutcome) -> Vec<String> {
    let failures = outcome.into_response().batch_item_failures;
    failures.into_iter().map(|failure| failure.item_identifier).collect()
}
