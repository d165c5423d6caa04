//! A request that is put together, and what came back.

use axum::body::Body;
use http::{HeaderMap, Method, Request, header};
use serde_json::Value;

use super::Desk;

/// A request, before it is sent.
#[derive(Debug, Clone)]
#[must_use]
pub struct Call<'a> {
    desk: &'a Desk,
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Option<Vec<u8>>,
}

impl<'a> Call<'a> {
    pub(super) fn new(desk: &'a Desk, method: Method, path: impl Into<String>) -> Self {
        Self { desk, method, path: path.into(), headers: Vec::new(), body: None }
    }

    /// With a header.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// With a bearer token.
    pub fn token(self, token: &str) -> Self {
        self.header("authorization", format!("Bearer {token}"))
    }

    /// Under an idempotency key.
    pub fn key(self, key: impl Into<String>) -> Self {
        self.header("idempotency-key", key)
    }

    /// Naming the version that was seen.
    pub fn seeing(self, version: u64) -> Self {
        self.header("if-match", format!("\"{version}\""))
    }

    /// With a JSON body.
    pub fn json(self, body: &Value) -> Self {
        self.raw(body.to_string())
    }

    /// With these bytes as its body.
    pub fn raw(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Sends it and waits for the answer, whatever it is.
    pub fn send(self) -> Answer {
        let desk = self.desk;
        desk.block_on(self.sent())
    }

    /// Sends it; the answer comes in time. For calls that are under way together.
    pub async fn sent(self) -> Answer {
        let mut request = Request::builder().method(self.method).uri(&self.path);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if self.body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let request = request.body(Body::from(self.body.unwrap_or_default())).expect("a well-formed request");
        self.desk.answered(request).await
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The body as JSON; null if it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    /// The body of a request that succeeded.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "{} {}", self.status, self.text());
        self.json()
    }

    /// The problem of a request that was refused in that way.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Value {
        let problem = self.json();
        let told = (self.status, problem["code"].as_str().unwrap_or_default());
        assert_eq!(told, (status, code), "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
        problem
    }

    /// A header's value; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}
