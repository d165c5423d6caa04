//! The engine over HTTP, for programs in processes of their own: functions that are told its address.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use tokio::net::TcpListener;

use super::Engine;
use super::connector::TARGET;
use super::operations::Answer;

impl Engine {
    /// Answers on this listener as DynamoDB does, to whoever reaches it: for loopback only.
    pub async fn serve(self, listener: TcpListener) -> std::io::Result<()> {
        let router: Router = Router::new().route("/", post(asked)).with_state(self);
        axum::serve(listener, router).await
    }
}

async fn asked(State(engine): State<Engine>, headers: HeaderMap, body: Bytes) -> Response {
    let target = headers.get("x-amz-target").and_then(|target| target.to_str().ok());
    let operation = target.and_then(|target| target.strip_prefix(TARGET)).unwrap_or("?");
    match engine.ask(operation, body.to_vec().into()).await {
        Ok(Answer::Given { status, body }) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, [(header::CONTENT_TYPE, "application/x-amz-json-1.0")], body).into_response()
        }
        Ok(Answer::Lost) | Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}
