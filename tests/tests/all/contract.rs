//! The adapters against real engines: what the code relies on holds on the engine of the local machine
//! and on an independent one, ministack (docs/decisions/0008-second-engine.md).

mod journey;
pub mod mail;
pub mod ministack;
pub mod notices;
pub mod table;
mod table_claims;
mod table_units;
mod table_updates;
