//! What a list shows of a refund: carried by the indexes, so that a page is one read.

use domain::ids::{InquiryId, OrderNumber};
use domain::labels::RefundReason;
use domain::money::Currency;
use domain::order::{Order, Standing};
use domain::refund::{Payer, Refund, RefundKind, RefundState};
use domain::text::excerpt;
use jiff::Timestamp;
use minicbor::{Decode, Encode};

use super::entry::inquiry;
use super::order::currency;
use super::order_row::{NAME_BYTES, STANDINGS};
use super::refund::{PAYERS, kind, kind_parts};
use super::{code, decode, decoded, encode, time};
use crate::failure::Failure;

/// Bytes of the reason in words that a list shows.
const DETAIL_BYTES: usize = 60;
/// Bytes of why it failed that a list shows.
const PROBLEM_BYTES: usize = 120;

/// One refund in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRow {
    /// Of which order.
    pub order: OrderNumber,
    /// Its number within the order.
    pub number: u32,
    /// The order's version.
    pub order_version: u32,
    /// The customer's name, cut.
    pub customer: String,
    /// How much, in minor units.
    pub amount: u64,
    /// The currency of it.
    pub currency: Currency,
    /// Why.
    pub reason: RefundReason,
    /// In words, cut.
    pub detail: Option<String>,
    /// How it came to be.
    pub kind: RefundKind,
    /// Where it stands.
    pub state: RefundState,
    /// Who pays.
    pub payer: Payer,
    /// The inquiry that it is talked about in.
    pub inquiry: InquiryId,
    /// When it was asked for.
    pub at: Timestamp,
    /// When it last changed.
    pub changed_at: Timestamp,
    /// The last instant at which the order is shipped in time.
    pub ship_by: Timestamp,
    /// Where the order stands.
    pub standing: Standing,
    /// Whether somebody has to look at it.
    pub attention: bool,
    /// Why it failed, cut.
    pub problem: Option<String>,
    /// Whether the provider contradicted how it ended.
    pub contradicted: bool,
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct RefundRowItem {
    #[n(0)]
    order_version: u32,
    #[n(1)]
    customer: String,
    #[n(2)]
    amount: u64,
    #[n(3)]
    currency: String,
    #[n(4)]
    reason: u8,
    #[n(5)]
    detail: Option<String>,
    #[n(6)]
    kind: u8,
    #[n(7)]
    for_return: Option<u32>,
    #[n(8)]
    state: u8,
    #[n(9)]
    payer: u8,
    #[n(10)]
    inquiry: String,
    #[n(11)]
    at: i64,
    #[n(12)]
    changed_at: i64,
    #[n(13)]
    ship_by: i64,
    #[n(14)]
    standing: u8,
    #[n(15)]
    attention: Option<bool>,
    #[n(16)]
    problem: Option<String>,
    #[n(17)]
    contradicted: Option<bool>,
}

impl RefundRow {
    /// What a list shows of a refund of the order; when that is to be shipped depends on the shop, too.
    pub fn of(order: &Order, refund: &Refund, ship_by: Timestamp) -> Self {
        Self {
            order: order.number.clone(),
            number: refund.number,
            order_version: order.version,
            customer: excerpt(&order.customer.name, NAME_BYTES),
            amount: refund.amount,
            currency: order.currency,
            reason: refund.reason,
            detail: refund.detail.as_deref().map(|detail| excerpt(detail, DETAIL_BYTES)),
            kind: refund.kind,
            state: refund.state,
            payer: refund.payer,
            inquiry: refund.inquiry.clone(),
            at: refund.at,
            changed_at: refund.changed_at,
            ship_by,
            standing: order.standing(),
            attention: refund.needs_attention(),
            problem: refund.execution.problem.as_deref().map(|problem| excerpt(problem, PROBLEM_BYTES)),
            contradicted: refund.execution.contradicted,
        }
    }

    /// Whether its order is to be shipped and the time for that has passed.
    pub fn overdue(&self, now: Timestamp) -> bool {
        self.standing == Standing::ToShip && now > self.ship_by
    }

    /// As it is stored.
    pub fn encode(&self) -> Vec<u8> {
        let (kind, for_return) = kind_parts(self.kind);
        encode(&RefundRowItem {
            order_version: self.order_version,
            customer: self.customer.clone(),
            amount: self.amount,
            currency: self.currency.code().to_owned(),
            reason: code(RefundReason::ALL, &self.reason),
            detail: self.detail.clone(),
            kind,
            for_return,
            state: code(RefundState::ALL, &self.state),
            payer: code(&PAYERS, &self.payer),
            inquiry: self.inquiry.to_string(),
            at: self.at.as_millisecond(),
            changed_at: self.changed_at.as_millisecond(),
            ship_by: self.ship_by.as_millisecond(),
            standing: code(&STANDINGS, &self.standing),
            attention: Some(true).filter(|_| self.attention),
            problem: self.problem.clone(),
            contradicted: Some(true).filter(|_| self.contradicted),
        })
    }

    /// From what is stored.
    ///
    /// # Errors
    /// [`Failure::Unreadable`].
    pub fn decode(order: OrderNumber, number: u32, bytes: &[u8]) -> Result<Self, Failure> {
        let item: RefundRowItem = decode(bytes)?;
        Ok(Self {
            order,
            number,
            order_version: item.order_version,
            customer: item.customer,
            amount: item.amount,
            currency: currency(&item.currency)?,
            reason: decoded(RefundReason::ALL, item.reason)?,
            detail: item.detail,
            kind: kind(item.kind, item.for_return)?,
            state: decoded(RefundState::ALL, item.state)?,
            payer: decoded(&PAYERS, item.payer)?,
            inquiry: inquiry(&item.inquiry)?,
            at: time(item.at)?,
            changed_at: time(item.changed_at)?,
            ship_by: time(item.ship_by)?,
            standing: decoded(&STANDINGS, item.standing)?,
            attention: item.attention.unwrap_or_default(),
            problem: item.problem,
            contradicted: item.contradicted.unwrap_or_default(),
        })
    }
}
