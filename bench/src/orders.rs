//! Orders and refunds at the running program: what a shop's backend pushes, what agents look at, and money that
//! goes back, the demo backend's payment included.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use serde_json::{Value, json};

use crate::host::Host;
use crate::load::{Answer, Connection};
use bench::Outcome;

const SHOP: &str = "/v1/shops/taipei";
const AMOUNT: u64 = 128_000;
/// Members who order in turn.
const MEMBERS: usize = 1_000;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operation {
    /// The backend pushes a new order.
    Push,
    /// It pushes an order again as it is.
    PushAgain,
    /// A page of what is to be shipped.
    ToShip,
    /// An order is opened.
    Show,
    /// The orders beside an inquiry.
    Workbench,
    /// An agent gives all of it back, and it is paid.
    Refund,
    /// A page of the refunds that were agreed to.
    Refunds,
}

const ALL: [Operation; 7] = [
    Operation::PushAgain,
    Operation::ToShip,
    Operation::Show,
    Operation::Workbench,
    Operation::Push,
    Operation::Refund,
    Operation::Refunds,
];

impl Operation {
    const fn name(self) -> &'static str {
        match self {
            Self::Push => "push a new order",
            Self::PushAgain => "push a known order",
            Self::ToShip => "orders to ship, 25 rows",
            Self::Show => "open an order",
            Self::Workbench => "orders beside an inquiry",
            Self::Refund => "refund, paid by the provider",
            Self::Refunds => "refunds, 25 rows",
        }
    }
}

/// Who has to do with orders.
struct Shop {
    port: u16,
    mia: String,
    key: String,
    pushed_at: String,
    /// Orders so far; their numbers are `B-0`, `B-1`, …
    orders: AtomicUsize,
    /// Inquiries of the members, one each.
    inquiries: Vec<String>,
    /// The next order to give back.
    refunded: AtomicUsize,
}

/// Measures and prints everything, with as many orders stored as is said.
pub async fn measure(host: &Host, stored: &[usize], connections: &[usize], requests: usize) -> Outcome<()> {
    let shop = Arc::new(Shop::open(host.port).await?);
    println!("| stored | operation | connections | requests/s | p50 ms | p99 ms | CPU ms each | bytes |");
    println!("|---:|---|---:|---:|---:|---:|---:|---:|");
    for count in stored {
        let missing = count.saturating_sub(shop.orders.load(Ordering::Relaxed));
        shop.run(Operation::Push, 8, missing).await?;
        for connections in connections {
            for operation in ALL {
                host.settle().await?;
                let (cpu, started) = (host.cpu_seconds()?, Instant::now());
                let (mut times, bytes) = shop.run(operation, *connections, requests).await?;
                let took = started.elapsed().as_secs_f64();
                host.settle().await?;
                let cpu = (host.cpu_seconds()? - cpu) * 1000.0 / times.len() as f64;
                times.sort_by(f64::total_cmp);
                let at = |share: f64| times[((times.len() as f64 * share) as usize).min(times.len() - 1)];
                println!(
                    "| {count} | {} | {connections} | {:.0} | {:.2} | {:.2} | {cpu:.2} | {bytes} |",
                    operation.name(),
                    times.len() as f64 / took,
                    at(0.5),
                    at(0.99),
                );
            }
        }
        println!("| {count} | memory, loaded: {:.1} MiB (PSS) | | | | | | |", host.memory_mib()?);
    }
    shop.ledger_agrees().await
}

impl Shop {
    async fn open(port: u16) -> Outcome<Self> {
        let mut line = Connection::open(port).await?;
        let text = |answer: Answer, field: &str| -> Outcome<String> {
            Ok(answer.json()?[field].as_str().ok_or("not there")?.to_owned())
        };
        let otto = text(line.post("/local/sign-in", "", &[], &json!({ "agent": "otto" })).await?, "token")?;
        let mia = text(line.post("/local/sign-in", "", &[], &json!({ "agent": "mia" })).await?, "token")?;
        let made = line.post(&format!("{SHOP}/api-keys"), &otto, &[], &json!({ "name": "bench" })).await?;
        let key = text(made, "key")?;
        let mut inquiries = Vec::with_capacity(MEMBERS);
        for number in 0..MEMBERS {
            let (id, email) = (format!("b-{number}"), format!("b{number}@example.com"));
            let who = json!({ "shop": "taipei", "id": id, "name": "王小明", "email": email });
            let token = text(line.post("/local/member-token", "", &[], &who).await?, "token")?;
            let asks = json!({ "category": "refund", "text": "All of it back, please" });
            inquiries.push(text(line.post(&format!("{SHOP}/inquiries"), &token, &[], &asks).await?, "id")?);
        }
        Ok(Self {
            port,
            mia,
            key,
            pushed_at: jiff::Timestamp::now().to_string(),
            orders: AtomicUsize::new(0),
            inquiries,
            refunded: AtomicUsize::new(0),
        })
    }

    async fn run(
        self: &Arc<Self>,
        operation: Operation,
        connections: usize,
        requests: usize,
    ) -> Outcome<(Vec<f64>, usize)> {
        let mut workers = Vec::new();
        for number in 0..connections {
            let share = requests / connections + usize::from(number < requests % connections);
            let shop = self.clone();
            workers.push(tokio::spawn(async move { shop.work(operation, share).await }));
        }
        let (mut times, mut bytes) = (Vec::with_capacity(requests), 0);
        for worker in workers {
            let (took, size) = worker.await??;
            times.extend(took);
            bytes = bytes.max(size);
        }
        Ok((times, bytes))
    }

    async fn work(&self, operation: Operation, requests: usize) -> Outcome<(Vec<f64>, usize)> {
        let mut line = Connection::open(self.port).await?;
        let (mut times, mut bytes) = (Vec::with_capacity(requests), 0);
        for at in 0..requests {
            let started = Instant::now();
            let answer = self.one(&mut line, operation, at).await?;
            times.push(started.elapsed().as_secs_f64() * 1000.0);
            bytes = bytes.max(answer.body.len());
            if !(200..300).contains(&answer.status) {
                let body = String::from_utf8_lossy(&answer.body).into_owned();
                return Err(format!("{}: {} {body}", operation.name(), answer.status).into());
            }
        }
        Ok((times, bytes))
    }

    async fn one(&self, line: &mut Connection, operation: Operation, at: usize) -> Outcome<Answer> {
        let read = |path: String| (format!("{SHOP}{path}"), &self.mia);
        let (path, token) = match operation {
            Operation::Push => {
                let order = self.orders.fetch_add(1, Ordering::Relaxed);
                return self.push(line, order).await;
            }
            Operation::PushAgain => return self.push(line, at).await,
            Operation::Refund => return self.refund(line).await,
            Operation::ToShip => read("/orders?list=to_ship&limit=25".to_owned()),
            Operation::Show => read(format!("/orders/B-{at}")),
            Operation::Workbench => read(format!("/inquiries/{}/orders", self.inquiries[at % MEMBERS])),
            Operation::Refunds => read("/refunds?tab=agreed&limit=25".to_owned()),
        };
        line.get(&path, token).await
    }

    async fn push(&self, line: &mut Connection, order: usize) -> Outcome<Answer> {
        let member = order % MEMBERS;
        let body = json!({
            "version": 1,
            "customer": {
                "id": format!("b-{member}"), "name": "王小明", "email": format!("b{member}@example.com"),
            },
            "items": [{ "product": "tea", "title": "烏龍茶", "quantity": 1, "unit_price": AMOUNT }],
            "currency": "TWD", "total": AMOUNT, "shipping": 0, "paid": AMOUNT,
            "payment_method": "credit_card", "days_to_ship": 3,
            "created_at": self.pushed_at, "paid_at": self.pushed_at,
        });
        line.put(&format!("{SHOP}/orders/B-{order}"), &self.key, &body).await
    }

    /// Gives all of the next order back, with its member's message as the proof.
    async fn refund(&self, line: &mut Connection) -> Outcome<Answer> {
        // From the end of what was pushed first, so that there are always enough.
        let order = self.refunded.fetch_add(1, Ordering::Relaxed);
        let body = json!({
            "amount": { "minor": AMOUNT, "currency": "TWD" }, "reason": "out_of_stock",
            "inquiry": self.inquiries[order % MEMBERS], "proof": 1,
        });
        let seen = [("if-match", "\"1\"".to_owned())];
        line.post(&format!("{SHOP}/orders/B-{order}/refunds"), &self.mia, &seen, &body).await
    }

    /// What was measured was money: each refund was paid once.
    async fn ledger_agrees(&self) -> Outcome<()> {
        let mut line = Connection::open(self.port).await?;
        let ledger = line.get("/local/shop-backend/ledger?shop=taipei", "").await?.json()?;
        let entries: Vec<&Value> =
            ledger["refunds"].as_object().into_iter().flat_map(|it| it.values()).collect();
        let paid_once = entries.iter().filter(|it| it["paid_count"] == 1).count();
        let refunded = self.refunded.load(Ordering::Relaxed);
        println!("\n{refunded} refunds, {paid_once} of them paid once by the provider's ledger.");
        if paid_once == refunded && entries.len() == refunded {
            Ok(())
        } else {
            Err(format!("{} entries in the ledger", entries.len()).into())
        }
    }
}
