//! The inbox lists (SPEC §4.2, §4.3) against a model that knows every inquiry.

mod counts;
mod model;
mod paging;
mod surge;
mod whole;
