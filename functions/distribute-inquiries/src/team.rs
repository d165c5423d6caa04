//! A shop's agents as they are now, and who of them gets an inquiry.

use common::app::App;
use common::failure::Failure;
use common::store::items::Record;
use common::store::{Desk, NotRouted};
use domain::ids::{AgentId, InquiryId};
use domain::routing::{Candidate, can_take, route};
use domain::shop::Shop;
use jiff::Timestamp;

/// How often somebody is chosen anew when the choice did not hold.
const CHOICES: usize = 20;
/// Pages of a customer's inquiries that are looked through for who last served them.
const PAGES: usize = 4;

/// What became of an inquiry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// Somebody has it.
    Yes,
    /// Nobody can take it, or it is no longer to be given.
    No,
    /// Whoever was chosen could not take it after all, again and again.
    Contended,
}

pub struct Team<'a> {
    app: &'a App,
    pub shop: &'a Shop,
    desks: Vec<Desk>,
}

impl<'a> Team<'a> {
    /// The agents of a shop; the desks of who is here are compared with the inquiries where that is due.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn of(app: &'a App, shop: &'a Shop, desks: Vec<Desk>) -> Result<Self, Failure> {
        let (mut team, now) = (Self { app, shop, desks }, app.clock.now());
        let due = team.desks.iter().filter(|desk| desk.online(now) && desk.recount_due(now));
        let due: Vec<AgentId> = due.map(|desk| desk.agent.clone()).collect();
        for agent in &due {
            if let Err(failure) = app.store.recount(shop, agent, now).await {
                tracing::error!(shop = %shop.id, %agent, error = failure.chain(), "a desk is not counted");
            }
        }
        if !due.is_empty() {
            team.reload().await?;
        }
        Ok(team)
    }

    async fn reload(&mut self) -> Result<(), Failure> {
        self.desks = self.app.store.desks(self.shop, true).await?;
        Ok(())
    }

    /// Of a desk that was never counted nobody knows whether there is room.
    fn candidates(&self) -> Vec<Candidate> {
        let (now, roster) = (self.app.clock.now(), self.desks.iter().any(|desk| !desk.shifts.is_empty()));
        let counted = self.desks.iter().filter(|desk| desk.counted());
        counted.map(|desk| desk.candidate(self.shop, roster, now)).collect()
    }

    /// Whether anybody can take anything.
    pub fn anybody_can(&self) -> bool {
        let duty_required = self.shop.service_settings.duty_required;
        self.candidates().iter().any(|candidate| can_take(candidate, duty_required))
    }

    /// Gives one inquiry to whoever is first by the rule.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn give(&mut self, id: &InquiryId) -> Result<Given, Failure> {
        let Some((mut record, knows_customer)) = self.background(id).await? else { return Ok(Given::No) };
        for _ in 0..CHOICES {
            let arrival = record.inquiry.arrival(knows_customer.as_ref());
            let duty_required = self.shop.service_settings.duty_required;
            let Some((agent, routed)) = route(&self.candidates(), &arrival, duty_required) else {
                return Ok(Given::No);
            };
            let now = self.app.clock.now();
            match self.app.store.route(self.shop, id, &arrival, (&agent, &routed), now).await {
                Ok(done) => {
                    self.app.announce(&done).await;
                    self.note_given(&agent, id);
                    return Ok(Given::Yes);
                }
                Err(NotRouted::Gone) => return Ok(Given::No),
                Err(NotRouted::Full) => self.reload().await?,
                Err(NotRouted::Changed(now)) => record = *now,
                Err(NotRouted::Failed(Failure::Contended)) => return Ok(Given::Contended),
                Err(NotRouted::Failed(failure)) => return Err(failure),
            }
        }
        Ok(Given::Contended)
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
        let (mut found, mut last, mut from): (Option<Record>, Option<(Timestamp, AgentId)>, _) =
            (None, None, None::<String>);
        for _ in 0..PAGES {
            let page = store.customers(shop, &id.customer(), from.as_deref(), false).await?;
            let served = page.records.iter().filter_map(served);
            last = served.chain(last).max_by_key(|(at, _)| *at);
            found = found.or(page.records.into_iter().find(|record| record.inquiry.id == *id));
            from = page.next;
            if from.is_none() {
                break;
            }
        }
        if found.is_none() {
            found = store.inquiry(shop, id, true).await?;
        }
        Ok(found.map(|record| (record, last.map(|(_, agent)| agent))))
    }
}

/// Who answered in it last, and when; of old ones only that it was before the last message.
fn served(record: &Record) -> Option<(Timestamp, AgentId)> {
    let inquiry = &record.inquiry;
    let at = inquiry.last_answered_at.unwrap_or(inquiry.last_message_at);
    Some((at, inquiry.last_answered_by.clone()?))
}
