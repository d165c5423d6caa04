//! Logs: one JSON line an event on standard output. Never a mail address or a message's text.

use tracing_subscriber::EnvFilter;

/// Starts logging; the level comes from `RUST_LOG`, `info` without it.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    // The innermost span has all that the list of spans has, and every byte of a log is paid for.
    let lines = tracing_subscriber::fmt().json().with_span_list(false).with_env_filter(filter).without_time();
    // A second start in one process changes nothing.
    let _ = lines.try_init();
}
