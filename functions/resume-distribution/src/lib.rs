//! Finds shops in which an inquiry waits though somebody is online, and asks for their
//! distribution again (SPEC §5.4): what a lost message left, and shifts that have just begun.
//! So are shops whose staff changed, until their inquiries are in the right hands. It runs every
//! minute and takes no input; its cost follows how many agents are online.

use common::app::App;
use common::failure::Failure;
use domain::ids::ShopId;

/// Asks again for every shop with somebody online and something unassigned, or with changed staff. A shop
/// that fails does not keep the others waiting.
///
/// # Errors
/// [`Failure`]: of a shop that failed; the next run tries again.
pub async fn run(app: App) -> Result<(), Failure> {
    let mut outcome = Ok(());
    let unplaced = app.store.shops_unplaced().await?;
    for shop in &unplaced {
        outcome = app.arrivals.send(shop, None).await.and(outcome);
    }
    for shop in app.store.shops_online(app.clock.now()).await? {
        if !unplaced.contains(&shop) {
            outcome = resume(&app, &shop).await.and(outcome);
        }
    }
    outcome
}

async fn resume(app: &App, shop: &ShopId) -> Result<(), Failure> {
    if app.store.unassigned(shop).await? == 0 {
        return Ok(());
    }
    tracing::debug!(%shop, "inquiries wait though somebody is online");
    app.arrivals.send(shop, None).await
}
