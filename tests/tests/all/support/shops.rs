//! The two shops of every test: one with agents, a supervisor and an owner, one with a single agent.

use common::ids::Pepper;
use common::store::{Backend, ShopRecord, SigningKey};
use domain::actor::Role;
use domain::ids::{AgentId, ShopId};
use domain::labels::Locale;
use domain::shop::{Member, OrderSettings, ServiceSettings, Shop};

/// 台北選物: mia and leo (agents), sue (supervisor), otto (owner), all with service permission.
pub const TAIPEI: &str = "taipei";
/// 燈籠小舖: nora serves alone; otto owns it too, without service permission.
pub const LANTERN: &str = "lantern";

/// The first shop, with one key.
pub fn taipei() -> ShopRecord {
    let members = [
        member("mia", "小米", Role::Agent, true),
        member("leo", "阿樂", Role::Agent, true),
        member("sue", "淑芬", Role::Supervisor, true),
        member("otto", "歐老闆", Role::Owner, true),
    ];
    record(TAIPEI, "台北選物", members.into())
}

/// The shop with one agent.
pub fn lantern() -> ShopRecord {
    let members = [member("nora", "諾拉", Role::Owner, true), member("otto", "歐老闆", Role::Owner, false)];
    record(LANTERN, "燈籠小舖", members.into())
}

/// A key of a shop, by its `kid`: the same again for the same name.
pub fn signing_key(id: &str) -> SigningKey {
    SigningKey { id: id.to_owned(), secret: format!("the secret of {id}, 32 bytes or more").into_bytes() }
}

fn member(id: &str, nickname: &str, role: Role, service: bool) -> Member {
    let agent = AgentId::parse(id).expect("an agent's id");
    let email = Some(format!("{id}@staff.example"));
    Member { agent, nickname: nickname.to_owned(), role, service, avatar: None, email }
}

fn record(id: &str, name: &str, members: Vec<Member>) -> ShopRecord {
    let shop = Shop {
        id: ShopId::parse(id).expect("a shop's id"),
        name: name.to_owned(),
        market: "TW".to_owned(),
        locale: Locale::ZhHant,
        time_zone: "Asia/Taipei".to_owned(),
        currency: "TWD".to_owned(),
        phone: Some("02-2345-6789".to_owned()),
        email: Some(format!("service@{id}.example")),
        account_url: Some(format!("https://{id}.example/account")),
        guests_unconfirmed: false,
        origins: vec![format!("https://{id}.example")],
        members,
        priorities: Vec::new(),
        reply_hours: Vec::new(),
        service_settings: ServiceSettings::default(),
        order_settings: OrderSettings::default(),
    };
    let pepper = Pepper::new(format!("the pepper of the shop {id}").as_bytes());
    ShopRecord {
        shop,
        pepper,
        signing_keys: vec![signing_key(&format!("{id}-1"))],
        backend: Backend::default(),
        version: 0,
    }
}
