//! Recognising a command that was sent twice (DESIGN: one write path).

use crate::ids;

/// One sending of a command: fingerprints of who sent it under which key, and of what it said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Once {
    /// Sender and `Idempotency-Key`.
    pub key: u64,
    /// The body.
    pub body: u32,
}

impl Once {
    /// A command of `sender` to `path` under `key`.
    pub fn new(sender: &str, path: &str, key: &str, body: &[u8]) -> Self {
        let key = ids::fingerprint(&[sender.as_bytes(), key.as_bytes()]);
        let said = ids::fingerprint(&[path.as_bytes(), body]);
        // Half of the bits tell one body from another well enough within one key.
        Self { key, body: (said >> 32) as u32 }
    }
}
