//! The SDK's client for the engine, without what only a network needs: signatures, retries, timeouts,
//! the watch on stalled streams, the rules that find an endpoint. Together they would cost a third of
//! what the SDK costs here.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::endpoint::{EndpointFuture, Params, ResolveEndpoint};
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Region, StalledStreamProtectionConfig};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_types::endpoint::Endpoint;

/// A client that sends everything through this transport.
pub fn for_engine(transport: SharedHttpClient, retries: RetryConfig) -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .http_client(transport)
        .region(Region::from_static("local"))
        .endpoint_resolver(Here)
        .allow_no_auth()
        .retry_config(retries)
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
        EndpointFuture::ready(Ok(Endpoint::builder().url("http://engine.invalid").build()))
    }
}
