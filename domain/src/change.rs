//! What a rule decided: the inquiry after it, the new entries of its timeline, the mails owed.

use jiff::Timestamp;

use crate::actor::By;
use crate::event::{Entry, Event};
use crate::inquiry::Inquiry;
use crate::notice::{Notice, owed};

/// A decided change. It is stored whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The inquiry after the change.
    pub after: Inquiry,
    /// What happened, in order; empty when nothing did.
    pub entries: Vec<Entry>,
    /// Mails that it owes.
    pub notices: Vec<Notice>,
}

impl Change {
    /// The change to `after` that has not recorded anything yet.
    pub fn to(after: Inquiry) -> Self {
        Self { after, entries: Vec::new(), notices: Vec::new() }
    }

    /// This change and then another, which was decided on what this one leaves.
    #[must_use]
    pub fn then(mut self, mut next: Self) -> Self {
        self.entries.append(&mut next.entries);
        self.notices.append(&mut next.notices);
        Self { after: next.after, ..self }
    }

    /// Records what happened as the next entry, with the mail that it owes.
    #[must_use]
    pub fn record(mut self, by: By, at: Timestamp, event: Event) -> Self {
        // A machine's clock may be behind the one that wrote before: the timeline never goes back.
        let at = at.max(self.after.changed_at);
        self.after.changed_at = at;
        self.after.version += 1;
        let seq = self.after.version;
        self.notices.extend(owed(&by, &event).map(|kind| Notice { kind, seq }));
        self.entries.push(Entry { seq, at, by, event });
        self
    }
}
