//! What every function has at hand.

use std::sync::Arc;

use domain::change::Change;
use domain::ids::{InquiryId, ShopId};
use domain::inquiry::Inquiry;
use domain::order::{Order, OrderChange};
use domain::refusal::{OrderRefusal, Refusal};
use domain::shop::Shop;

use crate::arrivals::Arrivals;
use crate::clock::Clock;
use crate::config::Config;
use crate::failure::Failure;
use crate::idempotency::Once;
use crate::limiter::Limiter;
use crate::mail::Mailer;
use crate::notices::Notices;
use crate::provider::{Patience, Webhook};
use crate::queue::Queue;
use crate::refunds::Refunds;
use crate::store::items::OrderRecord;
use crate::store::table::{Table, Write};
use crate::store::{Command, Done, NotDone, OrderCommand, OrderDone, OrderNotDone, Said, ShopRecord, Store};

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
    /// The queue of shops in which an inquiry may wait for somebody.
    pub arrivals: Arrivals,
    /// The queue of orders about whose refunds a provider is to be asked.
    pub refunds: Refunds,
    /// Asks shops' backends to pay refunds.
    pub webhook: Webhook,
    /// Sends mails.
    pub mailer: Mailer,
    /// The time.
    pub clock: Clock,
    /// Bounds what one member does in this process.
    pub members: Limiter,
}

/// The queues, each of which only hurries what stands in the table.
#[derive(Debug, Clone)]
pub struct Queues {
    /// Mails that are owed.
    pub notices: Notices,
    /// Shops in which an inquiry may wait for somebody.
    pub arrivals: Arrivals,
    /// Orders about whose refunds a provider is to be asked.
    pub refunds: Refunds,
}

impl Parts {
    /// The queues, for another app over the same.
    pub fn queues(&self) -> Queues {
        let (notices, arrivals) = (self.notices.clone(), self.arrivals.clone());
        Queues { notices, arrivals, refunds: self.refunds.clone() }
    }
}

impl std::ops::Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// Puts the parts together.
    pub fn new(config: Config, store: Store, queues: Queues, mailer: Mailer, clock: Clock) -> Self {
        let members = Limiter::new(config.member_limit);
        let store = store.by(clock.clone());
        let webhook = Webhook::new(config.webhooks_to_loopback, Patience::default());
        let Queues { notices, arrivals, refunds } = queues;
        Self(Arc::new(Parts { config, store, notices, arrivals, refunds, webhook, mailer, clock, members }))
    }

    /// The parts as a Lambda's environment names them; built once, outside the handler.
    ///
    /// # Errors
    /// [`Failure::Configuration`].
    pub async fn from_environment() -> Result<Self, Failure> {
        let (config, resources) = Config::from_environment()?;
        let aws = aws_config::load_from_env().await;
        let store = Store::new(Table::new(aws_sdk_dynamodb::Client::new(&aws), resources.table));
        let sqs = aws_sdk_sqs::Client::new(&aws);
        let notices = Notices::new(Queue::new(sqs.clone(), resources.notices_queue));
        let arrivals = Arrivals::new(Queue::new(sqs.clone(), resources.arrivals_queue));
        let refunds = Refunds::new(Queue::new(sqs, resources.refunds_queue));
        let mailer = Mailer::Ses(aws_sdk_sesv2::Client::new(&aws), resources.mail_configuration_set);
        Ok(Self::new(config, store, Queues { notices, arrivals, refunds }, mailer, Clock::system()))
    }

    /// Changes an inquiry and announces what follows from it (see [`Store::change`]).
    ///
    /// # Errors
    /// [`NotDone`].
    pub async fn change(
        &self,
        command: Command<'_>,
        decide: impl Fn(&Inquiry) -> Result<Change, Refusal>,
    ) -> Result<Done, NotDone> {
        let mut beside = None;
        let outcome = self.store.change(command, decide, &mut beside).await;
        for done in beside.iter().chain(&outcome) {
            self.announce(done).await;
        }
        outcome
    }

    /// Stores a new inquiry and announces what follows from it (see [`Store::open`]).
    ///
    /// # Errors
    /// [`NotDone`].
    pub async fn open(
        &self,
        shop: &Shop,
        change: Change,
        once: &Once,
        beside: Vec<Write>,
    ) -> Result<Done, NotDone> {
        let done = self.store.open(shop, change, once, beside).await?;
        self.announce(&done).await;
        Ok(done)
    }

    /// Changes an order and announces what follows from it (see [`Store::change_order`]).
    ///
    /// # Errors
    /// [`OrderNotDone`].
    pub async fn change_order(
        &self,
        command: OrderCommand<'_>,
        said: Said<'_>,
        decide: impl Fn(&Order) -> Result<OrderChange, OrderRefusal>,
    ) -> Result<OrderDone, OrderNotDone> {
        let done = self.store.change_order(command, said, decide).await?;
        self.announce_order(&done).await;
        Ok(done)
    }

    /// Tells the queues what follows from a change of an order: in its inquiries, and for its refunds.
    pub async fn announce_order(&self, done: &OrderDone) {
        for told in &done.told {
            self.announce(told).await;
        }
        self.ask_provider(&done.record).await;
    }

    /// Asks for the refunds of an order to be executed, if some are due; the schedule does it if the queue
    /// does not.
    pub async fn ask_provider(&self, record: &OrderRecord) {
        let order = &record.order;
        if order.errands(self.clock.now()).next().is_none() {
            return;
        }
        if let Err(failure) = self.refunds.send(&order.shop, &order.number, record.writes).await {
            tracing::warn!(error = failure.chain(), "a refund waits for the schedule");
        }
    }

    /// Tells the queues what follows from a change: mails that it owes, an inquiry that may find an
    /// agent now. Best effort: what a queue does not take, a sweep finds (outbox).
    pub async fn announce(&self, done: &Done) {
        let inquiry = &done.record.inquiry;
        if done.distribute {
            let arrived = Some(&inquiry.id).filter(|_| inquiry.unassigned());
            self.ask_for_distribution(&inquiry.shop, arrived).await;
        }
        if done.owed().next().is_none() {
            return;
        }
        let sent = self.notices.send(&inquiry.shop, &inquiry.id, done.record.writes).await;
        if let Err(failure) = sent {
            tracing::warn!(inquiry = %inquiry.id, error = failure.chain(), "a notice waits for the sweep");
        }
    }

    /// Asks for a shop's unassigned inquiries to be distributed; the schedule does it if the queue does not.
    pub async fn distribute(&self, shop: &ShopId) {
        self.ask_for_distribution(shop, None).await;
    }

    /// Stores a shop in place of what was `before`, and asks for what a change of its staff means to be
    /// done; false if somebody else changed it meanwhile (see [`Store::put_shop`]).
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn put_shop(&self, record: &ShopRecord, before: Option<&Shop>) -> Result<bool, Failure> {
        let stored = self.store.put_shop(record, before, self.clock.now()).await?;
        if stored {
            self.distribute(&record.shop.id).await;
        }
        Ok(stored)
    }

    async fn ask_for_distribution(&self, shop: &ShopId, arrived: Option<&InquiryId>) {
        if let Err(failure) = self.arrivals.send(shop, arrived).await {
            tracing::warn!(%shop, error = failure.chain(), "the distribution waits for the schedule");
        }
    }
}
