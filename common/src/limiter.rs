//! Bounds what one signed-in customer does within one process, without a write.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::ids::{CustomerKey, ShopId};
use domain::limits::{Bucket, Rate, Wait};
use jiff::Timestamp;

/// The most customers that are remembered; beyond it everybody starts anew.
const REMEMBERED: usize = 10_000;

/// A bucket for each customer who was here lately.
#[derive(Debug, Clone)]
pub struct Limiter {
    rate: Rate,
    buckets: Arc<Mutex<HashMap<(ShopId, CustomerKey), Bucket>>>,
}

impl Limiter {
    /// Everybody may do so much.
    pub fn new(rate: Rate) -> Self {
        Self { rate, buckets: Arc::default() }
    }

    /// Takes one from a customer's bucket.
    ///
    /// # Errors
    /// How long to wait.
    pub fn take(&self, shop: &ShopId, customer: &CustomerKey, now: Timestamp) -> Result<(), Wait> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= REMEMBERED {
            buckets.clear();
        }
        let bucket = buckets.entry((shop.clone(), customer.clone())).or_insert_with(Bucket::full);
        *bucket = bucket.take(self.rate, now)?;
        Ok(())
    }
}
