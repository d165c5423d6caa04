//! Orders at the running program: a shop's backend pushes them, an agent gives the money back, and the demo backend
//! pays it by a ledger of its own.

use local::backend::Fault;
use serde_json::{Value, json};

use super::killing::machine::{Machine, Person, Unanswered};

/// What every order here comes to, in minor units.
pub const AMOUNT: u64 = 128_000;
/// Where the orders are.
pub const SHOP: &str = "/v1/shops/taipei";

/// Those who have to do with the money of a shop.
pub struct Till<'a> {
    machine: &'a Machine,
    backend: Person<'a>,
    mia: Person<'a>,
    /// By Kefu's clock.
    opened_at: Value,
}

/// A key of the shop's backend, which its owner makes.
pub fn make_key(machine: &Machine) -> Result<String, Unanswered> {
    let made =
        machine.agent("otto")?.post(&format!("{SHOP}/api-keys"), None, &json!({ "name": "backend" }))?;
    Ok(made["key"].as_str().unwrap_or_default().to_owned())
}

impl<'a> Till<'a> {
    /// Signs in whoever is needed.
    pub fn open(machine: &'a Machine, key: &str) -> Result<Self, Unanswered> {
        let opened_at = machine.anybody("/local/clock", &json!({ "advance_seconds": 0 }))?["now"].take();
        Ok(Self { machine, backend: machine.holder(key), mia: machine.agent("mia")?, opened_at })
    }

    /// The agent.
    pub const fn mia(&self) -> &Person<'a> {
        &self.mia
    }

    /// A member's order is pushed, paid and still to be shipped, within so many days from now.
    pub fn places(&self, number: &str, member: &str, days_to_ship: u32) -> Result<(), Unanswered> {
        let now = &self.opened_at;
        let order = json!({
            "version": 1,
            "customer": { "id": member, "name": member, "email": format!("{member}@example.com") },
            "items": [{ "product": "tea", "title": "烏龍茶", "quantity": 1, "unit_price": AMOUNT }],
            "currency": "TWD", "total": AMOUNT, "shipping": 0, "paid": AMOUNT,
            "payment_method": "credit_card", "created_at": now, "paid_at": now,
            "days_to_ship": days_to_ship,
        });
        self.backend.put(&format!("{SHOP}/orders/{number}"), &order).map(drop)
    }

    /// The member asks for the money; answers with the body of a refund that has the message as its proof.
    pub fn agreed(&self, member: &str) -> Result<Value, Unanswered> {
        let asks = json!({ "category": "refund", "text": "All of it back, please" });
        let asked = self.machine.member(member)?.post(&format!("{SHOP}/inquiries"), None, &asks)?;
        let amount = json!({ "minor": AMOUNT, "currency": "TWD" });
        Ok(json!({ "amount": amount, "reason": "out_of_stock", "inquiry": asked["id"], "proof": 1 }))
    }

    /// Gives all of an order's money back.
    pub fn refunds(&self, number: &str, body: &Value) -> Result<Value, Unanswered> {
        let seen = self.version(number)?;
        self.mia.post(&refunds_of(number), Some(seen), body)
    }

    /// Tries a refund again that failed.
    pub fn tries_again(&self, order: &Value) -> Result<Value, Unanswered> {
        let path = format!("{}/1", refunds_of(order["number"].as_str().unwrap_or_default()));
        let seen = order["version"].as_u64().and_then(|it| u32::try_from(it).ok());
        self.mia.post(&path, seen, &json!({ "action": "retry" }))
    }

    /// An order as it stands; `None` if it never came.
    pub fn order(&self, number: &str) -> Option<Value> {
        self.mia.get(&format!("{SHOP}/orders/{number}")).ok().map(|mut it| it["order"].take())
    }

    /// The version of an order.
    pub fn version(&self, number: &str) -> Result<u32, Unanswered> {
        let shown = self.mia.get(&format!("{SHOP}/orders/{number}"))?;
        Ok(shown["order"]["version"].as_u64().and_then(|it| u32::try_from(it).ok()).unwrap_or_default())
    }

    /// The refunds that the demo backend has written down, by their keys.
    pub fn ledger(&self) -> serde_json::Map<String, Value> {
        let ledger = self.machine.reads("/local/shop-backend/ledger?shop=taipei").expect("it has a ledger");
        ledger["refunds"].as_object().cloned().expect("refunds")
    }
}

/// What can go wrong with the provider without costing real time: all but its silence, which a kill plays as well.
pub fn faults() -> Vec<Fault> {
    let slow = [Fault::TimeoutAfterSuccess, Fault::Slow];
    Fault::ALL.into_iter().filter(|fault| !slow.contains(fault)).collect()
}

/// Where an order's refunds are asked for.
pub fn refunds_of(number: &str) -> String {
    format!("{SHOP}/orders/{number}/refunds")
}

/// How much of an order's money is out by the ledger, in minor units.
pub fn paid_out(entry: &Value) -> u64 {
    let count = |field: &str| entry[field].as_u64().unwrap_or_default();
    (count("paid_count") - count("returned_count")) * entry["amount"]["minor"].as_u64().unwrap_or_default()
}
