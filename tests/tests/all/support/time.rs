//! What happens by itself: time is enforced, unassigned inquiries find somebody; and the
//! heartbeats that keep people online.

use domain::ids::{AgentId, InquiryId, ShopId};
use local::queue::Queue;
use serde_json::{Value, json};

use super::roles::working_as;
use super::{Agent, Desk};

impl Desk {
    /// The schedule of deadlines runs once.
    pub fn enforces(&self) {
        let enforcing = enforce_deadlines::run(self.app.clone());
        self.block_on(working_as("enforce-deadlines", enforcing)).expect("the schedule runs");
    }

    /// Every shop that the queue names is distributed, until the queue is empty.
    pub fn distributes(&self) {
        let mut bodies = std::collections::VecDeque::from(self.takes_arrivals());
        while let Some(body) = bodies.pop_front() {
            let message: Value = serde_json::from_str(&body).expect("a message");
            let shop = ShopId::parse(message["shop"].as_str().expect("a shop")).expect("a shop's id");
            let arrived = message["inquiry"].as_str().and_then(|id| InquiryId::parse(id).ok());
            let arrived = arrived.as_slice();
            let distributing = distribute_inquiries::distribute(&self.app, &shop, arrived);
            let done = self.block_on(working_as("distribute-inquiries", distributing));
            done.expect("the shop is distributed");
            // A run that stopped half-way asks for itself again.
            bodies.extend(self.takes_arrivals());
        }
    }

    /// The messages of arrivals, which are gone then.
    pub fn takes_arrivals(&self) -> Vec<String> {
        self.takes(&self.arrivals)
    }

    /// The messages of a queue, which are gone then.
    pub(super) fn takes(&self, queue: &Queue) -> Vec<String> {
        self.block_on(async {
            let (client, url) = (queue.client(), queue.url());
            let mut bodies = Vec::new();
            loop {
                let asked = client.receive_message().queue_url(url).max_number_of_messages(10);
                let received = asked.send().await.expect("the queue answers").messages.unwrap_or_default();
                if received.is_empty() {
                    return bodies;
                }
                for message in received {
                    let receipt = message.receipt_handle.unwrap_or_default();
                    let gone = client.delete_message().queue_url(url).receipt_handle(receipt);
                    gone.send().await.expect("the message goes");
                    bodies.push(message.body.unwrap_or_default());
                }
            }
        })
    }

    /// What each agent of a shop holds by their desk, as (agent, inquiries in order).
    pub fn held(&self, shop: &str) -> Vec<(String, Vec<String>)> {
        let shop = ShopId::parse(shop).expect("a shop's id");
        let record = self.block_on(self.app.store.shop(&shop)).expect("the shop").expect("the shop is there");
        let desks = self.block_on(self.app.store.desks(&record.shop, true)).expect("desks");
        desks.into_iter().map(|desk| (desk.agent.to_string(), desk.held.into_iter().collect())).collect()
    }

    /// How many active inquiries somebody has by their desk.
    pub fn load(&self, shop: &str, agent: &str) -> usize {
        let agent = AgentId::parse(agent).expect("an agent's id").to_string();
        self.held(shop).into_iter().find(|(who, _)| *who == agent).map_or(0, |(_, held)| held.len())
    }
}

impl Agent<'_> {
    /// Their page says that it is open.
    pub fn is_here(&self) -> Value {
        self.post("/presence", &json!({ "tab": format!("tab-{}", self.id) })).send().ok()
    }

    /// Their page is closed.
    pub fn leaves(&self) -> Value {
        self.post("/presence", &json!({ "tab": format!("tab-{}", self.id), "leaving": true })).send().ok()
    }

    /// Turns the switch 接收會話分配.
    pub fn receives(&self, receiving: bool) -> Value {
        let body = json!({ "tab": format!("tab-{}", self.id), "receiving": receiving });
        self.post("/presence", &body).send().ok()
    }
}
