//! Tells staff by mail what they have not seen on the site (SPEC §7.7): one mail a person over all
//! their shops, at most one an hour, and none for who turned it off. It takes no input; what fails
//! or comes too early stays marked for the next run.

mod person;

use std::collections::{BTreeMap, BTreeSet};

use common::app::App;
use common::failure::Failure;
use common::store::AlertItem;
use domain::ids::{AgentId, ShopId};
use jiff::SignedDuration;

/// Alerts that are found together.
const AT_ONCE: usize = 1_000;
/// What is younger waits for the next run: what was found out a moment before it may still be being
/// stored, and must not arrive behind what was told.
const SETTLED: SignedDuration = SignedDuration::from_mins(1);

/// What somebody is to be told: each alert with its shop.
type Unseen<'a> = Vec<&'a (ShopId, AlertItem)>;

/// Sends the digests that are due. What fails for one person keeps nobody else from theirs.
///
/// # Errors
/// One of the [`Failure`]s, after all else was done: the next run tries again.
pub async fn run(app: App) -> Result<(), Failure> {
    let alerts = undigested(&app).await?;
    let mut people: BTreeMap<&AgentId, Unseen<'_>> = BTreeMap::new();
    for alert in &alerts {
        for agent in &alert.1.to {
            people.entry(agent).or_default().push(alert);
        }
    }
    let mut outcome = Ok(());
    let mut owed: BTreeSet<(&ShopId, &str)> = BTreeSet::new();
    for (agent, unseen) in &people {
        match person::still_owed(&app, agent, unseen).await {
            Ok(still) => owed.extend(still),
            Err(failure) => {
                tracing::error!(%agent, error = failure.chain(), "a digest failed");
                owed.extend(unseen.iter().map(|(shop, alert)| (shop, alert.id.as_str())));
                outcome = Err(failure);
            }
        }
    }
    for (shop, alert) in alerts.iter().filter(|(shop, alert)| !owed.contains(&(shop, alert.id.as_str()))) {
        app.store.digested(shop, &alert.id).await?;
    }
    outcome
}

async fn undigested(app: &App) -> Result<Vec<(ShopId, AlertItem)>, Failure> {
    let now = app.clock.now();
    let until = now.saturating_sub(SETTLED).unwrap_or(now);
    let (mut alerts, mut after) = (Vec::new(), None);
    loop {
        let page = app.store.undigested(after.as_deref(), until, AT_ONCE).await?;
        alerts.extend(page.alerts);
        after = page.next;
        if after.is_none() {
            return Ok(alerts);
        }
    }
}
