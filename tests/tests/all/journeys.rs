//! Journeys through the whole system, as transcripts.

mod bulk;
mod closing;
mod deadlines;
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
mod together;
