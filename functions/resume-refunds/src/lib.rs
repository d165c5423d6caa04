//! Finds refunds about which the provider is to be asked, and that no message told of: it was lost, or the time to
//! ask again has come (SPEC §10.6). It runs every minute and takes no input.

use common::app::App;
use common::failure::Failure;

/// The most orders of a run; the next run goes on.
const AT_ONCE: usize = 500;

/// Asks for every order that is due.
///
/// # Errors
/// [`Failure`]: the next run tries again.
pub async fn run(app: App) -> Result<(), Failure> {
    let mut outcome = Ok(());
    for (shop, order) in app.store.errands_due(app.clock.now(), AT_ONCE).await? {
        // One that fails does not keep the others from their turn.
        let found = app.store.order(&shop, &order).await;
        match found {
            Ok(Some(record)) => app.ask_provider(&record).await,
            Ok(None) => {}
            Err(failure) => {
                tracing::error!(%shop, error = failure.chain(), "an order cannot be read");
                outcome = Err(failure);
            }
        }
    }
    outcome
}
