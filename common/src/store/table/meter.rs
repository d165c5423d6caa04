//! What the table was asked for: round trips and capacity units, exactly as it says itself.

use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_dynamodb::types::ConsumedCapacity;

/// Round trips and units.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Units {
    /// Requests to the table.
    pub trips: u32,
    /// Read units.
    pub read: f64,
    /// Write units, indexes included.
    pub write: f64,
}

/// A sum of units that tests take.
#[derive(Debug, Clone, Default)]
pub struct Meter(Arc<Mutex<Units>>);

impl Meter {
    /// Adds to the sum.
    pub fn add(&self, units: Units) {
        let mut sum = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *sum = Units {
            trips: sum.trips + units.trips,
            read: sum.read + units.read,
            write: sum.write + units.write,
        };
    }

    /// The sum since it was last taken.
    pub fn take(&self) -> Units {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Units {
    pub(super) fn read<'a>(capacity: impl Iterator<Item = &'a ConsumedCapacity>) -> Self {
        Self { trips: 1, read: sum(capacity), write: 0.0 }
    }

    pub(super) fn written<'a>(capacity: impl Iterator<Item = &'a ConsumedCapacity>) -> Self {
        Self { trips: 1, read: 0.0, write: sum(capacity) }
    }
}

fn sum<'a>(capacity: impl Iterator<Item = &'a ConsumedCapacity>) -> f64 {
    capacity.filter_map(|capacity| capacity.capacity_units).sum()
}
