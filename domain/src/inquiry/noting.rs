//! Staff write for staff (SPEC §1, note).

use jiff::Timestamp;

use super::Inquiry;
use crate::actor::{Agent, By};
use crate::change::Change;
use crate::event::Event;
use crate::refusal::Refusal;
use crate::text::Text;

impl Inquiry {
    /// Adds an internal note. It changes nothing that the customer sees, and history takes
    /// notes until the lock.
    ///
    /// # Errors
    /// [`Refusal::Locked`] and [`Refusal::Merged`].
    pub fn note(&self, agent: &Agent, text: &Text, now: Timestamp) -> Result<Change, Refusal> {
        self.writable(now)?;
        Ok(Change::to(self.clone()).record(
            By::Agent(agent.id.clone()),
            now,
            Event::NoteAdded { text: text.as_str().to_owned() },
        ))
    }
}

#[cfg(test)]
mod tests {
    use crate::refusal::Refusal;
    use crate::testing::{asked, at, mia, text};

    #[test]
    fn a_note_tells_the_customer_nothing() -> Result<(), Refusal> {
        let before = asked();
        let change = before.note(&mia(), &text("Warehouse says Friday"), at(60))?;
        assert!(change.notices.is_empty());
        assert_eq!(change.after.preview, before.preview);
        assert_eq!(change.after.waiting_since(), before.waiting_since());
        assert_eq!(change.entries[0].event.message(), None);
        Ok(())
    }
}
