//! Desks are compared with the inquiries, and what differs is put right (SPEC §5.8).

use common::store::keys;
use common::store::table::{Item, Update, Value, When};
use domain::ids::{AgentId, InquiryId, ShopId};
use serde_json::json;

use crate::support::{Asked, Desk, LANTERN, TAIPEI, hours, lantern, seconds};

fn shop(id: &str) -> ShopId {
    ShopId::parse(id).expect("a shop's id")
}

fn asks(desk: &Desk, many: usize) -> Vec<Asked> {
    let ask = |number| {
        desk.wait(seconds(1));
        desk.member(TAIPEI, &format!("c{}", number % 7), "C").submits(&format!("Question {number}"))
    };
    (0..many).map(ask).collect()
}

fn changes_set(desk: &Desk, agent: &str, action: &str, ids: Vec<String>) {
    let update = Update {
        key: keys::desk(&shop(TAIPEI), &AgentId::parse(agent).expect("an agent")),
        actions: format!("{action} held_ids :ids"),
        condition: None,
        values: vec![(":ids", Value::Texts(ids))],
    };
    desk.block_on(desk.app.store.table().update(update)).expect("the desk is there").expect("it is changed");
}

/// Ids of inquiries that nobody asked.
fn nobodys(many: usize) -> Vec<String> {
    let customer = domain::ids::CustomerKey::from_bits(1);
    (0..many).map(|number| InquiryId::from_bits(&customer, number as u64).to_string()).collect()
}

/// Their page is open, and the shop is distributed.
fn distributes(desk: &Desk, agent: &str) {
    desk.agent(TAIPEI, agent).is_here();
    desk.block_on(distribute_inquiries::distribute(&desk.app, &shop(TAIPEI), &[])).expect("a run");
}

#[test]
fn a_shop_that_gets_its_second_agent_counts_what_the_first_has_before_it_gives_more() {
    let desk = Desk::open();
    for number in 0..11 {
        desk.member(LANTERN, "ada", "Ada").submits(&format!("Question {number}"));
    }
    let mut two = lantern();
    two.shop.members[1].service = true;
    desk.stores(&two);
    desk.agent(LANTERN, "nora").is_here();
    let new = desk.member(LANTERN, "ben", "Ben").submits("One more");
    desk.distributes();
    assert_eq!(desk.load(LANTERN, "nora"), 11, "all that was hers, and no more");
    assert!(desk.agent(LANTERN, "nora").has("list=unassigned", &new));
    desk.stores(&lantern());
    desk.distributes();
    desk.agent(LANTERN, "nora").replies(&new, "Done.");
    desk.stores(&two);
    desk.agent(LANTERN, "nora").is_here();
    desk.distributes();
    assert_eq!(desk.load(LANTERN, "nora"), 11, "and again after it had one");
}

#[test]
fn what_a_desk_has_too_much_or_too_little_is_put_right_within_the_hour() {
    let desk = Desk::open();
    let asked = asks(&desk, 3);
    desk.sue().assigns(&asked[0], "mia");
    desk.sue().assigns(&asked[1], "leo");
    distributes(&desk, "mia");
    assert_eq!(desk.load(TAIPEI, "mia"), 2);
    let right = desk.held(TAIPEI);
    desk.wait(seconds(130));
    distributes(&desk, "mia");
    changes_set(&desk, "mia", "DELETE", vec![asked[0].id.clone()]);
    changes_set(&desk, "mia", "ADD", nobodys(70));
    changes_set(&desk, "mia", "ADD", vec![asked[1].id.clone()]);
    distributes(&desk, "mia");
    assert_eq!(desk.load(TAIPEI, "mia"), 72, "trusted for a while");
    desk.wait(hours(1));
    distributes(&desk, "mia");
    assert_eq!(desk.held(TAIPEI), right);
}

#[test]
fn a_desk_tells_a_thousand_apart_and_is_full_beyond() {
    let desk = Desk::open();
    desk.sue().desk("mia", &json!({ "capacity": 200 }));
    distributes(&desk, "mia");
    changes_set(&desk, "mia", "ADD", nobodys(1_000));
    let asked = asks(&desk, 2);
    let given = desk.sue().assigns(&asked[0], "mia");
    assert_eq!(given["warnings"], json!(["full"]), "people give all the same");
    assert_eq!(desk.held(TAIPEI)[0].1.len(), 1_000, "the set stays bounded");
    changes_set(&desk, "mia", "DELETE", nobodys(950));
    distributes(&desk, "mia");
    assert!(desk.sue().header(&asked[1])["assignee"].is_null(), "who knows how many there are");
    desk.wait(hours(1));
    distributes(&desk, "mia");
    let mut held = desk.held(TAIPEI).remove(0).1;
    held.sort();
    let mut all: Vec<String> = asked.iter().map(|it| it.id.clone()).collect();
    all.sort();
    assert_eq!(held, all, "counted anew");
}

#[test]
fn all_desks_are_read_however_many_there_are() {
    let desk = Desk::open();
    let key =
        |number: usize| keys::desk(&shop(TAIPEI), &AgentId::parse(&format!("a{number}")).expect("an id"));
    for number in 0..600 {
        let item = Item::at(key(number)).with("held_most", Value::Number(3));
        desk.block_on(desk.app.store.table().put(item, When::Always)).expect("a desk");
    }
    desk.sue().desk("sue", &json!({ "capacity": 7 }));
    desk.sue().is_here();
    asks(&desk, 8);
    desk.distributes();
    assert_eq!(desk.load(TAIPEI, "sue"), 7);
}
