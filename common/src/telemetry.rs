//! Logs: one JSON line an event on standard output. Never a mail address or a message's text.

use crate::config;

/// Starts logging, at the level that Lambda is set to (`ApplicationLogLevel` of its template).
pub fn start() {
    let lines = tracing_subscriber::fmt().json().with_max_level(config::log_level()).without_time();
    // The innermost span has all that the list of spans has, and every byte of a log is paid for.
    // A second start in one process changes nothing.
    let _ = lines.with_span_list(false).try_init();
}
