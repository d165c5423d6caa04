//! One HTTP call: its own connection to an address that was checked, no redirects, no proxy, bounded in
//! time and size. Nothing is left running when it ends.

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use url::{Position, Url};

use super::address::{Guard, NoWay, WhyNotUrl};

/// The most bytes of an answer that are read; its headers may have as many.
const MOST_BYTES: usize = 64 * 1024;
/// Who asks.
const USER_AGENT: HeaderValue = HeaderValue::from_static(concat!("Kefu/", env!("CARGO_PKG_VERSION")));

/// How long is waited.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Until the connection stands: name, TCP and TLS.
    pub connect: Duration,
    /// From the beginning to the last byte of the answer.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { connect: Duration::from_secs(3), whole: Duration::from_secs(10) }
    }
}

/// An answer, whatever it says.
#[derive(Debug, Clone)]
pub struct Reply {
    /// Its status.
    pub status: StatusCode,
    /// Its body.
    pub body: Bytes,
}

/// Why there is no answer. None of them says that the call did not arrive.
#[derive(Debug, thiserror::Error)]
pub enum Unanswered {
    /// The address is not one for webhooks.
    #[error("the provider's address is not allowed: {0}")]
    Url(WhyNotUrl),
    /// The address leads nowhere, or where it may not.
    #[error(transparent)]
    NoWay(#[from] NoWay),
    /// No connection.
    #[error("the provider cannot be reached: {0}")]
    Unreachable(io::Error),
    /// Not encrypted as it should be.
    #[error("the provider's certificate or encryption is not good: {0}")]
    Insecure(io::Error),
    /// Too slow.
    #[error("the provider took too long")]
    Late,
    /// The connection ended before the answer did, or it is no HTTP.
    #[error("the connection to the provider broke: {0}")]
    Broken(#[from] hyper::Error),
    /// Half an answer.
    #[error("the provider's answer broke off")]
    BrokeOff,
    /// Too long an answer.
    #[error("the provider's answer is too long")]
    TooLong,
    /// Not a request that can be sent.
    #[error("the request cannot be written: {0}")]
    Unwritable(http::Error),
}

/// Makes calls.
#[derive(Debug)]
pub struct Client {
    pub(super) patience: Patience,
    pub(super) tls: OnceLock<Arc<ClientConfig>>,
}

impl Client {
    pub(super) fn new(patience: Patience) -> Self {
        Self { patience, tls: OnceLock::new() }
    }

    /// Posts JSON to where the guard lets it.
    pub async fn post(
        &self,
        url: &Url,
        guard: &Guard,
        headers: HeaderMap,
        body: Vec<u8>,
    ) -> Result<Reply, Unanswered> {
        let request = request(url, headers, body).map_err(Unanswered::Unwritable)?;
        let call = async {
            let connecting = timeout(self.patience.connect, async {
                let addresses = guard.addresses(url).await?;
                self.connect(url, &addresses).await
            });
            match connecting.await.map_err(|_| Unanswered::Late)?? {
                Connection::Plain(stream) => exchange(stream, request).await,
                Connection::Encrypted(stream) => exchange(stream, request).await,
            }
        };
        timeout(self.patience.whole, call).await.map_err(|_| Unanswered::Late)?
    }

    async fn connect(&self, url: &Url, addresses: &[SocketAddr]) -> Result<Connection, Unanswered> {
        let stream = TcpStream::connect(addresses).await.map_err(Unanswered::Unreachable)?;
        if url.scheme() == "http" {
            return Ok(Connection::Plain(stream));
        }
        let name = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let name = ServerName::try_from(name)
            .map_err(|error| Unanswered::Insecure(io::Error::new(io::ErrorKind::InvalidInput, error)))?;
        let connector = TlsConnector::from(self.tls().clone());
        let stream = connector.connect(name, stream).await.map_err(Unanswered::Insecure)?;
        Ok(Connection::Encrypted(Box::new(stream)))
    }

    /// Read at the first call: most processes never make one.
    fn tls(&self) -> &Arc<ClientConfig> {
        self.tls.get_or_init(|| {
            let mut roots = RootCertStore::empty();
            let found = rustls_native_certs::load_native_certs();
            for error in found.errors {
                tracing::warn!(%error, "some of the system's certificates cannot be read");
            }
            roots.add_parsable_certificates(found.certs);
            Arc::new(trusting(roots))
        })
    }
}

/// TLS as rustls has it by default, on the SDK's crypto library.
pub(super) fn trusting(roots: RootCertStore) -> ClientConfig {
    let crypto = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    #[expect(clippy::expect_used, reason = "the library supports its own default versions")]
    let builder = ClientConfig::builder_with_provider(crypto)
        .with_safe_default_protocol_versions()
        .expect("the default versions of TLS are supported");
    let mut config = builder.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    config
}

enum Connection {
    Plain(TcpStream),
    Encrypted(Box<tokio_rustls::client::TlsStream<TcpStream>>),
}

fn request(url: &Url, mut headers: HeaderMap, body: Vec<u8>) -> Result<Request<Full<Bytes>>, http::Error> {
    headers.insert(header::HOST, HeaderValue::from_str(&url[Position::BeforeHost..Position::AfterPort])?);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(header::USER_AGENT, USER_AGENT);
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    let path = &url[Position::BeforePath..Position::AfterQuery];
    let mut request = Request::builder().method(Method::POST).uri(path).body(Full::new(Bytes::from(body)))?;
    *request.headers_mut() = headers;
    Ok(request)
}

/// Sends the request and reads the answer; the connection lives as long as this runs.
async fn exchange<S>(stream: S, request: Request<Full<Bytes>>) -> Result<Reply, Unanswered>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut builder = http1::Builder::new();
    let (mut sender, connection) = builder.max_buf_size(MOST_BYTES).handshake(TokioIo::new(stream)).await?;
    let mut answer = pin!(async {
        let response = sender.send_request(request).await?;
        let status = response.status();
        let body = Limited::new(response.into_body(), MOST_BYTES).collect().await.map_err(|error| {
            if error.is::<LengthLimitError>() { Unanswered::TooLong } else { Unanswered::BrokeOff }
        })?;
        Ok(Reply { status, body: body.to_bytes() })
    });
    tokio::select! {
        biased;
        answer = &mut answer => answer,
        // It has ended: what it brought is still to be read, or that it broke.
        _ = connection => answer.await,
    }
}
