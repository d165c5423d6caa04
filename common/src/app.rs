//! What every function has at hand.

use std::sync::Arc;

use domain::change::Change;
use domain::inquiry::Inquiry;
use domain::refusal::Refusal;

use crate::clock::Clock;
use crate::config::Config;
use crate::failure::Failure;
use crate::idempotency::Once;
use crate::limiter::Limiter;
use crate::mail::Mailer;
use crate::notices::Notices;
use crate::store::table::{Table, Write};
use crate::store::{Command, Done, NotDone, Store};

/// The parts of the system that a use case needs. Cheap to clone.
#[derive(Debug, Clone)]
pub struct App(Arc<Parts>);

/// The parts.
#[derive(Debug)]
pub struct Parts {
    /// What the deployment decided.
    pub config: Config,
    /// What is stored.
    pub store: Store,
    /// The queue of mails that are owed.
    pub notices: Notices,
    /// Sends mails.
    pub mailer: Mailer,
    /// The time.
    pub clock: Clock,
    /// Bounds what one member does in this process.
    pub members: Limiter,
}

impl std::ops::Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// Puts the parts together.
    pub fn new(config: Config, store: Store, notices: Notices, mailer: Mailer, clock: Clock) -> Self {
        let members = Limiter::new(config.member_limit);
        Self(Arc::new(Parts { config, store, notices, mailer, clock, members }))
    }

    /// The parts as a Lambda's environment names them; built once, outside the handler.
    ///
    /// # Errors
    /// [`Failure::Configuration`].
    pub async fn from_environment() -> Result<Self, Failure> {
        let (config, resources) = Config::from_environment()?;
        let aws = aws_config::load_from_env().await;
        let store = Store::new(Table::new(aws_sdk_dynamodb::Client::new(&aws), resources.table));
        let notices = Notices::new(aws_sdk_sqs::Client::new(&aws), resources.notices_queue);
        let mailer = Mailer::Ses(aws_sdk_sesv2::Client::new(&aws), resources.mail_configuration_set);
        Ok(Self::new(config, store, notices, mailer, Clock::system()))
    }

    /// Changes an inquiry and announces the mails that it owes (see [`Store::change`]).
    ///
    /// # Errors
    /// [`NotDone`].
    pub async fn change(
        &self,
        command: Command<'_>,
        decide: impl Fn(&Inquiry) -> Result<Change, Refusal>,
    ) -> Result<Done, NotDone> {
        let done = self.store.change(command, decide).await?;
        self.announce(&done).await;
        Ok(done)
    }

    /// Stores a new inquiry and announces the mails that it owes (see [`Store::open`]).
    ///
    /// # Errors
    /// [`NotDone`].
    pub async fn open(&self, change: Change, once: &Once, beside: Vec<Write>) -> Result<Done, NotDone> {
        let done = self.store.open(change, once, beside).await?;
        self.announce(&done).await;
        Ok(done)
    }

    /// Best effort: what the queue does not take, the sweep finds (outbox).
    async fn announce(&self, done: &Done) {
        if done.owed().next().is_none() {
            return;
        }
        let inquiry = &done.record.inquiry;
        let sent = self.notices.send(&inquiry.shop, &inquiry.id, done.record.writes).await;
        if let Err(failure) = sent {
            tracing::warn!(inquiry = %inquiry.id, error = failure.chain(), "a notice waits for the sweep");
        }
    }
}
