//! What every function shares: the store, the HTTP edge, sign-in, mail and the outbox.

pub mod app;
pub mod arrivals;
pub mod auth;
pub mod clock;
pub mod config;
pub mod failure;
pub mod http;
pub mod idempotency;
pub mod ids;
pub mod lambda;
pub mod limiter;
pub mod mail;
pub mod notices;
pub mod order_care;
pub mod order_words;
pub mod presence;
pub mod problem;
pub mod provider;
pub mod queue;
pub mod refunds;
pub mod staff;
pub mod store;
pub mod telemetry;
pub mod view;
pub mod word;
