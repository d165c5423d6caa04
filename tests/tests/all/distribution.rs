//! Distribution under chance (RELIABILITY F5): random arrivals, agents who come and go, switches,
//! disconnects, capacities and clock moves, on an engine whose indexes lag and whose transactions
//! conflict. After every step what is stored says: nobody above capacity by the system, the oldest
//! first, nobody waits while somebody could take it, at most one assignee, a reason for each.

mod chance;
mod crowd;
