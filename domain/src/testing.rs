//! The small cast of the rules' tests.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test's fixture may fail loudly")]

use jiff::Timestamp;

use crate::actor::{Agent, Customer, CustomerKind, Role};
use crate::change::Change;
use crate::ids::{AgentId, CustomerKey, InquiryId, ShopId};
use crate::inquiry::{GivenEvidence, Inquiry, Submission};
use crate::labels::{Category, Locale, Source};
use crate::shop::{Department, Member, ServiceSettings, Shop};
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
