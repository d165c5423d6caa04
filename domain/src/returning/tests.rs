use super::*;
use crate::order::Item;
use crate::testing::{at, guest, mia, money, order, proof, shop};

/// Ada's order, which left.
fn sent() -> Order {
    Order { shipped_at: Some(at(1)), ..order() }
}

fn wish(kind: ReturnKind, product: &str, quantity: u32) -> ReturnWish {
    let items = vec![ReturnedItem { product: product.to_owned(), quantity }];
    let reason = Some("It is not what I hoped for".to_owned());
    ReturnWish { kind, items, reason, inquiry: guest().1 }
}

fn asked(order: &Order, kind: ReturnKind, quantity: u32) -> Result<Order, OrderRefusal> {
    Ok(order.request_return(By::Customer, wish(kind, "tea", quantity), at(10))?.after)
}

fn received(order: &Order, number: u32) -> Result<Order, OrderRefusal> {
    let accepted = order.accept_return(&mia(), number, at(20))?.after;
    Ok(accepted.receive_return(&mia(), number, at(30))?.after)
}

fn line(quantity: u32, unit_price: u64) -> Item {
    let (product, title) = ("tea".to_owned(), "烏龍茶".to_owned());
    Item { product, title, quantity, unit_price, returnable: true }
}

#[test]
fn pieces_cost_what_their_lines_say_one_after_the_other() -> Result<(), OrderRefusal> {
    let order = Order { items: vec![line(1, 50_000), line(2, 10_000)], ..sent() };
    for (quantity, worth) in [(1, 50_000), (2, 60_000), (3, 70_000)] {
        let back = asked(&order, ReturnKind::Return, quantity)?;
        assert_eq!(back.worth(&back.returns[0]), worth, "{quantity}");
    }
    let first = received(&asked(&order, ReturnKind::Return, 1)?, 1)?;
    let refunded = first.refund_return(&shop(), &mia(), (1, money(50_000), None), at(40))?.after;
    let second = received(&asked(&refunded, ReturnKind::Return, 2)?, 2)?;
    assert_eq!(second.worth(&second.returns[1]), 20_000, "the first line went back before");
    let less = |proof| second.refund_return(&shop(), &mia(), (2, money(19_999), proof), at(50));
    assert_eq!(less(None).err(), Some(OrderRefusal::ConsentNeeded));
    assert!(less(Some(proof())).is_ok());
    Ok(())
}

#[test]
fn what_costs_more_than_there_are_numbers_costs_the_most() -> Result<(), OrderRefusal> {
    let order = Order { items: vec![line(u32::MAX, u64::MAX), line(u32::MAX, u64::MAX)], ..sent() };
    let back = asked(&order, ReturnKind::Return, u32::MAX)?;
    assert_eq!(back.worth(&back.returns[0]), u64::MAX);
    Ok(())
}

#[test]
fn what_a_customer_asks_for_the_shop_rejects_and_does_not_withdraw() -> Result<(), OrderRefusal> {
    let back = asked(&sent(), ReturnKind::Return, 1)?;
    let agent = By::Agent(mia().id);
    let refused = OrderRefusal::ReturnElsewhere { state: ReturnState::Requested };
    assert_eq!(back.withdraw_return(agent.clone(), 1, at(20)).err(), Some(refused));
    assert!(back.reject_return(&mia(), (1, "It was worn for a year"), at(20)).is_ok());
    assert!(back.withdraw_return(By::Customer, 1, at(20)).is_ok());
    let accepted = back.accept_return(&mia(), 1, at(20))?.after;
    for who in [agent, By::Customer] {
        let withdrawn = accepted.withdraw_return(who, 1, at(30))?.after;
        assert_eq!(withdrawn.returns[0].state, ReturnState::Withdrawn);
    }
    Ok(())
}

#[test]
fn what_was_replaced_may_go_back_again_and_what_was_refunded_may_not() -> Result<(), OrderRefusal> {
    let tracking = Tracking { carrier: "黑貓".to_owned(), number: "T-2".to_owned() };
    let exchanged = received(&asked(&sent(), ReturnKind::Exchange, 2)?, 1)?;
    let replaced = exchanged.ship_replacement(&mia(), (1, tracking), at(40))?.after;
    let back = received(&asked(&replaced, ReturnKind::Return, 2)?, 2)?;
    assert_eq!(back.worth(&back.returns[1]), 100_000);
    let refunded = back.refund_return(&shop(), &mia(), (2, money(100_000), None), at(50))?.after;
    assert_eq!(asked(&refunded, ReturnKind::Return, 1).err(), Some(OrderRefusal::NoSuchItem));
    Ok(())
}
