//! What happens beside an inquiry's life: what a storefront asks before, who gets it, what the schedule of deadlines does
//! where it takes days, and what it leaves stored.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use bench::costs::assumed::PREFLIGHT_SECONDS;
use common::store::keys;
use common::store::table::{Item, Query, Range, Units};
use domain::ids::{InquiryId, ShopId};
use http::Method;
use serde_json::json;

use super::{Bill, asks, warm};
use crate::support::{Asked, Desk, SignedDuration};

/// Whose page asks: the first shop's.
const ORIGIN: &str = "https://taipei.example";
/// Before what a member's browser asks, and how.
const PREFLIGHTS: [(&str, &str, &str); 4] = [
    ("preflight of the submission", "POST", "/inquiries"),
    ("preflight of the list", "GET", "/my/inquiries"),
    ("preflight of the page", "GET", "/my/inquiries/inq_00000000000000000000000000"),
    ("preflight of the follow-up", "POST", "/my/inquiries/inq_00000000000000000000000000/messages"),
];
/// Bytes that AWS adds to each item, and to each entry of an index.
const ADDED: usize = 100;
/// The indexes by the attributes of their places; what they hold beside their keys.
const INDEXES: [(&str, &str, bool); 5] = [
    ("waiting", "waiting_at", true),
    ("latest", "latest_at", true),
    ("flagged", "flagged_at", true),
    ("due", "due_at", false),
    ("deadline", "deadline_at", false),
];

/// A step: its name, its cost, and the bytes of its answer.
pub type Paid = (&'static str, Units, usize);

/// The form, and what a browser asks before each request with a token.
pub fn storefront() -> Vec<Paid> {
    let desk = warm();
    let mut bill = Bill::default();
    bill.pays(&desk, "form", || desk.get("/v1/shops/taipei/form").header("origin", ORIGIN).send());
    for (what, method, path) in PREFLIGHTS {
        let answer = bill.pays(&desk, what, || {
            let call = desk.call(Method::OPTIONS, format!("/v1/shops/taipei{path}"));
            call.header("origin", ORIGIN).header("access-control-request-method", method).send()
        });
        assert_eq!(answer.header("access-control-allow-origin"), ORIGIN);
        assert_eq!(answer.header("access-control-max-age"), PREFLIGHT_SECONDS.to_string());
    }
    bill.0
}

/// The system gives an inquiry to who is here, they see it, and its end makes room for another.
pub fn inside(text: &str) -> [Paid; 3] {
    let desk = warm();
    let mut assigned = Units::default();
    let mut asked = None;
    // The first times a desk is compared with what its agent has, which happens once an hour then.
    for _ in 0..3 {
        desk.wait(SignedDuration::from_mins(3));
        desk.mia().is_here();
        desk.distributes();
        asked = Some(desk.ada().asked(&asks(&desk, text)));
        assigned = desk.cost(|| desk.distributes()).0;
    }
    let asked = asked.expect("it was asked");
    assert!(desk.mia().has("list=mine", &asked));
    let see = || desk.mia().command(&asked, "label", &json!({ "unread": false })).send();
    let (seen, answer) = desk.cost(see);
    assert_eq!(answer.status, 200, "{}", answer.text());
    desk.mia().closes_as(&asked, "test");
    let ended = desk.cost(|| desk.distributes()).0;
    assert!(ended.trips > 0, "an end asks for the distribution of what waits");
    [
        ("assigned by the system", assigned, 0),
        ("marked as read", seen, answer.bytes.len()),
        ("distributed after its end", ended, 0),
    ]
}

/// What the schedule of deadlines asks for more where an inquiry takes two days: nobody answers it, which raises three
/// alarms, or it is answered and stays open, which reminds its agent.
pub fn slow(text: &str) -> [Paid; 2] {
    let desk = warm();
    let asked = desk.ada().asked(&asks(&desk, text));
    desk.mia().takes(&asked);
    let unanswered = enforced_for_two_days(&desk, &asked, 3);
    let desk = warm();
    let asked = desk.ada().asked(&asks(&desk, text));
    desk.mia().takes(&asked);
    desk.mia().keeps_open(&asked, text);
    desk.dispatch();
    let answered = enforced_for_two_days(&desk, &asked, 1);
    [("unanswered for two days", unanswered, 0), ("answered, and open for two days", answered, 0)]
}

/// Every hour is as good as every minute: what is found once is found at its next place only when that is due.
fn enforced_for_two_days(desk: &Desk, asked: &Asked, alarms: usize) -> Units {
    let idle = warm();
    let nothing = idle.cost(|| idle.enforces()).0;
    let mut more = Units::default();
    for _ in 0..48 {
        desk.wait(SignedDuration::from_hours(1));
        let run = desk.cost(|| desk.enforces()).0;
        more = Units {
            trips: more.trips + run.trips.saturating_sub(nothing.trips),
            read: more.read + run.read - nothing.read,
            write: more.write + run.write,
        };
    }
    let raised = desk.sue().events(asked).iter().filter(|event| event.as_str() == "raised").count();
    assert_eq!(raised, alarms, "alarms of two days");
    more
}

/// Bytes of the inquiry, its pages and its entries in indexes.
pub fn stored(desk: &Desk, asked: &Asked) -> usize {
    let id = InquiryId::parse(&asked.id).expect("an inquiry's id");
    let shop = ShopId::parse(&asked.shop).expect("a shop's id");
    let partition = keys::customer(&shop, &id.customer());
    let all =
        Query { index: None, partition: &partition, range: Range::All, newest_first: false, limit: 100 };
    let page = desk.block_on(desk.app.store.table().query(all)).expect("the customer's items");
    assert!(!page.items.is_empty() && !page.more);
    page.items.into_iter().map(with_entries).sum()
}

/// Bytes of an item and of its entries in indexes, as AWS counts them.
fn with_entries(item: Item) -> usize {
    let attributes: HashMap<String, AttributeValue> = item.into();
    let bytes = |name: &str| attributes.get(name).map_or(0, |value| name.len() + size(value));
    let whole: usize = attributes.keys().map(|name| bytes(name)).sum();
    let entries = INDEXES.iter().filter(|&&(partition, ..)| attributes.contains_key(partition));
    let entry = |&(partition, place, holds_row): &(&str, &str, bool)| {
        let row = if holds_row { bytes("row") } else { 0 };
        bytes("pk") + bytes("sk") + bytes(partition) + bytes(place) + row + ADDED
    };
    whole + ADDED + entries.map(entry).sum::<usize>()
}

/// Bytes of a value: of a number about half its digits, and one more.
fn size(value: &AttributeValue) -> usize {
    match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(digits) => digits.len().div_ceil(2) + 1,
        AttributeValue::B(bytes) => bytes.as_ref().len(),
        AttributeValue::Ss(texts) => texts.iter().map(String::len).sum(),
        AttributeValue::Bool(_) => 1,
        other => panic!("nothing of the kind is stored: {other:?}"),
    }
}
