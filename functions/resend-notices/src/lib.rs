//! Finds mails that are still owed and asks for them again: the guarantee behind the queue
//! (RELIABILITY §1.3). It runs every minute and takes no input; running late, twice or at
//! once sends nothing twice.

use common::app::App;
use common::failure::Failure;
use jiff::SignedDuration;

/// How long the queue has for itself.
const PATIENCE: SignedDuration = SignedDuration::from_mins(2);
/// The most inquiries of a run; the next one goes on.
const AT_ONCE: usize = 500;

/// Asks again for every mail that has been owed for more than two minutes.
///
/// # Errors
/// [`Failure`]: the next run tries again.
pub async fn run(app: App) -> Result<(), Failure> {
    let until = app.clock.now().saturating_sub(PATIENCE).unwrap_or_else(|_| app.clock.now());
    owed_before(&app, until).await
}

/// Asks again for every mail that is owed, however short: what a process does at its start.
///
/// # Errors
/// [`Failure`].
pub async fn run_at_start(app: App) -> Result<(), Failure> {
    let until = app.clock.now();
    owed_before(&app, until).await
}

async fn owed_before(app: &App, until: jiff::Timestamp) -> Result<(), Failure> {
    let owed = app.store.owed(until, AT_ONCE).await?;
    if !owed.is_empty() {
        tracing::warn!(inquiries = owed.len(), "mails were still owed");
    }
    // Every run is another occasion: the queue must not take it for a repetition.
    let occasion = u64::try_from(app.clock.now().as_millisecond()).unwrap_or_default();
    for one in owed {
        app.notices.send(&one.shop, &one.inquiry, occasion).await?;
    }
    Ok(())
}
