//! The transport between the AWS SDK and the engine: requests are handed over as they are, in memory.

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;

use super::Engine;
use super::operations::Answer;

/// The prefix of the operation's name in `x-amz-target`.
pub(super) const TARGET: &str = "DynamoDB_20120810.";

/// An HTTP client of the SDK that knows one address only: this engine.
pub fn transport(engine: Engine) -> SharedHttpClient {
    let connector = SharedHttpConnector::new(InProcess { engine });
    http_client_fn(move |_, _| connector.clone())
}

#[derive(Debug)]
struct InProcess {
    engine: Engine,
}

impl HttpConnector for InProcess {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        let body = request.take_body();
        let target = request.headers().get("x-amz-target").and_then(|it| it.strip_prefix(TARGET));
        let answer = self.engine.ask(target.unwrap_or("?"), body);
        HttpConnectorFuture::new(async move {
            match answer.await {
                Ok(Answer::Given { status, body }) => response(status, body),
                Ok(Answer::Lost) => Err(ConnectorError::io("the answer was lost".into())),
                Err(_) => Err(ConnectorError::io("the engine has ended".into())),
            }
        })
    }
}

fn response(status: u16, body: Vec<u8>) -> Result<HttpResponse, ConnectorError> {
    let status = StatusCode::try_from(status).map_err(|it| ConnectorError::other(it.into(), None))?;
    Ok(HttpResponse::new(status, SdkBody::from(body)))
}
