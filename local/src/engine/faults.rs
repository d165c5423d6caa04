//! The cloud's bad days, for tests: index entries that lag behind, rival transactions, throttles,
//! connections that break after the work was done. The engine itself is kinder than that.
//!
//! A second database receives every successful write late. An eventually consistent read (any index read,
//! any read that does not ask for consistency) may be answered from it, so that it misses what was just
//! written and still shows what was just changed, as in the cloud.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use dynoxide::Database;
use serde_json::{Value, json};

use super::operations::{Answer, Operations, writes};

/// What goes wrong and how often: probabilities between 0 and 1, drawn from the seed, so that the same
/// calls in the same order meet the same faults.
#[derive(Clone, Debug)]
pub struct Faults {
    /// Where the chances are drawn from.
    pub seed: u64,
    /// An eventually consistent read sees an earlier state.
    pub stale_reads: f64,
    /// At most so many writes are missing in an earlier state.
    pub lag: usize,
    /// A write is refused because a rival transaction holds the item.
    pub conflicts: f64,
    /// An operation is refused because there are too many.
    pub throttles: f64,
    /// A write is done, but its answer never arrives.
    pub lost_answers: f64,
    /// So many operations happen until whoever asks for them is killed: of the later ones none does.
    pub left: Arc<AtomicI64>,
    /// Whether anything goes wrong now; clones share it.
    pub active: Arc<AtomicBool>,
}

impl Default for Faults {
    /// None at all, and switched on.
    fn default() -> Self {
        Self {
            seed: 1,
            stale_reads: 0.0,
            lag: 16,
            conflicts: 0.0,
            throttles: 0.0,
            lost_answers: 0.0,
            left: Arc::new(AtomicI64::new(i64::MAX)),
            active: Arc::new(AtomicBool::new(true)),
        }
    }
}

/// A database and its late copy.
pub struct Unreliable {
    current: Database,
    late: Database,
    pending: VecDeque<(String, Vec<u8>)>,
    faults: Faults,
    chance: Chance,
}

impl Unreliable {
    pub fn new(current: Database, late: Database, faults: Faults) -> Self {
        let chance = Chance { state: faults.seed };
        Self { current, late, pending: VecDeque::new(), faults, chance }
    }

    fn write(&mut self, operation: &str, request: &[u8]) -> Answer {
        let answer = self.current.perform(operation, request);
        if answer.is_success() {
            self.pending.push_back((operation.to_owned(), request.to_vec()));
        }
        let overdue = self.pending.len().saturating_sub(self.faults.lag);
        self.catch_up(overdue);
        answer
    }

    fn catch_up(&mut self, writes: usize) {
        for (operation, request) in self.pending.drain(..writes) {
            self.late.perform(&operation, &request);
        }
    }

    fn read_late(&mut self, operation: &str, request: &[u8]) -> Answer {
        let arrived = self.chance.below(self.pending.len() + 1);
        self.catch_up(arrived);
        self.late.perform(operation, request)
    }
}

impl Operations for Unreliable {
    fn perform(&mut self, operation: &str, request: &[u8]) -> Answer {
        if matches!(operation, "CreateTable" | "DescribeTable" | "ListTables") {
            self.late.perform(operation, request);
            return self.current.perform(operation, request);
        }
        if !self.faults.active.load(Ordering::Relaxed) {
            return if writes(operation) {
                self.write(operation, request)
            } else {
                self.current.perform(operation, request)
            };
        }
        if self.faults.left.fetch_sub(1, Ordering::Relaxed) <= 0 {
            return Answer::Lost;
        }
        if self.chance.happens(self.faults.throttles) {
            return Answer::error("ProvisionedThroughputExceededException", "Too many requests (injected)");
        }
        if writes(operation) {
            if self.chance.happens(self.faults.conflicts) {
                return conflict(operation, request);
            }
            let answer = self.write(operation, request);
            return if self.chance.happens(self.faults.lost_answers) { Answer::Lost } else { answer };
        }
        if !is_consistent(operation, request) && self.chance.happens(self.faults.stale_reads) {
            return self.read_late(operation, request);
        }
        self.current.perform(operation, request)
    }
}

/// How the cloud refuses a write when another transaction is at the same item.
fn conflict(operation: &str, request: &[u8]) -> Answer {
    if operation != "TransactWriteItems" {
        return Answer::error(
            "TransactionConflictException",
            "Transaction is ongoing for the item (injected)",
        );
    }
    let items = serde_json::from_slice::<Value>(request)
        .ok()
        .and_then(|it| it["TransactItems"].as_array().map(Vec::len))
        .unwrap_or(1);
    let reasons: Vec<Value> = (0..items)
        .map(|item| json!({ "Code": if item == 0 { "TransactionConflict" } else { "None" } }))
        .collect();
    let body = json!({
        "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        "Message": "Transaction cancelled (injected)",
        "CancellationReasons": reasons,
    });
    Answer::Given { status: 400, body: body.to_string().into_bytes() }
}

/// Whether the read must see every earlier write.
fn is_consistent(operation: &str, request: &[u8]) -> bool {
    if operation == "TransactGetItems" {
        return true;
    }
    let Ok(request) = serde_json::from_slice::<Value>(request) else { return true };
    let asks = |read: &Value| read["ConsistentRead"] == Value::Bool(true);
    match request["RequestItems"].as_object() {
        Some(tables) => tables.values().any(asks),
        None => asks(&request),
    }
}

/// A small generator of chances (SplitMix64): the same seed gives the same run.
#[derive(Clone, Copy, Debug)]
struct Chance {
    state: u64,
}

impl Chance {
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn happens(&mut self, probability: f64) -> bool {
        probability > 0.0 && ((self.next() >> 11) as f64) < probability * (1_u64 << 53) as f64
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}
