//! Finds mails that are still owed and asks for them again: the guarantee behind the queue
//! (RELIABILITY §1.3). It runs every minute and takes no input; running late, twice or at
//! once sends nothing twice.

use common::app::App;
use common::failure::Failure;
use common::store::keys::DUE_SHARDS;
use jiff::SignedDuration;

/// How long the queue has for itself.
const PATIENCE: SignedDuration = SignedDuration::from_mins(2);
/// Owed for longer, a mail is late: an alarm of `infra/template.yaml` tells somebody.
const LATE: SignedDuration = SignedDuration::from_mins(5);
/// Inquiries that are found together.
const AT_ONCE: usize = 500;

/// Asks again for every mail that has been owed for more than two minutes. What cannot be sent does
/// not keep what is behind it from its turn.
///
/// # Errors
/// One of the [`Failure`]s, after all else was done: the next run tries again.
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
    // Every run is another occasion: the queue must not take it for a repetition.
    let occasion = u64::try_from(app.clock.now().as_millisecond()).unwrap_or_default();
    let (mut inquiries, mut outcome) = (0, Ok(()));
    for shard in 0..DUE_SHARDS {
        let mut after: Option<String> = None;
        loop {
            let page = app.store.owed(shard, after.as_deref(), until, AT_ONCE).await?;
            inquiries += page.owed.len();
            for one in page.owed {
                if let Err(failure) = app.notices.send(&one.shop, &one.inquiry, occasion).await {
                    tracing::error!(inquiry = %one.inquiry, error = failure.chain(), "not asked again");
                    outcome = Err(failure);
                }
            }
            after = page.next;
            if after.is_none() {
                break;
            }
        }
    }
    if inquiries > 0 {
        let late = late(app).await?;
        tracing::warn!(inquiries, late, "mails were still owed");
    }
    outcome
}

/// How many inquiries owe mail that is late, as far as the first page of each part of the index tells.
async fn late(app: &App) -> Result<usize, Failure> {
    let now = app.clock.now();
    let until = now.saturating_sub(LATE).unwrap_or(now);
    let mut late = 0;
    for shard in 0..DUE_SHARDS {
        late += app.store.owed(shard, None, until, AT_ONCE).await?.owed.len();
    }
    Ok(late)
}
