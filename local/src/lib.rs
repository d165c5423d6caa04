//! The whole system in one process on loopback: every function behind one port, with stand-ins for what
//! the cloud provides (DynamoDB, SQS, SES, Cognito, schedules), all of it kept in one folder.
//!
//! Nothing here is compiled into a Lambda.

pub mod catalog;
pub mod clock;
pub mod engine;
pub mod issuer;
pub mod kept;
pub mod mailbox;
pub mod queue;
pub mod schedules;
pub mod settings;
pub mod site;

#[cfg(test)]
mod testing;
