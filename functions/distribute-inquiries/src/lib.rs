//! Gives a shop's unassigned inquiries to agents who can take them, oldest first, up to their
//! capacity (SPEC §5.3, §5.4). Who gets which and why is decided by `domain::routing`; that
//! nobody gets more than they have room for is a condition of the write itself.
//!
//! Before that it places what is in nobody's hands any more: what former agents have, and in a shop
//! with one agent everything (SPEC §5.2).

mod line;
mod placing;
mod team;

use aws_lambda_events::event::sqs::SqsEvent;
use common::app::App;
use common::arrivals::ArrivalMessage;
use common::failure::Failure;
use common::lambda::BatchOutcome;
use common::store::Unplaced;
use domain::ids::{InquiryId, ShopId};
use domain::shop::Shop;

use line::Line;
use placing::place;
use team::{Given, Team};

/// After so many it makes room for others, and asks for itself again.
const AT_ONCE: usize = 200;

/// How far a run came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run {
    /// Nobody can take more, or nothing waits.
    Done,
    /// There is more to do.
    GoesOn,
}

/// Handles a batch of the queue: each message names a shop. What fails is logged and not handed out again,
/// since that would keep the shop's later messages waiting: the schedule looks within a minute.
pub async fn handle(app: App, event: SqsEvent) -> BatchOutcome {
    BatchOutcome::of_each(event, |body| {
        let app = app.clone();
        async move {
            match asked(&body) {
                Some((shop, arrived)) => {
                    if let Err(failure) = distribute(&app, &shop, arrived.as_slice()).await {
                        tracing::error!(%shop, error = failure.chain(), "a shop waits for the schedule");
                    }
                }
                None => tracing::error!("a message of the queue is not readable; the schedule looks"),
            }
            Ok::<_, std::convert::Infallible>(())
        }
    })
    .await
}

fn asked(body: &str) -> Option<(ShopId, Option<InquiryId>)> {
    let message: ArrivalMessage =
        serde_json::from_str(body).ok().filter(|it: &ArrivalMessage| it.format == 1)?;
    let arrived = message.inquiry.and_then(|id| InquiryId::parse(&id).ok());
    Some((ShopId::parse(&message.shop).ok()?, arrived))
}

/// Distributes until nobody can take more, or nothing waits. `arrived` just now: the index may not show it.
///
/// # Errors
/// [`Failure`]: what was given stays given.
pub async fn distribute(app: &App, shop: &ShopId, arrived: &[InquiryId]) -> Result<(), Failure> {
    let Some(record) = app.store.shop(shop).await? else { return Ok(()) };
    let shop = &record.shop;
    let (desks, unplaced) = app.store.staff(shop, true).await?;
    let mut arrived = arrived.to_vec();
    let mut run = place(app, shop, &unplaced, &mut arrived).await?;
    if shop.only_agent().is_none() && run == Run::Done {
        run = give(app, Team::of(app, shop, desks).await?, arrived).await?;
    }
    match run {
        Run::Done => placed(app, shop, &unplaced).await?,
        Run::GoesOn => app.distribute(&shop.id).await,
    }
    Ok(())
}

/// Gives what waits, oldest first.
async fn give(app: &App, mut team: Team<'_>, arrived: Vec<InquiryId>) -> Result<Run, Failure> {
    if !team.anybody_can() {
        return Ok(Run::Done);
    }
    let mut line = Line::of(app, team.shop, arrived).await?;
    let mut given = 0;
    while let Some(id) = line.next().await? {
        match team.give(&id).await {
            Ok(Given::Yes) => given += 1,
            Ok(Given::No) => {}
            // A younger one must not pass it: the next run begins anew.
            Ok(Given::Contended) => return Ok(if given > 0 { Run::GoesOn } else { Run::Done }),
            Err(failure) => {
                tracing::error!(inquiry = %id, error = failure.chain(), "it is passed over this time");
            }
        }
        if !team.anybody_can() {
            return Ok(Run::Done);
        }
        if given >= AT_ONCE {
            return Ok(Run::GoesOn);
        }
    }
    Ok(Run::Done)
}

/// Takes the marks off the desks of who came or left, where nothing of theirs is left to place.
async fn placed(app: &App, shop: &Shop, unplaced: &[Unplaced]) -> Result<(), Failure> {
    let now = app.clock.now();
    for one in unplaced.iter().filter(|one| one.settled(now)) {
        let (left, _) = app.store.active_of(shop, &one.agent, 1).await?;
        if shop.can_serve(&one.agent) || left.is_empty() {
            app.store.placed(&shop.id, one).await?;
        }
    }
    Ok(())
}
