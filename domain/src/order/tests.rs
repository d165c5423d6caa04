use jiff::Timestamp;
use jiff::civil::date;

use super::*;
use crate::actor::By;
use crate::labels::RefundReason;
use crate::order_event::{Consent, OrderEvent, RefundStep, Withdrawn};
use crate::refund::{Offer, RefundKind, Wish};
use crate::refusal::OrderRefusal;
use crate::shop::Shop;
use crate::testing::{at, guest, mia, money, order, proof, pushed, shop};

const DAY: i64 = 24 * 3600;

fn time(text: &str) -> Timestamp {
    text.parse().unwrap_or_default()
}

fn paid_at(text: &str) -> Order {
    Order { created_at: time(text), paid_at: Some(time(text)), ..order() }
}

fn in_zone(zone: &str) -> Shop {
    Shop { time_zone: zone.to_owned(), ..shop() }
}

fn late() -> Timestamp {
    at(10 * DAY)
}

fn parcel() -> Tracking {
    Tracking { carrier: "黑貓".to_owned(), number: "T-1".to_owned() }
}

fn wish() -> Wish {
    Wish { reason: RefundReason::Late, detail: None, inquiry: guest().1 }
}

fn offer(minor: u64) -> Offer {
    let detail = None;
    Offer {
        amount: money(minor),
        reason: RefundReason::OutOfStock,
        detail,
        inquiry: guest().1,
        proof: Some(proof()),
    }
}

/// To the second, in the shop's zone, also where clocks change on the last day or in between.
#[test]
fn it_is_overdue_from_the_first_instant_of_the_next_day() {
    let cases = [
        ("Asia/Taipei", "2026-11-25T15:59:59Z", "2026-11-28T16:00:00Z"),
        ("Asia/Taipei", "2026-11-25T16:00:00Z", "2026-11-29T16:00:00Z"),
        ("Europe/Berlin", "2026-03-26T11:00:00Z", "2026-03-29T22:00:00Z"),
        ("Europe/Berlin", "2026-10-22T11:00:00Z", "2026-10-25T23:00:00Z"),
        ("America/Santiago", "2026-09-02T12:00:00Z", "2026-09-06T04:00:00Z"),
    ];
    for (zone, paid, next_day) in cases {
        let (shop, order, over) = (in_zone(zone), paid_at(paid), time(next_day));
        let second = jiff::SignedDuration::from_secs(1);
        let around = [(over - second, false), (over, true), (over + second, true)];
        for (now, overdue) in around {
            assert_eq!(order.overdue(&shop, now), overdue, "{zone} {paid} at {now}");
        }
        assert!(!order.overdue(&shop, order.ship_by(&shop)), "{zone}");
    }
}

#[test]
fn unpaid_orders_and_cash_on_delivery_count_from_creation() {
    let shop = shop();
    let paid_later = Order { paid_at: Some(at(5 * DAY)), ..order() };
    let on_delivery = Order { payment_method: PaymentMethod::CashOnDelivery, ..paid_later.clone() };
    let unpaid = Order { paid_at: None, ..paid_later.clone() };
    assert_eq!(on_delivery.ship_by(&shop), order().ship_by(&shop));
    assert_eq!(unpaid.ship_by(&shop), order().ship_by(&shop));
    let five_days = paid_later.ship_by(&shop).duration_since(order().ship_by(&shop));
    assert_eq!(five_days.as_hours(), 5 * 24);
}

#[test]
fn working_days_leave_out_weekends_and_holidays() {
    let mut shop = shop();
    shop.order_settings.working_days = true;
    shop.service_settings.holidays = vec![date(2026, 11, 30)];
    // A Thursday: Friday is the first, Tuesday the second, since Monday is a holiday.
    let order = Order { days_to_ship: 2, ..paid_at("2026-11-26T02:00:00Z") };
    assert_eq!(order.ship_by(&shop), time("2026-12-01T15:59:59.999Z"));
    assert_eq!(order.latest_delivery(&shop), time("2026-12-10T15:59:59.999Z"), "seven working days later");
}

#[test]
fn a_buyer_may_be_contacted_for_sixty_days_or_while_something_is_in_progress() -> Result<(), OrderRefusal> {
    let limit = 60 * DAY;
    for (seconds, may) in [(limit - 1, true), (limit, true), (limit + 1, false)] {
        assert_eq!(order().may_contact(at(seconds)), may, "{seconds}");
    }
    let asking = order().request_refund(&shop(), wish(), at(10))?.after;
    assert!(asking.may_contact(at(limit + 1)));
    Ok(())
}

#[test]
fn an_older_push_changes_nothing_and_a_repeated_one_neither() -> Result<(), OrderRefusal> {
    let newer = Pushed { version: 5, merchant_note: Some("gift".to_owned()), ..pushed() };
    let order = order().push(newer.clone(), at(10))?.after;
    for version in [4, 5] {
        let change = order.push(Pushed { version, ..pushed() }, at(20))?;
        assert_eq!((change.after, change.entries.len()), (order.clone(), 0));
    }
    Ok(())
}

#[test]
fn whatever_order_pushes_arrive_in_the_newest_holds() -> Result<(), OrderRefusal> {
    let push = |version: u64| Pushed { version, merchant_note: Some(version.to_string()), ..pushed() };
    for arrival in [[2, 3, 4], [4, 3, 2], [3, 4, 2], [2, 4, 3]] {
        let mut order = order();
        for version in arrival {
            order = order.push(push(version), at(10))?.after;
        }
        assert_eq!(order.merchant_note.as_deref(), Some("4"), "{arrival:?}");
    }
    Ok(())
}

#[test]
fn a_push_cannot_undo_what_was_decided() -> Result<(), OrderRefusal> {
    let refunded = order().offer_refund(&shop(), &mia(), offer(128_000), at(10))?.after;
    let shipped = Pushed { version: 2, shipped_at: Some(at(20)), tracking: Some(parcel()), ..pushed() };
    assert_eq!(refunded.push(shipped.clone(), at(20)).err(), Some(OrderRefusal::OrderEnded));
    let cheaper = Pushed { version: 2, paid: 100, ..pushed() };
    let refusal = OrderRefusal::PaidLessThanRefunded { refunded: money(128_000) };
    assert_eq!(refunded.push(cheaper, at(20)).err(), Some(refusal));
    let sent = order().push(shipped, at(20))?.after;
    let unsent = sent.push(Pushed { version: 3, ..pushed() }, at(30))?.after;
    assert_eq!((unsent.shipped_at, unsent.tracking), (Some(at(20)), Some(parcel())));
    Ok(())
}

#[test]
fn shipped_or_refunded_in_full_never_both() -> Result<(), OrderRefusal> {
    let full = order().offer_refund(&shop(), &mia(), offer(128_000), at(10))?.after;
    assert_eq!(full.ship(By::System, parcel(), at(11)).err(), Some(OrderRefusal::OrderEnded));
    let part = order().offer_refund(&shop(), &mia(), offer(20_000), at(10))?.after;
    let sent = part.ship(By::System, parcel(), at(11))?.after;
    assert_eq!(sent.ship(By::System, parcel(), at(12)).err(), Some(OrderRefusal::AlreadyShipped));
    let again = sent.offer_refund(&shop(), &mia(), offer(1_000), at(12));
    assert_eq!(again.err(), Some(OrderRefusal::AlreadyShipped));
    let defect = Offer { reason: RefundReason::Defect, ..offer(1_000) };
    assert!(sent.offer_refund(&shop(), &mia(), defect, at(12)).is_ok(), "in part, without a return");
    Ok(())
}

#[test]
fn what_nobody_decided_ends_when_the_parcel_leaves() -> Result<(), OrderRefusal> {
    let asking = order().request_refund(&shop(), wish(), at(10))?.after;
    let change = asking.ship(By::System, parcel(), at(11))?;
    assert_eq!(change.after.refunds[0].state, RefundState::Withdrawn);
    let why = Withdrawn::Shipped;
    let told = change.entries.iter().any(
        |it| matches!(&it.event, OrderEvent::Refund { step: RefundStep::Withdrawn { why: w }, .. } if *w == why),
    );
    assert!(told);
    Ok(())
}

#[test]
fn a_customer_cancels_when_it_is_overdue_and_not_a_moment_before() -> Result<(), OrderRefusal> {
    let (shop, order, (_, inquiry)) = (shop(), order(), guest());
    let ship_by = order.ship_by(&shop);
    let early = order.cancel_overdue(&shop, &inquiry, ship_by);
    assert_eq!(early.err(), Some(OrderRefusal::NotOverdue { ship_by }));
    let over = ship_by + jiff::SignedDuration::from_millis(1);
    let cancelled = order.cancel_overdue(&shop, &inquiry, over)?.after;
    let refund = &cancelled.refunds[0];
    assert_eq!(
        (refund.kind, refund.state, refund.amount),
        (RefundKind::Cancelled, RefundState::Approved, 128_000)
    );
    assert_eq!(cancelled.cancel_overdue(&shop, &inquiry, over).err(), Some(OrderRefusal::OrderEnded));
    assert_eq!(cancelled.ship(By::System, parcel(), over).err(), Some(OrderRefusal::OrderEnded));
    Ok(())
}

#[test]
fn cancelling_ends_what_was_asked_for_and_leaves_what_went_back() -> Result<(), OrderRefusal> {
    let part = order().offer_refund(&shop(), &mia(), offer(28_000), at(10))?.after;
    let asking = part.request_refund(&shop(), wish(), late())?.after;
    let cancelled = asking.cancel_overdue(&shop(), &guest().1, late())?.after;
    let states: Vec<_> = cancelled.refunds.iter().map(|it| (it.state, it.amount)).collect();
    assert_eq!(
        states,
        [
            (RefundState::Approved, 28_000),
            (RefundState::Withdrawn, 100_000),
            (RefundState::Approved, 100_000)
        ]
    );
    assert_eq!(cancelled.committed(), cancelled.paid);
    Ok(())
}

#[test]
fn an_unpaid_order_is_cancelled_without_a_refund() -> Result<(), OrderRefusal> {
    let unpaid = Order { paid: 0, paid_at: None, ..order() };
    let cancelled = unpaid.cancel_overdue(&shop(), &guest().1, late())?.after;
    assert!(cancelled.refunds.is_empty() && cancelled.cancelled_at.is_some());
    Ok(())
}

fn delay(day: i8) -> Delay {
    Delay { date: date(2027, 2, day), terms: "送贈品".to_owned(), inquiry: guest().1 }
}

#[test]
fn only_the_proof_of_agreement_moves_the_date() -> Result<(), OrderRefusal> {
    let (shop, now) = (shop(), at(10));
    let asked = order().delay_shipping(&shop, &mia(), (delay(10), None), now)?.after;
    assert_eq!(asked.ship_by(&shop), order().ship_by(&shop));
    let declined = asked.answer_delay(delay(10).date, false, at(20))?.after;
    assert_eq!(declined.ship_by(&shop), order().ship_by(&shop));
    assert_eq!(
        declined.answer_delay(delay(10).date, true, at(30)).err(),
        Some(OrderRefusal::NothingProposed)
    );
    let another = asked.answer_delay(delay(9).date, true, at(20)).err();
    assert_eq!(another, Some(OrderRefusal::NothingProposed), "they agree to what they saw");
    let agreed = asked.answer_delay(delay(10).date, true, at(20))?.after;
    assert_eq!(agreed.ship_by(&shop), time("2027-02-10T15:59:59.999Z"));
    let proven = order().delay_shipping(&shop, &mia(), (delay(10), Some(proof())), now)?.after;
    assert_eq!(proven.ship_by(&shop), agreed.ship_by(&shop));
    assert!(!agreed.overdue(&shop, late()), "no cancelling before the agreed date");
    Ok(())
}

#[test]
fn an_agreed_date_that_passes_is_raised_once_and_the_order_is_overdue_again() -> Result<(), OrderRefusal> {
    let shop = shop();
    let agreed = order().delay_shipping(&shop, &mia(), (delay(10), Some(proof())), at(10))?.after;
    let passes = agreed.delay_passes_at(&shop).unwrap_or_default();
    assert_eq!(passes, time("2027-02-10T16:00:00Z"));
    let millisecond = jiff::SignedDuration::from_millis(1);
    assert!(agreed.enforce(&shop, passes - millisecond).entries.is_empty());
    let raised = agreed.enforce(&shop, passes + jiff::SignedDuration::from_hours(72));
    assert_eq!(
        raised.entries.iter().map(|it| (it.at, &it.event)).collect::<Vec<_>>(),
        [(passes, &OrderEvent::DelayPassed)]
    );
    assert!(raised.after.enforce(&shop, passes).entries.is_empty());
    assert!(raised.after.overdue(&shop, passes) && !raised.after.overdue(&shop, passes - millisecond));
    Ok(())
}

#[test]
fn a_delay_lies_after_the_promise_and_within_half_a_year() {
    let (shop, order) = (shop(), order());
    let asked = |date| order.delay_shipping(&shop, &mia(), (Delay { date, ..delay(1) }, None), at(10)).err();
    let promised = shop.zone().to_datetime(order.ship_by(&shop)).date();
    assert_eq!(asked(promised), Some(OrderRefusal::NotLater { ship_by: order.ship_by(&shop) }));
    assert_eq!(asked(promised.tomorrow().unwrap_or(promised)), None);
    assert_eq!(asked(date(2027, 9, 1)), Some(OrderRefusal::TooFar));
}

#[test]
fn consent_by_click_is_the_customers_alone() -> Result<(), OrderRefusal> {
    let offered =
        order().offer_refund(&shop(), &mia(), Offer { proof: None, ..offer(10_000) }, at(10))?.after;
    assert_eq!(offered.refunds[0].state, RefundState::Proposed);
    let agreed = offered.answer_offer(&shop(), 1, true, at(20))?.after;
    assert_eq!(
        (agreed.refunds[0].state, agreed.refunds[0].consent.clone()),
        (RefundState::Approved, Some(Consent::Click))
    );
    let declined = offered.answer_offer(&shop(), 1, false, at(20))?.after;
    assert_eq!((declined.refunds[0].state, declined.left()), (RefundState::Withdrawn, 128_000));
    Ok(())
}

#[test]
fn an_order_that_ended_hears_of_no_parcel() -> Result<(), OrderRefusal> {
    let refunded = order().offer_refund(&shop(), &mia(), offer(128_000), at(10))?.after;
    let cancelled =
        order().push(Pushed { version: 2, cancelled_at: Some(at(10)), ..pushed() }, at(10))?.after;
    for ended in [refunded, cancelled] {
        let told = |ended: &Order, pushed: Pushed| ended.push(Pushed { version: 9, ..pushed }, at(20)).err();
        let refused = Some(OrderRefusal::OrderEnded);
        assert_eq!(told(&ended, Pushed { tracking: Some(parcel()), ..pushed() }), refused);
        assert_eq!(told(&ended, Pushed { shipped_at: Some(at(20)), ..pushed() }), refused);
        assert_eq!(told(&ended, Pushed { delivered_at: Some(at(20)), ..pushed() }), refused);
        let labelled = Order { tracking: Some(parcel()), ..ended.clone() };
        assert_eq!(told(&labelled, Pushed { tracking: Some(parcel()), ..pushed() }), None, "it is not new");
        assert_eq!(told(&ended, pushed()), None);
    }
    let both = Pushed { version: 2, shipped_at: Some(at(20)), cancelled_at: Some(at(20)), ..pushed() };
    assert_eq!(order().push(both.clone(), at(20)).err(), Some(OrderRefusal::OrderEnded));
    let sent = order().ship(By::System, parcel(), at(15))?.after;
    assert!(sent.push(both, at(20)).is_ok(), "that it left is known");
    Ok(())
}

#[test]
fn what_is_paid_later_re_opens_nothing_and_tells_nobody_anything() -> Result<(), OrderRefusal> {
    let refunded = order().offer_refund(&shop(), &mia(), offer(128_000), at(10))?.after;
    let same = refunded.push(Pushed { version: 2, ..pushed() }, at(20))?;
    assert_eq!((same.after.cancelled_at, same.entries.len()), (None, 0));
    let more = refunded.push(Pushed { version: 2, paid: 200_000, ..pushed() }, at(20))?;
    let events: Vec<_> = more.entries.iter().map(|it| &it.event).collect();
    assert_eq!((more.after.standing(), events), (Standing::Ended, vec![&OrderEvent::Updated]));
    assert_eq!(more.after.ship(By::System, parcel(), at(30)).err(), Some(OrderRefusal::OrderEnded));
    let sent = Pushed { version: 3, paid: 200_000, shipped_at: Some(at(30)), ..pushed() };
    assert_eq!(more.after.push(sent, at(30)).err(), Some(OrderRefusal::OrderEnded));
    Ok(())
}

#[test]
fn a_proposed_date_binds_the_customer_and_ends_with_the_order() -> Result<(), OrderRefusal> {
    let asked = order().delay_shipping(&shop(), &mia(), (delay(10), None), at(10))?.after;
    let mut others = Pushed { version: 2, ..pushed() };
    others.customer.key = crate::ids::CustomerKey::from_bits(2);
    assert_eq!(asked.push(others, at(20)).err(), Some(OrderRefusal::CustomerDiffers));
    let noted = Pushed { version: 2, merchant_note: Some("gift".to_owned()), ..pushed() };
    assert_eq!(asked.push(noted, at(20))?.after.proposed_delay, Some(delay(10)));
    let sent = Pushed { version: 2, shipped_at: Some(at(20)), ..pushed() };
    let cancelled = Pushed { version: 2, cancelled_at: Some(at(20)), ..pushed() };
    for pushed in [sent, cancelled] {
        assert_eq!(asked.push(pushed, at(20))?.after.proposed_delay, None);
    }
    assert_eq!(asked.cancel_overdue(&shop(), &guest().1, late())?.after.proposed_delay, None);
    Ok(())
}

#[test]
fn a_payment_after_an_agreed_date_moves_ship_by_behind_it() -> Result<(), OrderRefusal> {
    let shop = shop();
    let unpaid = Order { paid: 0, paid_at: None, ..order() };
    let agreed = unpaid.delay_shipping(&shop, &mia(), (delay(10), Some(proof())), at(10))?.after;
    let paid = |text: &str| Order { paid: 128_000, paid_at: Some(time(text)), ..agreed.clone() };
    let after = paid("2027-02-09T02:00:00Z");
    assert_eq!(after.ship_by(&shop), time("2027-02-12T15:59:59.999Z"));
    assert_eq!(after.delay_passes_at(&shop), Some(time("2027-02-12T16:00:00Z")), "raised when it is overdue");
    assert_eq!(paid("2027-01-20T02:00:00Z").ship_by(&shop), agreed.ship_by(&shop));
    Ok(())
}
