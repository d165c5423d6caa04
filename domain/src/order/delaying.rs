//! A later date, agreed with the customer (SPEC §10.7): only the proof of the agreement moves `ship by`.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::{Order, OrderChange, Standing};
use crate::actor::{Agent, By};
use crate::ids::InquiryId;
use crate::order_event::{Consent, OrderEvent, by};
use crate::refusal::OrderRefusal;
use crate::shop::Shop;

/// The furthest day that can be agreed to.
pub const FURTHEST_DELAY_DAYS: i64 = 180;

/// A later date, and what was agreed besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delay {
    /// The last day on which it is to be shipped, on the shop's calendar.
    pub date: Date,
    /// What was agreed besides; an internal note.
    pub terms: String,
    /// The inquiry in which the customer was told, or is asked.
    pub inquiry: InquiryId,
}

impl Order {
    /// An agent records a later date. With the proof that the customer agreed it holds at once; without it
    /// the customer is asked, and until they agree nothing moves.
    ///
    /// # Errors
    /// [`OrderRefusal::NotToShip`], [`OrderRefusal::NotLater`] if the day does not lie after the present
    /// promise and after today, [`OrderRefusal::TooFar`].
    pub fn delay_shipping(
        &self,
        shop: &Shop,
        agent: &Agent,
        (delay, proof): (Delay, Option<Consent>),
        now: Timestamp,
    ) -> Result<OrderChange, OrderRefusal> {
        if self.standing() != Standing::ToShip {
            return Err(OrderRefusal::NotToShip);
        }
        let zone = shop.zone();
        let today = zone.to_datetime(now).date();
        let promised = zone.to_datetime(self.ship_by(shop)).date();
        if delay.date <= promised || delay.date < today {
            return Err(OrderRefusal::NotLater { ship_by: self.ship_by(shop) });
        }
        if today.checked_add(FURTHEST_DELAY_DAYS.days()).is_ok_and(|furthest| delay.date > furthest) {
            return Err(OrderRefusal::TooFar);
        }
        let mut after = self.clone();
        let (inquiry, date, terms) = (delay.inquiry.clone(), delay.date, delay.terms.clone());
        let event = match proof {
            Some(proof) => {
                after.agreed(delay);
                OrderEvent::DelayAgreed { date, terms, proof }
            }
            None => {
                after.proposed_delay = Some(delay);
                OrderEvent::DelayProposed { date, terms }
            }
        };
        Ok(OrderChange::to(after).record(by(&agent.id), now, Some(&inquiry), event))
    }

    /// The customer answers in the storefront; "I agree" is the proof, of the date that they saw.
    ///
    /// # Errors
    /// [`OrderRefusal::NothingProposed`], also where another date is proposed by now; [`OrderRefusal::NotToShip`].
    pub fn answer_delay(
        &self,
        date: Date,
        agrees: bool,
        now: Timestamp,
    ) -> Result<OrderChange, OrderRefusal> {
        let delay = self.proposed_delay.clone().filter(|it| it.date == date);
        let delay = delay.ok_or(OrderRefusal::NothingProposed)?;
        if self.standing() != Standing::ToShip {
            return Err(OrderRefusal::NotToShip);
        }
        let mut after = self.clone();
        let (inquiry, date, terms) = (delay.inquiry.clone(), delay.date, delay.terms.clone());
        after.proposed_delay = None;
        let event = if agrees {
            after.agreed(delay);
            OrderEvent::DelayAgreed { date, terms, proof: Consent::Click }
        } else {
            OrderEvent::DelayDeclined
        };
        Ok(OrderChange::to(after).record(By::Customer, now, Some(&inquiry), event))
    }

    /// When an agreed date passes; from then on it is raised again (SPEC §6.5, §10.7).
    pub fn delay_passes_at(&self, shop: &Shop) -> Option<Timestamp> {
        let waits = self.delay.is_some() && self.standing() == Standing::ToShip && !self.delay_raised;
        let last = self.ship_by(shop);
        waits.then(|| last.saturating_add(jiff::SignedDuration::from_millis(1)).unwrap_or(last))
    }

    /// Raises an agreed date that passed; with nothing due the change is empty.
    pub fn enforce(&self, shop: &Shop, now: Timestamp) -> OrderChange {
        let change = OrderChange::to(self.clone());
        let passed = self.delay_passes_at(shop).filter(|at| *at <= now);
        let (Some(at), Some(delay)) = (passed, &self.delay) else { return change };
        let mut change = change.record(By::System, at, Some(&delay.inquiry), OrderEvent::DelayPassed);
        change.after.delay_raised = true;
        change
    }

    fn agreed(&mut self, delay: Delay) {
        self.delay = Some(delay);
        self.proposed_delay = None;
        self.delay_raised = false;
    }
}
