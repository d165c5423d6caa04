//! Requests over connections that stay open, as browsers and gateways keep them.

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

use bench::Outcome;

/// An open connection.
pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
}

/// An answer.
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its body.
    pub body: Bytes,
}

impl Answer {
    /// Its body as JSON.
    pub fn json(&self) -> Outcome<Value> {
        Ok(serde_json::from_slice(&self.body)?)
    }
}

impl Connection {
    /// Opens a connection to loopback.
    pub async fn open(port: u16) -> Outcome<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(async move {
            let _ = connection.await;
        });
        Ok(Self { sender })
    }

    /// Reads.
    pub async fn get(&mut self, path: &str, token: &str) -> Outcome<Answer> {
        let request = http::Request::get(path)
            .header("host", "127.0.0.1")
            .header("authorization", format!("Bearer {token}"))
            .body(Full::default())?;
        self.send(request).await
    }

    /// Writes.
    pub async fn post(
        &mut self,
        path: &str,
        token: &str,
        headers: &[(&str, String)],
        body: &Value,
    ) -> Outcome<Answer> {
        self.write(http::Request::post(path), token, headers, body).await
    }

    /// Puts something in its place.
    pub async fn put(&mut self, path: &str, token: &str, body: &Value) -> Outcome<Answer> {
        self.write(http::Request::put(path), token, &[], body).await
    }

    async fn write(
        &mut self,
        request: http::request::Builder,
        token: &str,
        headers: &[(&str, String)],
        body: &Value,
    ) -> Outcome<Answer> {
        let mut request = request.header("host", "127.0.0.1").header("content-type", "application/json");
        if !token.is_empty() {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        self.send(request.body(Full::from(body.to_string()))?).await
    }

    async fn send(&mut self, request: http::Request<Full<Bytes>>) -> Outcome<Answer> {
        self.sender.ready().await?;
        let response = self.sender.send_request(request).await?;
        let status = response.status().as_u16();
        Ok(Answer { status, body: response.into_body().collect().await?.to_bytes() })
    }
}
