//! The runtime API: the program asks for the next event, and says what came of it.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use tokio::sync::{Mutex, mpsc, watch};

use super::{Invocation, Outcome};

/// Where events and what came of them change hands.
#[derive(Debug)]
pub(super) struct Desk {
    /// What is to be done.
    pub inbox: Mutex<mpsc::Receiver<Invocation>>,
    /// What came of it, by the invocation's id.
    pub said: mpsc::Sender<(String, Outcome)>,
    /// How often something was asked for.
    pub polled: watch::Sender<u64>,
}

/// `GET invocation/next`: answers when there is something to do.
pub(super) async fn next(State(desk): State<Arc<Desk>>) -> Response {
    desk.polled.send_modify(|polls| *polls += 1);
    let Some(Invocation { id, deadline, event }) = desk.inbox.lock().await.recv().await else {
        return StatusCode::GONE.into_response();
    };
    let headers = [
        ("content-type", "application/json".to_owned()),
        ("lambda-runtime-aws-request-id", id),
        ("lambda-runtime-deadline-ms", deadline.to_string()),
        (
            "lambda-runtime-invoked-function-arn",
            "arn:aws:lambda:us-east-1:123456789012:function:here".to_owned(),
        ),
        ("lambda-runtime-trace-id", "Root=1-00000000-000000000000000000000000;Sampled=0".to_owned()),
    ];
    (headers, event).into_response()
}

/// `POST invocation/{id}/response`
pub(super) async fn answered(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    body: Bytes,
) -> StatusCode {
    heard(&desk, id, Outcome::Answered(read(&body))).await
}

/// `POST invocation/{id}/error`
pub(super) async fn failed(State(desk): State<Arc<Desk>>, Path(id): Path<String>, body: Bytes) -> StatusCode {
    heard(&desk, id, Outcome::Failed(read(&body))).await
}

/// `POST init/error`
pub(super) async fn not_started(State(desk): State<Arc<Desk>>, body: Bytes) -> StatusCode {
    heard(&desk, String::new(), Outcome::Failed(read(&body))).await
}

async fn heard(desk: &Desk, id: String, outcome: Outcome) -> StatusCode {
    match desk.said.send((id, outcome)).await {
        Ok(()) => StatusCode::ACCEPTED,
        Err(_) => StatusCode::GONE,
    }
}

/// What it said; as text if it is no JSON.
fn read(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap_or_else(|_| String::from_utf8_lossy(body).into_owned().into())
}
