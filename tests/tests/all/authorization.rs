//! Who may do what: every operation, asked by everybody, about everything. Each answer follows from a few
//! sentences (`expected.rs`), and an operation that nobody wrote down here fails the tests.

mod callers;
mod cors;
mod door;
mod expected;
mod front;
mod gateway;
mod leaks;
mod matrix;
mod operations;
mod order_operations;
mod scene;
mod shoppers;
mod tokens;
