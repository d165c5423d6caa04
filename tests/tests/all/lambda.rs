//! Functions as Lambda runs them: the built programs, each a process of its own that asks the runtime API for
//! recorded events of the gateway, the queue and the schedule; table, queues and mail are the second engine's
//! (docs/decisions/0008-second-engine.md). Never run on AWS: this is as near as one machine comes.

mod asking;
mod batches;
mod cloud;
mod command;
mod events;
mod every;
mod schedule;
mod strangers;
