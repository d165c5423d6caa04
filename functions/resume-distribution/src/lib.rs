//! Finds shops in which an inquiry waits though somebody is online, and asks for their
//! distribution again (SPEC §5.4): what a lost message left, and shifts that have just begun.
//! It runs every minute and takes no input; its cost follows how many agents are online.

use common::app::App;
use common::failure::Failure;

/// Asks again for every shop with somebody online and something unassigned.
///
/// # Errors
/// [`Failure`]: the next run tries again.
pub async fn run(app: App) -> Result<(), Failure> {
    let shops = app.store.shops_online(app.clock.now()).await?;
    for shop in shops {
        if app.store.unassigned(&shop).await? > 0 {
            tracing::debug!(%shop, "inquiries wait though somebody is online");
            app.arrivals.send(&shop).await?;
        }
    }
    Ok(())
}
