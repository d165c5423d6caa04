//! A shop and its inquiries, as what is measured finds them.

use common::idempotency::Once;
use common::ids::Pepper;
use common::store::{Backend, ShopRecord, Store};
use domain::actor::{Customer, CustomerKind, Role};
use domain::ids::{AgentId, ShopId};
use domain::inquiry::{GivenEvidence, Inquiry, Submission};
use domain::labels::{Category, Locale, Source};
use domain::shop::{Member, OrderSettings, ServiceSettings, Shop};
use domain::text::Text;
use jiff::Timestamp;

use crate::Outcome;

/// One of a thousand customers asks; answers with the inquiry's id.
///
/// # Errors
/// When it is not stored.
pub async fn ask(
    store: &Store,
    shop: &ShopRecord,
    category: Category,
    number: usize,
    now: Timestamp,
) -> Outcome<String> {
    let (shop, pepper) = (&shop.shop, &shop.pepper);
    let key = pepper.member(&format!("c{}", number % 1_000));
    let id = pepper.inquiry(&key, &number.to_string());
    let named = id.to_string();
    let customer = Customer {
        key,
        kind: CustomerKind::Member,
        name: "王小明".to_owned(),
        email: "c@example.com".to_owned(),
        phone: None,
    };
    let submission = Submission {
        source: Source::ContactForm,
        category,
        subject: Some("Where is my parcel?".to_owned()),
        text: Text::parse(&"Five days have passed. ".repeat(6))?,
        order: None,
        product: None,
        locale: Locale::En,
        evidence: GivenEvidence::default(),
        follows: None,
    };
    let change = Inquiry::submit(id, shop, customer, submission, true, now);
    let once = Once { key: number as u64, body: 0 };
    let opened = store.open(shop, change, &once, Vec::new()).await;
    opened.map_err(|error| format!("{error:?}"))?;
    Ok(named)
}

/// A shop with so many agents: `a0`, `a1` and so on.
///
/// # Errors
/// Never: its values are plain.
pub fn shop(agents: usize) -> Outcome<ShopRecord> {
    let mut members = Vec::new();
    for number in 0..agents {
        members.push(Member {
            agent: AgentId::parse(&format!("a{number}"))?,
            nickname: "a".to_owned(),
            role: Role::Agent,
            service: true,
            avatar: None,
            email: None,
        });
    }
    let shop = Shop {
        id: ShopId::parse("bench")?,
        name: "Bench".to_owned(),
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
        service_settings: ServiceSettings::default(),
        order_settings: OrderSettings::default(),
    };
    Ok(ShopRecord {
        shop,
        pepper: Pepper::new(&[7; 32]),
        signing_keys: Vec::new(),
        backend: Backend::default(),
        version: 0,
    })
}
