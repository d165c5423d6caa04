//! 未讀: what its agent has seen (SPEC §4.2). It is about reading, not about the
//! conversation: no entry, no new version.

use jiff::Timestamp;

use super::Inquiry;
use crate::change::Change;
use crate::refusal::Refusal;

impl Inquiry {
    /// Marks the inquiry as seen or as not seen by its agent.
    ///
    /// # Errors
    /// [`Refusal::NothingToRead`] when marking unread what waits for nobody.
    pub fn mark_seen(&self, seen: bool, now: Timestamp) -> Result<Change, Refusal> {
        self.writable(now)?;
        if !seen && self.waiting_since().is_none() {
            return Err(Refusal::NothingToRead);
        }
        let mut next = self.clone();
        next.seen = seen;
        Ok(Change::to(next))
    }
}

#[cfg(test)]
mod tests {
    use crate::refusal::Refusal;
    use crate::testing::{asked, at};

    #[test]
    fn seeing_leaves_the_version_alone() -> Result<(), Refusal> {
        let before = asked();
        let seen = before.mark_seen(true, at(1))?;
        assert!(!seen.after.unread());
        assert_eq!(seen.after.version, before.version);
        assert!(seen.after.mark_seen(false, at(2))?.after.unread());
        let settled = before.settle(at(3))?.after;
        assert_eq!(settled.mark_seen(false, at(4)).err(), Some(Refusal::NothingToRead));
        Ok(())
    }
}
