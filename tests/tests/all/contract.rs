//! The adapters on other engines.
