//! The small cast of the rules' tests.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test's fixture may fail loudly")]

use jiff::Timestamp;

use crate::actor::{Agent, Customer, CustomerKind, Role};
use crate::change::Change;
use crate::ids::{AgentId, CustomerKey, InquiryId, OrderNumber, ShopId};
use crate::inquiry::{GivenEvidence, Inquiry, Submission};
use crate::labels::{Category, Locale, PaymentMethod, Source};
use crate::money::{Currency, Money};
use crate::order::{Item, Order, Pushed};
use crate::order_event::Consent;
use crate::shop::{Department, Member, OrderSettings, ServiceSettings, Shop};
use crate::text::{Line, Text};

/// Seconds after the beginning of the tests' time.
pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).expect("in range")
}

pub fn agent(id: &str) -> AgentId {
    AgentId::parse(id).expect("an agent's id")
}

pub fn mia() -> Agent {
    Agent { id: agent("mia"), role: Role::Agent }
}

pub fn text(text: &str) -> Text {
    Text::parse(text).expect("a text")
}

pub fn line<const MOST: usize>(line: &str) -> Line<MOST> {
    Line::parse(line).expect("a line")
}

fn member(id: &str, role: Role, service: bool) -> Member {
    Member { agent: agent(id), nickname: id.to_owned(), role, service, avatar: None, email: None }
}

fn staffed(members: Vec<Member>) -> Shop {
    Shop {
        id: ShopId::parse("taipei").unwrap(),
        name: "台北選物".to_owned(),
        market: "TW".to_owned(),
        locale: Locale::ZhHant,
        time_zone: "Asia/Taipei".to_owned(),
        currency: "TWD".to_owned(),
        phone: None,
        email: None,
        account_url: None,
        guests_unconfirmed: false,
        origins: Vec::new(),
        members,
        priorities: Vec::new(),
        reply_hours: Vec::new(),
        service_settings: ServiceSettings {
            departments: vec![Department { name: "倉庫".to_owned(), agents: vec![agent("leo")] }],
            ..ServiceSettings::default()
        },
        order_settings: OrderSettings::default(),
    }
}

/// A shop with agents mia and leo and a supervisor.
pub fn shop() -> Shop {
    staffed(vec![
        member("mia", Role::Agent, true),
        member("leo", Role::Agent, true),
        member("sue", Role::Supervisor, true),
    ])
}

/// A shop whose only agent is nora; its other owner has no service permission.
pub fn single_agent_shop() -> Shop {
    staffed(vec![member("nora", Role::Owner, true), member("otto", Role::Owner, false)])
}

/// A guest and the id of an inquiry of theirs.
pub fn guest() -> (Customer, InquiryId) {
    let key = CustomerKey::from_bits(1);
    let customer = Customer {
        key: key.clone(),
        kind: CustomerKind::Guest,
        name: "Ada".to_owned(),
        email: "ada@example.com".to_owned(),
        phone: None,
    };
    (customer, InquiryId::from_bits(&key, 1))
}

pub fn submission(words: &str) -> Submission {
    Submission {
        source: Source::ContactForm,
        category: Category::Logistics,
        subject: Some("Where is my parcel?".to_owned()),
        text: text(words),
        order: None,
        product: None,
        locale: Locale::En,
        evidence: GivenEvidence::default(),
        follows: None,
    }
}

pub fn submitted_to(shop: &Shop, now: Timestamp) -> Change {
    let (customer, id) = guest();
    Inquiry::submit(id, shop, customer, submission("It has been five days"), true, now)
}

/// An inquiry of Ada's that nobody has touched.
pub fn asked() -> Inquiry {
    submitted_to(&shop(), at(0)).after
}

/// Another of hers.
pub fn asked_again() -> Inquiry {
    Inquiry { id: InquiryId::from_bits(&CustomerKey::from_bits(1), 2), ..asked() }
}

pub fn assigned_to(name: &str) -> Inquiry {
    Inquiry { assignee: Some(agent(name)), ..asked() }
}

/// An order of Ada's of NT$1,280, placed and paid at the beginning, to be shipped within 3 days.
pub fn order() -> Order {
    let pushed = pushed();
    let number = OrderNumber::parse("A1001").expect("a number");
    Order::place(shop().id, number, pushed, at(0)).after
}

/// The same as its source has it.
pub fn pushed() -> Pushed {
    let (customer, _) = guest();
    Pushed {
        customer,
        items: vec![
            Item {
                product: "tea".to_owned(),
                title: "烏龍茶".to_owned(),
                quantity: 2,
                unit_price: 50_000,
                returnable: true,
            },
            Item {
                product: "cup".to_owned(),
                title: "杯子".to_owned(),
                quantity: 1,
                unit_price: 20_000,
                returnable: false,
            },
        ],
        currency: twd(),
        total: 128_000,
        shipping: 8_000,
        paid: 128_000,
        payment_method: PaymentMethod::CreditCard,
        created_at: at(0),
        paid_at: Some(at(0)),
        days_to_ship: 3,
        shipped_at: None,
        delivered_at: None,
        tracking: None,
        merchant_note: None,
        cancelled_at: None,
        version: 1,
    }
}

pub fn twd() -> Currency {
    Currency::parse("TWD").expect("a currency")
}

/// An amount in TWD, in minor units.
pub fn money(minor: u64) -> Money {
    Money { minor, currency: twd() }
}

/// The proof that Ada knows and agrees.
pub fn proof() -> Consent {
    Consent::Message { inquiry: guest().1, seq: 3 }
}
