//! The transport between the AWS SDK and the queues: requests are handed over as they are, in memory.

use std::sync::Arc;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::config::endpoint::{EndpointFuture, Params, ResolveEndpoint};
use aws_sdk_sqs::config::retry::RetryConfig;
use aws_sdk_sqs::config::timeout::TimeoutConfig;
use aws_sdk_sqs::config::{BehaviorVersion, Config, Region, StalledStreamProtectionConfig};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::endpoint::Endpoint;
use http_body_util::BodyExt;
use rustack_sqs_core::handler::RustackSqsHandler;
use rustack_sqs_core::provider::RustackSqs;
use rustack_sqs_http::dispatch::SqsHandler;
use rustack_sqs_http::response::error_to_response;
use rustack_sqs_http::router::resolve_operation;

/// A client that asks this service, without what only a network needs.
pub fn client(service: Arc<RustackSqs>) -> Client {
    let handler = RustackSqsHandler::new(service);
    let connector = SharedHttpConnector::new(InProcess { handler: Arc::new(handler) });
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .http_client(http_client_fn(move |_, _| connector.clone()))
        .region(Region::from_static("local"))
        .endpoint_resolver(Here)
        .allow_no_auth()
        .retry_config(RetryConfig::disabled())
        .timeout_config(TimeoutConfig::disabled())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .disable_clock_skew_correction(true)
        .build();
    Client::from_conf(config)
}

/// Every endpoint is this process; the transport does not look at the address.
#[derive(Debug)]
struct Here;

impl ResolveEndpoint for Here {
    fn resolve_endpoint<'a>(&'a self, _: &'a Params) -> EndpointFuture<'a> {
        EndpointFuture::ready(Ok(Endpoint::builder().url("http://queue.invalid").build()))
    }
}

#[derive(Debug)]
struct InProcess {
    handler: Arc<RustackSqsHandler>,
}

impl HttpConnector for InProcess {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let handler = self.handler.clone();
        HttpConnectorFuture::new(async move {
            let broken =
                |error: &dyn std::fmt::Display| ConnectorError::other(error.to_string().into(), None);
            let (parts, body) = request.try_into_http1x().map_err(|it| broken(&it))?.into_parts();
            let body = body.collect().await.map_err(|it| broken(&it))?.to_bytes();
            let answered = match resolve_operation(&parts.headers) {
                Ok(operation) => handler.handle_operation(operation, body).await,
                Err(unknown) => Err(unknown),
            };
            let answer = answered.unwrap_or_else(|error| error_to_response(&error, "local"));
            let (parts, body) = answer.into_parts();
            let body = body.collect().await.map_err(|it| broken(&it))?.to_bytes();
            let answer = http::Response::from_parts(parts, SdkBody::from(body));
            HttpResponse::try_from(answer).map_err(|it| broken(&it))
        })
    }
}
