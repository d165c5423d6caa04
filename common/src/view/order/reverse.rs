//! Refunds and returns as staff see them.

use domain::order::Order;
use domain::order_event::Consent;
use domain::refund::{Payer, Refund, RefundKind};
use domain::returning::{Return, ReturnedItem};
use domain::shop::Shop;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::TrackingView;
use super::entry::ProofView;
use crate::view::Moment;
use crate::view::entry::ByView;
use crate::word::{RefundReasonWord, ReturnKindWord, Word};

/// A refund.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Refund)]
pub struct RefundView {
    /// Its number within the order.
    pub number: u32,
    /// The idempotency key that the provider gets: `A1001-R1`.
    pub key: String,
    /// `merchant`, `overdue`, `cancel`, `cancelled` or `return`.
    pub kind: &'static str,
    /// The return that it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(rename = "return")]
    pub for_return: Option<u32>,
    /// How much.
    pub amount: u64,
    /// Why.
    #[schema(inline)]
    pub reason: RefundReasonWord,
    /// In words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// `requested`, `proposed`, `rejected`, `withdrawn`, `approved`, `executing`, `unknown`, `succeeded` or `failed`.
    pub state: &'static str,
    /// The inquiry that it is talked about in.
    pub inquiry: String,
    /// Who asked for it.
    pub by: ByView,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Moment,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub changed_at: Moment,
    /// The customer's agreement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<ProofView>,
    /// Why it was rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rejection: Option<String>,
    /// `webhook` or `by_hand`.
    pub payer: &'static str,
    /// How often the provider was asked to pay.
    pub attempts: u32,
    /// The provider's or the bank's reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Why it failed, in the provider's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// The first of two persons who confirm it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_confirmed_by: Option<String>,
    /// Whether two persons have to confirm it when it is paid by hand.
    pub needs_two: bool,
    /// Whether somebody has to look at it.
    pub attention: bool,
    /// Whether the provider says that it paid what was settled in another way.
    pub contradicted: bool,
}

/// A return or an exchange.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Return)]
pub struct ReturnView {
    /// Its number within the order.
    pub number: u32,
    /// `return` or `exchange`.
    #[schema(inline)]
    pub kind: ReturnKindWord,
    /// What goes back.
    pub items: Vec<ReturnedItemView>,
    /// What that cost.
    pub worth: u64,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// `requested`, `accepted`, `rejected`, `withdrawn`, `pick_up_arranged`, `received`, `refunded` or `replaced`.
    pub state: &'static str,
    /// The inquiry that it is talked about in.
    pub inquiry: String,
    /// When it was asked for.
    #[schema(value_type = String, format = DateTime)]
    pub at: Moment,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub changed_at: Moment,
    /// Why it was rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rejection: Option<String>,
    /// When and by whom it is picked up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pick_up: Option<String>,
    /// The refund for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund: Option<u32>,
    /// How the replacement can be followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replacement: Option<TrackingView>,
}

/// Something that goes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ReturnedItem)]
#[serde(deny_unknown_fields)]
pub struct ReturnedItemView {
    /// The storefront's id of the product.
    pub product: String,
    /// How many.
    pub quantity: u32,
}

impl From<&ReturnedItem> for ReturnedItemView {
    fn from(item: &ReturnedItem) -> Self {
        Self { product: item.product.clone(), quantity: item.quantity }
    }
}

/// The word of how a refund came to be.
pub const fn kind_word(kind: RefundKind) -> &'static str {
    match kind {
        RefundKind::Merchant => "merchant",
        RefundKind::Overdue => "overdue",
        RefundKind::Cancel => "cancel",
        RefundKind::Cancelled => "cancelled",
        RefundKind::Return(_) => "return",
    }
}

/// The word of who pays.
pub const fn payer_word(payer: Payer) -> &'static str {
    match payer {
        Payer::Webhook => "webhook",
        Payer::ByHand => "by_hand",
    }
}

impl RefundView {
    /// What staff of the shop see.
    pub fn of(order: &Order, refund: &Refund, shop: &Shop) -> Self {
        let execution = &refund.execution;
        let nickname = |id| shop.member(id).map_or_else(|| id.to_string(), |member| member.nickname.clone());
        Self {
            number: refund.number,
            key: order.refund_key(refund.number),
            kind: kind_word(refund.kind),
            for_return: match refund.kind {
                RefundKind::Return(number) => Some(number),
                _ => None,
            },
            amount: refund.amount,
            reason: Word(refund.reason),
            detail: refund.detail.clone(),
            state: refund.state.as_str(),
            inquiry: refund.inquiry.to_string(),
            by: ByView::named(&refund.by, &order.customer.name, shop),
            at: Moment(refund.at),
            changed_at: Moment(refund.changed_at),
            consent: refund.consent.as_ref().map(|consent: &Consent| ProofView::from(consent)),
            rejection: refund.rejection.clone(),
            payer: payer_word(refund.payer),
            attempts: execution.attempts,
            reference: execution.reference.clone(),
            problem: execution.problem.clone(),
            first_confirmed_by: execution.first_confirmed_by.as_ref().map(nickname),
            needs_two: order.needs_two(shop, refund.number),
            attention: refund.needs_attention(),
            contradicted: execution.contradicted,
        }
    }
}

impl ReturnView {
    /// What staff of the shop see.
    pub fn of(order: &Order, it: &Return) -> Self {
        Self {
            number: it.number,
            kind: Word(it.kind),
            items: it.items.iter().map(ReturnedItemView::from).collect(),
            worth: order.worth(it),
            reason: it.reason.clone(),
            state: it.state.as_str(),
            inquiry: it.inquiry.to_string(),
            at: Moment(it.at),
            changed_at: Moment(it.changed_at),
            rejection: it.rejection.clone(),
            pick_up: it.pick_up.clone(),
            refund: it.refund,
            replacement: it.replacement.as_ref().map(TrackingView::from),
        }
    }
}
