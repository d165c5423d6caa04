//! What a shop's backend does with its API key: it pushes orders. And the refunds that are executed then.

use serde_json::{Value, json};

use super::roles::working_as;
use super::{Answer, Call, Desk, LANTERN, TAIPEI};

/// An order of ada's of NT$1,280, placed and paid just now, to be shipped within 3 days: two teas, which may go
/// back without a reason, and a cup.
pub fn order(desk: &Desk, number: &str) -> Value {
    let now = desk.now().to_string();
    json!({
        "number": number,
        "version": 1,
        "customer": { "id": "ada", "name": "Ada Lovelace", "email": "ada@example.com" },
        "items": [
            { "product": "tea", "title": "烏龍茶", "quantity": 2, "unit_price": 50_000, "returnable": true },
            { "product": "cup", "title": "杯子", "quantity": 1, "unit_price": 20_000 },
        ],
        "currency": "TWD",
        "total": 128_000,
        "shipping": 8_000,
        "paid": 128_000,
        "payment_method": "credit_card",
        "created_at": now,
        "paid_at": now,
        "days_to_ship": 3,
    })
}

impl Desk {
    /// An owner makes a key of a shop's backend; answers with its id and the key.
    pub fn makes_key(&self, shop: &str) -> (String, String) {
        let owner = if shop == LANTERN { "nora" } else { "otto" };
        let made = self.agent(shop, owner).post("/api-keys", &json!({ "name": "backend" })).send().ok();
        let text = |field: &str| made[field].as_str().expect("it is shown once").to_owned();
        (text("id"), text("key"))
    }

    /// The key of the first shop's backend, made when it is first needed.
    pub fn api_key(&self) -> &str {
        self.api_key.get_or_init(|| self.makes_key(TAIPEI).1)
    }

    /// A push of an order that is still to be sent; `number` stands in the path.
    pub fn push(&self, order: &Value) -> Call<'_> {
        self.push_to(TAIPEI, self.api_key(), order)
    }

    /// The same to any shop, with any key.
    pub fn push_to(&self, shop: &str, key: &str, order: &Value) -> Call<'_> {
        let mut body = order.clone();
        let number = body.as_object_mut().and_then(|it| it.remove("number")).unwrap_or_default();
        let path = format!("/v1/shops/{shop}/orders/{}", number.as_str().unwrap_or_default());
        self.call(http::Method::PUT, path).token(key).json(&body)
    }

    /// The first shop's backend pushes an order; answers with what became of it.
    pub fn pushes(&self, order: &Value) -> String {
        self.push(order).send().ok()["result"].as_str().expect("a result").to_owned()
    }

    /// An order of ada's is pushed as it usually begins.
    pub fn places(&self, number: &str) -> Value {
        let order = order(self, number);
        assert_eq!(self.pushes(&order), "placed");
        order
    }

    /// An order's later version, with these fields changed.
    pub fn pushes_change(&self, order: &mut Value, changes: &Value) -> Answer {
        order["version"] = json!(order["version"].as_u64().unwrap_or_default() + 1);
        for (field, value) in changes.as_object().into_iter().flatten() {
            order[field] = value.clone();
        }
        self.push(order).send()
    }

    /// Does what is due of the refunds: what the queue tells of, and what the schedule finds besides.
    pub fn executes(&self) {
        loop {
            let mut bodies = self.takes(&self.refunds);
            if bodies.is_empty() {
                let resuming = resume_refunds::run(self.app.clone());
                self.block_on(working_as("resume-refunds", resuming)).expect("the schedule runs");
                bodies = self.takes(&self.refunds);
            }
            if bodies.is_empty() {
                return;
            }
            self.executes_messages(bodies);
        }
    }

    /// Hands those messages of the queue of refunds over.
    pub fn executes_messages(&self, bodies: Vec<String>) {
        let numbered = bodies.into_iter().enumerate().map(|(at, body)| (at.to_string(), body));
        let event = super::post::event(numbered);
        let executing = execute_refund::handle(self.app.clone(), event);
        let done = self.block_on(working_as("execute-refund", executing));
        assert!(super::post::outcome(done).is_empty(), "every message is handled");
    }

    /// The messages of the queue of refunds, which are gone then.
    pub fn takes_refunds(&self) -> Vec<String> {
        self.takes(&self.refunds)
    }
}
