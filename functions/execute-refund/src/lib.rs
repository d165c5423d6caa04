//! Asks a shop's provider to pay refunds, and what became of them (SPEC §10.6).
//!
//! A message only names the order. What is to be asked stands in it, and is stored before the call: so a crash
//! at any moment leaves a refund of which the provider is asked later, under the same key.

use aws_lambda_events::event::sqs::SqsEvent;
use common::app::App;
use common::failure::Failure;
use common::lambda::BatchOutcome;
use common::provider::{About, WebhookTarget};
use common::refunds::RefundMessage;
use common::store::OrderNotDone;
use common::store::items::OrderRecord;
use domain::ids::{OrderNumber, ShopId};
use domain::refund::{Errand, Outcome, Report, Source};

/// Handles a batch of the queue: each message names an order.
pub async fn handle(app: App, event: SqsEvent) -> BatchOutcome {
    BatchOutcome::of_each(event, |body| {
        let app = app.clone();
        async move {
            let message: Option<RefundMessage> = serde_json::from_str(&body).ok();
            let named = message
                .filter(|it| it.format == 1)
                .and_then(|it| Some((ShopId::parse(&it.shop).ok()?, OrderNumber::parse(&it.order).ok()?)));
            match named {
                Some((shop, order)) => execute(&app, &shop, &order).await.map_err(|failure| failure.chain()),
                None => {
                    tracing::error!("a message of the queue is not readable; the schedule finds what is due");
                    Ok(())
                }
            }
        }
    })
    .await
}

/// Does what is due of an order's refunds, one after the other.
///
/// # Errors
/// [`Failure`]: what was not done is still due.
pub async fn execute(app: &App, shop: &ShopId, number: &OrderNumber) -> Result<(), Failure> {
    let Some(record) = app.store.order(shop, number).await? else { return Ok(()) };
    let due: Vec<u32> = record.order.errands(app.clock.now()).collect();
    for refund in due {
        execute_one(app, shop, number, refund).await?;
    }
    Ok(())
}

async fn execute_one(app: &App, shop: &ShopId, number: &OrderNumber, refund: u32) -> Result<(), Failure> {
    // As it is now: what this process remembers may name an address or a secret that the backend left behind.
    let Some(shop_record) = app.store.fresh_shop(shop).await? else { return Ok(()) };
    let shop = &shop_record.shop;
    let Some((record, errand)) = app.store.take_errand(shop, number, refund, app.clock.now()).await? else {
        return Ok(());
    };
    let backend = &shop_record.backend;
    let target = backend.webhook_url.clone().zip(backend.webhook_secrets.current().cloned());
    let (attempt, outcome) = match target {
        Some((url, key)) => ask(app, WebhookTarget { url, key }, &errand, &record, refund).await,
        None => (attempt_of(&errand), without_webhook(&errand)),
    };
    let changes = record.order.refund(refund).map_or(0, |it| it.changes);
    let report = Report { attempt, outcome, source: Source::Answer { changes } };
    let stored = app.store.report_refund(shop, (number, refund), (&report, &[]), app.clock.now()).await;
    match stored {
        Ok(done) => {
            app.announce_order(&done).await;
            Ok(())
        }
        Err(OrderNotDone::Failed(failure)) => Err(failure),
        // It changed meanwhile; what is still open is asked about again.
        Err(_) => Ok(()),
    }
}

async fn ask(
    app: &App,
    target: WebhookTarget,
    errand: &Errand,
    record: &OrderRecord,
    refund: u32,
) -> (u32, Outcome) {
    let order = &record.order;
    let Some(refund) = order.refund(refund) else { return (attempt_of(errand), Outcome::Unknown) };
    let about = About {
        shop: order.shop.clone(),
        order: order.number.clone(),
        payment_method: order.payment_method,
        reason: refund.reason,
    };
    let answer = app.webhook.ask(&target, errand, &about, app.clock.now()).await;
    (answer.attempt, answer.outcome)
}

/// Who is not asked pays nothing; but whether they paid before, nobody knows then.
fn without_webhook(errand: &Errand) -> Outcome {
    match errand {
        Errand::Pay { .. } => Outcome::Failed { why: "no webhook is set up".to_owned() },
        Errand::Ask { .. } => Outcome::Unknown,
    }
}

const fn attempt_of(errand: &Errand) -> u32 {
    match errand {
        Errand::Pay { attempt, .. } | Errand::Ask { attempt, .. } => *attempt,
    }
}
