//! Gives a shop's unassigned inquiries to agents who can take them, oldest first, up to their
//! capacity (SPEC §5.3, §5.4). Who gets which and why is decided by `domain::routing`; that
//! nobody gets more than they have room for is a condition of the write itself.

use aws_lambda_events::event::sqs::SqsEvent;
use common::app::App;
use common::arrivals::ArrivalMessage;
use common::failure::Failure;
use common::lambda::BatchOutcome;
use common::store::items::Record;
use common::store::{Desk, NotRouted};
use domain::ids::{AgentId, InquiryId, ShopId};
use domain::routing::{Arrival, Candidate, can_take, route};
use domain::shop::Shop;

/// Inquiries that are looked at together.
const AT_ONCE: usize = 100;
/// How often somebody else is chosen when an agent could not take it after all.
const CHOICES: usize = 5;

/// Handles a batch of the queue: each message names a shop.
pub async fn handle(app: App, event: SqsEvent) -> BatchOutcome {
    BatchOutcome::of_each(event, |body| {
        let app = app.clone();
        async move {
            let message: Option<ArrivalMessage> = serde_json::from_str(&body).ok();
            let shop = message.filter(|it| it.format == 1).and_then(|it| ShopId::parse(&it.shop).ok());
            match shop {
                Some(shop) => distribute(&app, &shop).await.map_err(|failure| failure.chain()),
                None => {
                    tracing::error!("a message of the queue is not readable; the schedule looks");
                    Ok(())
                }
            }
        }
    })
    .await
}

/// Distributes until nobody can take more, or nothing waits.
///
/// # Errors
/// [`Failure`]: the message comes again, and what was given stays given.
pub async fn distribute(app: &App, shop: &ShopId) -> Result<(), Failure> {
    let Some(record) = app.store.shop(shop).await? else { return Ok(()) };
    let shop = &record.shop;
    if shop.only_agent().is_some() {
        return Ok(());
    }
    loop {
        let mut team = Team::of(app, shop).await?;
        if !team.anybody_can() {
            return Ok(());
        }
        let waiting = app.store.waiting(&shop.id, AT_ONCE).await?;
        let mut given = 0;
        for row in &waiting.rows {
            if !team.anybody_can() {
                return Ok(());
            }
            given += usize::from(team.give(&row.id).await?);
        }
        if given == 0 || !waiting.more {
            return Ok(());
        }
    }
}

/// A shop's agents as they are now.
struct Team<'a> {
    app: &'a App,
    shop: &'a Shop,
    desks: Vec<Desk>,
}

impl<'a> Team<'a> {
    async fn of(app: &'a App, shop: &'a Shop) -> Result<Self, Failure> {
        Ok(Self { app, shop, desks: app.store.desks(shop, true).await? })
    }

    fn candidates(&self) -> Vec<Candidate> {
        let (now, roster) = (self.app.clock.now(), self.desks.iter().any(|desk| !desk.shifts.is_empty()));
        self.desks.iter().map(|desk| desk.candidate(self.shop, roster, now)).collect()
    }

    fn anybody_can(&self) -> bool {
        let duty_required = self.shop.service_settings.duty_required;
        self.candidates().iter().any(|candidate| can_take(candidate, duty_required))
    }

    /// Gives one inquiry to whoever is first by the rule. False if nobody took it, or it was gone.
    async fn give(&mut self, id: &InquiryId) -> Result<bool, Failure> {
        let Some((record, knows_customer)) = self.background(id).await? else { return Ok(false) };
        let arrival = Arrival {
            category: record.inquiry.category,
            had_it: record.inquiry.had_by.as_ref(),
            knows_customer: knows_customer.as_ref(),
            put_back_by: record.inquiry.put_back_by.as_ref(),
        };
        for _ in 0..CHOICES {
            let duty_required = self.shop.service_settings.duty_required;
            let Some((agent, routed)) = route(&self.candidates(), &arrival, duty_required) else {
                return Ok(false);
            };
            let now = self.app.clock.now();
            match self.app.store.route(self.shop, id, &agent, &routed, now).await {
                Ok(done) => {
                    self.app.announce(&done).await;
                    self.note_given(&agent, id);
                    return Ok(true);
                }
                Err(NotRouted::Gone) => return Ok(false),
                Err(NotRouted::Full) => self.desks = self.app.store.desks(self.shop, true).await?,
                Err(NotRouted::Failed(failure)) => return Err(failure),
            }
        }
        Ok(false)
    }

    fn note_given(&mut self, agent: &AgentId, id: &InquiryId) {
        let now = self.app.clock.now();
        if let Some(desk) = self.desks.iter_mut().find(|desk| desk.agent == *agent) {
            desk.held.insert(id.to_string());
            desk.given_at = Some(now);
        }
    }

    /// The inquiry, and who last served its customer.
    async fn background(&self, id: &InquiryId) -> Result<Option<(Record, Option<AgentId>)>, Failure> {
        let (store, shop) = (&self.app.store, &self.shop.id);
        let page = store.customers(shop, &id.customer(), None, false).await?;
        let knows_customer = page.records.iter().find_map(|record| record.inquiry.last_answered_by.clone());
        let record = page.records.into_iter().find(|record| record.inquiry.id == *id);
        let record = match record {
            Some(record) => Some(record),
            None => store.inquiry(shop, id, true).await?,
        };
        Ok(record.map(|record| (record, knows_customer)))
    }
}
