use super::*;
use crate::actor::Agent;
use crate::labels::RefundReason;
use crate::money::Money;
use crate::shop::Shop;
use crate::testing::{at, guest, mia, money, order, proof, shop};

const DAY: i64 = 24 * 3600;

fn paying_shop() -> Shop {
    let mut shop = shop();
    shop.order_settings.payer = Payer::Webhook;
    shop
}

fn wish() -> Wish {
    Wish { reason: RefundReason::Late, detail: None, inquiry: guest().1 }
}

fn offer(minor: u64) -> Offer {
    let inquiry = guest().1;
    Offer {
        amount: money(minor),
        reason: RefundReason::OutOfStock,
        detail: None,
        inquiry,
        proof: Some(proof()),
    }
}

fn approved(shop: &Shop) -> Result<Order, OrderRefusal> {
    Ok(order().offer_refund(shop, &mia(), offer(128_000), at(0))?.after)
}

fn said(order: &Order, outcome: Outcome, seconds: i64) -> Result<Order, OrderRefusal> {
    let attempt = order.refunds[0].execution.attempts;
    let source = Source::Answer { changes: order.refunds[0].changes };
    Ok(order.report(1, Report { attempt, outcome, source }, at(seconds))?.after)
}

fn state(order: &Order) -> RefundState {
    order.refunds[0].state
}

fn begun(order: &Order, seconds: i64) -> Option<(Order, Errand)> {
    order.begin_errand(1, at(seconds)).map(|(change, errand)| (change.after, errand))
}

#[test]
fn an_amount_is_of_the_orders_currency_and_no_more_than_is_left() -> Result<(), OrderRefusal> {
    let (shop, order) = (shop(), order());
    let usd = crate::money::Currency::parse("USD").unwrap_or(order.currency);
    let refused = |amount| order.offer_refund(&shop, &mia(), Offer { amount, ..offer(1) }, at(0)).err();
    assert_eq!(refused(money(128_001)), Some(OrderRefusal::MoreThanLeft { left: money(128_000) }));
    assert_eq!(refused(money(0)), Some(OrderRefusal::NoAmount));
    let dollars = Money { minor: 1, currency: usd };
    assert_eq!(refused(dollars), Some(OrderRefusal::CurrencyDiffers { currency: order.currency }));
    let part = order.offer_refund(&shop, &mia(), offer(100_000), at(0))?.after;
    let more = part.offer_refund(&shop, &mia(), offer(28_001), at(1));
    assert_eq!(more.err(), Some(OrderRefusal::MoreThanLeft { left: money(28_000) }));
    assert_eq!(part.offer_refund(&shop, &mia(), offer(28_000), at(1))?.after.left(), 0);
    Ok(())
}

#[test]
fn other_needs_words_and_a_rejection_needs_a_clear_reason_and_consent() -> Result<(), OrderRefusal> {
    let (shop, order) = (shop(), order());
    for detail in [None, Some(""), Some("too short"), Some("  a b c    ")] {
        let offer = Offer { reason: RefundReason::Other, detail: detail.map(str::to_owned), ..offer(1) };
        let refused = order.offer_refund(&shop, &mia(), offer, at(0)).err();
        assert_eq!(refused, Some(OrderRefusal::ReasonTooShort), "{detail:?}");
    }
    let asking = order.request_refund(&shop, wish(), at(0))?.after;
    let reject = |reason, proof| asking.reject_refund(&mia(), 1, (reason, proof), at(1)).err();
    assert_eq!(reject("九個字不夠清楚啊啊", Some(proof())), Some(OrderRefusal::ReasonTooShort));
    assert_eq!(reject("十個字就足夠清楚了啊", None), Some(OrderRefusal::ConsentNeeded));
    assert_eq!(reject("十個字就足夠清楚了啊", Some(proof())), None);
    Ok(())
}

#[test]
fn a_smaller_amount_needs_the_customers_consent() -> Result<(), OrderRefusal> {
    let (shop, asking) = (shop(), order().request_refund(&shop(), wish(), at(0))?.after);
    let agree = |minor, proof| asking.agree_to_refund(&shop, &mia(), 1, (money(minor), proof), at(1));
    assert_eq!(state(&agree(128_000, None)?.after), RefundState::Approved);
    assert_eq!(state(&agree(60_000, Some(proof()))?.after), RefundState::Approved);
    let asked = agree(60_000, None)?.after;
    assert_eq!((state(&asked), asked.refunds[0].amount), (RefundState::Proposed, 60_000));
    let accepted = asked.answer_offer(&shop, 1, true, at(2))?.after;
    assert_eq!((state(&accepted), accepted.left()), (RefundState::Approved, 68_000));
    Ok(())
}

#[test]
fn overdue_asks_for_a_refund_and_in_time_asks_to_cancel() -> Result<(), OrderRefusal> {
    let kind = |seconds| Ok(order().request_refund(&shop(), wish(), at(seconds))?.after.refunds[0].kind);
    assert_eq!(kind(0)?, RefundKind::Cancel);
    assert_eq!(kind(30 * DAY)?, RefundKind::Overdue);
    let twice = order().request_refund(&shop(), wish(), at(0))?.after.request_refund(&shop(), wish(), at(1));
    assert_eq!(twice.err(), Some(OrderRefusal::RefundOpen));
    Ok::<(), OrderRefusal>(())
}

#[test]
fn one_who_asked_takes_it_back_and_nobody_else() -> Result<(), OrderRefusal> {
    let asking = order().request_refund(&shop(), wish(), at(0))?.after;
    let theirs = By::Agent(mia().id);
    assert!(asking.take_refund_back(theirs, 1, at(1)).is_err());
    let back = asking.take_refund_back(By::Customer, 1, at(1))?.after;
    assert_eq!((state(&back), back.left()), (RefundState::Withdrawn, 128_000));
    Ok(())
}

#[test]
fn a_decided_refund_is_paid_under_one_key_and_asked_about_when_nobody_knows() -> Result<(), OrderRefusal> {
    let order = approved(&paying_shop())?;
    let (order, errand) = begun(&order, 1).ok_or(OrderRefusal::NoSuchRefund)?;
    let key = "A1001-R1".to_owned();
    assert_eq!(errand, Errand::Pay { key: key.clone(), amount: money(128_000), attempt: 1 });
    assert_eq!(begun(&order, 60), None, "it may be under way");
    let (_, errand) = begun(&order, 61).ok_or(OrderRefusal::NoSuchRefund)?;
    assert_eq!(errand, Errand::Ask { key: key.clone(), attempt: 1 }, "asked, not repeated");
    let unknown = said(&order, Outcome::Unknown, 2)?;
    assert_eq!(state(&unknown), RefundState::Unknown);
    let early = said(&unknown, Outcome::NotFound, 30)?;
    assert_eq!(state(&early), RefundState::Unknown, "a slow call may still arrive");
    let lost = said(&unknown, Outcome::NotFound, 61)?;
    let (_, errand) = begun(&lost, 61).ok_or(OrderRefusal::NoSuchRefund)?;
    assert_eq!(errand, Errand::Pay { key, amount: money(128_000), attempt: 2 }, "the same key again");
    Ok(())
}

#[test]
fn what_is_said_of_an_earlier_attempt_says_nothing_of_this_one() -> Result<(), OrderRefusal> {
    let order = begun(&approved(&paying_shop())?, 1).ok_or(OrderRefusal::NoSuchRefund)?.0;
    let failed = said(&order, Outcome::Failed { why: "closed".to_owned() }, 2)?;
    let again = failed.retry_refund(&mia(), 1, at(3))?.after;
    let again = begun(&again, 3).ok_or(OrderRefusal::NoSuchRefund)?.0;
    let source = Source::CallBack;
    let late = Report { attempt: 1, outcome: Outcome::Failed { why: "closed".to_owned() }, source };
    assert_ne!(state(&again.report(1, late, at(4))?.after), RefundState::Failed);
    let paid = Report { attempt: 1, outcome: Outcome::Succeeded { reference: None }, source };
    assert_eq!(again.report(1, paid.clone(), at(4))?.after, again, "the failure was the last word on it");
    let asked = failed.report(1, paid, at(4))?.after;
    assert_eq!(state(&asked), RefundState::Unknown, "and where nobody tries again, the provider is asked");
    Ok(())
}

#[test]
fn only_what_failed_for_sure_is_settled_by_hand() -> Result<(), OrderRefusal> {
    let order = begun(&approved(&paying_shop())?, 1).ok_or(OrderRefusal::NoSuchRefund)?.0;
    let unknown = said(&order, Outcome::Unknown, 2)?;
    let refused = OrderRefusal::RefundDecided { state: RefundState::Unknown };
    assert_eq!(unknown.settle_by_hand(&mia(), 1, at(3)).err(), Some(refused));
    let failed = said(&unknown, Outcome::Failed { why: "closed".to_owned() }, 3)?;
    let by_hand = failed.settle_by_hand(&mia(), 1, at(4))?.after;
    let paid = by_hand.confirm_by_hand(&shop(), &mia(), (1, "FPS 77"), at(5))?.after;
    assert_eq!((state(&paid), paid.refunded()), (RefundState::Succeeded, 128_000));
    let told = said(&paid, Outcome::Succeeded { reference: None }, 6)?;
    assert!(told.refunds[0].needs_attention(), "the provider paid besides: somebody has to look");
    assert_eq!(said(&told, Outcome::Succeeded { reference: None }, 7)?, told, "told once");
    Ok(())
}

#[test]
fn a_large_amount_is_confirmed_by_two_persons() -> Result<(), OrderRefusal> {
    let mut shop = shop();
    shop.order_settings.second_person_above = Some(127_999);
    let order = approved(&shop)?;
    let first = order.confirm_by_hand(&shop, &mia(), (1, "FPS 77"), at(1))?.after;
    assert_eq!(state(&first), RefundState::Approved);
    let same = first.confirm_by_hand(&shop, &mia(), (1, "FPS 77"), at(2));
    assert_eq!(same.err(), Some(OrderRefusal::AnotherPerson));
    let leo = Agent { id: crate::testing::agent("leo"), ..mia() };
    assert_eq!(
        state(&first.confirm_by_hand(&shop, &leo, (1, "FPS 77"), at(2))?.after),
        RefundState::Succeeded
    );
    shop.order_settings.second_person_above = Some(128_000);
    assert_eq!(
        state(&order.confirm_by_hand(&shop, &mia(), (1, "FPS 77"), at(1))?.after),
        RefundState::Succeeded
    );
    Ok(())
}

#[test]
fn a_call_back_counts_once() -> Result<(), OrderRefusal> {
    let order = begun(&approved(&paying_shop())?, 1).ok_or(OrderRefusal::NoSuchRefund)?.0;
    let heard = order.hear(1, 7)?;
    assert_eq!(heard.hear(1, 7).err(), Some(OrderRefusal::Replayed));
    assert!(heard.hear(1, 8).is_ok());
    let unasked = approved(&paying_shop())?;
    let report = Report { attempt: 1, outcome: Outcome::Accepted, source: Source::CallBack };
    assert_eq!(unasked.report(1, report, at(1)).err(), Some(OrderRefusal::NeverAsked));
    Ok(())
}

#[test]
fn what_failed_is_given_up_with_a_reason_and_the_customers_consent_only() -> Result<(), OrderRefusal> {
    let order = begun(&approved(&paying_shop())?, 1).ok_or(OrderRefusal::NoSuchRefund)?.0;
    let failed = said(&order, Outcome::Failed { why: "closed".to_owned() }, 2)?;
    assert_eq!(failed.left(), 0);
    let refused = failed.reject_refund(&mia(), 1, ("the account is closed", None), at(3)).err();
    assert_eq!(refused, Some(OrderRefusal::ConsentNeeded));
    let given_up = failed.reject_refund(&mia(), 1, ("the account is closed", Some(proof())), at(3))?;
    assert_eq!((state(&given_up.after), given_up.after.left()), (RefundState::Rejected, 128_000));

    let cancelled = order_cancelled_and_failed()?;
    let refused = cancelled.reject_refund(&mia(), 1, ("the account is closed", Some(proof())), at(40 * DAY));
    assert_eq!(refused.err(), Some(OrderRefusal::RefundDecided { state: RefundState::Failed }));
    Ok(())
}

/// An order that its customer cancelled since it was overdue, and whose refund failed.
fn order_cancelled_and_failed() -> Result<Order, OrderRefusal> {
    let cancelled = order().cancel_overdue(&paying_shop(), &guest().1, at(30 * DAY))?.after;
    let asked = begun(&cancelled, 30 * DAY).ok_or(OrderRefusal::NoSuchRefund)?.0;
    said(&asked, Outcome::Failed { why: "closed".to_owned() }, 30 * DAY + 1)
}

#[test]
fn an_offer_that_ends_leaves_what_the_customer_asked_for_to_be_decided() -> Result<(), OrderRefusal> {
    let asking = order().request_refund(&shop(), wish(), at(0))?.after;
    let offered = asking.agree_to_refund(&shop(), &mia(), 1, (money(100), None), at(1))?.after;
    let ended = [
        offered.take_refund_back(By::Agent(mia().id), 1, at(2))?.after,
        offered.answer_offer(&shop(), 1, false, at(2))?.after,
    ];
    for order in ended {
        assert_eq!((state(&order), order.refunds[0].amount), (RefundState::Requested, 128_000));
    }
    let merchants = order().offer_refund(&shop(), &mia(), Offer { proof: None, ..offer(100) }, at(0))?.after;
    assert_eq!(state(&merchants.answer_offer(&shop(), 1, false, at(1))?.after), RefundState::Withdrawn);
    Ok(())
}

#[test]
fn what_the_provider_has_forgotten_is_for_people_to_find_out() -> Result<(), OrderRefusal> {
    let order = begun(&approved(&paying_shop())?, 1).ok_or(OrderRefusal::NoSuchRefund)?.0;
    let accepted = said(&order, Outcome::Accepted, 2)?;
    let forgotten = [
        said(&accepted, Outcome::NotFound, 400)?,
        said(&said(&order, Outcome::Unknown, 2)?, Outcome::NotFound, DAY + 1)?,
    ];
    for order in forgotten {
        assert_eq!((state(&order), order.refunds[0].needs_attention()), (RefundState::Unknown, true));
        let (_, errand) = begun(&order, 3 * DAY).ok_or(OrderRefusal::NoSuchRefund)?;
        assert!(matches!(errand, Errand::Ask { .. }), "it is not sent again: {errand:?}");
        let paid = order.find_paid(&mia(), (1, "bank-1"), at(3 * DAY))?.after;
        assert_eq!((state(&paid), paid.refunded()), (RefundState::Succeeded, 128_000));
        let unpaid = order.find_unpaid(&mia(), (1, "not in their books"), at(3 * DAY))?.after;
        assert_eq!(state(&unpaid), RefundState::Failed);
        assert_eq!(state(&unpaid.settle_by_hand(&mia(), 1, at(3 * DAY))?.after), RefundState::Approved);
    }
    let early = said(&order, Outcome::Unknown, 2)?;
    let refused = Some(OrderRefusal::RefundDecided { state: RefundState::Unknown });
    assert_eq!(early.find_paid(&mia(), (1, "bank-1"), at(3)).err(), refused, "the provider is asked first");
    assert_eq!(early.find_unpaid(&mia(), (1, "not in their books"), at(3)).err(), refused);
    Ok(())
}

#[test]
fn calls_that_never_arrive_are_sent_again_with_pauses_and_not_for_ever() -> Result<(), OrderRefusal> {
    let (mut order, mut now, mut sent) = (approved(&paying_shop())?, 1, Vec::new());
    while let Some((asked, errand)) = begun(&order, now) {
        if let Errand::Pay { attempt, .. } = errand {
            sent.push((attempt, now));
            now += UNDER_WAY.as_secs();
        }
        order = said(
            &asked,
            if matches!(errand, Errand::Pay { .. }) { Outcome::Unknown } else { Outcome::NotFound },
            now,
        )?;
        if order.refunds[0].needs_attention() {
            break;
        }
        now = order.refunds[0].execution.next_at.map_or(now, |at| at.as_second() - at0());
    }
    let pauses: Vec<_> = sent.windows(2).map(|two| two[1].1 - two[0].1).collect();
    assert_eq!(sent.len(), 6, "{sent:?}");
    assert!(pauses.windows(2).all(|two| two[0] <= two[1]), "{pauses:?}");
    Ok(())
}

fn at0() -> i64 {
    at(0).as_second()
}

#[test]
fn of_an_attempt_that_was_never_made_nothing_is_believed() -> Result<(), OrderRefusal> {
    let order = begun(&approved(&paying_shop())?, 1).ok_or(OrderRefusal::NoSuchRefund)?.0;
    for attempt in [0, 2, u32::MAX] {
        for outcome in [Outcome::Succeeded { reference: None }, Outcome::Failed { why: "no".to_owned() }] {
            let report = Report { attempt, outcome, source: Source::CallBack };
            assert_eq!(order.report(1, report, at(2)).err(), Some(OrderRefusal::NeverAsked), "{attempt}");
        }
    }
    Ok(())
}

#[test]
fn what_the_provider_paid_after_all_is_not_free() -> Result<(), OrderRefusal> {
    let order = begun(&approved(&paying_shop())?, 1).ok_or(OrderRefusal::NoSuchRefund)?.0;
    let failed = said(&order, Outcome::Failed { why: "closed".to_owned() }, 2)?;
    let given_up = failed.reject_refund(&mia(), 1, ("the account is closed", Some(proof())), at(3))?.after;
    let paid =
        Report { attempt: 1, outcome: Outcome::Succeeded { reference: None }, source: Source::CallBack };
    let told = given_up.report(1, paid, at(4))?.after;
    assert_eq!((told.left(), told.closed_to_shipping()), (0, true));
    let found = told.find_paid(&mia(), (1, "bank-1"), at(5))?.after;
    assert_eq!((found.refunded(), found.refunds[0].needs_attention()), (128_000, false));
    let cleared = told.look_into(&mia(), (1, "it came back to us"), at(5))?.after;
    assert_eq!((cleared.left(), cleared.refunds[0].needs_attention()), (128_000, false));
    Ok(())
}

#[test]
fn two_persons_confirm_what_is_large_together_or_in_another_currency() -> Result<(), OrderRefusal> {
    let mut shop = shop();
    shop.order_settings.second_person_above = Some(100_000);
    let half =
        |order: &Order| Ok::<_, OrderRefusal>(order.offer_refund(&shop, &mia(), offer(64_000), at(0))?.after);
    let first = half(&order())?;
    assert!(!first.needs_two(&shop, 1));
    let paid = first.confirm_by_hand(&shop, &mia(), (1, "one"), at(1))?.after;
    assert!(half(&paid)?.needs_two(&shop, 2), "128,000 in all");
    let elsewhere = Shop { currency: "JPY".to_owned(), ..shop.clone() };
    assert!(first.needs_two(&elsewhere, 1));
    Ok(())
}
