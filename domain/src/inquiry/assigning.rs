//! An inquiry changes hands by hand (SPEC §5.5): taken, given, transferred, put back.

use jiff::Timestamp;

use super::Inquiry;
use crate::actor::{Agent, By};
use crate::change::Change;
use crate::event::{Event, Why};
use crate::ids::AgentId;
use crate::refusal::Refusal;
use crate::shop::Shop;
use crate::text::Text;

impl Inquiry {
    /// Gives the inquiry to `to`, or puts it back to the unassigned. A note can go with it.
    /// Receiving, presence and capacity do not matter: a person decided.
    ///
    /// # Errors
    /// [`Refusal::AlreadyEnded`], [`Refusal::NotAnAgent`], [`Refusal::AlreadyAssigned`] with whose
    /// it is, [`Refusal::NotAssigned`], [`Refusal::OnlyAgent`].
    pub fn assign_to(
        &self,
        shop: &Shop,
        agent: &Agent,
        to: Option<&AgentId>,
        note: Option<&Text>,
        now: Timestamp,
    ) -> Result<Change, Refusal> {
        self.active(now)?;
        let why = match to {
            Some(to) if !shop.can_serve(to) => return Err(Refusal::NotAnAgent { agent: to.clone() }),
            Some(to) if self.assignee.as_ref() == Some(to) => {
                return Err(Refusal::AlreadyAssigned { to: to.clone() });
            }
            Some(to) if *to == agent.id => Why::Taken,
            Some(_) => Why::ByHand,
            None if self.assignee.is_none() => return Err(Refusal::NotAssigned),
            None if shop.only_agent().is_some() => return Err(Refusal::OnlyAgent),
            None => Why::PutBack,
        };
        let note = note.map(|text| text.as_str().to_owned());
        let mut next = self.clone();
        next.put_back_by = self.assignee.clone().filter(|_| to.is_none());
        next.seen = to == Some(&agent.id);
        Ok(Change::to(next).assign(to.cloned(), why, note, By::Agent(agent.id.clone()), now))
    }
}

impl Change {
    pub(super) fn assign(
        mut self,
        to: Option<AgentId>,
        why: Why,
        note: Option<String>,
        by: By,
        now: Timestamp,
    ) -> Self {
        let from = std::mem::replace(&mut self.after.assignee, to.clone());
        self.after.had_by = None;
        // Whoever gets it has not put it aside.
        self.after.come_back();
        if to.is_some() {
            self.after.put_back_by = None;
        }
        self.record(by, now, Event::Assigned { from, to, why, note })
    }
}

#[cfg(test)]
mod tests {
    use crate::event::{Event, Why};
    use crate::refusal::Refusal;
    use crate::testing::{agent, asked, assigned_to, at, mia, shop, single_agent_shop, text};

    #[test]
    fn taking_giving_and_putting_back_are_recorded_with_their_reason() -> Result<(), Refusal> {
        let taken = asked().assign_to(&shop(), &mia(), Some(&agent("mia")), None, at(1))?;
        assert!(!taken.after.unread(), "who takes it looks at it");
        let note = text("She asked for you");
        let given = taken.after.assign_to(&shop(), &mia(), Some(&agent("leo")), Some(&note), at(2))?;
        assert!(given.after.unread(), "the new agent has not seen it");
        let back = given.after.assign_to(&shop(), &mia(), None, None, at(3))?;
        assert_eq!(back.after.assignee, None);
        let why: Vec<_> = [taken, given, back]
            .into_iter()
            .flat_map(|change| change.entries)
            .filter_map(|entry| match entry.event {
                Event::Assigned { why, .. } => Some(why),
                _ => None,
            })
            .collect();
        assert_eq!(why, [Why::Taken, Why::ByHand, Why::PutBack]);
        Ok(())
    }

    #[test]
    fn what_was_put_aside_comes_back_when_it_changes_hands() -> Result<(), Refusal> {
        let aside = assigned_to("mia").snooze(&mia(), Some(at(3600)), at(0))?.after;
        let given = aside.assign_to(&shop(), &mia(), Some(&agent("leo")), None, at(1))?.after;
        assert!(!given.is_aside(at(1)));
        let back = aside.assign_to(&shop(), &mia(), None, None, at(1))?.after;
        assert_eq!(back.snoozed_until, None, "its end is told to nobody else");
        Ok(())
    }

    #[test]
    fn what_cannot_change_hands_says_why() -> Result<(), Refusal> {
        let mias = assigned_to("mia");
        let to = |name: &str| mias.assign_to(&shop(), &mia(), Some(&agent(name)), None, at(1)).err();
        assert_eq!(to("mia"), Some(Refusal::AlreadyAssigned { to: agent("mia") }));
        assert_eq!(to("stranger"), Some(Refusal::NotAnAgent { agent: agent("stranger") }));
        assert_eq!(asked().assign_to(&shop(), &mia(), None, None, at(1)).err(), Some(Refusal::NotAssigned));
        let only = assigned_to("nora").assign_to(&single_agent_shop(), &mia(), None, None, at(1));
        assert_eq!(only.err(), Some(Refusal::OnlyAgent));
        let ended = mias.settle(at(1))?.after;
        assert_eq!(
            ended.assign_to(&shop(), &mia(), Some(&agent("leo")), None, at(2)).err(),
            Some(Refusal::AlreadyEnded)
        );
        Ok(())
    }
}
