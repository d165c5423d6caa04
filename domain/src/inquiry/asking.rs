//! 轉介: a note that asks a colleague or a department (SPEC §3.7).

use jiff::Timestamp;

use super::Inquiry;
use crate::actor::{Agent, By};
use crate::change::Change;
use crate::event::Event;
use crate::question::{Asked, Question};
use crate::refusal::Refusal;
use crate::shop::Shop;
use crate::text::Text;

/// The most questions that stand open on an inquiry.
pub const MOST_QUESTIONS: usize = 10;
/// Bytes of a question that are shown where it stands open.
const QUESTION_BYTES: usize = 240;

impl Inquiry {
    /// Asks; the question stands open until it is marked answered.
    ///
    /// # Errors
    /// [`Refusal::NotAnAgent`], [`Refusal::NoSuchDepartment`], [`Refusal::NobodyToAsk`],
    /// [`Refusal::TooManyQuestions`], [`Refusal::Locked`], [`Refusal::Merged`].
    pub fn ask(
        &self,
        shop: &Shop,
        agent: &Agent,
        to: Asked,
        text: &Text,
        now: Timestamp,
    ) -> Result<Change, Refusal> {
        self.writable(now)?;
        match &to {
            Asked::Agent(asked) if !shop.can_serve(asked) => {
                return Err(Refusal::NotAnAgent { agent: asked.clone() });
            }
            Asked::Department(name) if shop.department(name).is_none() => {
                return Err(Refusal::NoSuchDepartment);
            }
            Asked::Agent(_) | Asked::Department(_) => {}
        }
        if !to.agents(shop).any(|asked| *asked != agent.id) {
            return Err(Refusal::NobodyToAsk);
        }
        if self.questions.len() >= MOST_QUESTIONS {
            return Err(Refusal::TooManyQuestions);
        }
        let mut next = self.clone();
        next.questions.push(Question {
            seq: self.version + 1,
            by: agent.id.clone(),
            to: to.clone(),
            at: now,
            excerpt: text.excerpt(QUESTION_BYTES),
        });
        let event = Event::QuestionAsked { to, text: text.as_str().to_owned() };
        Ok(Change::to(next).record(By::Agent(agent.id.clone()), now, event))
    }

    /// Marks a question answered, with a note if there is one. Anybody of the staff may.
    ///
    /// # Errors
    /// [`Refusal::NoSuchQuestion`] if it does not stand open, [`Refusal::Locked`], [`Refusal::Merged`].
    pub fn answer_question(
        &self,
        agent: &Agent,
        question: u32,
        text: Option<&Text>,
        now: Timestamp,
    ) -> Result<Change, Refusal> {
        self.writable(now)?;
        let mut next = self.clone();
        next.questions.retain(|open| open.seq != question);
        if next.questions.len() == self.questions.len() {
            return Err(Refusal::NoSuchQuestion);
        }
        let event = Event::QuestionAnswered { question, text: text.map(|text| text.as_str().to_owned()) };
        Ok(Change::to(next).record(By::Agent(agent.id.clone()), now, event))
    }
}

#[cfg(test)]
mod tests {
    use crate::question::Asked;
    use crate::refusal::Refusal;
    use crate::testing::{agent, assigned_to, at, mia, shop, text};

    #[test]
    fn a_question_stands_open_until_it_is_answered_once() -> Result<(), Refusal> {
        let asked = assigned_to("mia").ask(
            &shop(),
            &mia(),
            Asked::Agent(agent("leo")),
            &text("Is it in stock?"),
            at(1),
        )?;
        let seq = asked.after.version;
        assert_eq!(asked.after.questions.iter().map(|open| open.seq).collect::<Vec<_>>(), [seq]);
        let answered = asked.after.answer_question(&mia(), seq, Some(&text("Yes")), at(2))?.after;
        assert!(answered.questions.is_empty());
        assert_eq!(answered.answer_question(&mia(), seq, None, at(3)).err(), Some(Refusal::NoSuchQuestion));
        Ok(())
    }

    #[test]
    fn only_who_is_there_can_be_asked() {
        let ask = |to| assigned_to("mia").ask(&shop(), &mia(), to, &text("?"), at(1)).err();
        assert_eq!(ask(Asked::Agent(agent("gone"))), Some(Refusal::NotAnAgent { agent: agent("gone") }));
        assert_eq!(ask(Asked::Department("nowhere".to_owned())), Some(Refusal::NoSuchDepartment));
        assert_eq!(ask(Asked::Department("倉庫".to_owned())), None);
        assert_eq!(ask(Asked::Agent(agent("mia"))), Some(Refusal::NobodyToAsk));
    }

    #[test]
    fn a_department_that_would_tell_nobody_is_not_asked() {
        for (agents, expected) in [
            (vec![], Some(Refusal::NobodyToAsk)),
            (vec![agent("mia")], Some(Refusal::NobodyToAsk)),
            (vec![agent("gone")], Some(Refusal::NobodyToAsk)),
            (vec![agent("mia"), agent("leo")], None),
        ] {
            let mut shop = shop();
            shop.service_settings.departments[0].agents = agents;
            let to = Asked::Department("倉庫".to_owned());
            assert_eq!(assigned_to("mia").ask(&shop, &mia(), to, &text("?"), at(1)).err(), expected);
        }
    }
}
