//! What agents do with orders. A verb looks at the order first, as a person would.

use serde_json::{Value, json};

use super::{Agent, Answer, Asked, Desk};

impl<'a> Agent<'a> {
    /// Where they work.
    pub const fn desk_of(&self) -> &'a Desk {
        self.desk
    }

    /// An order with its timeline.
    pub fn opens(&self, number: &str) -> Value {
        self.get(&format!("/orders/{number}")).send().ok()
    }

    /// An order, as it stands.
    pub fn order(&self, number: &str) -> Value {
        self.opens(number)["order"].take()
    }

    /// One of its refunds.
    pub fn refund(&self, number: &str, refund: usize) -> Value {
        self.order(number)["refunds"][refund - 1].take()
    }

    /// Its version.
    pub fn order_version(&self, number: &str) -> u64 {
        self.order(number)["version"].as_u64().expect("a version")
    }

    /// The words of its timeline: `placed`, `refund approved`, …
    pub fn order_events(&self, number: &str) -> Vec<String> {
        self.opens(number)["entries"].as_array().into_iter().flatten().map(told).collect()
    }

    /// What an inquiry tells of orders, in the same words.
    pub fn told_of_orders(&self, asked: &Asked) -> Vec<String> {
        let timeline = self.timeline(asked);
        timeline.iter().filter(|it| it["event"] == "order").map(|it| told(&it["order_event"])).collect()
    }

    /// A command on an order, having just looked at it.
    pub fn does(&self, number: &str, rest: &str, body: &Value) -> Answer {
        let version = self.order_version(number);
        self.post(&format!("/orders/{number}/{rest}"), body).seeing(version).send()
    }

    /// Records that it left.
    pub fn ships(&self, number: &str) -> Answer {
        self.does(number, "ship", &json!({ "carrier": "黑貓", "tracking": "TW-1" }))
    }

    /// Gives money back, or offers it where there is no proof.
    pub fn refunds(&self, number: &str, minor: u64, asked: &Asked, proof: Option<u32>) -> Answer {
        let amount = json!({ "minor": minor, "currency": "TWD" });
        let mut body = json!({ "amount": amount, "reason": "out_of_stock", "inquiry": asked.id });
        if let Some(proof) = proof {
            body["proof"] = json!(proof);
        }
        self.does(number, "refunds", &body)
    }

    /// Decides about its refund.
    pub fn decides(&self, number: &str, refund: u32, decision: &Value) -> Answer {
        self.does(number, &format!("refunds/{refund}"), decision)
    }

    /// Agrees to what the customer asked for.
    pub fn agrees(&self, number: &str, refund: u32) -> Value {
        self.decides(number, refund, &json!({ "action": "agree" })).ok()
    }

    /// Takes its return further.
    pub fn takes_return(&self, number: &str, decision: &Value) -> Answer {
        self.does(number, "returns/1", decision)
    }

    /// Records a later date, or asks for it where there is no proof.
    pub fn delays(&self, number: &str, date: &str, asked: &Asked, proof: Option<u32>) -> Answer {
        let mut body = json!({ "date": date, "terms": "a cup more", "inquiry": asked.id });
        if let Some(proof) = proof {
            body["proof"] = json!(proof);
        }
        self.does(number, "delay", &body)
    }

    /// Writes to its customer first.
    pub fn contacts(&self, number: &str, text: &str) -> Answer {
        self.post(&format!("/orders/{number}/contact"), &json!({ "text": text })).send()
    }

    /// The kinds of what is on their bell, oldest first.
    pub fn bell(&self) -> Vec<String> {
        let alerts = self.get("/alerts").send().ok();
        let alerts = alerts["alerts"].as_array().into_iter().flatten();
        let kinds: Vec<String> =
            alerts.map(|it| it["kind"].as_str().unwrap_or_default().to_owned()).collect();
        kinds.into_iter().rev().collect()
    }

    /// The number of the last message that the customer wrote in an inquiry: a proof.
    pub fn last_word(&self, asked: &Asked) -> u32 {
        let timeline = self.timeline(asked);
        let wrote =
            |it: &&Value| ["submitted", "customer_wrote"].contains(&it["event"].as_str().unwrap_or_default());
        let seq = timeline.iter().rev().find(wrote).and_then(|it| it["seq"].as_u64());
        seq.and_then(|seq| u32::try_from(seq).ok()).expect("the customer wrote")
    }

    /// The numbers of a list's orders, in order.
    pub fn order_list(&self, list: &str) -> Vec<String> {
        let page = self.get(&format!("/orders?list={list}")).send().ok();
        let rows = page["orders"].as_array().into_iter().flatten();
        rows.map(|it| it["number"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The refunds under a tab, as `A1001-R1`.
    pub fn refund_list(&self, tab: &str) -> Vec<String> {
        let page = self.get(&format!("/refunds?tab={tab}")).send().ok();
        let rows = page["refunds"].as_array().into_iter().flatten();
        rows.map(|it| format!("{}-R{}", it["order"].as_str().unwrap_or_default(), it["number"])).collect()
    }
}

fn told(entry: &Value) -> String {
    let word = |field: &str| entry[field].as_str().unwrap_or_default();
    format!("{} {}", word("event"), word("step")).trim_end().to_owned()
}
