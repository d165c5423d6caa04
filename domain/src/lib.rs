//! The rules of customer service, and nothing else: no async, no IO, no clock, no HTTP, no AWS.
//!
//! Read [`inquiry`] first: every capability of an inquiry is one file below it.
//! A rule takes what was, who acts and the time, and answers with a [`change::Change`]
//! or a [`refusal::Refusal`]; storing it is somebody else's work.

pub mod actor;
pub mod alert;
pub mod calendar;
pub mod change;
pub mod deadline;
pub mod event;
pub mod ids;
pub mod inquiry;
pub mod labels;
pub mod limits;
pub mod money;
pub mod notice;
pub mod order;
pub mod order_event;
pub mod question;
pub mod refund;
pub mod refusal;
pub mod returning;
pub mod roster;
pub mod routing;
pub mod shop;
pub mod text;

#[cfg(test)]
mod testing;
