//! The tests of the whole system, in one binary: real requests to the real routers, on the engine, the
//! queue and the clock of the local machine. Nothing sleeps: the clock is moved, the queue is emptied.

mod authorization;
mod bad_input;
mod contract;
mod costs;
mod distribution;
mod faults;
mod journeys;
mod lambda;
mod lists;
mod outbox;
mod support;
mod template;
mod tidy;
