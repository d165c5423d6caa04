//! A count that is exact to 999, then "999+" (SPEC §4.2).

use serde::Serialize;
use utoipa::ToSchema;

use crate::store::COUNT_LIMIT;

/// How many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Count)]
pub struct CountView {
    /// At most 999; at most 99 of orders and refunds.
    pub count: usize,
    /// Whether there are more than that.
    pub more: bool,
}

impl CountView {
    /// Of what was counted up to [`COUNT_LIMIT`].
    pub const fn of(counted: usize) -> Self {
        Self::up_to(COUNT_LIMIT, counted)
    }

    /// Of what was counted up to that limit.
    pub const fn up_to(limit: usize, counted: usize) -> Self {
        let more = counted >= limit;
        Self { count: if more { limit - 1 } else { counted }, more }
    }
}

#[cfg(test)]
mod tests {
    use super::CountView;

    #[test]
    fn the_thousandth_is_more_than_999() {
        assert_eq!(CountView::of(999), CountView { count: 999, more: false });
        assert_eq!(CountView::of(1_000), CountView { count: 999, more: true });
    }
}
