//! Reads what a provider answered. Only what it says clearly counts.

use domain::refund::{Errand, Outcome};
use domain::text::excerpt;
use http::StatusCode;
use serde::Deserialize;

use super::{Answer, Reply};

/// The most bytes that are kept of a reference.
const REFERENCE_BYTES: usize = 128;
/// The most bytes that are kept of why it failed.
const PROBLEM_BYTES: usize = 512;

/// An answer's body; what else is in it does not matter.
#[derive(Deserialize)]
struct Said {
    status: String,
    attempt: Option<u32>,
    reference: Option<String>,
    problem: Option<String>,
}

/// Why an answer says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unclear {
    /// Not the status of an answer: a redirect, an error.
    #[error("the provider answered with status {0}")]
    Status(StatusCode),
    /// Not the JSON of an answer.
    #[error("the provider's answer cannot be read")]
    Unreadable,
    /// A word that does not answer what was asked.
    #[error("the provider's answer is to another question")]
    OffThePoint,
    /// About an attempt that was never made.
    #[error("the provider speaks of an attempt that was never made")]
    NoSuchAttempt,
}

/// What the provider says.
///
/// # Errors
/// [`Unclear`].
pub fn read(errand: &Errand, reply: &Reply) -> Result<Answer, Unclear> {
    if reply.status != StatusCode::OK {
        return Err(Unclear::Status(reply.status));
    }
    let said: Said = serde_json::from_slice(&reply.body).map_err(|_| Unclear::Unreadable)?;
    let (asked, pays) = match errand {
        Errand::Pay { attempt, .. } => (*attempt, true),
        Errand::Ask { attempt, .. } => (*attempt, false),
    };
    let attempt = said.attempt.unwrap_or(asked);
    if attempt == 0 || attempt > asked {
        return Err(Unclear::NoSuchAttempt);
    }
    let outcome = match said.status.as_str() {
        "accepted" => Outcome::Accepted,
        "succeeded" => Outcome::Succeeded { reference: reference(said.reference.as_deref()) },
        "failed" => Outcome::Failed { why: problem(said.problem.as_deref()) },
        // Who was just told to pay cannot know nothing of it.
        "not_found" if !pays => Outcome::NotFound,
        _ => return Err(Unclear::OffThePoint),
    };
    Ok(Answer { attempt, outcome })
}

/// A provider's reference as it is kept: one line, not too long; `None` if it says nothing.
pub fn reference(text: Option<&str>) -> Option<String> {
    text.map(|text| line(text, REFERENCE_BYTES)).filter(|text| !text.is_empty())
}

/// Why a refund failed in the provider's words, as they are kept: one line, not too long.
pub fn problem(text: Option<&str>) -> String {
    text.map(|text| line(text, PROBLEM_BYTES)).unwrap_or_default()
}

fn line(text: &str, bytes: usize) -> String {
    let printable: String = text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    excerpt(&printable, bytes)
}
