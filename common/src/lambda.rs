//! How a use case becomes a Lambda: HTTP, a queue's batch, a schedule, a command by whoever has the rights of AWS.

use std::future::Future;

use aws_lambda_events::event::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent};
use domain::labels::Locale;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::problem::Problem;
use crate::{http, telemetry};

/// Serves a function's routes behind the HTTP API.
///
/// # Errors
/// When the configuration is incomplete or the runtime goes away.
pub async fn serve_http(routes: OpenApiRouter<App>) -> Result<(), Error> {
    telemetry::start();
    let app = App::from_environment().await?;
    lambda_http::run(http::served(routes, app)).await
}

/// Serves a queue: each message on its own, the failed ones named, so that only they come again.
///
/// # Errors
/// When the configuration is incomplete or the runtime goes away.
pub async fn serve_queue<F, Fut>(handle: F) -> Result<(), Error>
where
    F: Fn(App, SqsEvent) -> Fut,
    Fut: Future<Output = BatchOutcome>,
{
    telemetry::start();
    let app = App::from_environment().await?;
    let handle = &handle;
    lambda_runtime::run(service_fn(move |event: LambdaEvent<SqsEvent>| {
        let app = app.clone();
        async move { Ok::<_, Error>(handle(app, event.payload).await.into_response()) }
    }))
    .await
}

/// Serves a schedule, which takes no input.
///
/// # Errors
/// When the configuration is incomplete or the runtime goes away.
pub async fn serve_schedule<F, Fut>(run: F) -> Result<(), Error>
where
    F: Fn(App) -> Fut,
    Fut: Future<Output = Result<(), crate::failure::Failure>>,
{
    telemetry::start();
    let app = App::from_environment().await?;
    let run = &run;
    lambda_runtime::run(service_fn(move |_: LambdaEvent<serde_json::Value>| {
        let app = app.clone();
        async move { run(app).await.map_err(Error::from) }
    }))
    .await
}

/// Serves a command that is called by itself, with its input as the event. It answers with what was done, or with a
/// problem document, which has a `code`.
///
/// # Errors
/// When the configuration is incomplete or the runtime goes away.
pub async fn serve_command<F, Fut, In, Out>(run: F) -> Result<(), Error>
where
    F: Fn(App, In) -> Fut,
    Fut: Future<Output = Result<Out, Problem>>,
    In: for<'a> Deserialize<'a>,
    Out: Serialize,
{
    telemetry::start();
    let app = App::from_environment().await?;
    let run = &run;
    lambda_runtime::run(service_fn(move |event: LambdaEvent<In>| {
        let app = app.clone();
        async move {
            let answer = match run(app, event.payload).await {
                Ok(done) => serde_json::to_value(done),
                Err(problem) => serde_json::to_value(problem.document(Locale::En, &event.context.request_id)),
            };
            answer.map_err(Error::from)
        }
    }))
    .await
}

/// What became of each message of a batch. It cannot be made from nothing: whoever handles a
/// batch says for every message whether it is done.
#[derive(Debug)]
#[must_use]
pub struct BatchOutcome(Vec<BatchItemFailure>);

impl BatchOutcome {
    /// Handles the messages one after the other, each on its own. Their order does not matter:
    /// a message only says where to look, what is to be done stands in the table.
    pub async fn of_each<F, Fut, E>(event: SqsEvent, handle: F) -> Self
    where
        F: Fn(String) -> Fut,
        Fut: Future<Output = Result<(), E>>,
        E: std::fmt::Display,
    {
        let mut failures = Vec::new();
        for record in event.records {
            let Some(id) = record.message_id else { continue };
            if let Err(error) = handle(record.body.unwrap_or_default()).await {
                tracing::warn!(message = id, %error, "the message comes again");
                let mut failure = BatchItemFailure::default();
                failure.item_identifier = id;
                failures.push(failure);
            }
        }
        Self(failures)
    }

    /// As the runtime wants it.
    pub fn into_response(self) -> SqsBatchResponse {
        let mut response = SqsBatchResponse::default();
        response.batch_item_failures = self.0;
        response
    }
}
