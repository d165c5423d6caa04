//! A question that stands open, as it is stored with its inquiry.

use domain::question::Question;
use minicbor::{Decode, Encode};

use super::entry::{agent, asked, asked_parts};
use super::time;
use crate::failure::Failure;

#[derive(Encode, Decode)]
#[cbor(array)]
pub(super) struct QuestionItem {
    #[n(0)]
    seq: u32,
    #[n(1)]
    by: String,
    #[n(2)]
    agent: Option<String>,
    #[n(3)]
    department: Option<String>,
    #[n(4)]
    at: i64,
    #[n(5)]
    excerpt: String,
}

impl From<&Question> for QuestionItem {
    fn from(question: &Question) -> Self {
        let (agent, department) = asked_parts(&question.to);
        Self {
            seq: question.seq,
            by: question.by.to_string(),
            agent,
            department,
            at: question.at.as_millisecond(),
            excerpt: question.excerpt.clone(),
        }
    }
}

impl TryFrom<QuestionItem> for Question {
    type Error = Failure;
    fn try_from(item: QuestionItem) -> Result<Self, Failure> {
        Ok(Self {
            seq: item.seq,
            by: agent(&item.by)?,
            to: asked(item.agent.as_deref(), item.department)?,
            at: time(item.at)?,
            excerpt: item.excerpt,
        })
    }
}
