//! Kefu rules.
