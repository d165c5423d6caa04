//! Places inquiries that are in the wrong hands because of who came or left.

use common::app::App;
use common::failure::Failure;
use common::store::Unplaced;
use domain::ids::{AgentId, InquiryId};
use domain::shop::Shop;

use crate::line::Line;
use crate::{AT_ONCE, Run};

/// Takes what former agents have from them; in a shop with one agent everything goes to that agent. What is
/// nobody's by that is added to what `arrived`, since the index may not show it yet.
///
/// # Errors
/// [`Failure`].
pub async fn place(
    app: &App,
    shop: &Shop,
    unplaced: &[Unplaced],
    arrived: &mut Vec<InquiryId>,
) -> Result<Run, Failure> {
    let mut done = 0;
    for agent in &former(shop, unplaced) {
        let (ids, more) = app.store.active_of(shop, agent, AT_ONCE).await?;
        for id in ids {
            if placed(app, shop, &id).await {
                done += 1;
                arrived.push(id);
            }
        }
        // Without progress it would ask for itself for ever.
        if done >= AT_ONCE || (more && done > 0) {
            return Ok(Run::GoesOn);
        }
    }
    if shop.only_agent().is_none() {
        return Ok(Run::Done);
    }
    let mut line = Line::of(app, shop, std::mem::take(arrived)).await?;
    while let Some(id) = line.next().await? {
        done += usize::from(placed(app, shop, &id).await);
        if done >= AT_ONCE {
            return Ok(Run::GoesOn);
        }
    }
    Ok(Run::Done)
}

/// Who served: by the marks on their desks, and where all is one agent's anybody else of the staff.
fn former(shop: &Shop, unplaced: &[Unplaced]) -> Vec<AgentId> {
    let marked = unplaced.iter().map(|one| &one.agent);
    let only = shop.only_agent().is_some();
    let others = shop.members.iter().map(|member| &member.agent).filter(|_| only);
    let mut former: Vec<AgentId> =
        marked.chain(others).filter(|agent| !shop.can_serve(agent)).cloned().collect();
    former.sort();
    former.dedup();
    former
}

/// One that fails is passed over: it stays in its list, and the next run finds it.
async fn placed(app: &App, shop: &Shop, id: &InquiryId) -> bool {
    match app.store.place(shop, id, app.clock.now()).await {
        Ok(None) => false,
        Ok(Some(mut done)) => {
            // What is nobody's now is given in this run.
            done.distribute = false;
            app.announce(&done).await;
            true
        }
        Err(failure) => {
            tracing::error!(inquiry = %id, error = failure.chain(), "it is not placed this time");
            false
        }
    }
}
