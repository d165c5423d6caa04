//! Patience with an item that another transaction is at for the moment: the same write is sent again
//! after a short wait, each time a longer one, so that those who met do not meet again.

use std::time::Duration;

use super::{Answer, Written};
use crate::failure::Failure;
use crate::ids;

/// How often a write is sent before its sender hears of the conflict.
const SENDINGS: u32 = 4;
/// The longest first wait; each is up to twice as long as the one before.
const FIRST_WAIT_MS: u64 = 10;

/// Whether what a transaction was canceled for passes by itself.
pub(super) fn passes(reason: &str) -> bool {
    matches!(
        reason,
        "TransactionConflict" | "ThrottlingError" | "ProvisionedThroughputExceeded" | "TransactionInProgress"
    )
}

/// Sends it until it met no conflict; nothing is stored by a sending that met one.
pub(super) fn unless_in_conflict<'a>(
    send: impl Fn() -> Answer<'a, Written> + Send + Sync + 'a,
) -> Answer<'a, Written> {
    Box::pin(async move {
        for sending in 1..SENDINGS {
            match send().await? {
                Written::Conflict => wait(sending).await,
                other => return Ok(other),
            }
        }
        send().await
    })
}

/// The same of what says by its failure that others were at the item.
pub(super) fn unless_contended<'a, T: Send + 'a>(
    send: impl Fn() -> Answer<'a, T> + Send + Sync + 'a,
) -> Answer<'a, T> {
    Box::pin(async move {
        for sending in 1..SENDINGS {
            match send().await {
                Err(Failure::Contended) => wait(sending).await,
                other => return other,
            }
        }
        send().await
    })
}

async fn wait(sending: u32) {
    let [chance] = ids::random::<1>();
    let most = FIRST_WAIT_MS << (sending - 1);
    tokio::time::sleep(Duration::from_millis(1 + most * u64::from(chance) / 256)).await;
}
