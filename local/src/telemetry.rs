//! Logs for a person at a terminal, on standard error.

use tracing_subscriber::EnvFilter;

/// Starts logging at this level; anything that `tracing` understands as a filter.
pub fn start(level: &str) {
    let filter = EnvFilter::try_new(level).unwrap_or_else(|_| EnvFilter::new("warn"));
    // A second start in one process changes nothing.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
