//! Journeys through the whole system, as transcripts.

mod life;
