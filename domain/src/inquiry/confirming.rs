//! A guest confirms the address (SPEC §2.4).

use jiff::Timestamp;

use super::Inquiry;
use crate::actor::By;
use crate::change::Change;
use crate::event::Event;
use crate::shop::Shop;

impl Inquiry {
    /// Releases a guest's inquiry to the shop. Waiting time and deadlines run from here.
    /// Confirming again changes nothing.
    pub fn confirm(&self, shop: &Shop, now: Timestamp) -> Change {
        let mut next = self.clone();
        if self.confirmed {
            return Change::to(next);
        }
        next.confirmed = true;
        next.opened_at = now;
        next.start_waiting(shop, now);
        next.last_customer_message_at = now;
        next.last_message_at = now;
        Change::to(next).record(By::Customer, now, Event::Confirmed).given_to_only_agent(shop, now)
    }
}

#[cfg(test)]
mod tests {
    use super::Inquiry;
    use crate::testing::{at, guest, shop, submission};

    #[test]
    fn waiting_runs_from_the_confirmation_and_confirming_twice_changes_nothing() {
        let (customer, id) = guest();
        let asked = Inquiry::submit(id, &shop(), customer, submission("?"), false, at(0)).after;
        let confirmed = asked.confirm(&shop(), at(3600)).after;
        assert!(confirmed.listed());
        assert_eq!(confirmed.waiting_since(), Some(at(3600)));
        let again = confirmed.confirm(&shop(), at(7200));
        assert!(again.entries.is_empty());
        assert_eq!(again.after, confirmed);
    }
}
