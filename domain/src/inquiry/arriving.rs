//! An inquiry comes to whoever should have it (SPEC §3.3, §5.2): the one rule for all that arrives,
//! comes back, or lost its agent.

use jiff::Timestamp;

use super::Inquiry;
use crate::actor::By;
use crate::change::Change;
use crate::event::Why;
use crate::shop::Shop;

impl Inquiry {
    /// What the shop's staff being as it is now makes of an active inquiry: the one agent has everything,
    /// and nobody keeps one who no longer serves. Empty where it is in the right hands.
    pub fn placed(&self, shop: &Shop, now: Timestamp) -> Change {
        let change = Change::to(self.clone());
        if self.active_and_listed() { change.arrived(false, shop, now) } else { change }
    }
}

impl Change {
    /// What arrives `anew`, or whose agent left, is nobody's until somebody is found, first of all
    /// whoever had it (SPEC §3.3).
    pub(super) fn arrived(mut self, anew: bool, shop: &Shop, now: Timestamp) -> Self {
        if shop.only_agent().is_some() {
            return self.given_to_only_agent(shop, now);
        }
        let Some(from) = self.after.assignee.clone() else { return self };
        let serves = shop.can_serve(&from);
        if serves && !anew {
            return self;
        }
        let why = if serves { Why::Reopened } else { Why::AgentLeft };
        self = self.assign(None, why, None, By::System, now);
        self.after.had_by = Some(from).filter(|_| serves);
        self
    }

    /// In a shop with one agent everything is that agent's, online or not (SPEC §5.2).
    pub(super) fn given_to_only_agent(mut self, shop: &Shop, now: Timestamp) -> Self {
        let Some(only) = shop.only_agent() else { return self };
        if self.after.assignee.as_ref() == Some(&only.agent) {
            return self;
        }
        self.after.seen = false;
        self.assign(Some(only.agent.clone()), Why::OnlyAgent, None, By::System, now)
    }
}

#[cfg(test)]
mod tests {
    use crate::event::{Event, Why};
    use crate::refusal::Refusal;
    use crate::testing::{agent, asked, assigned_to, at, shop, single_agent_shop};

    #[test]
    fn the_one_agent_has_what_was_nobodys_and_what_others_had() {
        for mut inquiry in [asked(), assigned_to("mia")] {
            inquiry.seen = true;
            let placed = inquiry.placed(&single_agent_shop(), at(5));
            assert_eq!(placed.after.assignee, Some(agent("nora")));
            assert!(placed.after.unread(), "the one agent has not seen it");
            let again = placed.after.placed(&single_agent_shop(), at(6));
            assert!(again.entries.is_empty(), "twice is once");
        }
    }

    #[test]
    fn nobody_keeps_an_active_one_who_no_longer_serves() -> Result<(), Refusal> {
        let placed = assigned_to("gone").placed(&shop(), at(5));
        assert_eq!((placed.after.assignee.clone(), placed.after.had_by), (None, None));
        let why = placed.entries.iter().map(|entry| &entry.event).collect::<Vec<_>>();
        assert!(matches!(why[..], [Event::Assigned { why: Why::AgentLeft, .. }]), "{why:?}");
        assert!(assigned_to("mia").placed(&shop(), at(5)).entries.is_empty());
        let ended = assigned_to("gone").settle(at(1))?.after;
        assert!(ended.placed(&shop(), at(5)).entries.is_empty(), "history stays as it was");
        Ok(())
    }
}
