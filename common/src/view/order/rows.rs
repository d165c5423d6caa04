//! Orders and refunds in lists.

use domain::order::Standing;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::reverse::{kind_word, payer_word};
use super::{MoneyView, standing_word};
use crate::store::items::{OrderRow, RefundRow};
use crate::view::Moment;
use crate::word::{PaymentMethodWord, RefundReasonWord, Word};

/// An order in a list.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = OrderRow)]
pub struct OrderRowView {
    /// The storefront's number.
    pub number: String,
    /// Its version.
    pub version: u32,
    /// The customer's name, cut.
    pub customer: String,
    /// What was bought, cut.
    pub items: String,
    /// The currency of its total.
    pub currency: String,
    /// What it costs in all.
    pub total: u64,
    /// `to_ship`, `shipped` or `ended`.
    pub standing: &'static str,
    /// Whether it is to be shipped and late.
    pub overdue: bool,
    /// The last second in which it is shipped in time.
    #[schema(value_type = String, format = DateTime)]
    pub ship_by: Moment,
    /// When it was placed.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Moment,
    /// When it left.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub shipped_at: Option<Moment>,
    /// How it is paid.
    #[schema(inline)]
    pub payment_method: PaymentMethodWord,
    /// Whether somebody has to look at a refund of it.
    pub attention: bool,
    /// Where the most urgent of its refunds in progress stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund: Option<&'static str>,
    /// Where its return in progress stands.
    #[serde(rename = "return", skip_serializing_if = "Option::is_none")]
    pub returned: Option<&'static str>,
}

impl OrderRowView {
    /// What staff see at that moment.
    pub fn of(row: &OrderRow, now: Timestamp) -> Self {
        Self {
            number: row.number.to_string(),
            version: row.version,
            customer: row.customer.clone(),
            items: row.items.clone(),
            currency: row.currency.code().to_owned(),
            total: row.total,
            standing: standing_word(row.standing),
            overdue: row.standing == Standing::ToShip && now > row.ship_by,
            ship_by: Moment(row.ship_by),
            created_at: Moment(row.created_at),
            shipped_at: row.shipped_at.map(Moment),
            payment_method: Word(row.payment_method),
            attention: row.attention,
            refund: row.refund.map(domain::refund::RefundState::as_str),
            returned: row.returned.map(domain::returning::ReturnState::as_str),
        }
    }
}

/// A refund in a list.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = RefundRow)]
pub struct RefundRowView {
    /// The order's number.
    pub order: String,
    /// Its number within the order.
    pub number: u32,
    /// The order's version.
    pub order_version: u32,
    /// The customer's name, cut.
    pub customer: String,
    /// How much.
    pub amount: MoneyView,
    /// Why.
    #[schema(inline)]
    pub reason: RefundReasonWord,
    /// In words, cut.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// `merchant`, `overdue`, `cancel`, `cancelled` or `return`.
    pub kind: &'static str,
    /// Where it stands.
    pub state: &'static str,
    /// `webhook` or `by_hand`.
    pub payer: &'static str,
    /// The inquiry that it is talked about in.
    pub inquiry: String,
    /// When it was asked for.
    #[schema(value_type = String, format = DateTime)]
    pub at: Moment,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub changed_at: Moment,
    /// Whether the order is to be shipped and late.
    pub overdue: bool,
    /// Whether somebody has to look at it.
    pub attention: bool,
    /// Why it failed, cut.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// Whether the provider contradicted how it ended.
    pub contradicted: bool,
}

impl RefundRowView {
    /// What staff see at that moment.
    pub fn of(row: &RefundRow, now: Timestamp) -> Self {
        let amount = domain::money::Money { minor: row.amount, currency: row.currency };
        Self {
            order: row.order.to_string(),
            number: row.number,
            order_version: row.order_version,
            customer: row.customer.clone(),
            amount: amount.into(),
            reason: Word(row.reason),
            detail: row.detail.clone(),
            kind: kind_word(row.kind),
            state: row.state.as_str(),
            payer: payer_word(row.payer),
            inquiry: row.inquiry.to_string(),
            at: Moment(row.at),
            changed_at: Moment(row.changed_at),
            overdue: row.standing == Standing::ToShip && now > row.ship_by,
            attention: row.attention,
            problem: row.problem.clone(),
            contradicted: row.contradicted,
        }
    }
}
