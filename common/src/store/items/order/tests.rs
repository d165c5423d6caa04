use domain::event::{Entry, Event};
use domain::labels::{RefundReason, ReturnKind};
use domain::order::Standing;
use domain::order_event::{OrderEvent, Withdrawn};
use domain::refund::{Execution, Payer, RefundKind, RefundState};
use domain::returning::ReturnState;
use proptest::prelude::*;

use super::samples::{at, bare, entries, full, ids, refunds};
use super::*;
use crate::store::items::order_entry::WITHDRAWN;
use crate::store::items::order_row::STANDINGS;
use crate::store::items::refund::{KINDS, PAYERS};
use crate::store::items::{Line, OrderRow, RefundRow, decode_page, encode_page};

/// What this program wrote when it first stored orders; never written anew.
const STORED: &str = include_str!("stored.txt");

fn read_back(record: &OrderRecord, bytes: &[u8]) -> Result<OrderRecord, Failure> {
    OrderRecord::decode(record.order.shop.clone(), record.order.number.clone(), record.writes, bytes)
}

#[test]
fn an_order_is_read_back_as_it_was_stored() -> Result<(), Failure> {
    for record in [full(), bare()] {
        assert_eq!(read_back(&record, &record.encode())?, record);
    }
    Ok(())
}

#[test]
fn every_event_is_read_back_from_a_page_and_from_its_inquiry() -> Result<(), Failure> {
    assert_eq!(decode_order_page(&encode_order_page(&entries()))?, entries());
    let line = |entry: OrderEntry| {
        let event = Event::Order { order: ids().2, event: entry.event };
        Line { entry: Entry { seq: entry.seq, at: entry.at, by: entry.by, event }, mail: None }
    };
    let lines: Vec<Line> = entries().into_iter().map(line).collect();
    assert_eq!(decode_page(&encode_page(&lines))?, lines);
    Ok(())
}

#[test]
fn what_was_stored_stays_readable() -> Result<(), Failure> {
    let digits: Vec<char> = STORED.chars().filter(char::is_ascii_hexdigit).collect();
    let byte = |pair: &[char]| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap_or_default();
    let bytes: Vec<u8> = digits.chunks(2).map(byte).collect();
    let mut first = full();
    // What was added since is empty.
    for refund in &mut first.order.refunds {
        refund.execution.accepted_attempt = 0;
    }
    first.entries.pop();
    assert_eq!(read_back(&first, &bytes)?, first);
    Ok(())
}

#[test]
fn an_order_of_a_newer_layout_is_refused() {
    let mut bytes = full().encode();
    let format = bytes.iter().position(|byte| *byte == FORMAT).expect("it is the first field");
    bytes[format] = FORMAT + 1;
    let refused = read_back(&full(), &bytes);
    assert!(matches!(&refused, Err(Failure::Unreadable(why)) if why.contains("newer")), "{refused:?}");
}

#[test]
fn rows_are_read_back_as_they_were_stored() -> Result<(), Failure> {
    for record in [full(), bare()] {
        let order = record.order;
        let row = OrderRow::of(&order, at(99));
        assert_eq!(OrderRow::decode(order.number.clone(), &row.encode())?, row);
        for refund in &order.refunds {
            let row = RefundRow::of(&order, refund, at(99));
            assert_eq!(RefundRow::decode(order.number.clone(), refund.number, &row.encode())?, row);
        }
    }
    Ok(())
}

#[test]
fn a_row_shows_the_beginning_of_what_was_bought() {
    let order = full().order;
    assert_eq!(OrderRow::of(&order, at(99)).items, "烏龍茶 ×2, 杯子");
    let many = Order { items: vec![order.items[0].clone(); 6], ..order };
    let row = OrderRow::of(&many, at(99));
    assert!(row.items.len() <= 60 && row.items.ends_with('…'), "{}", row.items);
}

/// The states of refunds as a list shows the most urgent one, and whether somebody has to look.
fn shown(refunds: &[(RefundState, bool)]) -> (Option<RefundState>, bool) {
    let refund = |(state, contradicted): &(RefundState, bool)| Refund {
        state: *state,
        execution: Execution { contradicted: *contradicted, ..Execution::default() },
        ..self::refunds().swap_remove(0)
    };
    let order = Order { refunds: refunds.iter().map(refund).collect(), ..bare().order };
    let row = OrderRow::of(&order, at(99));
    (row.refund, row.attention)
}

#[test]
fn a_row_shows_the_refund_that_a_person_should_see_first() {
    use RefundState::{Approved, Executing, Failed, Proposed, Requested, Succeeded, Unknown, Withdrawn};
    let cases = [
        (vec![], (None, false)),
        (vec![(Succeeded, false), (Withdrawn, false)], (None, false)),
        (vec![(Succeeded, true)], (None, true)),
        (vec![(Approved, false), (Executing, false)], (Some(Executing), false)),
        (vec![(Executing, false), (Unknown, false)], (Some(Unknown), false)),
        (vec![(Unknown, false), (Proposed, false)], (Some(Proposed), false)),
        (vec![(Proposed, false), (Requested, false)], (Some(Requested), false)),
        (vec![(Requested, false), (Failed, false)], (Some(Failed), true)),
        (vec![(Requested, false), (Executing, true)], (Some(Executing), true)),
    ];
    for (refunds, expected) in cases {
        assert_eq!(shown(&refunds), expected, "{refunds:?}");
    }
}

#[test]
fn a_row_is_overdue_only_while_its_order_is_to_be_shipped() {
    let order = bare().order;
    let row = OrderRow::of(&order, at(99));
    assert_eq!((row.overdue(at(99)), row.overdue(at(100))), (false, true));
    let shipped = Order { shipped_at: Some(at(20)), ..order };
    assert!(!OrderRow::of(&shipped, at(99)).overdue(at(100)));
    let refund = RefundRow::of(&bare().order, &refunds()[0], at(99));
    assert_eq!((refund.overdue(at(99)), refund.overdue(at(100))), (false, true));
}

/// Stored codes are places in these lists: appending is safe, anything else is not.
#[test]
fn the_order_of_the_closed_lists_is_what_is_stored() {
    let words = |all: &[&'static str]| all.join(" ");
    let all: Vec<_> = RefundState::ALL.iter().map(|v| v.as_str()).collect();
    assert_eq!(
        words(&all),
        "requested proposed rejected withdrawn approved executing unknown succeeded failed"
    );
    let all: Vec<_> = ReturnState::ALL.iter().map(|v| v.as_str()).collect();
    assert_eq!(
        words(&all),
        "requested accepted rejected withdrawn pick_up_arranged received refunded replaced"
    );
    let all: Vec<_> = PaymentMethod::ALL.iter().map(|v| v.as_str()).collect();
    assert_eq!(words(&all), "credit_card bank_transfer fps cash_on_delivery other");
    let all: Vec<_> = RefundReason::ALL.iter().map(|v| v.as_str()).collect();
    assert_eq!(words(&all), "out_of_stock late defect changed_mind return other");
    let all: Vec<_> = ReturnKind::ALL.iter().map(|v| v.as_str()).collect();
    assert_eq!(words(&all), "return exchange");
    let all: Vec<_> = KINDS.iter().map(|kind| kind_word(*kind)).collect();
    assert_eq!(words(&all), "merchant overdue cancel cancelled");
    let all: Vec<_> = PAYERS.iter().map(|payer| payer_word(*payer)).collect();
    assert_eq!(words(&all), "webhook by_hand");
    let all: Vec<_> = WITHDRAWN.iter().map(|why| why_word(*why)).collect();
    assert_eq!(words(&all), "taken_back declined shipped cancelled offer_taken_back");
    let all: Vec<_> = STANDINGS.iter().map(|standing| standing_word(*standing)).collect();
    assert_eq!(words(&all), "to_ship shipped ended");
}

// Without a wildcard, so that a new value is not forgotten in the lists above.

const fn kind_word(kind: RefundKind) -> &'static str {
    match kind {
        RefundKind::Merchant => "merchant",
        RefundKind::Overdue => "overdue",
        RefundKind::Cancel => "cancel",
        RefundKind::Cancelled => "cancelled",
        RefundKind::Return(_) => "a field of its own",
    }
}

const fn payer_word(payer: Payer) -> &'static str {
    match payer {
        Payer::Webhook => "webhook",
        Payer::ByHand => "by_hand",
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

const fn standing_word(standing: Standing) -> &'static str {
    match standing {
        Standing::ToShip => "to_ship",
        Standing::Shipped => "shipped",
        Standing::Ended => "ended",
    }
}

proptest! {
    #[test]
    fn whatever_people_type_and_whatever_it_costs_is_read_back(
        text in "\\PC{0,80}",
        amounts in any::<[u64; 4]>(),
        second in -1_000_000_000i64..1_000_000_000,
    ) {
        let mut record = full();
        let [total, shipping, paid, amount] = amounts;
        let order = &mut record.order;
        (order.total, order.shipping, order.paid, order.changed_at) = (total, shipping, paid, at(second));
        (order.customer.name, order.items[0].title) = (text.clone(), text.clone());
        (order.refunds[0].amount, order.refunds[0].detail) = (amount, Some(text.clone()));
        order.returns[0].reason = Some(text.clone());
        record.entries[0].event = OrderEvent::NoteAdded { text };
        prop_assert_eq!(read_back(&record, &record.encode()).ok(), Some(record));
    }

    #[test]
    fn damaged_bytes_are_refused_and_never_a_panic(place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = full().encode();
        let place = place.index(bytes.len());
        bytes[place] = byte;
        let _ = read_back(&full(), &bytes);
        prop_assert!(read_back(&full(), &bytes[..place]).is_err());
    }
}
