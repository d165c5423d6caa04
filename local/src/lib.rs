//! The whole system in one process on loopback: every function behind one port, with stand-ins for what
//! the cloud provides (DynamoDB, SQS, SES, Cognito, schedules), all of it kept in one folder.
//!
//! Nothing here is compiled into a Lambda.

pub mod backend;
pub mod catalog;
pub mod clock;
pub mod config;
pub mod demo;
pub mod engine;
pub mod guard;
pub mod host;
pub mod issuer;
pub mod kept;
pub mod lambda;
pub mod mailbox;
pub mod queue;
pub mod schedules;
pub mod serve;
pub mod settings;
pub mod shops;
pub mod sign_in;
pub mod site;
pub mod telemetry;

#[cfg(test)]
mod testing;
