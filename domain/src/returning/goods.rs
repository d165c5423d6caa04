//! Which goods of an order can go back, and what they cost.

use super::{Return, ReturnState, ReturnedItem};
use crate::order::Order;
use crate::refusal::OrderRefusal;

impl Order {
    /// Whether anything of it has not gone back, and may.
    pub fn something_to_return(&self) -> bool {
        self.items.iter().any(|item| self.kept(&item.product) > 0)
    }

    /// What the returned goods cost. A product may stand in several lines, at several prices: the pieces are
    /// those of the first lines that no return before took.
    pub fn worth(&self, returned: &Return) -> u64 {
        let price = |wanted: &ReturnedItem| self.price(wanted, self.gone(&wanted.product, returned.number));
        returned.items.iter().map(price).fold(0, u64::saturating_add)
    }

    /// What so many pieces of a product cost, line by line, behind those that are gone.
    fn price(&self, wanted: &ReturnedItem, gone: u32) -> u64 {
        let (mut gone, mut left, mut price) = (gone, wanted.quantity, 0_u64);
        for line in self.items.iter().filter(|line| line.product == wanted.product) {
            let passed = line.quantity.min(gone);
            let taken = (line.quantity - passed).min(left);
            (gone, left) = (gone - passed, left - taken);
            price = price.saturating_add(line.unit_price.saturating_mul(u64::from(taken)));
        }
        price
    }

    /// How many of a product went back by returns before that number, or are about to. For what was replaced
    /// the customer has another piece, which may go back like the first.
    fn gone(&self, product: &str, before: u32) -> u32 {
        let kept = [ReturnState::Rejected, ReturnState::Withdrawn, ReturnState::Replaced];
        let back = self.returns.iter().filter(|it| it.number < before && !kept.contains(&it.state));
        let back = back.flat_map(|it| &it.items).filter(|item| item.product == product);
        back.map(|item| item.quantity).fold(0, u32::saturating_add)
    }

    /// How many of a product were bought and not returned.
    fn kept(&self, product: &str) -> u32 {
        let bought = self.items.iter().filter(|item| item.product == product).map(|item| item.quantity);
        bought.fold(0, u32::saturating_add).saturating_sub(self.gone(product, u32::MAX))
    }

    /// Whether these can go back: each of the order, each named once, and no more than the customer has.
    pub(super) fn returnable(&self, items: &[ReturnedItem]) -> Result<(), OrderRefusal> {
        let twice = |place: usize, wanted: &ReturnedItem| {
            items[..place].iter().any(|other| other.product == wanted.product)
        };
        let fits = |(place, wanted): (usize, &ReturnedItem)| {
            wanted.quantity > 0 && !twice(place, wanted) && self.kept(&wanted.product) >= wanted.quantity
        };
        let all = !items.is_empty() && items.iter().enumerate().all(fits);
        if all { Ok(()) } else { Err(OrderRefusal::NoSuchItem) }
    }
}
