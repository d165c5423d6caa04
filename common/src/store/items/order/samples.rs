//! One of everything that an order can have and that can happen to it.
#![expect(clippy::expect_used, reason = "a test's fixture may fail loudly")]

use domain::actor::{By, Customer, CustomerKind};
use domain::ids::{AgentId, CustomerKey, InquiryId, NotAnId, OrderNumber, ShopId};
use domain::labels::{PaymentMethod, RefundReason, ReturnKind};
use domain::money::{Currency, Money};
use domain::order::{Delay, Item, Order, Tracking};
use domain::order_event::{Consent, OrderEntry, OrderEvent, RefundStep, ReturnStep};
use domain::refund::{Execution, Refund, RefundKind, RefundState};
use domain::returning::{Return, ReturnState, ReturnedItem};
use jiff::Timestamp;

use super::OrderRecord;
use crate::store::items::CommandKey;
use crate::store::items::order_entry::WITHDRAWN;
use crate::store::items::refund::{KINDS, PAYERS};

pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap_or_default()
}

pub fn ids() -> (AgentId, InquiryId, OrderNumber) {
    let made = || -> Result<_, NotAnId> {
        let inquiry = InquiryId::from_bits(&CustomerKey::from_bits(1), 7);
        Ok((AgentId::parse("mia")?, inquiry, OrderNumber::parse("#A-1001")?))
    };
    made().expect("they are ids")
}

fn twd() -> Currency {
    Currency::parse("TWD").expect("a currency")
}

fn proof() -> Consent {
    Consent::Message { inquiry: ids().1, seq: 3 }
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn delay(day: i8) -> Delay {
    Delay { date: jiff::civil::date(2027, 2, day), terms: "送贈品".to_owned(), inquiry: ids().1 }
}

/// One refund of every state, and with every kind, payer, person, reason and consent among them.
pub fn refunds() -> Vec<Refund> {
    let people = [By::Customer, By::Agent(ids().0), By::System, By::Bot];
    let kinds = [&KINDS[..], &[RefundKind::Return(4)]].concat();
    let consents = [None, Some(proof()), Some(Consent::Click)];
    let execution = Execution {
        attempts: 2,
        asked: 3,
        started_at: Some(at(5)),
        next_at: Some(at(6)),
        reference: some("pay-1"),
        problem: some("account closed"),
        first_confirmed_by: Some(ids().0),
        failed_attempt: 1,
        paid_attempt: 2,
        accepted_attempt: 2,
        heard: vec![u64::MAX, 1],
        contradicted: true,
    };
    let refund = |(place, state): (usize, &RefundState)| Refund {
        number: u32::try_from(place).unwrap_or_default() + 1,
        kind: kinds[place % kinds.len()],
        amount: 28_000,
        reason: RefundReason::ALL[place % RefundReason::ALL.len()],
        detail: some("the parcel is late").filter(|_| place % 2 == 0),
        state: *state,
        inquiry: ids().1,
        by: people[place % people.len()].clone(),
        at: at(3),
        changed_at: at(4),
        consent: consents[place % consents.len()].clone(),
        rejection: some("it left this morning").filter(|_| place % 2 == 1),
        payer: PAYERS[place % PAYERS.len()],
        execution: if place % 2 == 0 { Execution::default() } else { execution.clone() },
        changes: 9,
    };
    RefundState::ALL.iter().enumerate().map(refund).collect()
}

/// One return of every state.
fn returns() -> Vec<Return> {
    let returned = |(place, state): (usize, &ReturnState)| Return {
        number: u32::try_from(place).unwrap_or_default() + 1,
        kind: ReturnKind::ALL[place % ReturnKind::ALL.len()],
        items: vec![ReturnedItem { product: "tea".to_owned(), quantity: 2 }],
        reason: some("the lid is broken").filter(|_| place % 2 == 0),
        state: *state,
        inquiry: ids().1,
        at: at(7),
        changed_at: at(8),
        rejection: some("it was opened and used").filter(|_| place % 2 == 1),
        pick_up: some("明天上午").filter(|_| place % 2 == 1),
        refund: Some(5).filter(|_| place % 2 == 0),
        replacement: Some(parcel()).filter(|_| place % 2 == 1),
    };
    ReturnState::ALL.iter().enumerate().map(returned).collect()
}

fn parcel() -> Tracking {
    Tracking { carrier: "黑貓".to_owned(), number: "T-1".to_owned() }
}

/// One of every step of a refund.
fn refund_steps() -> Vec<RefundStep> {
    let (reason, detail) = (RefundReason::Late, some("three days"));
    let mut steps = vec![
        RefundStep::Requested { reason, detail: None },
        RefundStep::Proposed { reason, detail: detail.clone() },
        RefundStep::Approved { reason, detail: None, proof: None },
        RefundStep::Approved { reason, detail, proof: Some(proof()) },
        RefundStep::Rejected { reason: "it left this morning".to_owned(), proof: Consent::Click },
        RefundStep::Started { attempt: 2 },
        RefundStep::Unknown { lasting: false },
        RefundStep::Unknown { lasting: true },
        RefundStep::FirstConfirmed { reference: "bank-1".to_owned() },
        RefundStep::Succeeded { reference: None },
        RefundStep::Succeeded { reference: some("pay-1") },
        RefundStep::Failed { why: "account closed".to_owned() },
        RefundStep::Retried,
        RefundStep::ByHand,
        RefundStep::Contradicted { reference: some("pay-2") },
    ];
    steps.extend(WITHDRAWN.map(|why| RefundStep::Withdrawn { why }));
    steps
}

/// One of every step of a return.
fn return_steps() -> [ReturnStep; 9] {
    [
        ReturnStep::Requested { reason: None },
        ReturnStep::Requested { reason: some("the lid is broken") },
        ReturnStep::Accepted,
        ReturnStep::Rejected { reason: "it was opened and used".to_owned() },
        ReturnStep::Withdrawn,
        ReturnStep::PickUpArranged { details: "明天上午".to_owned() },
        ReturnStep::Received,
        ReturnStep::Refunded { refund: 2 },
        ReturnStep::Replaced { carrier: "黑貓".to_owned(), tracking: "T-2".to_owned() },
    ]
}

/// One of everything that can happen.
fn events() -> Vec<OrderEvent> {
    let (date, terms) = (jiff::civil::date(2027, 2, 10), "送贈品".to_owned());
    let amount = Money { minor: 28_050, currency: twd() };
    let mut events = vec![
        OrderEvent::Placed,
        OrderEvent::Paid,
        OrderEvent::Updated,
        OrderEvent::Shipped { carrier: "黑貓".to_owned(), tracking: "T-1".to_owned() },
        OrderEvent::Delivered,
        OrderEvent::Cancelled { refunded: false },
        OrderEvent::Cancelled { refunded: true },
        OrderEvent::NoteAdded { text: "call first".to_owned() },
        OrderEvent::DelayProposed { date, terms: terms.clone() },
        OrderEvent::DelayAgreed { date, terms: terms.clone(), proof: proof() },
        OrderEvent::DelayAgreed { date, terms, proof: Consent::Click },
        OrderEvent::DelayDeclined,
        OrderEvent::DelayPassed,
    ];
    events.extend(refund_steps().into_iter().map(|step| OrderEvent::Refund { number: 2, amount, step }));
    let told = |(place, step): (usize, ReturnStep)| OrderEvent::Return {
        number: 1,
        kind: ReturnKind::ALL[place % ReturnKind::ALL.len()],
        step,
    };
    events.extend(return_steps().into_iter().enumerate().map(told));
    // What was added since the sample was stored.
    let step = RefundStep::LookedInto { words: "the bank has it back".to_owned() };
    events.push(OrderEvent::Refund { number: 2, amount, step });
    events
}

pub fn entries() -> Vec<OrderEntry> {
    let people = [By::System, By::Customer, By::Agent(ids().0), By::Bot];
    let entry = |(seq, event): (u32, OrderEvent)| OrderEntry {
        seq,
        at: at(i64::from(seq)),
        by: people[seq as usize % people.len()].clone(),
        event,
        inquiry: Some(ids().1).filter(|_| seq % 2 == 0),
    };
    (1..).zip(events()).map(entry).collect()
}

/// An order with all that an order can have.
pub fn full() -> OrderRecord {
    let (_, inquiry, number) = ids();
    let bought = |product: &str, title: &str, quantity| Item {
        product: product.to_owned(),
        title: title.to_owned(),
        quantity,
        unit_price: 50_000,
        returnable: quantity > 1,
    };
    let customer = Customer {
        key: inquiry.customer(),
        kind: CustomerKind::Member,
        name: "王小明".to_owned(),
        email: "ming@example.com".to_owned(),
        phone: some("+886 2 2345 6789"),
    };
    let order = Order {
        shop: ShopId::parse("taipei").expect("a shop's id"),
        number,
        customer,
        items: vec![bought("tea", "烏龍茶", 2), bought("cup", "杯子", 1)],
        currency: twd(),
        total: 158_000,
        shipping: 8_000,
        paid: 157_999,
        payment_method: PaymentMethod::Fps,
        created_at: at(0),
        paid_at: Some(at(1)),
        days_to_ship: 3,
        shipped_at: Some(at(20)),
        delivered_at: Some(at(30)),
        tracking: Some(parcel()),
        merchant_note: some("gift"),
        cancelled_at: Some(at(40)),
        delay: Some(delay(10)),
        proposed_delay: Some(delay(20)),
        delay_raised: true,
        refunds: refunds(),
        returns: returns(),
        source_version: u64::MAX,
        changed_at: at(50),
        version: 61,
    };
    let commands = vec![CommandKey { key: u64::MAX, body: 1, before: 60, after: 61 }];
    OrderRecord { order, entries: entries(), commands, pages: 2, writes: 12 }
}

/// An order with as little as an order can have.
pub fn bare() -> OrderRecord {
    let full = full().order;
    let customer = Customer { kind: CustomerKind::Guest, phone: None, ..full.customer };
    OrderRecord::new(Order {
        customer,
        items: Vec::new(),
        payment_method: PaymentMethod::CreditCard,
        paid_at: None,
        shipped_at: None,
        delivered_at: None,
        tracking: None,
        merchant_note: None,
        cancelled_at: None,
        delay: None,
        proposed_delay: None,
        delay_raised: false,
        refunds: Vec::new(),
        returns: Vec::new(),
        ..full
    })
}
