//! The demo backend's rules: it pays at most once under a key, and knows what became of it.
//!
//! Money goes back under a key when there is none out: the first time it is asked, and with a later attempt
//! only once the one before has failed. Everything else is answered from what is written down.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::faults::{Fault, Faults, Manner};

/// What a shop's backend has written down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ledger {
    /// Refunds by their keys.
    pub refunds: BTreeMap<String, Entry>,
    /// What goes wrong.
    pub faults: Faults,
}

/// An amount as it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    /// In minor units.
    pub minor: u64,
    /// Its code.
    pub currency: String,
}

/// A refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The order's number.
    pub order: String,
    /// How much.
    pub amount: Amount,
    /// Where it stands.
    pub state: State,
    /// The attempt that this is true of.
    pub attempt: u32,
    /// How often money went out.
    pub paid_count: u32,
    /// How often it came back.
    pub returned_count: u32,
    /// The bank's reference.
    pub reference: Option<String>,
    /// Why it failed.
    pub problem: Option<String>,
    /// What an accepted one comes to.
    pub ending: Option<State>,
    /// What happened.
    pub history: Vec<Happened>,
}

/// Where a refund stands, in the words of its answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It will be paid.
    Accepted,
    /// It is paid.
    Succeeded,
    /// It is not.
    Failed,
}

/// Something that happened to a refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    /// When.
    pub at: Timestamp,
    /// At which attempt.
    pub attempt: u32,
    /// What.
    pub what: What,
}

/// What may happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    Accepted,
    Paid,
    Refused,
    Returned,
    AskedAgain,
}

/// What is asked.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Request {
    /// To pay.
    Refund(Pay),
    /// What became of it.
    Status(Question),
}

/// What is to be paid. The method of payment and the reason do not matter here.
#[derive(Clone, Debug, Deserialize)]
pub struct Pay {
    pub order: String,
    pub refund: String,
    pub attempt: u32,
    pub amount: Amount,
}

/// What is asked about.
#[derive(Clone, Debug, Deserialize)]
pub struct Question {
    pub refund: String,
    pub attempt: u32,
}

/// What is answered, or told in a call-back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund: Option<String>,
    pub status: &'static str,
    pub attempt: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// What comes of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reaction {
    /// What is answered; `None` if the key was used for another amount.
    pub said: Option<Said>,
    /// How.
    pub manner: Manner,
    /// Call-backs that are sent before the answer.
    pub early: Vec<Said>,
    /// What happens after the answer.
    pub later: Option<Later>,
}

/// What happens to a refund after the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Later {
    /// It comes to its end, and that is told so often.
    Settle {
        /// How often.
        told: u32,
    },
    /// What was paid comes back.
    Return,
    /// It is paid and comes back; the second is told first.
    ReturnOutOfOrder,
}

impl Ledger {
    /// Reacts to a request. What it returns may be told only once the ledger is kept as it is after this.
    pub fn react(&mut self, request: &Request, now: Timestamp) -> Reaction {
        match request {
            Request::Refund(pay) => self.pay(pay, now),
            Request::Status(question) => self.status(question, now),
        }
    }

    fn pay(&mut self, pay: &Pay, now: Timestamp) -> Reaction {
        let known = self.refunds.get(&pay.refund);
        if known.is_some_and(|entry| entry.amount != pay.amount || entry.order != pay.order) {
            return Reaction::plainly(None, Manner::AtOnce);
        }
        let due = known.is_none_or(|entry| entry.state == State::Failed && entry.attempt < pay.attempt);
        let fault = self.faults.take(due);
        if fault.refuses() {
            return Reaction::plainly(None, fault.manner());
        }
        if !due {
            let entry = self.refunds.get_mut(&pay.refund).map(|entry| {
                entry.happened(What::AskedAgain, now);
                entry.said()
            });
            return Reaction::plainly(entry, fault.manner());
        }
        let entry = self.refunds.entry(pay.refund.clone()).or_insert_with(|| Entry::new(pay));
        entry.attempt = pay.attempt;
        entry.problem = None;
        let later = entry.begin(fault, now);
        let early = if fault == Fault::EarlyCallBack { vec![entry.told(&pay.refund)] } else { Vec::new() };
        Reaction { said: Some(entry.said()), manner: fault.manner(), early, later }
    }

    fn status(&mut self, question: &Question, now: Timestamp) -> Reaction {
        let fault = self.faults.take(false);
        if fault.refuses() {
            return Reaction::plainly(None, fault.manner());
        }
        // Whoever asks is told how it ended, even if a crash came between.
        self.settle(&question.refund, now);
        let said = match self.refunds.get(&question.refund) {
            // A later attempt than the one that failed has not arrived.
            Some(entry) if entry.state == State::Failed && entry.attempt < question.attempt => {
                Said::not_found(question.attempt)
            }
            Some(entry) => entry.said(),
            None => Said::not_found(question.attempt),
        };
        Reaction::plainly(Some(said), fault.manner())
    }

    /// Brings an accepted refund to its end; what is told of it, if it had one to come to or has ended.
    pub fn settle(&mut self, key: &str, now: Timestamp) -> Option<Said> {
        let entry = self.refunds.get_mut(key)?;
        match entry.ending.take() {
            Some(State::Succeeded) => entry.pay(now),
            Some(State::Failed) => entry.refuse(now),
            Some(State::Accepted) | None => {}
        }
        (entry.state != State::Accepted).then(|| entry.told(key))
    }

    /// What was paid comes back; what is told of it.
    pub fn give_back(&mut self, key: &str, now: Timestamp) -> Option<Said> {
        let entry = self.refunds.get_mut(key)?;
        if entry.state == State::Succeeded {
            entry.returned_count += 1;
            entry.state = State::Failed;
            entry.problem = Some("the bank sent the money back".to_owned());
            entry.happened(What::Returned, now);
        }
        Some(entry.told(key))
    }
}

impl Entry {
    fn new(pay: &Pay) -> Self {
        Self {
            order: pay.order.clone(),
            amount: pay.amount.clone(),
            state: State::Accepted,
            attempt: pay.attempt,
            paid_count: 0,
            returned_count: 0,
            reference: None,
            problem: None,
            ending: None,
            history: Vec::new(),
        }
    }

    /// Does what an attempt comes to under a fault.
    fn begin(&mut self, fault: Fault, now: Timestamp) -> Option<Later> {
        match fault {
            Fault::AcceptThenSucceed | Fault::DuplicateCallBacks => {
                self.accept(State::Succeeded, now);
                Some(Later::Settle { told: if fault == Fault::DuplicateCallBacks { 3 } else { 1 } })
            }
            Fault::AcceptThenFail => {
                self.accept(State::Failed, now);
                Some(Later::Settle { told: 1 })
            }
            Fault::OutOfOrderCallBacks => {
                self.accept(State::Succeeded, now);
                Some(Later::ReturnOutOfOrder)
            }
            Fault::Fail => {
                self.refuse(now);
                None
            }
            Fault::LateFailure => {
                self.pay(now);
                Some(Later::Return)
            }
            _ => {
                self.pay(now);
                None
            }
        }
    }

    fn accept(&mut self, ending: State, now: Timestamp) {
        self.state = State::Accepted;
        self.ending = Some(ending);
        self.happened(What::Accepted, now);
    }

    fn pay(&mut self, now: Timestamp) {
        self.state = State::Succeeded;
        self.paid_count += 1;
        self.reference = Some(format!("demo-{}", self.paid_count));
        self.happened(What::Paid, now);
    }

    fn refuse(&mut self, now: Timestamp) {
        self.state = State::Failed;
        self.problem = Some("the bank declined".to_owned());
        self.happened(What::Refused, now);
    }

    fn happened(&mut self, what: What, at: Timestamp) {
        self.history.push(Happened { at, attempt: self.attempt, what });
    }

    fn said(&self) -> Said {
        let (status, failed) = match self.state {
            State::Accepted => ("accepted", false),
            State::Succeeded => ("succeeded", false),
            State::Failed => ("failed", true),
        };
        Said {
            refund: None,
            status,
            attempt: self.attempt,
            reference: self.reference.clone().filter(|_| self.state == State::Succeeded),
            problem: self.problem.clone().filter(|_| failed),
        }
    }

    /// The same for a call-back, which names the refund.
    fn told(&self, key: &str) -> Said {
        Said { refund: Some(key.to_owned()), ..self.said() }
    }
}

impl Said {
    fn not_found(attempt: u32) -> Self {
        Self { refund: None, status: "not_found", attempt, reference: None, problem: None }
    }
}

impl Reaction {
    fn plainly(said: Option<Said>, manner: Manner) -> Self {
        Self { said, manner, early: Vec::new(), later: None }
    }
}

#[cfg(test)]
mod tests;
