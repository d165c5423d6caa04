//! Finds refunds about which the provider is to be asked, and that no message told of: it was lost, or the time to
//! ask again has come (SPEC §10.6). It runs every minute and takes no input.

use common::app::App;
use common::failure::Failure;
use domain::refund::RefundState;

/// The most orders of a run; the next run goes on.
const AT_ONCE: usize = 500;

/// Asks for every order that is due.
///
/// # Errors
/// [`Failure`]: the next run tries again.
pub async fn run(app: App) -> Result<(), Failure> {
    let now = app.clock.now();
    let (mut seconds, mut outcome) = (0, Ok(()));
    for (shop, order) in app.store.errands_due(now, AT_ONCE).await? {
        // One that fails does not keep the others from their turn.
        let found = app.store.order(&shop, &order).await;
        match found {
            Ok(Some(record)) => {
                let unknown = record.order.refunds.iter().filter(|it| it.state == RefundState::Unknown);
                let asked_at = unknown.filter_map(|it| it.execution.started_at);
                seconds = asked_at.map(|at| now.duration_since(at).as_secs()).fold(seconds, i64::max);
                app.ask_provider(&record).await;
            }
            Ok(None) => {}
            Err(failure) => {
                tracing::error!(%shop, error = failure.chain(), "an order cannot be read");
                outcome = Err(failure);
            }
        }
    }
    if seconds > 0 {
        // An alarm of `infra/template.yaml` reads it: for how long nobody has known, of what is asked for now.
        tracing::warn!(seconds, "refunds have an unknown outcome");
    }
    outcome
}
