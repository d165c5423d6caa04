//! The system gives an unassigned inquiry to an agent (SPEC §5.3); who, is decided in [`crate::routing`].

use jiff::Timestamp;

use super::Inquiry;
use crate::actor::By;
use crate::change::Change;
use crate::event::Why;
use crate::ids::AgentId;
use crate::refusal::Refusal;
use crate::routing::{Arrival, Routed};

impl Inquiry {
    /// What a choice goes by. `knows_customer` comes from the customer's other inquiries.
    pub fn arrival<'a>(&'a self, knows_customer: Option<&'a AgentId>) -> Arrival<'a> {
        Arrival {
            category: self.category,
            had_it: self.had_by.as_ref(),
            knows_customer,
            put_back_by: self.put_back_by.as_ref(),
        }
    }

    /// Whether a choice that went by that holds for it as it is now.
    pub fn arrives_as(&self, arrival: &Arrival<'_>) -> bool {
        self.arrival(arrival.knows_customer) == *arrival
    }

    /// Gives it to that agent, for that reason.
    ///
    /// # Errors
    /// [`Refusal::AlreadyAssigned`] with whose it is by now, [`Refusal::AlreadyEnded`],
    /// [`Refusal::Merged`], [`Refusal::Locked`].
    pub fn route_to(&self, agent: &AgentId, routed: Routed, now: Timestamp) -> Result<Change, Refusal> {
        self.active(now)?;
        if let Some(to) = &self.assignee {
            return Err(Refusal::AlreadyAssigned { to: to.clone() });
        }
        let mut next = self.clone();
        next.seen = false;
        Ok(Change::to(next).assign(Some(agent.clone()), Why::Routed(routed), None, By::System, now))
    }
}
