//! What goes wrong in the cloud and on a machine: nothing that was acknowledged is lost.

mod clicks;
mod deadlines;
mod histories;
pub mod killing;
mod refunds;
mod replay;
mod stories;
mod till;
