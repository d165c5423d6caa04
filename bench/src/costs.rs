//! Dollars a month, as docs/costs.md shows them: units, requests and stored bytes are measured by tests, prices are
//! AWS's public ones of a date, what people do in a month is assumed. Nothing of it was run on AWS.

pub mod assumed;
pub mod bill;
pub mod measured;
pub mod page;
pub mod prices;
pub mod traffic;

pub use measured::Measured;

/// The document's text.
pub fn document(measured: &Measured) -> String {
    page::written(measured)
}
