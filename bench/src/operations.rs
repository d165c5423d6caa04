//! What is measured, on one shop with one agent: everything waits in one list.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use serde_json::json;
use tokio::sync::Mutex;

use crate::host::Host;
use crate::load::{Answer, Connection};
use bench::Outcome;

const SHOP: &str = "/v1/shops/lantern";
/// Members who ask in turn.
const MEMBERS: usize = 1_000;
/// 150 bytes, an ordinary message.
const TEXT: &str = "Five days have passed and the parcel still has not arrived. The tracking page \
shows nothing new since Monday. Could you find out where it is now, please?";

/// An operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// A member asks.
    Submit,
    /// A page of the list, longest waiting first, with counts.
    List25,
    /// A page twice as long.
    List50,
    /// A page, latest message first.
    Latest25,
    /// An inquiry is opened.
    Show,
    /// An agent answers and keeps it open; sending the mail included.
    Reply,
}

/// All of them; replies take new inquiries, so that what waits stays what it was.
pub const ALL: &[Operation] = &[
    Operation::List25,
    Operation::List50,
    Operation::Latest25,
    Operation::Show,
    Operation::Submit,
    Operation::Reply,
];

impl Operation {
    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::List25 => "list, 25 rows, by waiting",
            Self::List50 => "list, 50 rows, by waiting",
            Self::Latest25 => "list, 25 rows, by latest",
            Self::Show => "show",
            Self::Reply => "reply and its mail",
        }
    }
}

/// What was measured.
pub struct Measured {
    per_second: f64,
    p50: f64,
    p99: f64,
    cpu_ms: f64,
    bytes: usize,
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { per_second, p50, p99, cpu_ms, bytes } = self;
        write!(f, "{per_second:.0} | {p50:.2} | {p99:.2} | {cpu_ms:.2} | {bytes}")
    }
}

/// Who asks and who answers.
pub struct Desk {
    nora: String,
    members: Vec<String>,
    stored: AtomicUsize,
    waiting: Mutex<Vec<String>>,
    runs: AtomicUsize,
}

/// One worker's part of a measurement.
struct Work {
    operation: Operation,
    ids: Vec<String>,
    tokens: Vec<String>,
    nora: String,
    requests: usize,
    /// Tells this worker's submissions from all others.
    name: String,
}

impl Desk {
    /// Signs everybody in.
    pub async fn open(host: &Host) -> Outcome<Arc<Self>> {
        let mut connection = Connection::open(host.port).await?;
        let token = |answer: Answer| -> Outcome<String> {
            Ok(answer.json()?["token"].as_str().ok_or("no token")?.to_owned())
        };
        let nora = token(connection.post("/local/sign-in", "", &[], &json!({ "agent": "nora" })).await?)?;
        let mut members = Vec::with_capacity(MEMBERS);
        for number in 0..MEMBERS {
            let who = json!({
                "shop": "lantern", "id": format!("b-{number}"),
                "name": "王小明", "email": format!("b{number}@example.com"),
            });
            members.push(token(connection.post("/local/member-token", "", &[], &who).await?)?);
        }
        Ok(Arc::new(Self {
            nora,
            members,
            stored: AtomicUsize::new(0),
            waiting: Mutex::default(),
            runs: AtomicUsize::new(0),
        }))
    }

    /// Stores inquiries until there are so many, eight at a time.
    pub async fn fill_up_to(self: &Arc<Self>, host: &Host, count: usize) -> Outcome<()> {
        let missing = count.saturating_sub(self.stored.load(Ordering::Relaxed));
        if missing > 0 {
            let started = Instant::now();
            self.run(host, Operation::Submit, 8, missing).await?;
            eprintln!("stored {missing} more in {:.0} s", started.elapsed().as_secs_f64());
        }
        Ok(())
    }

    /// Measures one operation.
    pub async fn measure(
        self: &Arc<Self>,
        host: &Host,
        operation: Operation,
        connections: usize,
        requests: usize,
    ) -> Outcome<Measured> {
        if operation == Operation::Reply {
            // They answer what is submitted for it, so that the list stays as long as it was.
            self.run(host, Operation::Submit, 8, requests).await?;
        }
        host.settle().await?;
        self.run(host, operation, connections, requests.min(200)).await?;
        host.settle().await?;
        let before = host.cpu_seconds()?;
        let started = Instant::now();
        let (mut times, bytes) = self.run(host, operation, connections, requests).await?;
        let took = started.elapsed().as_secs_f64();
        host.settle().await?;
        let cpu = host.cpu_seconds()? - before;
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times.get((times.len() as f64 * share) as usize).copied().unwrap_or_default();
        Ok(Measured {
            per_second: times.len() as f64 / took,
            p50: at(0.50),
            p99: at(0.99),
            cpu_ms: cpu * 1000.0 / times.len() as f64,
            bytes,
        })
    }

    async fn run(
        self: &Arc<Self>,
        host: &Host,
        operation: Operation,
        connections: usize,
        requests: usize,
    ) -> Outcome<(Vec<f64>, usize)> {
        let run = self.runs.fetch_add(1, Ordering::Relaxed);
        let mut workers = Vec::new();
        for number in 0..connections {
            let share = requests / connections + usize::from(number < requests % connections);
            let start = self.stored.load(Ordering::Relaxed) + number * share;
            let ids = match operation {
                Operation::Reply => self.take(share).await,
                Operation::Show => self.waiting.lock().await.iter().rev().take(share).cloned().collect(),
                _ => Vec::new(),
            };
            let tokens =
                (0..share.min(MEMBERS)).map(|at| self.members[(start + at) % MEMBERS].clone()).collect();
            let name = format!("{run}-{number}");
            let work = Work { operation, ids, tokens, nora: self.nora.clone(), requests: share, name };
            workers.push(tokio::spawn(work.carry_out(host.port)));
        }
        let (mut times, mut bytes) = (Vec::with_capacity(requests), 0);
        for worker in workers {
            let (took, size, made) = worker.await??;
            times.extend(took);
            bytes = bytes.max(size);
            self.stored.fetch_add(made.len(), Ordering::Relaxed);
            self.waiting.lock().await.extend(made);
        }
        Ok((times, bytes))
    }

    async fn take(&self, count: usize) -> Vec<String> {
        let mut waiting = self.waiting.lock().await;
        let from = waiting.len().saturating_sub(count);
        self.stored.fetch_sub(waiting.len() - from, Ordering::Relaxed);
        waiting.split_off(from)
    }
}

impl Work {
    async fn carry_out(self, port: u16) -> Outcome<(Vec<f64>, usize, Vec<String>)> {
        let mut connection = Connection::open(port).await?;
        let (mut times, mut bytes, mut made) = (Vec::with_capacity(self.requests), 0, Vec::new());
        for number in 0..self.requests {
            let started = Instant::now();
            let answer = self.one(&mut connection, number).await?;
            times.push(started.elapsed().as_secs_f64() * 1000.0);
            bytes = bytes.max(answer.body.len());
            if !(200..300).contains(&answer.status) {
                let body = String::from_utf8_lossy(&answer.body).into_owned();
                return Err(format!("{}: {} {body}", self.operation.name(), answer.status).into());
            }
            if self.operation == Operation::Submit {
                made.push(answer.json()?["id"].as_str().ok_or("no id")?.to_owned());
            }
        }
        Ok((times, bytes, made))
    }

    async fn one(&self, connection: &mut Connection, number: usize) -> Outcome<Answer> {
        let list = |rest: &str| format!("{SHOP}/inquiries?list=mine&counts=true&{rest}");
        let id = self.ids.get(number % self.ids.len().max(1)).cloned().unwrap_or_default();
        match self.operation {
            Operation::List25 => connection.get(&list("sort=waiting&limit=25"), &self.nora).await,
            Operation::List50 => connection.get(&list("sort=waiting&limit=50"), &self.nora).await,
            Operation::Latest25 => connection.get(&list("sort=latest&limit=25"), &self.nora).await,
            Operation::Show => connection.get(&format!("{SHOP}/inquiries/{id}"), &self.nora).await,
            Operation::Submit => {
                let token = &self.tokens[number % self.tokens.len()];
                let key = format!("{}-{number}", self.name);
                let body = json!({
                    "source": "order", "category": "logistics", "subject": "Where is my parcel?",
                    "text": TEXT, "order": "2024010001", "locale": "en",
                });
                let headers = [("idempotency-key", key)];
                connection.post(&format!("{SHOP}/inquiries"), token, &headers, &body).await
            }
            Operation::Reply => {
                // Given to the shop's only agent when it was submitted: two entries.
                let headers = [("if-match", "\"2\"".to_owned())];
                let body = json!({ "text": TEXT, "then": "keep_open" });
                connection.post(&format!("{SHOP}/inquiries/{id}/reply"), &self.nora, &headers, &body).await
            }
        }
    }
}
