//! A line of an order's timeline as it is stored, in the order and, where it is told there, in its inquiry.

use domain::labels::{RefundReason, ReturnKind};
use domain::money::Money;
use domain::order_event::{Consent, OrderEntry, OrderEvent, RefundStep, ReturnStep, Withdrawn};
use minicbor::{Decode, Encode};

use super::entry::{ByItem, inquiry};
use super::order::{currency, date};
use super::refund::ConsentItem;
use super::{code, decoded, time};
use crate::failure::Failure;

/// Why a refund ended without money, by stored places.
pub(super) const WITHDRAWN: [Withdrawn; 5] = [
    Withdrawn::TakenBack,
    Withdrawn::Declined,
    Withdrawn::Shipped,
    Withdrawn::Cancelled,
    Withdrawn::OfferTakenBack,
];

#[derive(Encode, Decode)]
#[cbor(array)]
pub(super) struct OrderEntryItem {
    #[n(0)]
    seq: u32,
    #[n(1)]
    at: i64,
    #[n(2)]
    by: ByItem,
    #[n(3)]
    event: OrderEventItem,
    #[n(4)]
    inquiry: Option<String>,
}

#[derive(Encode, Decode)]
pub(super) enum OrderEventItem {
    #[n(0)]
    Placed,
    #[n(1)]
    Paid,
    #[n(2)]
    Updated,
    #[n(3)]
    Shipped(#[n(0)] String, #[n(1)] String),
    #[n(4)]
    Delivered,
    #[n(5)]
    Cancelled(#[n(0)] bool),
    #[n(6)]
    NoteAdded(#[n(0)] String),
    #[n(7)]
    DelayProposed(#[n(0)] String, #[n(1)] String),
    #[n(8)]
    DelayAgreed(#[n(0)] String, #[n(1)] String, #[n(2)] ConsentItem),
    #[n(9)]
    DelayDeclined,
    #[n(10)]
    DelayPassed,
    #[n(11)]
    Refund(#[n(0)] u32, #[n(1)] u64, #[n(2)] String, #[n(3)] RefundStepItem),
    #[n(12)]
    Return(#[n(0)] u32, #[n(1)] u8, #[n(2)] ReturnStepItem),
}

#[derive(Encode, Decode)]
pub(super) enum RefundStepItem {
    #[n(0)]
    Requested(#[n(0)] u8, #[n(1)] Option<String>),
    #[n(1)]
    Proposed(#[n(0)] u8, #[n(1)] Option<String>),
    #[n(2)]
    Approved(#[n(0)] u8, #[n(1)] Option<String>, #[n(2)] Option<ConsentItem>),
    #[n(3)]
    Rejected(#[n(0)] String, #[n(1)] ConsentItem),
    #[n(4)]
    Withdrawn(#[n(0)] u8),
    #[n(5)]
    Started(#[n(0)] u32),
    #[n(6)]
    Unknown(#[n(0)] bool),
    #[n(7)]
    FirstConfirmed(#[n(0)] String),
    #[n(8)]
    Succeeded(#[n(0)] Option<String>),
    #[n(9)]
    Failed(#[n(0)] String),
    #[n(10)]
    Retried,
    #[n(11)]
    ByHand,
    #[n(12)]
    Contradicted(#[n(0)] Option<String>),
    #[n(13)]
    LookedInto(#[n(0)] String),
}

#[derive(Encode, Decode)]
pub(super) enum ReturnStepItem {
    #[n(0)]
    Requested(#[n(0)] Option<String>),
    #[n(1)]
    Accepted,
    #[n(2)]
    Rejected(#[n(0)] String),
    #[n(3)]
    Withdrawn,
    #[n(4)]
    PickUpArranged(#[n(0)] String),
    #[n(5)]
    Received,
    #[n(6)]
    Refunded(#[n(0)] u32),
    #[n(7)]
    Replaced(#[n(0)] String, #[n(1)] String),
}

impl From<&OrderEntry> for OrderEntryItem {
    fn from(entry: &OrderEntry) -> Self {
        Self {
            seq: entry.seq,
            at: entry.at.as_millisecond(),
            by: ByItem::from(&entry.by),
            event: OrderEventItem::from(&entry.event),
            inquiry: entry.inquiry.as_ref().map(ToString::to_string),
        }
    }
}

impl TryFrom<OrderEntryItem> for OrderEntry {
    type Error = Failure;
    fn try_from(item: OrderEntryItem) -> Result<Self, Failure> {
        Ok(Self {
            seq: item.seq,
            at: time(item.at)?,
            by: item.by.try_into()?,
            event: item.event.try_into()?,
            inquiry: item.inquiry.as_deref().map(inquiry).transpose()?,
        })
    }
}

impl From<&OrderEvent> for OrderEventItem {
    fn from(event: &OrderEvent) -> Self {
        match event {
            OrderEvent::Placed => Self::Placed,
            OrderEvent::Paid => Self::Paid,
            OrderEvent::Updated => Self::Updated,
            OrderEvent::Shipped { carrier, tracking } => Self::Shipped(carrier.clone(), tracking.clone()),
            OrderEvent::Delivered => Self::Delivered,
            OrderEvent::Cancelled { refunded } => Self::Cancelled(*refunded),
            OrderEvent::NoteAdded { text } => Self::NoteAdded(text.clone()),
            OrderEvent::DelayProposed { date, terms } => Self::DelayProposed(date.to_string(), terms.clone()),
            OrderEvent::DelayAgreed { date, terms, proof } => {
                Self::DelayAgreed(date.to_string(), terms.clone(), proof.into())
            }
            OrderEvent::DelayDeclined => Self::DelayDeclined,
            OrderEvent::DelayPassed => Self::DelayPassed,
            OrderEvent::Refund { number, amount, step } => {
                Self::Refund(*number, amount.minor, amount.currency.code().to_owned(), step.into())
            }
            OrderEvent::Return { number, kind, step } => {
                Self::Return(*number, code(ReturnKind::ALL, kind), step.into())
            }
        }
    }
}

impl TryFrom<OrderEventItem> for OrderEvent {
    type Error = Failure;
    fn try_from(item: OrderEventItem) -> Result<Self, Failure> {
        Ok(match item {
            OrderEventItem::Placed => Self::Placed,
            OrderEventItem::Paid => Self::Paid,
            OrderEventItem::Updated => Self::Updated,
            OrderEventItem::Shipped(carrier, tracking) => Self::Shipped { carrier, tracking },
            OrderEventItem::Delivered => Self::Delivered,
            OrderEventItem::Cancelled(refunded) => Self::Cancelled { refunded },
            OrderEventItem::NoteAdded(text) => Self::NoteAdded { text },
            OrderEventItem::DelayProposed(day, terms) => Self::DelayProposed { date: date(&day)?, terms },
            OrderEventItem::DelayAgreed(day, terms, proof) => {
                Self::DelayAgreed { date: date(&day)?, terms, proof: proof.try_into()? }
            }
            OrderEventItem::DelayDeclined => Self::DelayDeclined,
            OrderEventItem::DelayPassed => Self::DelayPassed,
            OrderEventItem::Refund(number, minor, code, step) => Self::Refund {
                number,
                amount: Money { minor, currency: currency(&code)? },
                step: step.try_into()?,
            },
            OrderEventItem::Return(number, kind, step) => {
                Self::Return { number, kind: decoded(ReturnKind::ALL, kind)?, step: step.into() }
            }
        })
    }
}

impl From<&RefundStep> for RefundStepItem {
    fn from(step: &RefundStep) -> Self {
        let why = |reason: &RefundReason| code(RefundReason::ALL, reason);
        match step {
            RefundStep::Requested { reason, detail } => Self::Requested(why(reason), detail.clone()),
            RefundStep::Proposed { reason, detail } => Self::Proposed(why(reason), detail.clone()),
            RefundStep::Approved { reason, detail, proof } => {
                Self::Approved(why(reason), detail.clone(), proof.as_ref().map(ConsentItem::from))
            }
            RefundStep::Rejected { reason, proof } => Self::Rejected(reason.clone(), proof.into()),
            RefundStep::Withdrawn { why } => Self::Withdrawn(code(&WITHDRAWN, why)),
            RefundStep::Started { attempt } => Self::Started(*attempt),
            RefundStep::Unknown { lasting } => Self::Unknown(*lasting),
            RefundStep::FirstConfirmed { reference } => Self::FirstConfirmed(reference.clone()),
            RefundStep::Succeeded { reference } => Self::Succeeded(reference.clone()),
            RefundStep::Failed { why } => Self::Failed(why.clone()),
            RefundStep::Retried => Self::Retried,
            RefundStep::ByHand => Self::ByHand,
            RefundStep::Contradicted { reference } => Self::Contradicted(reference.clone()),
            RefundStep::LookedInto { words } => Self::LookedInto(words.clone()),
        }
    }
}

impl TryFrom<RefundStepItem> for RefundStep {
    type Error = Failure;
    fn try_from(item: RefundStepItem) -> Result<Self, Failure> {
        let why = |place: u8| decoded(RefundReason::ALL, place);
        Ok(match item {
            RefundStepItem::Requested(reason, detail) => Self::Requested { reason: why(reason)?, detail },
            RefundStepItem::Proposed(reason, detail) => Self::Proposed { reason: why(reason)?, detail },
            RefundStepItem::Approved(reason, detail, proof) => Self::Approved {
                reason: why(reason)?,
                detail,
                proof: proof.map(Consent::try_from).transpose()?,
            },
            RefundStepItem::Rejected(reason, proof) => Self::Rejected { reason, proof: proof.try_into()? },
            RefundStepItem::Withdrawn(place) => Self::Withdrawn { why: decoded(&WITHDRAWN, place)? },
            RefundStepItem::Started(attempt) => Self::Started { attempt },
            RefundStepItem::Unknown(lasting) => Self::Unknown { lasting },
            RefundStepItem::FirstConfirmed(reference) => Self::FirstConfirmed { reference },
            RefundStepItem::Succeeded(reference) => Self::Succeeded { reference },
            RefundStepItem::Failed(why) => Self::Failed { why },
            RefundStepItem::Retried => Self::Retried,
            RefundStepItem::ByHand => Self::ByHand,
            RefundStepItem::Contradicted(reference) => Self::Contradicted { reference },
            RefundStepItem::LookedInto(words) => Self::LookedInto { words },
        })
    }
}

impl From<&ReturnStep> for ReturnStepItem {
    fn from(step: &ReturnStep) -> Self {
        match step {
            ReturnStep::Requested { reason } => Self::Requested(reason.clone()),
            ReturnStep::Accepted => Self::Accepted,
            ReturnStep::Rejected { reason } => Self::Rejected(reason.clone()),
            ReturnStep::Withdrawn => Self::Withdrawn,
            ReturnStep::PickUpArranged { details } => Self::PickUpArranged(details.clone()),
            ReturnStep::Received => Self::Received,
            ReturnStep::Refunded { refund } => Self::Refunded(*refund),
            ReturnStep::Replaced { carrier, tracking } => Self::Replaced(carrier.clone(), tracking.clone()),
        }
    }
}

impl From<ReturnStepItem> for ReturnStep {
    fn from(item: ReturnStepItem) -> Self {
        match item {
            ReturnStepItem::Requested(reason) => Self::Requested { reason },
            ReturnStepItem::Accepted => Self::Accepted,
            ReturnStepItem::Rejected(reason) => Self::Rejected { reason },
            ReturnStepItem::Withdrawn => Self::Withdrawn,
            ReturnStepItem::PickUpArranged(details) => Self::PickUpArranged { details },
            ReturnStepItem::Received => Self::Received,
            ReturnStepItem::Refunded(refund) => Self::Refunded { refund },
            ReturnStepItem::Replaced(carrier, tracking) => Self::Replaced { carrier, tracking },
        }
    }
}
