//! What goes wrong in the cloud and on a machine: nothing that was acknowledged is lost.

mod deadlines;
mod histories;
pub mod killing;
mod replay;
