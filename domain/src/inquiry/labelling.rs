//! Flag, tags, category, priority (SPEC §2.3, §3.10).

use jiff::Timestamp;

use super::Inquiry;
use crate::actor::{Agent, By};
use crate::change::Change;
use crate::event::Event;
use crate::labels::{Alarm, Category, Flag, Priority};
use crate::refusal::Refusal;
use crate::shop::Shop;
use crate::text::Line;

/// The most tags of an inquiry.
pub const MOST_TAGS: usize = 10;
/// The most characters of a tag.
pub const TAG_CHARACTERS: usize = 24;

/// What to change; what is not named stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels {
    /// The flag.
    pub flag: Option<FlagChange>,
    /// The category; it decides the priority unless a person chose that.
    pub category: Option<Category>,
    /// The priority, from now on chosen by hand.
    pub priority: Option<Priority>,
    /// Tags to add.
    pub add_tags: Vec<Line<TAG_CHARACTERS>>,
    /// Tags to take off.
    pub remove_tags: Vec<Line<TAG_CHARACTERS>>,
}

/// What becomes of the flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlagChange {
    /// It has that colour.
    Set(Flag),
    /// It is taken off.
    Clear,
}

impl Inquiry {
    /// Changes labels; each real change is an entry, what already is so is none.
    ///
    /// # Errors
    /// [`Refusal::TooManyTags`], [`Refusal::Locked`], [`Refusal::Merged`].
    pub fn label(
        &self,
        shop: &Shop,
        agent: &Agent,
        labels: Labels,
        now: Timestamp,
    ) -> Result<Change, Refusal> {
        self.writable(now)?;
        let by = By::Agent(agent.id.clone());
        let change = Change::to(self.clone())
            .flag(labels.flag, &by, now)
            .categorize(shop, labels.category, labels.priority, &by, now)
            .tag(&labels.add_tags, &labels.remove_tags, by, now);
        if change.after.tags.len() > MOST_TAGS { Err(Refusal::TooManyTags) } else { Ok(change) }
    }
}

impl Change {
    fn flag(mut self, flag: Option<FlagChange>, by: &By, now: Timestamp) -> Self {
        let to = match flag {
            None => return self,
            Some(FlagChange::Clear) => None,
            Some(FlagChange::Set(colour)) => Some(colour),
        };
        let from = std::mem::replace(&mut self.after.flag, to);
        if from == to { self } else { self.record(by.clone(), now, Event::Flagged { from, to }) }
    }

    pub(super) fn categorize(
        mut self,
        shop: &Shop,
        category: Option<Category>,
        priority: Option<Priority>,
        by: &By,
        now: Timestamp,
    ) -> Self {
        let (from, to) = (self.after.category, category.unwrap_or(self.after.category));
        if from != to {
            self.after.category = to;
            self = self.record(by.clone(), now, Event::Recategorized { from, to });
        }
        self.after.priority_by_hand |= priority.is_some();
        let decided = if self.after.priority_by_hand { self.after.priority } else { shop.priority_of(to) };
        let (from, to) = (self.after.priority, priority.unwrap_or(decided));
        if from == to {
            return self;
        }
        self.after.priority = to;
        self.promise_anew(shop, now).record(by.clone(), now, Event::Reprioritized { from, to })
    }

    /// Another priority promises another time, counted from the same message.
    fn promise_anew(mut self, shop: &Shop, now: Timestamp) -> Self {
        let it = &mut self.after;
        it.reply_due_at = it.unanswered_since.map(|since| shop.reply_due(since, it.priority));
        if it.reply_due_at.is_some_and(|due| now < due) {
            it.raised = it.raised.without(Alarm::Overdue);
        }
        self
    }

    fn tag(
        mut self,
        add: &[Line<TAG_CHARACTERS>],
        remove: &[Line<TAG_CHARACTERS>],
        by: By,
        now: Timestamp,
    ) -> Self {
        let before = self.after.tags.clone();
        let tags = &mut self.after.tags;
        tags.retain(|tag| !remove.iter().any(|gone| gone.as_str() == tag));
        for tag in add {
            if !tags.iter().any(|has| has == tag.as_str()) {
                tags.push(tag.as_str().to_owned());
            }
        }
        let tags = tags.clone();
        if tags == before { self } else { self.record(by, now, Event::Tagged { tags }) }
    }
}

#[cfg(test)]
mod tests {
    use super::{FlagChange, Labels};
    use crate::labels::{Category, Flag, Priority};
    use crate::refusal::Refusal;
    use crate::testing::{asked, at, line, mia, shop};

    #[test]
    fn the_category_decides_the_priority_until_a_person_chose_it() -> Result<(), Refusal> {
        let to = |category| Labels { category: Some(category), ..Labels::default() };
        let first = asked().label(&shop(), &mia(), to(Category::Payment), at(1))?;
        assert_eq!(first.after.priority, Priority::Urgent);
        assert_eq!(first.entries.len(), 2, "both are recorded");
        let by_hand = Labels { priority: Some(Priority::General), ..Labels::default() };
        let second = first.after.label(&shop(), &mia(), by_hand, at(2))?;
        let third = second.after.label(&shop(), &mia(), to(Category::OrderAnomaly), at(3))?;
        assert_eq!(third.after.priority, Priority::General);
        Ok(())
    }

    #[test]
    fn what_already_is_so_leaves_no_entry() -> Result<(), Refusal> {
        let red = Labels {
            flag: Some(FlagChange::Set(Flag::Red)),
            add_tags: vec![line("vip"), line("vip")],
            ..Labels::default()
        };
        let first = asked().label(&shop(), &mia(), red.clone(), at(1))?;
        assert_eq!((first.entries.len(), first.after.tags.as_slice()), (2, ["vip".to_owned()].as_slice()));
        assert!(first.after.label(&shop(), &mia(), red, at(2))?.entries.is_empty());
        let clear =
            Labels { flag: Some(FlagChange::Clear), remove_tags: vec![line("vip")], ..Labels::default() };
        let last = first.after.label(&shop(), &mia(), clear, at(3))?.after;
        assert_eq!((last.flag, last.tags.len()), (None, 0));
        Ok(())
    }

    #[test]
    fn eleven_tags_are_too_many() {
        let add_tags = (0..11).map(|n| line(&format!("tag {n}"))).collect();
        let refused = asked().label(&shop(), &mia(), Labels { add_tags, ..Labels::default() }, at(1));
        assert_eq!(refused.err(), Some(Refusal::TooManyTags));
    }
}
