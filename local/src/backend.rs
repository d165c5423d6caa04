//! A demo shop's backend that pays refunds: the provider on the other side of the webhooks, with a ledger of
//! its own and faults that can be switched on. It knows of Kefu only what any shop's backend does.

use std::collections::VecDeque;
use std::future::Future;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use common::clock::Clock;
use common::failure::Failure;
use common::provider::{IDEMPOTENCY_KEY, Patience, Webhook, verify};
use common::store::SigningKey;
use domain::ids::ShopId;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::{Deserialize, Serialize};

mod books;
mod call_backs;
mod faults;
mod ledger;
mod pages;

pub use faults::{Fault, Faults};
pub use ledger::{Entry, Ledger, State as RefundState};

use books::Books;
use faults::Manner;
use ledger::{Reaction, Request};
use pages::LedgerPage;

/// Where refunds are asked for; behind the address of the host it is the webhook's.
pub const REFUNDS: &str = "/local/shop-backend/refunds";

/// What the secrets of a shop come in.
type Keys = Pin<Box<dyn Future<Output = Result<Vec<SigningKey>, Failure>> + Send>>;

/// A shop's backend; one for all shops of this machine.
#[derive(Clone)]
pub struct Backend(Arc<Parts>);

struct Parts {
    books: Books,
    secrets: Box<dyn Fn(ShopId) -> Keys + Send + Sync>,
    clock: Clock,
    url: String,
    webhook: Webhook,
    pauses: Pauses,
}

/// How long it takes over things.
#[derive(Clone, Copy, Debug)]
pub struct Pauses {
    /// Between accepting a refund and paying it.
    pub settling: Duration,
    /// Before a slow answer; longer than anybody waits.
    pub slow: Duration,
    /// Until it hangs up where it never answers.
    pub silence: Duration,
}

impl Default for Pauses {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { settling: seconds(1), slow: seconds(29), silence: seconds(60) }
    }
}

impl Backend {
    /// Opens the ledgers in a folder. `url` is where Kefu is called back; `secrets` are those that a shop and
    /// Kefu share, the one that signs last.
    ///
    /// # Errors
    /// If the folder cannot be made.
    pub fn open<F>(
        folder: PathBuf,
        url: &str,
        clock: Clock,
        pauses: Pauses,
        secrets: impl Fn(ShopId) -> F + Send + Sync + 'static,
    ) -> io::Result<Self>
    where
        F: Future<Output = Result<Vec<SigningKey>, Failure>> + Send + 'static,
    {
        Ok(Self(Arc::new(Parts {
            books: Books::open(folder)?,
            secrets: Box::new(move |shop| Box::pin(secrets(shop))),
            clock,
            url: url.to_owned(),
            webhook: Webhook::new(true, Patience::default()),
            pauses,
        })))
    }

    /// Its routes, all under `/local/shop-backend`.
    pub fn routes(self) -> Router {
        Router::new()
            .route("/local/shop-backend", get(page))
            .route(REFUNDS, post(refunds))
            .route("/local/shop-backend/faults", post(set_faults))
            .route("/local/shop-backend/switch", post(switch))
            .route("/local/shop-backend/ledger", get(ledger))
            .with_state(self)
    }

    async fn keys(&self, shop: &ShopId) -> Result<Vec<SigningKey>, Refused> {
        let keys = (self.0.secrets)(shop.clone()).await;
        keys.map_err(|failure| Refused::broken(&failure.chain()))
    }

    async fn react(&self, shop: &ShopId, request: Request) -> Result<Reaction, Refused> {
        let now = self.0.clock.now();
        let change = move |ledger: &mut Ledger| ledger.react(&request, now);
        Ok(self.0.books.change(shop, change).await?)
    }
}

impl std::fmt::Debug for Backend {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Backend").field("books", &self.0.books).finish_non_exhaustive()
    }
}

/// Why it does not do what it is asked.
#[derive(Debug)]
struct Refused(StatusCode, String);

impl Refused {
    fn broken(why: &str) -> Self {
        tracing::error!(why, "the demo backend is broken");
        Self(StatusCode::INTERNAL_SERVER_ERROR, "broken".to_owned())
    }
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        Self::broken(&error.to_string())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(serde_json::json!({ "error": self.1 }))).into_response()
    }
}

/// Whose refund it is.
#[derive(Deserialize)]
struct OfShop {
    shop: String,
    refund: String,
}

/// `POST /local/shop-backend/refunds`: the webhook.
async fn refunds(
    State(backend): State<Backend>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let wrong = |why: &str| Refused(StatusCode::BAD_REQUEST, why.to_owned());
    let of: OfShop = serde_json::from_slice(&body).map_err(|error| wrong(&error.to_string()))?;
    let shop = known(&of.shop)?;
    // Until here it is only a claim: nothing is read or written before the signature is good.
    verify(&backend.keys(&shop).await?, &headers, &body, backend.0.clock.now())
        .map_err(|why| Refused(StatusCode::UNAUTHORIZED, why.to_string()))?;
    if headers.get(IDEMPOTENCY_KEY).is_none_or(|key| key.as_bytes() != of.refund.as_bytes()) {
        return Err(wrong("the Idempotency-Key is not the refund's"));
    }
    let request: Request = serde_json::from_slice(&body).map_err(|error| wrong(&error.to_string()))?;
    let reaction = backend.react(&shop, request).await?;
    for told in reaction.early {
        backend.call_back(&shop, &told, 1).await;
    }
    if let Some(later) = reaction.later {
        let backend = backend.clone();
        // The answer does not wait for it, and neither does it need whoever waits for the answer.
        tokio::spawn(async move { backend.end(&shop, &of.refund, later).await });
    }
    match reaction.manner {
        Manner::AtOnce => {}
        Manner::Slowly => tokio::time::sleep(backend.0.pauses.slow).await,
        Manner::Never => {
            tokio::time::sleep(backend.0.pauses.silence).await;
            return Err(Refused(StatusCode::GATEWAY_TIMEOUT, "never".to_owned()));
        }
        Manner::Error(status) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            return Err(Refused(status, "switched on".to_owned()));
        }
    }
    let used = || Refused(StatusCode::CONFLICT, "the key was used for another refund".to_owned());
    Ok(Json(reaction.said.ok_or_else(used)?).into_response())
}

fn known(shop: &str) -> Result<ShopId, Refused> {
    ShopId::parse(shop).map_err(|_| Refused(StatusCode::NOT_FOUND, "no such shop".to_owned()))
}

/// What goes wrong from now on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WantedFaults {
    shop: String,
    next: Option<VecDeque<Fault>>,
    always: Option<Fault>,
}

/// `POST /local/shop-backend/faults`: switches faults on and off; what is not named stays as it is.
async fn set_faults(State(backend): State<Backend>, body: Bytes) -> Result<Json<Faults>, Refused> {
    let wanted: WantedFaults = serde_json::from_slice(&body)
        .map_err(|error| Refused(StatusCode::UNPROCESSABLE_ENTITY, error.to_string()))?;
    let shop = known(&wanted.shop)?;
    let change = move |ledger: &mut Ledger| {
        if let Some(next) = wanted.next {
            ledger.faults.next = next;
        }
        if let Some(always) = wanted.always {
            ledger.faults.always = always;
        }
        ledger.faults.clone()
    };
    Ok(Json(backend.0.books.change(&shop, change).await?))
}

/// A shop, in the address.
#[derive(Deserialize)]
struct Asked {
    shop: Option<String>,
}

/// A shop's ledger, as scripts read it.
#[derive(Serialize)]
struct Shown {
    shop: String,
    #[serde(flatten)]
    ledger: Ledger,
}

/// `GET /local/shop-backend/ledger?shop=`: what it has paid.
async fn ledger(State(backend): State<Backend>, Query(asked): Query<Asked>) -> Result<Json<Shown>, Refused> {
    let shop = known(&asked.shop.unwrap_or_default())?;
    let ledger = backend.0.books.read(&shop).await?;
    Ok(Json(Shown { shop: shop.to_string(), ledger }))
}

/// `GET /local/shop-backend`: the same for people.
async fn page(State(backend): State<Backend>, Query(asked): Query<Asked>) -> Result<Response, Refused> {
    let asked = asked.shop.unwrap_or_default();
    let page = match ShopId::parse(asked.trim()) {
        Ok(shop) => LedgerPage::of(shop.as_str(), Some(backend.0.books.read(&shop).await?)),
        Err(_) => LedgerPage::of(&asked, None),
    };
    let mut response = crate::site::page(StatusCode::OK, &page);
    // Without a referrer browsers keep the forms' origin to themselves too, and the guard would refuse them.
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    Ok(response)
}

/// A button of the page.
#[derive(Deserialize)]
struct Pressed {
    shop: String,
    fault: Fault,
    always: bool,
}

/// `POST /local/shop-backend/switch`: a button was pressed.
async fn switch(State(backend): State<Backend>, Query(pressed): Query<Pressed>) -> Result<Redirect, Refused> {
    let shop = known(&pressed.shop)?;
    let change = move |ledger: &mut Ledger| {
        if pressed.always {
            ledger.faults = Faults { next: VecDeque::new(), always: pressed.fault };
        } else {
            ledger.faults.next.push_back(pressed.fault);
        }
    };
    backend.0.books.change(&shop, change).await?;
    Ok(Redirect::to(&format!("/local/shop-backend?shop={shop}")))
}

#[cfg(test)]
mod tests;
