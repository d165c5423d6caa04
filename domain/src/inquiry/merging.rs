//! Merging duplicates of one customer: a pointer; messages never move (SPEC §3.9).

use jiff::Timestamp;

use super::Inquiry;
use crate::actor::{Agent, By};
use crate::change::Change;
use crate::event::Event;
use crate::refusal::Refusal;

/// The most inquiries that can be part of one.
const MOST_ABSORBED: usize = 20;

impl Inquiry {
    /// Makes this inquiry part of `into`: this one is locked and leaves the lists, the other
    /// shows it. Answers with both changes, this one's first; they are stored together.
    ///
    /// # Errors
    /// [`Refusal::NotMergeable`], [`Refusal::TooManyMerged`], [`Refusal::Merged`], [`Refusal::Locked`].
    pub fn merge(&self, into: &Self, agent: &Agent, now: Timestamp) -> Result<(Change, Change), Refusal> {
        self.writable(now)?;
        into.writable(now)?;
        let same_customer = self.shop == into.shop && self.customer.key == into.customer.key;
        if !same_customer || self.id == into.id || !self.absorbed.is_empty() || !into.confirmed {
            return Err(Refusal::NotMergeable);
        }
        if into.absorbed.len() >= MOST_ABSORBED {
            return Err(Refusal::TooManyMerged);
        }
        let by = || By::Agent(agent.id.clone());
        let (mut part, mut whole) = (self.clone(), into.clone());
        part.merged_into = Some(into.id.clone());
        whole.absorbed.push(self.id.clone());
        Ok((
            Change::to(part).record(by(), now, Event::Merged { into: into.id.clone() }),
            Change::to(whole).record(by(), now, Event::Absorbed { inquiry: self.id.clone() }),
        ))
    }

    /// Undoes a merge: removes the pointer; each stands again where it stood.
    ///
    /// # Errors
    /// [`Refusal::NotMerged`].
    pub fn unmerge(&self, from: &Self, agent: &Agent, now: Timestamp) -> Result<(Change, Change), Refusal> {
        if self.merged_into.as_ref() != Some(&from.id) {
            return Err(Refusal::NotMerged);
        }
        let by = || By::Agent(agent.id.clone());
        let (mut part, mut whole) = (self.clone(), from.clone());
        part.merged_into = None;
        // Its clocks stood still: the days to its end count anew.
        part.reopened_at = Some(now);
        whole.absorbed.retain(|id| *id != self.id);
        Ok((
            Change::to(part).record(by(), now, Event::Unmerged { from: from.id.clone() }),
            Change::to(whole).record(by(), now, Event::Released { inquiry: self.id.clone() }),
        ))
    }
}

#[cfg(test)]
mod tests {
    use crate::event::Then;
    use crate::refusal::Refusal;
    use crate::testing::{asked, asked_again, at, mia, shop, text};

    #[test]
    fn a_merged_one_is_locked_until_the_merge_is_undone() -> Result<(), Refusal> {
        let (part, whole) = asked().merge(&asked_again(), &mia(), at(1))?;
        assert!(!part.after.listed());
        let merged = Refusal::Merged { into: whole.after.id.clone() };
        assert_eq!(
            part.after.reply(&shop(), &mia(), &text("?"), Then::Done, at(2)).err(),
            Some(merged.clone())
        );
        assert_eq!(part.after.follow_up(&shop(), &text("?"), at(2)).err(), Some(merged));
        let (alone, rest) = part.after.unmerge(&whole.after, &mia(), at(3))?;
        assert!(alone.after.listed() && rest.after.absorbed.is_empty());
        assert_eq!(alone.after.status(), asked().status());
        Ok(())
    }

    #[test]
    fn only_two_of_the_same_customer_merge() {
        let mut other = asked_again();
        other.customer.key = crate::ids::CustomerKey::from_bits(9);
        assert_eq!(asked().merge(&other, &mia(), at(1)).err(), Some(Refusal::NotMergeable));
        assert_eq!(asked().merge(&asked(), &mia(), at(1)).err(), Some(Refusal::NotMergeable));
        assert_eq!(asked().unmerge(&other, &mia(), at(1)).err(), Some(Refusal::NotMerged));
    }
}
