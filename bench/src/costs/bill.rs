//! What a month's use costs, by term.

use super::assumed::{ALARMS, LOG_KEPT, SECRETS};
use super::prices::{Free, Prices};
use super::traffic::Usage;

/// A bill: each term's name and its dollars.
#[derive(Debug, Clone, PartialEq)]
pub struct Bill(pub Vec<(&'static str, f64)>);

impl Bill {
    /// The bill of a month with that use, alarms and secrets included.
    pub fn of(used: &Usage, prices: &Prices, free: &Free) -> Self {
        let over = |used: f64, free: f64| (used - free).max(0.0);
        let millions = |used: f64| used / 1e6;
        let lambda = millions(over(used.invocations, free.invocations)) * prices.invocation_million
            + over(used.gb_seconds, free.gb_seconds) * prices.gb_second;
        let storage =
            over(used.stored_gb, free.table_gb) * prices.table_gb + used.stored_gb * prices.backup_gb;
        let edge = millions(over(used.edge_requests, free.edge_requests)) * prices.edge_million
            + over(used.edge_gb, free.edge_gb) * prices.edge_gb
            + used.origin_gb * prices.origin_gb;
        let edge_functions =
            millions(over(used.edge_functions, free.edge_functions)) * prices.edge_function_million;
        let logs =
            over(used.log_gb, free.log_gb) * prices.log_gb + used.log_gb * LOG_KEPT * prices.log_kept_gb;
        Self(vec![
            ("DynamoDB, writes", millions(used.write) * prices.write_million),
            ("DynamoDB, reads", millions(used.read) * prices.read_million),
            ("DynamoDB, storage and backups", storage),
            ("API Gateway", millions(used.requests) * prices.api_million),
            ("Lambda", lambda),
            ("CloudFront", edge),
            ("CloudFront Functions", edge_functions),
            ("SQS", millions(over(used.queue, free.queue_requests)) * prices.queue_million),
            ("CloudWatch, logs", logs),
            ("Alarms and secrets", over(ALARMS, free.alarms) * prices.alarm + SECRETS * prices.secret),
            ("SES", used.mails / 1_000.0 * prices.mails_thousand),
        ])
    }

    /// All of it.
    pub fn sum(&self) -> f64 {
        self.0.iter().map(|(_, dollars)| dollars).sum()
    }

    /// The terms, the largest first.
    pub fn largest(&self) -> Vec<(&'static str, f64)> {
        let mut terms = self.0.clone();
        terms.sort_by(|one, other| other.1.total_cmp(&one.1));
        terms
    }
}
