//! 內部備註 on an order: only staff see it.

use jiff::Timestamp;

use super::{Order, OrderChange};
use crate::actor::Agent;
use crate::order_event::{OrderEvent, by};
use crate::text::Text;

impl Order {
    /// Adds a note.
    pub fn note(&self, agent: &Agent, text: &Text, now: Timestamp) -> OrderChange {
        let event = OrderEvent::NoteAdded { text: text.as_str().to_owned() };
        OrderChange::to(self.clone()).record(by(&agent.id), now, None, event)
    }
}
