//! Shared by every function.
