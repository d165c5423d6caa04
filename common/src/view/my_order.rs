//! What a customer sees of an order (SPEC §10). Nothing internal has a field here: no notes, no terms, no
//! names of staff, no words of the provider.

use domain::money::Money;
use domain::order::{Order, Standing};
use domain::order_event::{OrderEntry, OrderEvent, RefundStep, ReturnStep};
use domain::refund::{Refund, RefundState};
use domain::returning::{Return, ReturnedItem};
use domain::shop::{Arrival, Shop};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::Moment;
use super::order::{MoneyView, OrderItemView, ReturnedItemView, TrackingView, standing_word};
use crate::word::{PaymentMethodWord, RefundReasonWord, ReturnKindWord, Word};

/// An order, as its customer sees it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MyOrder {
    /// The storefront's number.
    pub number: String,
    /// What was bought.
    pub items: Vec<OrderItemView>,
    /// The currency of every amount of it.
    pub currency: String,
    /// What it costs in all.
    pub total: u64,
    /// The part of it that is shipping.
    pub shipping: u64,
    /// What was paid.
    pub paid: u64,
    /// What went back.
    pub refunded: u64,
    /// How it is paid.
    #[schema(inline)]
    pub payment_method: PaymentMethodWord,
    /// When it was placed.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Moment,
    /// The last second in which it is shipped in time.
    #[schema(value_type = String, format = DateTime)]
    pub ship_by: Moment,
    /// When it should have arrived.
    #[schema(value_type = String, format = DateTime)]
    pub latest_delivery: Moment,
    /// Whether it is to be shipped and late.
    pub overdue: bool,
    /// `to_ship`, `shipped` or `ended`.
    pub standing: &'static str,
    /// When it left.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub shipped_at: Option<Moment>,
    /// When it arrived.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub delivered_at: Option<Moment>,
    /// How it can be followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking: Option<TrackingView>,
    /// When it was cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub cancelled_at: Option<Moment>,
    /// The later date that they agreed to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delay: Option<MyDelay>,
    /// A later date that they are asked to agree to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposed_delay: Option<MyDelay>,
    /// What they can do now.
    pub can: MyChoices,
    /// Every refund, in order.
    pub refunds: Vec<MyRefund>,
    /// Every return and exchange, in order.
    pub returns: Vec<MyReturn>,
    /// How to reach the shop.
    pub contact: MyContact,
    /// IANA name of the shop's zone: its days are meant.
    pub time_zone: String,
}

/// A later date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MyDelay {
    /// The last day, `2026-12-01`.
    pub date: String,
}

/// What a customer can do with an order now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MyChoices {
    /// Cancel it and get everything back at once: it is overdue.
    pub cancel_and_refund: bool,
    /// Ask for a refund: it is overdue.
    pub ask_refund: bool,
    /// Ask to cancel it: it has not been shipped.
    pub ask_cancel: bool,
    /// Ask to return or exchange goods.
    #[serde(rename = "return")]
    pub send_back: bool,
    /// Products that need no reason to go back.
    pub return_without_reason: Vec<String>,
}

/// A refund, as the customer sees it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MyRefund {
    /// Its number within the order.
    pub number: u32,
    /// How much.
    pub amount: u64,
    /// `requested`, `proposed`, `rejected`, `withdrawn`, `on_its_way`, `delayed` or `paid`.
    pub state: &'static str,
    /// Why.
    #[schema(inline)]
    pub reason: RefundReasonWord,
    /// In words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Why the shop rejected it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rejection: Option<String>,
    /// When it was asked for.
    #[schema(value_type = String, format = DateTime)]
    pub at: Moment,
    /// When the money arrives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrival: Option<ArrivalView>,
    /// The inquiry that it is talked about in.
    pub inquiry: String,
}

/// When money arrives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Arrival)]
pub struct ArrivalView {
    /// The fewest.
    pub from: u32,
    /// The most.
    pub to: u32,
    /// `working_days` or `weeks`.
    pub unit: &'static str,
}

/// A return or an exchange, as the customer sees it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MyReturn {
    /// Its number within the order.
    pub number: u32,
    /// `return` or `exchange`.
    #[schema(inline)]
    pub kind: ReturnKindWord,
    /// Where it stands.
    pub state: &'static str,
    /// What goes back.
    pub items: Vec<ReturnedItemView>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Why the shop rejected it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rejection: Option<String>,
    /// When and by whom it is picked up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pick_up: Option<String>,
    /// How the replacement can be followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replacement: Option<TrackingView>,
    /// The inquiry that it is talked about in.
    pub inquiry: String,
}

/// How to reach the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MyContact {
    /// Telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// A step of an order that its customer is told of.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MyOrderStep {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Moment,
    /// `placed`, `paid`, `shipped`, `delivered`, `cancelled`, `delay_proposed`, `delay_agreed`, `delay_declined`,
    /// `refund_…` or `return_…`.
    pub event: String,
    /// Which refund or return.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// How much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<MoneyView>,
    /// The later day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

impl MyOrder {
    /// What its customer sees at that moment.
    pub fn of(order: &Order, shop: &Shop, now: Timestamp) -> Self {
        Self {
            number: order.number.to_string(),
            items: order.items.iter().map(OrderItemView::from).collect(),
            currency: order.currency.code().to_owned(),
            total: order.total,
            shipping: order.shipping,
            paid: order.paid,
            refunded: order.refunded(),
            payment_method: Word(order.payment_method),
            created_at: Moment(order.created_at),
            ship_by: Moment(order.ship_by(shop)),
            latest_delivery: Moment(order.latest_delivery(shop)),
            overdue: order.overdue(shop, now),
            standing: standing_word(order.standing()),
            shipped_at: order.shipped_at.map(Moment),
            delivered_at: order.delivered_at.map(Moment),
            tracking: order.tracking.as_ref().map(TrackingView::from),
            cancelled_at: order.cancelled_at.map(Moment),
            delay: order.delay.as_ref().map(|it| MyDelay { date: it.date.to_string() }),
            proposed_delay: order.proposed_delay.as_ref().map(|it| MyDelay { date: it.date.to_string() }),
            can: MyChoices::of(order, shop, now),
            refunds: order.refunds.iter().map(|it| MyRefund::of(it, order, shop)).collect(),
            returns: order.returns.iter().map(MyReturn::of).collect(),
            contact: MyContact { phone: shop.phone.clone(), email: shop.email.clone() },
            time_zone: shop.time_zone.clone(),
        }
    }
}

impl MyChoices {
    fn of(order: &Order, shop: &Shop, now: Timestamp) -> Self {
        let to_ship = order.standing() == Standing::ToShip;
        let (overdue, open) = (order.overdue(shop, now), order.refunds.iter().any(|it| it.state.open()));
        let can_ask = to_ship && !open && order.left() > 0;
        let returning = order.returns.iter().any(|it| it.state.in_progress());
        let needs_reason = |product: &str| {
            let one = ReturnedItem { product: product.to_owned(), quantity: 1 };
            order.needs_reason_to_return(&[one], now)
        };
        let send_back = order.shipped_at.is_some() && !returning && order.something_to_return();
        let freely = order.items.iter().map(|item| item.product.clone()).filter(|it| !needs_reason(it));
        Self {
            cancel_and_refund: to_ship && overdue,
            ask_refund: can_ask && overdue,
            ask_cancel: can_ask && !overdue,
            send_back,
            return_without_reason: freely.filter(|_| send_back).collect(),
        }
    }
}

impl From<Arrival> for ArrivalView {
    fn from(it: Arrival) -> Self {
        Self { from: it.from, to: it.to, unit: it.unit.as_str() }
    }
}

impl MyRefund {
    fn of(refund: &Refund, order: &Order, shop: &Shop) -> Self {
        let state = match refund.state {
            RefundState::Requested => "requested",
            RefundState::Proposed => "proposed",
            RefundState::Rejected => "rejected",
            RefundState::Withdrawn => "withdrawn",
            RefundState::Approved | RefundState::Executing | RefundState::Unknown => "on_its_way",
            RefundState::Failed => "delayed",
            RefundState::Succeeded => "paid",
        };
        let arrival = shop.arrival(order.payment_method);
        Self {
            number: refund.number,
            amount: refund.amount,
            state,
            reason: Word(refund.reason),
            detail: refund.detail.clone(),
            rejection: refund.rejection.clone(),
            at: Moment(refund.at),
            arrival: arrival.map(ArrivalView::from),
            inquiry: refund.inquiry.to_string(),
        }
    }
}

impl MyReturn {
    fn of(it: &Return) -> Self {
        Self {
            number: it.number,
            kind: Word(it.kind),
            state: it.state.as_str(),
            items: it.items.iter().map(ReturnedItemView::from).collect(),
            reason: it.reason.clone(),
            rejection: it.rejection.clone(),
            pick_up: it.pick_up.clone(),
            replacement: it.replacement.as_ref().map(TrackingView::from),
            inquiry: it.inquiry.to_string(),
        }
    }
}

impl MyOrderStep {
    /// What its customer is told of an entry; `None` for what concerns the staff only.
    pub fn of(entry: &OrderEntry) -> Option<Self> {
        let step = |event: &str| Self {
            at: Moment(entry.at),
            event: event.to_owned(),
            number: None,
            amount: None,
            date: None,
        };
        Some(match &entry.event {
            OrderEvent::Placed => step("placed"),
            OrderEvent::Paid => step("paid"),
            OrderEvent::Shipped { .. } => step("shipped"),
            OrderEvent::Delivered => step("delivered"),
            OrderEvent::Cancelled { .. } => step("cancelled"),
            OrderEvent::DelayProposed { date, .. } => {
                Self { date: Some(date.to_string()), ..step("delay_proposed") }
            }
            OrderEvent::DelayAgreed { date, .. } => {
                Self { date: Some(date.to_string()), ..step("delay_agreed") }
            }
            OrderEvent::DelayDeclined => step("delay_declined"),
            OrderEvent::Refund { number, amount, step: told } => {
                let word = refund_word(told)?;
                let amount: Money = *amount;
                Self { number: Some(*number), amount: Some(amount.into()), ..step(word) }
            }
            OrderEvent::Return { number, step: told, .. } => {
                Self { number: Some(*number), ..step(return_word(told)) }
            }
            OrderEvent::Updated | OrderEvent::NoteAdded { .. } | OrderEvent::DelayPassed => return None,
        })
    }
}

const fn refund_word(step: &RefundStep) -> Option<&'static str> {
    Some(match step {
        RefundStep::Requested { .. } => "refund_requested",
        RefundStep::Proposed { .. } => "refund_proposed",
        RefundStep::Approved { .. } => "refund_approved",
        RefundStep::Rejected { .. } => "refund_rejected",
        RefundStep::Withdrawn { .. } => "refund_withdrawn",
        RefundStep::Succeeded { .. } => "refund_paid",
        _ => return None,
    })
}

const fn return_word(step: &ReturnStep) -> &'static str {
    match step {
        ReturnStep::Requested { .. } => "return_requested",
        ReturnStep::Accepted => "return_accepted",
        ReturnStep::Rejected { .. } => "return_rejected",
        ReturnStep::Withdrawn => "return_withdrawn",
        ReturnStep::PickUpArranged { .. } => "return_pick_up_arranged",
        ReturnStep::Received => "return_received",
        ReturnStep::Refunded { .. } => "return_refunded",
        ReturnStep::Replaced { .. } => "return_replaced",
    }
}
