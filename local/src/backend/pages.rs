//! The page of the demo backend. The template escapes everything.

use askama::Template;

use super::faults::Fault;
use super::ledger::{Entry, Ledger, State, What};

/// A shop's ledger and its switches.
#[derive(Template)]
#[template(path = "shop_backend.html")]
pub struct LedgerPage {
    /// The shop that was asked for.
    pub shop: String,
    /// Whether there can be one of that name.
    pub known: bool,
    /// What is always wrong, and what the next calls meet.
    pub always: &'static str,
    pub next: Vec<&'static str>,
    /// Every fault: its word, and its names.
    pub faults: Vec<[&'static str; 3]>,
    pub refunds: Vec<Row>,
}

/// One refund.
pub struct Row {
    pub key: String,
    pub amount: String,
    pub state: &'static str,
    pub entry: Entry,
    /// When, at which attempt and what.
    pub history: Vec<(String, u32, &'static str)>,
}

impl LedgerPage {
    /// The page of a shop; without a ledger only the question which one.
    pub fn of(shop: &str, ledger: Option<Ledger>) -> Self {
        let known = ledger.is_some();
        let ledger = ledger.unwrap_or_default();
        let name = |fault: &Fault| fault.words()[1];
        Self {
            shop: shop.to_owned(),
            known,
            always: name(&ledger.faults.always),
            next: ledger.faults.next.iter().map(name).collect(),
            faults: Fault::ALL.map(Fault::words).to_vec(),
            refunds: ledger.refunds.into_iter().map(|(key, entry)| Row::of(key, entry)).collect(),
        }
    }
}

impl Row {
    fn of(key: String, entry: Entry) -> Self {
        let history = entry.history.iter().map(|it| (it.at.to_string(), it.attempt, happened(it.what)));
        let state = match entry.state {
            State::Accepted => "已受理 Accepted",
            State::Succeeded => "已付款 Paid",
            State::Failed => "失敗 Failed",
        };
        Self { amount: amount(&entry), state, history: history.collect(), key, entry }
    }
}

/// As people write it; a currency that does not exist is shown as it was sent.
fn amount(entry: &Entry) -> String {
    let amount = &entry.amount;
    match domain::money::Currency::parse(&amount.currency) {
        Ok(currency) => domain::money::Money { minor: amount.minor, currency }.to_string(),
        Err(_) => format!("{} {}", amount.currency, amount.minor),
    }
}

fn happened(what: What) -> &'static str {
    match what {
        What::Accepted => "受理 Accepted",
        What::Paid => "付款 Paid",
        What::Refused => "拒絕 Refused",
        What::Returned => "退回 Returned",
        What::AskedAgain => "重複請求 Asked again",
    }
}
