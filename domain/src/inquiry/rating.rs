//! The customer says how it was (SPEC §11): once, after it ended.

use jiff::Timestamp;

use super::{Inquiry, Rating};
use crate::actor::By;
use crate::change::Change;
use crate::event::Event;
use crate::labels::Score;
use crate::refusal::Refusal;

impl Inquiry {
    /// Stores the rating, also after the lock.
    ///
    /// # Errors
    /// [`Refusal::NotEnded`], [`Refusal::AlreadyRated`], [`Refusal::Merged`].
    pub fn rate(&self, score: Score, comment: Option<String>, now: Timestamp) -> Result<Change, Refusal> {
        if let Some(into) = &self.merged_into {
            return Err(Refusal::Merged { into: into.clone() });
        }
        if self.rating.is_some() {
            return Err(Refusal::AlreadyRated);
        }
        if self.ended.is_none() {
            return Err(Refusal::NotEnded);
        }
        let mut next = self.clone();
        next.rating = Some(Rating { score, comment: comment.clone(), at: now });
        Ok(Change::to(next).record(By::Customer, now, Event::Rated { score, comment }))
    }
}

#[cfg(test)]
mod tests {
    use crate::labels::Score;
    use crate::refusal::Refusal;
    use crate::testing::{asked, at};

    #[test]
    fn a_customer_rates_once_and_only_what_ended() -> Result<(), Refusal> {
        assert_eq!(asked().rate(Score::Neutral, None, at(1)).err(), Some(Refusal::NotEnded));
        let rated = asked().settle(at(1))?.after.rate(Score::Satisfied, None, at(2))?.after;
        assert_eq!(rated.rate(Score::Neutral, None, at(3)).err(), Some(Refusal::AlreadyRated));
        Ok(())
    }
}
