//! Does what time demands of inquiries (SPEC §6): overdue, about to expire, the warnings of day 5
//! and 6, the end after 7 days, reminders in conversation, snoozes that end. It runs every minute
//! and takes no input. It only materialises what the rule (`Inquiry::enforce`) says of the
//! present: running late, twice or at once leads to the same state. Its cost follows what is due.

use common::app::App;
use common::failure::Failure;
use common::store::Owed;
use futures_util::{StreamExt, TryStreamExt, stream};

/// Inquiries that are found together.
const AT_ONCE: usize = 200;
/// How many of them are worked on at the same time.
const SIDE_BY_SIDE: usize = 8;
/// The most rounds of a run; the next run goes on.
const ROUNDS: usize = 50;

/// Enforces everything that is due.
///
/// # Errors
/// [`Failure`]: the next run tries again, and what was done stays done.
pub async fn run(app: App) -> Result<(), Failure> {
    for _ in 0..ROUNDS {
        let due = app.store.due(app.clock.now(), AT_ONCE).await?;
        let found = due.len();
        let changed: Vec<bool> = stream::iter(due)
            .map(|owed| enforce(&app, owed))
            .buffer_unordered(SIDE_BY_SIDE)
            .try_collect()
            .await?;
        // An index that lags shows again what was just done: that is for the next run.
        if found < AT_ONCE || !changed.contains(&true) {
            return Ok(());
        }
    }
    Ok(())
}

async fn enforce(app: &App, owed: Owed) -> Result<bool, Failure> {
    let Some(record) = app.store.shop(&owed.shop).await? else { return Ok(false) };
    match app.store.enforce(&record.shop, &owed.inquiry, app.clock.now()).await? {
        Some(done) => {
            app.announce(&done).await;
            Ok(true)
        }
        None => Ok(false),
    }
}
