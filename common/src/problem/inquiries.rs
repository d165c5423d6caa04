//! Problems with inquiries: which one a refusal is.

use domain::refusal::Refusal;

use super::{Code, FieldCode, FieldProblem, Problem};
use crate::store::NotDone;

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::new(match refusal {
            Refusal::Locked => Code::InquiryLocked,
            Refusal::Merged { .. } => Code::InquiryMerged,
            Refusal::AlreadyEnded => Code::AlreadyEnded,
            Refusal::NotEnded => Code::NotEnded,
            Refusal::ReasonNeeded => return Self { fields: reason(), ..Self::new(Code::ReasonNeeded) },
            Refusal::DetailNeeded => return Self { fields: detail(), ..Self::new(Code::DetailNeeded) },
            Refusal::AlreadyAssigned { .. } => Code::AlreadyAssigned,
            Refusal::NotAssigned => Code::NotAssigned,
            Refusal::NotAnAgent { .. } => Code::NotAnAgent,
            Refusal::OnlyAgent => Code::OnlyAgent,
            Refusal::AlreadyRated => Code::AlreadyRated,
            Refusal::TooManyTags => Code::TooManyTags,
            Refusal::NothingToRead => Code::NothingToRead,
            Refusal::NotMergeable => Code::NotMergeable,
            Refusal::TooManyMerged => Code::TooManyMerged,
            Refusal::NotMerged => Code::NotMerged,
            Refusal::SnoozeInThePast => return Self::snooze(FieldCode::InThePast),
            Refusal::SnoozeTooFar => return Self::snooze(FieldCode::TooFar),
            Refusal::NoSuchDepartment => Code::NoSuchDepartment,
            Refusal::NobodyToAsk => Code::NobodyToAsk,
            Refusal::NoSuchQuestion => Code::NoSuchQuestion,
            Refusal::TooManyQuestions => Code::TooManyQuestions,
        })
    }
}

fn reason() -> Vec<FieldProblem> {
    vec![FieldProblem { field: "reason".to_owned(), code: FieldCode::Required }]
}

fn detail() -> Vec<FieldProblem> {
    vec![FieldProblem { field: "detail".to_owned(), code: FieldCode::Required }]
}

/// What a customer's command that was not carried out looks like; staff get the state besides
/// (see [`crate::view::staff_problem`]).
impl From<NotDone> for Problem {
    fn from(not_done: NotDone) -> Self {
        match not_done {
            NotDone::Missing => Self::new(Code::NotFound),
            NotDone::Refused(refusal, _) => refusal.into(),
            NotDone::MovedOn(_) => Self::new(Code::InquiryMovedOn),
            NotDone::KeyReused => Self::new(Code::IdempotencyKeyReused),
            NotDone::Failed(failure) => failure.into(),
        }
    }
}
