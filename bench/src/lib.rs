//! What is measured without the local host, for `bench` and for the tests: the functions' programs as Lambda would run
//! them, and what Kefu costs on AWS by its public prices.

pub mod costs;
pub mod lambdas;
pub mod scene;

/// What went wrong: a benchmark stops at the first failure.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;
