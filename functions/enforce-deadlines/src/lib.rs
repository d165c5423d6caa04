//! Does what time demands of inquiries (SPEC §6): overdue, about to expire, the warnings of day 5
//! and 6, the end after 7 days, reminders in conversation, snoozes that end. It runs every minute
//! and takes no input. It only materialises what the rule (`Inquiry::enforce`) says of the
//! present: running late, twice or at once leads to the same state. Its cost follows what is due.

use common::app::App;
use common::failure::Failure;
use common::store::Owed;
use common::store::keys::DUE_SHARDS;
use futures_util::{StreamExt, stream};

/// Inquiries that are found together.
const AT_ONCE: usize = 200;
/// How many of them are worked on at the same time.
const SIDE_BY_SIDE: usize = 8;

/// Enforces everything that is due. What fails does not keep what is behind it from its turn.
///
/// # Errors
/// One of the [`Failure`]s, after all else was done: the next run tries again.
pub async fn run(app: App) -> Result<(), Failure> {
    let now = app.clock.now();
    let mut outcome = Ok(());
    for shard in 0..DUE_SHARDS {
        let mut after: Option<String> = None;
        loop {
            let page = app.store.due(shard, after.as_deref(), now, AT_ONCE).await?;
            let enforcing = page.owed.into_iter().map(|owed| enforce(&app, owed));
            let failures = stream::iter(enforcing)
                .buffer_unordered(SIDE_BY_SIDE)
                .filter_map(async |done| done.err())
                .collect::<Vec<Failure>>();
            outcome = failures.await.pop().map_or(outcome, Err);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
    }
    match orders(&app).await {
        Ok(()) => outcome,
        Err(failure) => Err(failure),
    }
}

/// Raises the orders whose agreed ship date passed (SPEC §6.5, §10.7).
async fn orders(app: &App) -> Result<(), Failure> {
    let mut outcome = Ok(());
    for (shop, number) in app.store.agreed_dates_passed(app.clock.now(), AT_ONCE).await? {
        let enforced = async {
            let Some(record) = app.store.shop(&shop).await? else { return Ok(()) };
            if let Some(done) = app.store.enforce_order(&record.shop, &number, app.clock.now()).await? {
                app.announce_order(&done).await;
            }
            Ok(())
        };
        if let Err(failure) = enforced.await {
            let failure: Failure = failure;
            tracing::error!(%shop, error = failure.chain(), "an order is not enforced");
            outcome = Err(failure);
        }
    }
    outcome
}

async fn enforce(app: &App, owed: Owed) -> Result<(), Failure> {
    let enforcing = async {
        // What is left of a shop that is gone waits for whoever clears it away.
        let Some(record) = app.store.shop(&owed.shop).await? else { return Ok(()) };
        if let Some(done) = app.store.enforce(&record.shop, &owed.inquiry, app.clock.now()).await? {
            app.announce(&done).await;
        }
        Ok(())
    };
    let logged = |failure: &Failure| {
        tracing::error!(shop = %owed.shop, inquiry = %owed.inquiry, error = failure.chain(), "not enforced");
    };
    enforcing.await.inspect_err(logged)
}
