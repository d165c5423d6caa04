//! What can be made to go wrong with the demo backend.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

/// The faults of a shop's backend.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// For the next calls, one each.
    pub next: VecDeque<Fault>,
    /// For all the others.
    pub always: Fault,
}

/// Something that goes wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Nothing: it pays and says so.
    #[default]
    None,
    /// It does what it is asked and never answers.
    TimeoutAfterSuccess,
    /// It does what it is asked and answers when nobody listens any more.
    Slow,
    /// It does what it is asked and answers with status 500.
    #[serde(rename = "error_500_after_success")]
    Error500AfterSuccess,
    /// It does nothing and answers with status 500.
    #[serde(rename = "error_500")]
    Error500,
    /// It does nothing and answers with status 409.
    #[serde(rename = "conflict_409")]
    Conflict409,
    /// It does nothing and answers with status 429.
    #[serde(rename = "too_many_429")]
    TooMany429,
    /// It accepts, and calls back once it has paid.
    AcceptThenSucceed,
    /// It accepts, and calls back that it did not pay.
    AcceptThenFail,
    /// It does not pay.
    Fail,
    /// It pays; later the money comes back.
    LateFailure,
    /// It accepts, pays, and calls back three times with the same event.
    DuplicateCallBacks,
    /// It accepts and pays, the money comes back, and the second is told before the first.
    OutOfOrderCallBacks,
    /// It calls back that it paid before it answers that.
    EarlyCallBack,
}

/// How it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// As it should be.
    AtOnce,
    /// Too late.
    Slowly,
    /// Not at all.
    Never,
    /// With an error's status.
    Error(u16),
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::None,
        Self::TimeoutAfterSuccess,
        Self::Slow,
        Self::Error500AfterSuccess,
        Self::Error500,
        Self::Conflict409,
        Self::TooMany429,
        Self::AcceptThenSucceed,
        Self::AcceptThenFail,
        Self::Fail,
        Self::LateFailure,
        Self::DuplicateCallBacks,
        Self::OutOfOrderCallBacks,
        Self::EarlyCallBack,
    ];

    /// Its word, and what it is called on the page in Chinese and English.
    pub const fn words(self) -> [&'static str; 3] {
        match self {
            Self::None => ["none", "正常", "Nothing"],
            Self::TimeoutAfterSuccess => ["timeout_after_success", "已付款但不回應", "Pays, never answers"],
            Self::Slow => ["slow", "已付款但回應太慢", "Pays, answers too late"],
            Self::Error500AfterSuccess => ["error_500_after_success", "已付款但回 500", "Pays, answers 500"],
            Self::Error500 => ["error_500", "未付款，回 500", "Does nothing, answers 500"],
            Self::Conflict409 => ["conflict_409", "未付款，回 409", "Does nothing, answers 409"],
            Self::TooMany429 => ["too_many_429", "未付款，回 429", "Does nothing, answers 429"],
            Self::AcceptThenSucceed => ["accept_then_succeed", "先受理，稍後付款", "Accepts, pays later"],
            Self::AcceptThenFail => ["accept_then_fail", "先受理，稍後失敗", "Accepts, fails later"],
            Self::Fail => ["fail", "失敗", "Fails"],
            Self::LateFailure => ["late_failure", "付款後被退回", "Pays, the money comes back"],
            Self::DuplicateCallBacks => ["duplicate_call_backs", "重複回呼", "Calls back three times"],
            Self::OutOfOrderCallBacks => {
                ["out_of_order_call_backs", "回呼順序顛倒", "Calls back in the wrong order"]
            }
            Self::EarlyCallBack => ["early_call_back", "先回呼再回應", "Calls back before it answers"],
        }
    }

    /// Whether it is about how a call is answered, so that any call may meet it; the others are about how a
    /// payment goes.
    const fn is_of_any_call(self) -> bool {
        !matches!(self.manner(), Manner::AtOnce)
    }

    /// Whether nothing is done.
    pub const fn refuses(self) -> bool {
        matches!(self, Self::Error500 | Self::Conflict409 | Self::TooMany429)
    }

    /// How it is answered.
    pub const fn manner(self) -> Manner {
        match self {
            Self::TimeoutAfterSuccess => Manner::Never,
            Self::Slow => Manner::Slowly,
            Self::Error500 | Self::Error500AfterSuccess => Manner::Error(500),
            Self::Conflict409 => Manner::Error(409),
            Self::TooMany429 => Manner::Error(429),
            _ => Manner::AtOnce,
        }
    }
}

impl Faults {
    /// What goes wrong now. What only a payment can meet waits for one.
    pub fn take(&mut self, pays: bool) -> Fault {
        let meets = |fault: &Fault| pays || fault.is_of_any_call() || *fault == Fault::None;
        match self.next.front() {
            Some(fault) if meets(fault) => self.next.pop_front().unwrap_or_default(),
            Some(_) => Fault::None,
            None if meets(&self.always) => self.always,
            None => Fault::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_those_of_the_wire() -> Result<(), serde_json::Error> {
        for fault in Fault::ALL {
            assert_eq!(serde_json::to_value(fault)?, fault.words()[0]);
        }
        Ok(())
    }

    #[test]
    fn the_next_calls_come_before_all_the_others() {
        let next = [Fault::Error500, Fault::Fail, Fault::None].into();
        let mut faults = Faults { next, always: Fault::Slow };
        assert_eq!(faults.take(true), Fault::Error500);
        assert_eq!(faults.take(false), Fault::None, "a question cannot fail to be paid");
        assert_eq!(faults.take(true), Fault::Fail);
        assert_eq!(faults.take(true), Fault::None);
        assert_eq!([faults.take(true), faults.take(false)], [Fault::Slow; 2]);
    }
}
