//! Distribution under chance (RELIABILITY F5): random arrivals, agents who come and go, switches,
//! disconnects, capacities and clock moves. What is stored says afterwards: nobody above capacity by the
//! system, the oldest first, nobody waits while somebody could take it, at most one assignee, a reason each.

mod beats;
mod chance;
mod claims;
mod counting;
mod crowd;
mod ledger;
mod line;
mod rivals;
mod staffing;
