//! Journeys through the whole system, as transcripts.

mod asking;
mod bulk;
mod closing;
mod deadlines;
mod digests;
mod distribution;
mod guests;
mod handing_over;
mod labels;
mod life;
mod links;
mod lock;
mod long;
mod members;
mod merging;
mod quotas;
mod retries;
mod staff;
mod sweeps;
mod together;
