//! A line of an order's timeline as staff see it; the same stands in its inquiry's.

use domain::order::Order;
use domain::order_event::{Consent, OrderEntry, OrderEvent, RefundStep, ReturnStep, Withdrawn};
use domain::shop::Shop;
use serde::Serialize;
use utoipa::ToSchema;

use super::MoneyView;
use crate::view::Moment;
use crate::view::entry::ByView;

/// A line of an order's timeline.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = OrderEntry)]
pub struct OrderEntryView {
    /// Its number, from 1.
    pub seq: u32,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Moment,
    /// Who.
    pub by: ByView,
    /// What.
    #[serde(flatten)]
    pub event: OrderEventView,
}

/// What happened to an order. `event`, and `step` where there is one, say which of the other fields are there.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
#[schema(as = OrderEvent)]
pub struct OrderEventView {
    /// `placed`, `paid`, `updated`, `shipped`, `delivered`, `cancelled`, `note_added`, `delay_proposed`,
    /// `delay_agreed`, `delay_declined`, `delay_passed`, `refund` or `return`.
    pub event: &'static str,
    /// A note's text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Who carries the parcel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    /// Under which number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking: Option<String>,
    /// The later day, `2026-12-01`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// What was agreed besides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
    /// The customer's agreement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<ProofView>,
    /// Which refund or return.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// How much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<MoneyView>,
    /// `return` or `exchange`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    /// What happened to the refund or the return.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<&'static str>,
    /// Why: a word for a refund, a text for a rejection or a return.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The reason in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Why it ended: `taken_back`, `declined`, `shipped`, `cancelled` or `offer_taken_back`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<&'static str>,
    /// The provider's or the bank's reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Why the provider did not pay, in its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// How often the provider was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempt: Option<u32>,
    /// When and by whom it is picked up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// The refund for a return.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund: Option<u32>,
}

/// The customer's agreement, on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Proof)]
pub struct ProofView {
    /// `message`, or `click`: their own "I agree" in the storefront.
    pub kind: &'static str,
    /// The inquiry of the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inquiry: Option<String>,
    /// The number of its entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<u32>,
}

impl From<&Consent> for ProofView {
    fn from(consent: &Consent) -> Self {
        match consent {
            Consent::Message { inquiry, seq } => {
                Self { kind: "message", inquiry: Some(inquiry.to_string()), message: Some(*seq) }
            }
            Consent::Click => Self { kind: "click", inquiry: None, message: None },
        }
    }
}

impl OrderEntryView {
    /// What staff of the shop see.
    pub fn of(entry: &OrderEntry, order: &Order, shop: &Shop) -> Self {
        Self {
            seq: entry.seq,
            at: Moment(entry.at),
            by: ByView::named(&entry.by, &order.customer.name, shop),
            event: OrderEventView::from(&entry.event),
        }
    }
}

impl From<&OrderEvent> for OrderEventView {
    fn from(event: &OrderEvent) -> Self {
        let plain = |event| Self { event, ..Self::default() };
        match event {
            OrderEvent::Placed => plain("placed"),
            OrderEvent::Paid => plain("paid"),
            OrderEvent::Updated => plain("updated"),
            OrderEvent::Shipped { carrier, tracking } => plain("shipped").sent(carrier, tracking),
            OrderEvent::Delivered => plain("delivered"),
            OrderEvent::Cancelled { .. } => plain("cancelled"),
            OrderEvent::NoteAdded { text } => Self { text: Some(text.clone()), ..plain("note_added") },
            OrderEvent::DelayProposed { date, terms } => {
                let (date, terms) = (Some(date.to_string()), Some(terms.clone()));
                Self { date, terms, ..plain("delay_proposed") }
            }
            OrderEvent::DelayAgreed { date, terms, proof } => {
                let (date, terms) = (Some(date.to_string()), Some(terms.clone()));
                Self { date, terms, proof: Some(proof.into()), ..plain("delay_agreed") }
            }
            OrderEvent::DelayDeclined => plain("delay_declined"),
            OrderEvent::DelayPassed => plain("delay_passed"),
            OrderEvent::Refund { number, amount, step } => {
                let (number, amount) = (Some(*number), Some((*amount).into()));
                Self { number, amount, ..plain("refund") }.refund(step)
            }
            OrderEvent::Return { number, kind, step } => {
                let (number, kind) = (Some(*number), Some(kind.as_str()));
                Self { number, kind, ..plain("return") }.returned(step)
            }
        }
    }
}

impl OrderEventView {
    fn step(self, step: &'static str) -> Self {
        Self { step: Some(step), ..self }
    }

    fn sent(self, carrier: &str, tracking: &str) -> Self {
        Self { carrier: Some(carrier.to_owned()), tracking: Some(tracking.to_owned()), ..self }
    }

    fn refund(self, step: &RefundStep) -> Self {
        let because = |it: Self, reason: domain::labels::RefundReason, detail: &Option<String>| Self {
            reason: Some(reason.as_str().to_owned()),
            detail: detail.clone(),
            ..it
        };
        match step {
            RefundStep::Requested { reason, detail } => because(self.step("requested"), *reason, detail),
            RefundStep::Proposed { reason, detail } => because(self.step("proposed"), *reason, detail),
            RefundStep::Approved { reason, detail, proof } => Self {
                proof: proof.as_ref().map(ProofView::from),
                ..because(self.step("approved"), *reason, detail)
            },
            RefundStep::Rejected { reason, proof } => {
                Self { reason: Some(reason.clone()), proof: Some(proof.into()), ..self.step("rejected") }
            }
            RefundStep::Withdrawn { why } => Self { why: Some(why_word(*why)), ..self.step("withdrawn") },
            RefundStep::Started { attempt } => Self { attempt: Some(*attempt), ..self.step("started") },
            RefundStep::Unknown { .. } => self.step("unknown"),
            RefundStep::FirstConfirmed { reference } => {
                Self { reference: Some(reference.clone()), ..self.step("first_confirmed") }
            }
            RefundStep::Succeeded { reference } => {
                Self { reference: reference.clone(), ..self.step("succeeded") }
            }
            RefundStep::Failed { why } => Self { problem: Some(why.clone()), ..self.step("failed") },
            RefundStep::Retried => self.step("retried"),
            RefundStep::ByHand => self.step("by_hand"),
            RefundStep::Contradicted { reference } => {
                Self { reference: reference.clone(), ..self.step("contradicted") }
            }
            RefundStep::LookedInto { words } => {
                Self { reason: Some(words.clone()), ..self.step("looked_into") }
            }
        }
    }

    fn returned(self, step: &ReturnStep) -> Self {
        match step {
            ReturnStep::Requested { reason } => Self { reason: reason.clone(), ..self.step("requested") },
            ReturnStep::Accepted => self.step("accepted"),
            ReturnStep::Rejected { reason } => Self { reason: Some(reason.clone()), ..self.step("rejected") },
            ReturnStep::Withdrawn => self.step("withdrawn"),
            ReturnStep::PickUpArranged { details } => {
                Self { details: Some(details.clone()), ..self.step("pick_up_arranged") }
            }
            ReturnStep::Received => self.step("received"),
            ReturnStep::Refunded { refund } => Self { refund: Some(*refund), ..self.step("refunded") },
            ReturnStep::Replaced { carrier, tracking } => self.step("replaced").sent(carrier, tracking),
        }
    }
}

const fn why_word(why: Withdrawn) -> &'static str {
    match why {
        Withdrawn::TakenBack => "taken_back",
        Withdrawn::Declined => "declined",
        Withdrawn::Shipped => "shipped",
        Withdrawn::Cancelled => "cancelled",
        Withdrawn::OfferTakenBack => "offer_taken_back",
    }
}
