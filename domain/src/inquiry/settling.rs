//! The customer says that it is settled (SPEC §3.8).

use jiff::Timestamp;

use super::Inquiry;
use crate::actor::By;
use crate::change::Change;
use crate::event::Event;
use crate::labels::EndReason;
use crate::refusal::Refusal;

impl Inquiry {
    /// Ends the inquiry at the customer's word.
    ///
    /// # Errors
    /// [`Refusal::AlreadyEnded`].
    pub fn settle(&self, now: Timestamp) -> Result<Change, Refusal> {
        self.active(now)?;
        let mut next = self.clone();
        next.end(EndReason::Customer, None, now);
        Ok(Change::to(next).record(By::Customer, now, Event::Settled))
    }
}

#[cfg(test)]
mod tests {
    use crate::labels::{EndReason, Status};
    use crate::refusal::Refusal;
    use crate::testing::{asked, at};

    #[test]
    fn a_customer_settles_once() -> Result<(), Refusal> {
        let settled = asked().settle(at(60))?.after;
        assert_eq!(settled.status(), Status::Replied);
        assert_eq!(settled.ended.as_ref().map(|ended| ended.reason), Some(EndReason::Customer));
        assert_eq!(settled.settle(at(61)).err(), Some(Refusal::AlreadyEnded));
        Ok(())
    }
}
