//! A shop's backend that pays refunds: a server on this machine with a ledger. It believes nobody who does not
//! sign, pays once under a key however often it is asked, and does wrong when it is told to.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_lc_rs::hmac;
use axum::body::{Body, Bytes};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use common::clock::Clock;
use http::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};

use super::{Answer, Call, Desk, LANTERN, TAIPEI};

/// What it does with a request to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    /// Pays and says so.
    Pays,
    /// Pays, and the connection breaks before it can say so.
    PaysAndBreaksOff,
    /// Answers 500 and does nothing.
    Fails500,
    /// Answers 409 and does nothing.
    Conflicts,
    /// Says that it does not pay.
    Refuses,
    /// Says that it will, and tells later.
    Accepts,
}

/// A secret of a shop: its id, and its bytes.
pub type Secret = (String, Vec<u8>);

/// The server; clones are the same one.
#[derive(Clone)]
pub struct Provider(Arc<Mutex<Ledger>>);

struct Ledger {
    clock: Clock,
    /// All that it knows; with the first it signs.
    secrets: Vec<Secret>,
    url: String,
    next: VecDeque<Does>,
    asked: Vec<Value>,
    unbelieved: usize,
    known: BTreeMap<String, (u32, &'static str)>,
    payments: Vec<(String, u64)>,
    events: u32,
}

impl Desk {
    /// The first shop's refunds are paid by a server from now on.
    pub fn provider(&self) -> Provider {
        let provider = Provider(Arc::new(Mutex::new(Ledger {
            clock: self.app.clock.clone(),
            secrets: vec![self.makes_secret(TAIPEI)],
            url: String::new(),
            next: VecDeque::new(),
            asked: Vec::new(),
            unbelieved: 0,
            known: BTreeMap::new(),
            payments: Vec::new(),
            events: 0,
        })));
        let url = self.block_on(provider.serve());
        provider.ledger().url.clone_from(&url);
        self.order_settings(&json!({ "payer": "webhook", "webhook_url": url }));
        provider
    }

    /// An owner makes a secret for webhooks.
    pub fn makes_secret(&self, shop: &str) -> Secret {
        let owner = if shop == LANTERN { "nora" } else { "otto" };
        let made = self.agent(shop, owner).post("/webhook-secrets", &json!({})).send().ok();
        let text = |field: &str| made[field].as_str().expect("it is shown once").to_owned();
        (text("id"), URL_SAFE_NO_PAD.decode(text("secret")).expect("base64url"))
    }

    /// The first shop's owner lets a secret sign.
    pub fn activates_secret(&self, id: &str) -> Answer {
        self.otto().post(&format!("/webhook-secrets/{id}/activate"), &json!({})).send()
    }

    /// The first shop's owner deletes a secret.
    pub fn deletes_secret(&self, id: &str) -> Answer {
        let path = format!("/v1/shops/{TAIPEI}/webhook-secrets/{id}");
        self.call(Method::DELETE, path).token(&self.otto().token).send()
    }

    /// The first shop's owner decides about orders and refunds.
    pub fn order_settings(&self, changes: &Value) {
        let otto = self.otto();
        let version = otto.get("/order-settings").send().ok()["version"].as_u64().expect("a version");
        let mut settings = json!({ "working_days": false, "transit_days": 7, "arrivals": [] });
        for (field, value) in changes.as_object().into_iter().flatten() {
            settings[field] = value.clone();
        }
        otto.put("/order-settings", &settings).seeing(version).send().ok();
    }

    /// A call-back with that signature's parts, about the first shop.
    pub fn call_back(&self, key: &str, at: i64, signature: &str, event: &str, body: &Value) -> Call<'_> {
        let call = self.post(format!("/v1/shops/{TAIPEI}/refund-results")).json(body);
        let call = call.header("kefu-timestamp", at.to_string()).header("kefu-key-id", key);
        call.header("kefu-signature", signature).header("kefu-event", event)
    }
}

impl Provider {
    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn serve(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let it = self.clone();
        let answer = move |headers: HeaderMap, body: Bytes| {
            let it = it.clone();
            async move { it.answer(&headers, &body) }
        };
        let router = Router::new().route("/refunds", post(answer));
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://{address}/refunds")
    }

    /// What it does with the next requests to pay; then it pays.
    pub fn will(&self, does: &[Does]) {
        self.ledger().next.extend(does);
    }

    /// What it was asked, as `refund 1` and `status 1`: the word and the attempt.
    pub fn asked(&self) -> Vec<String> {
        let ledger = self.ledger();
        assert_eq!(ledger.unbelieved, 0, "every request is signed as it should be");
        let word = |it: &Value| format!("{} {}", it["type"].as_str().unwrap_or_default(), it["attempt"]);
        ledger.asked.iter().map(word).collect()
    }

    /// The requests' bodies.
    pub fn bodies(&self) -> Vec<Value> {
        self.ledger().asked.clone()
    }

    /// The money that moved, as the refund's key and the amount.
    pub fn paid(&self) -> Vec<(String, u64)> {
        self.ledger().payments.clone()
    }

    /// The id of the secret with which it signs.
    pub fn secret(&self) -> String {
        self.ledger().secrets[0].0.clone()
    }

    /// It is told a secret, and signs as before.
    pub fn learns(&self, secret: &Secret) {
        self.ledger().secrets.push(secret.clone());
    }

    /// It signs with that one of its secrets from now on.
    pub fn signs_with(&self, id: &str) {
        let mut ledger = self.ledger();
        let place = ledger.secrets.iter().position(|(known, _)| known == id).expect("it knows that one");
        ledger.secrets.swap(0, place);
    }

    /// It does not know a secret any longer.
    pub fn forgets(&self, id: &str) {
        self.ledger().secrets.retain(|(known, _)| known != id);
    }

    /// Its secret's id, and the signature of a body at a time.
    pub fn signs(&self, at: i64, body: &Value) -> (String, String) {
        let ledger = self.ledger();
        let (id, secret) = &ledger.secrets[0];
        (id.clone(), signature(secret, &at.to_string(), body.to_string().as_bytes()))
    }

    /// It tells what became of a refund; the call-back is still to be sent.
    pub fn tells<'a>(&self, desk: &'a Desk, key: &str, attempt: u32, status: &str) -> Call<'a> {
        let event = {
            let mut ledger = self.ledger();
            ledger.events += 1;
            ledger.settles(key, attempt, status);
            format!("event-{}", ledger.events)
        };
        let mut body = json!({ "refund": key, "attempt": attempt, "status": status });
        let word = if status == "failed" { "problem" } else { "reference" };
        body[word] = json!("told later");
        let at = desk.now().as_second();
        let (id, signature) = self.signs(at, &body);
        desk.call_back(&id, at, &signature, &event, &body)
    }

    fn answer(&self, headers: &HeaderMap, body: &[u8]) -> Response {
        let mut ledger = self.ledger();
        let asked: Value = serde_json::from_slice(body).unwrap_or_default();
        let key = asked["refund"].as_str().unwrap_or_default().to_owned();
        if !ledger.believes(headers, body) || headers.get("idempotency-key").is_none_or(|it| *it != *key) {
            ledger.unbelieved += 1;
            return StatusCode::UNAUTHORIZED.into_response();
        }
        ledger.asked.push(asked.clone());
        let attempt = asked["attempt"].as_u64().and_then(|it| u32::try_from(it).ok()).unwrap_or_default();
        let known = ledger.known.get(&key).copied();
        if asked["type"] == "status" {
            let (attempt, status) = known.unwrap_or((attempt, "not_found"));
            return said(status, attempt);
        }
        if let Some((attempt, "succeeded")) = known {
            return said("succeeded", attempt);
        }
        let does = ledger.next.pop_front().unwrap_or(Does::Pays);
        let status = match does {
            Does::Pays | Does::PaysAndBreaksOff => "succeeded",
            Does::Refuses => "failed",
            Does::Accepts => "accepted",
            Does::Fails500 => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            Does::Conflicts => return StatusCode::CONFLICT.into_response(),
        };
        ledger.settles(&key, attempt, status);
        if does == Does::PaysAndBreaksOff { broken_off() } else { said(status, attempt) }
    }
}

impl Ledger {
    /// Notes what became of a refund; money moves when it becomes `succeeded`.
    fn settles(&mut self, key: &str, attempt: u32, status: &str) {
        let status =
            ["accepted", "failed", "succeeded"].into_iter().find(|it| *it == status).expect("a status");
        let before = self.known.insert(key.to_owned(), (attempt, status));
        if status == "succeeded" && before.is_none_or(|(_, before)| before != status) {
            let asked = self.asked.iter().find(|it| it["refund"] == key && it["type"] == "refund");
            let amount = asked.and_then(|it| it["amount"]["minor"].as_u64()).expect("it was asked to pay");
            self.payments.push((key.to_owned(), amount));
        }
    }

    fn believes(&self, headers: &HeaderMap, body: &[u8]) -> bool {
        let text = |name: &str| headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default();
        let at = text("kefu-timestamp");
        let now = self.clock.now().as_second();
        let recent = at.parse::<i64>().is_ok_and(|at| now.abs_diff(at) <= 300);
        let named = self.secrets.iter().find(|(id, _)| id == text("kefu-key-id"));
        recent && named.is_some_and(|(_, secret)| text("kefu-signature") == signature(secret, at, body))
    }
}

/// As a backend computes it by the description of the webhook.
fn signature(secret: &[u8], at: &str, body: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    let tag = hmac::sign(&key, &[at.as_bytes(), b".", body].concat());
    let hex: String = tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("v1={hex}")
}

fn said(status: &str, attempt: u32) -> Response {
    let mut body = json!({ "status": status, "attempt": attempt });
    match status {
        "succeeded" => body["reference"] = json!(format!("bank-{attempt}")),
        "failed" => body["problem"] = json!("the card was closed"),
        _ => {}
    }
    Json(body).into_response()
}

/// The connection breaks in the middle of the answer.
fn broken_off() -> Response {
    let lost = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    let broken = futures_util::stream::iter([Ok(Bytes::from_static(b"{\"status\":")), Err(lost)]);
    Body::from_stream(broken).into_response()
}
