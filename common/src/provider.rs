//! Asks a shop's backend to pay a refund, or what became of one (SPEC §10.6), by signed webhooks.
//!
//! Whatever the network does is an answer: what does not clearly say whether money moved is
//! [`Outcome::Unknown`], and the rules of the domain ask again. The only place that names the HTTP client.

mod address;
mod call;
mod said;
mod signature;

use domain::ids::{OrderNumber, ShopId};
use domain::labels::{PaymentMethod, RefundReason};
use domain::refund::{Errand, Outcome};
use http::{HeaderMap, HeaderValue};
use jiff::Timestamp;
use serde_json::{Value, json};

pub use address::{WhyNotUrl, check_url};
pub use call::{Patience, Reply, Unanswered};
pub use said::{problem, reference};
pub use signature::{KEY_ID, SIGNATURE, TIMESTAMP, WhyNot, sign, signed, verify};

use crate::store::SigningKey;
use address::Guard;
use call::Client;

/// The header with the key under which a backend pays once at most.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// The header with a call-back's own id.
pub const EVENT: &str = "kefu-event";

/// Where a shop's backend is asked, and by what it knows that Kefu asks.
#[derive(Clone)]
pub struct WebhookTarget {
    /// The address, as the shop set it.
    pub url: String,
    /// The key that signs.
    pub key: SigningKey,
}

/// What a backend needs to know besides the errand.
#[derive(Debug, Clone)]
pub struct About {
    /// The shop.
    pub shop: ShopId,
    /// The order.
    pub order: OrderNumber,
    /// How the customer paid.
    pub payment_method: PaymentMethod,
    /// Why the money goes back.
    pub reason: RefundReason,
}

/// What the provider answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Which attempt it speaks of.
    pub attempt: u32,
    /// What it says of it.
    pub outcome: Outcome,
}

/// Sends webhooks.
#[derive(Debug)]
pub struct Webhook {
    client: Client,
    guard: Guard,
}

impl Webhook {
    /// Sends them to public addresses over `https`; to this machine too if the deployment allows it.
    pub fn new(to_loopback: bool, patience: Patience) -> Self {
        Self { client: Client::new(patience), guard: Guard::new(to_loopback) }
    }

    /// Asks the provider. Never fails: what is unclear is [`Outcome::Unknown`].
    pub async fn ask(
        &self,
        target: &WebhookTarget,
        errand: &Errand,
        about: &About,
        now: Timestamp,
    ) -> Answer {
        let (key, attempt) = match errand {
            Errand::Pay { key, attempt, .. } | Errand::Ask { key, attempt } => (key, *attempt),
        };
        let body = body(errand, about).to_string().into_bytes();
        let unclear = |why: &dyn std::fmt::Display| {
            tracing::warn!(shop = %about.shop, refund = key, attempt, %why, "a refund's outcome is unknown");
            Answer { attempt, outcome: Outcome::Unknown }
        };
        let Ok(idempotency_key) = HeaderValue::from_str(key) else {
            return unclear(&"the key cannot be a header");
        };
        let mut headers = match signed(&target.key, now, &body) {
            Ok(headers) => headers,
            Err(error) => return unclear(&error),
        };
        headers.insert(IDEMPOTENCY_KEY, idempotency_key);
        match self.send(&target.url, headers, body).await {
            Ok(reply) => said::read(errand, &reply).unwrap_or_else(|why| unclear(&why)),
            Err(why) => unclear(&why),
        }
    }

    /// Posts JSON to an address that passes the guard.
    ///
    /// # Errors
    /// [`Unanswered`]: it may have arrived all the same.
    pub async fn send(&self, url: &str, headers: HeaderMap, body: Vec<u8>) -> Result<Reply, Unanswered> {
        let url = check_url(url, self.guard.to_loopback).map_err(Unanswered::Url)?;
        self.client.post(&url, &self.guard, headers, body).await
    }
}

/// What is sent, as docs/decisions/0013 describes it.
fn body(errand: &Errand, about: &About) -> Value {
    let (shop, order) = (about.shop.as_str(), about.order.as_str());
    match errand {
        Errand::Pay { key, amount, attempt } => json!({
            "type": "refund",
            "shop": shop,
            "order": order,
            "refund": key,
            "attempt": attempt,
            "amount": { "minor": amount.minor, "currency": amount.currency.code() },
            "payment_method": about.payment_method.as_str(),
            "reason": about.reason.as_str(),
        }),
        Errand::Ask { key, attempt } => json!({
            "type": "status",
            "shop": shop,
            "order": order,
            "refund": key,
            "attempt": attempt,
        }),
    }
}

impl std::fmt::Debug for WebhookTarget {
    /// Without the address, which may have a password in it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WebhookTarget").field("key", &self.key).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
