//! What customers do with their orders.

use serde_json::{Value, json};

use super::{Answer, Asked, Call, Customer};

impl<'a> Customer<'a> {
    /// Their orders, newest first.
    pub fn orders(&self) -> Vec<Value> {
        self.get("/my/orders").send().ok()["orders"].as_array().cloned().expect("orders")
    }

    /// One of them, with its steps.
    pub fn tracks(&self, number: &str) -> Value {
        self.get(&format!("/my/orders/{number}")).send().ok()
    }

    /// One of them, as it stands.
    pub fn order(&self, number: &str) -> Value {
        self.tracks(number)["order"].take()
    }

    /// The words of its steps.
    pub fn steps(&self, number: &str) -> Vec<String> {
        let tracked = self.tracks(number);
        let steps = tracked["steps"].as_array().into_iter().flatten();
        steps.map(|it| it["event"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// A command on an order of theirs.
    pub fn asks(&self, number: &str, verb: &str, body: &Value) -> Call<'a> {
        self.post(&format!("/my/orders/{number}/{verb}"), body)
    }

    /// Asks for the money; answers with the inquiry in which it is talked about.
    pub fn asks_refund(&self, number: &str, reason: &str) -> Asked {
        let asked = self.asks(number, "refund-requests", &json!({ "reason": reason })).send();
        self.told_in(&asked)
    }

    /// Cancels an overdue order.
    pub fn cancels(&self, number: &str) -> Asked {
        let asked = self.asks(number, "cancel", &json!({})).send();
        self.told_in(&asked)
    }

    /// Answers the refund that the shop proposed.
    pub fn answers_refund(&self, number: &str, refund: u32, agrees: bool) -> Answer {
        self.asks(number, "answer", &json!({ "refund": refund, "agrees": agrees })).send()
    }

    /// Answers a later date that the shop proposed.
    pub fn answers_delay(&self, number: &str, date: &str, agrees: bool) -> Answer {
        self.asks(number, "answer", &json!({ "delay": date, "agrees": agrees })).send()
    }

    /// Asks to send so many of a product back.
    pub fn sends_back(&self, number: &str, kind: &str, product: &str, quantity: u32) -> Asked {
        let items = json!([{ "product": product, "quantity": quantity }]);
        let body = json!({ "kind": kind, "items": items, "reason": "It is not what I hoped for" });
        let asked = self.asks(number, "returns", &body).send();
        self.told_in(&asked)
    }

    /// The inquiry in which a refund is talked about.
    pub fn asked_about(&self, refund: &Value) -> Asked {
        let id = refund["inquiry"].as_str().expect("an inquiry").to_owned();
        Asked { shop: self.shop.clone(), id, reference: String::new(), confirmation: String::new() }
    }

    /// The inquiry in which a command on an order is told.
    pub fn told_in(&self, answer: &Answer) -> Asked {
        let done = answer.clone().ok();
        let id = done["inquiry"].as_str().expect("an inquiry").to_owned();
        Asked { shop: self.shop.clone(), id, reference: String::new(), confirmation: String::new() }
    }
}
