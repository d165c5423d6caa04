//! A refund as it is stored, inside its order.

use domain::labels::RefundReason;
use domain::order_event::Consent;
use domain::refund::{Execution, Payer, Refund, RefundKind, RefundState};
use jiff::Timestamp;
use minicbor::{Decode, Encode};

use super::entry::{ByItem, agent, inquiry};
use super::{code, decoded, time, times};
use crate::failure::Failure;

/// The kinds without more to them, by their stored places; that for a return has a field of its own.
pub(super) const KINDS: [RefundKind; 4] =
    [RefundKind::Merchant, RefundKind::Overdue, RefundKind::Cancel, RefundKind::Cancelled];
/// Who pays, by stored places.
pub(super) const PAYERS: [Payer; 2] = [Payer::Webhook, Payer::ByHand];

#[derive(Encode, Decode)]
#[cbor(array)]
pub(super) struct RefundItem {
    #[n(0)]
    number: u32,
    #[n(1)]
    kind: u8,
    /// The return that it is for.
    #[n(2)]
    for_return: Option<u32>,
    #[n(3)]
    amount: u64,
    #[n(4)]
    reason: u8,
    #[n(5)]
    detail: Option<String>,
    #[n(6)]
    state: u8,
    #[n(7)]
    inquiry: String,
    #[n(8)]
    by: ByItem,
    #[n(9)]
    at: i64,
    #[n(10)]
    changed_at: i64,
    #[n(11)]
    consent: Option<ConsentItem>,
    #[n(12)]
    rejection: Option<String>,
    #[n(13)]
    payer: u8,
    #[n(14)]
    execution: Option<ExecutionItem>,
    #[n(15)]
    changes: u32,
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct ExecutionItem {
    #[n(0)]
    attempts: u32,
    #[n(1)]
    asked: u32,
    #[n(2)]
    started_at: Option<i64>,
    #[n(3)]
    next_at: Option<i64>,
    #[n(4)]
    reference: Option<String>,
    #[n(5)]
    problem: Option<String>,
    #[n(6)]
    first_confirmed_by: Option<String>,
    #[n(7)]
    failed_attempt: u32,
    #[n(8)]
    paid_attempt: u32,
    #[n(9)]
    heard: Vec<u64>,
    #[n(10)]
    contradicted: bool,
    #[n(11)]
    accepted_attempt: Option<u32>,
}

#[derive(Encode, Decode)]
pub(super) enum ConsentItem {
    #[n(0)]
    Message(#[n(0)] String, #[n(1)] u32),
    #[n(1)]
    Click,
}

/// A kind as its place and, where it has one, its return.
pub(super) fn kind_parts(kind: RefundKind) -> (u8, Option<u32>) {
    let returned = if let RefundKind::Return(number) = kind { Some(number) } else { None };
    (code(&KINDS, &kind), returned)
}

pub(super) fn kind(place: u8, returned: Option<u32>) -> Result<RefundKind, Failure> {
    returned.map_or_else(|| decoded(&KINDS, place), |number| Ok(RefundKind::Return(number)))
}

impl From<&Refund> for RefundItem {
    fn from(refund: &Refund) -> Self {
        let (kind, for_return) = kind_parts(refund.kind);
        Self {
            number: refund.number,
            kind,
            for_return,
            amount: refund.amount,
            reason: code(RefundReason::ALL, &refund.reason),
            detail: refund.detail.clone(),
            state: code(RefundState::ALL, &refund.state),
            inquiry: refund.inquiry.to_string(),
            by: ByItem::from(&refund.by),
            at: refund.at.as_millisecond(),
            changed_at: refund.changed_at.as_millisecond(),
            consent: refund.consent.as_ref().map(ConsentItem::from),
            rejection: refund.rejection.clone(),
            payer: code(&PAYERS, &refund.payer),
            execution: Some(&refund.execution)
                .filter(|execution| **execution != Execution::default())
                .map(ExecutionItem::from),
            changes: refund.changes,
        }
    }
}

impl TryFrom<RefundItem> for Refund {
    type Error = Failure;
    fn try_from(item: RefundItem) -> Result<Self, Failure> {
        Ok(Self {
            number: item.number,
            kind: kind(item.kind, item.for_return)?,
            amount: item.amount,
            reason: decoded(RefundReason::ALL, item.reason)?,
            detail: item.detail,
            state: decoded(RefundState::ALL, item.state)?,
            inquiry: inquiry(&item.inquiry)?,
            by: item.by.try_into()?,
            at: time(item.at)?,
            changed_at: time(item.changed_at)?,
            consent: item.consent.map(Consent::try_from).transpose()?,
            rejection: item.rejection,
            payer: decoded(&PAYERS, item.payer)?,
            execution: item.execution.map(Execution::try_from).transpose()?.unwrap_or_default(),
            changes: item.changes,
        })
    }
}

impl From<&Execution> for ExecutionItem {
    fn from(execution: &Execution) -> Self {
        Self {
            attempts: execution.attempts,
            asked: execution.asked,
            started_at: execution.started_at.map(Timestamp::as_millisecond),
            next_at: execution.next_at.map(Timestamp::as_millisecond),
            reference: execution.reference.clone(),
            problem: execution.problem.clone(),
            first_confirmed_by: execution.first_confirmed_by.as_ref().map(ToString::to_string),
            failed_attempt: execution.failed_attempt,
            paid_attempt: execution.paid_attempt,
            heard: execution.heard.clone(),
            contradicted: execution.contradicted,
            accepted_attempt: Some(execution.accepted_attempt).filter(|attempt| *attempt > 0),
        }
    }
}

impl TryFrom<ExecutionItem> for Execution {
    type Error = Failure;
    fn try_from(item: ExecutionItem) -> Result<Self, Failure> {
        Ok(Self {
            attempts: item.attempts,
            asked: item.asked,
            started_at: times(item.started_at)?,
            next_at: times(item.next_at)?,
            reference: item.reference,
            problem: item.problem,
            first_confirmed_by: item.first_confirmed_by.as_deref().map(agent).transpose()?,
            failed_attempt: item.failed_attempt,
            paid_attempt: item.paid_attempt,
            heard: item.heard,
            contradicted: item.contradicted,
            accepted_attempt: item.accepted_attempt.unwrap_or_default(),
        })
    }
}

impl From<&Consent> for ConsentItem {
    fn from(consent: &Consent) -> Self {
        match consent {
            Consent::Message { inquiry, seq } => Self::Message(inquiry.to_string(), *seq),
            Consent::Click => Self::Click,
        }
    }
}

impl TryFrom<ConsentItem> for Consent {
    type Error = Failure;
    fn try_from(item: ConsentItem) -> Result<Self, Failure> {
        Ok(match item {
            ConsentItem::Message(id, seq) => Self::Message { inquiry: inquiry(&id)?, seq },
            ConsentItem::Click => Self::Click,
        })
    }
}
