//! Logs: one JSON line an event on standard output. Never a mail address or a message's text.

use tracing_subscriber::EnvFilter;

/// Starts logging; the level comes from `RUST_LOG`, `info` without it.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    // A second start in one process changes nothing.
    let _ = tracing_subscriber::fmt().json().with_env_filter(filter).without_time().try_init();
}
