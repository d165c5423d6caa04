//! The orders of the scene, and what the shops' backends have to show.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use common::provider;
use serde_json::{Value, json};

use crate::support::{Agent, Asked, Desk, LANTERN, TAIPEI, order};

/// How a call-back about the first shop is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signature {
    /// As it should be.
    Good,
    /// Well, but of another body.
    Changed,
    /// Well, but more than five minutes ago.
    Old,
    /// Well, but more than five minutes ahead.
    Early,
    /// With a secret of the second shop.
    OtherShops,
    /// With a secret that two newer ones replaced.
    Replaced,
}

/// Keys and secrets of both shops' backends.
#[derive(Debug)]
pub struct Backends {
    pub key: String,
    pub other_shops_key: String,
    pub revoked_key: String,
    secret: (String, Vec<u8>),
    other_shops_secret: (String, Vec<u8>),
    replaced_secret: (String, Vec<u8>),
}

impl Backends {
    /// The owners make them, and revoke one.
    pub fn set(desk: &Desk) -> Self {
        let (revoked, revoked_key) = desk.makes_key(TAIPEI);
        let otto = desk.otto();
        let gone = desk.call(http::Method::DELETE, format!("/v1/shops/{TAIPEI}/api-keys/{revoked}"));
        assert_eq!(gone.token(&otto.token).send().status, 204);
        let replaced_secret = secret(&otto);
        secret(&otto);
        Self {
            key: desk.makes_key(TAIPEI).1,
            other_shops_key: desk.makes_key(LANTERN).1,
            revoked_key,
            secret: secret(&otto),
            other_shops_secret: secret(&desk.nora()),
            replaced_secret,
        }
    }

    /// The headers of a body that is signed in that way.
    pub fn signed(&self, how: Signature, now: i64, body: &Value) -> Vec<(&'static str, String)> {
        let (id, secret) = match how {
            Signature::OtherShops => &self.other_shops_secret,
            Signature::Replaced => &self.replaced_secret,
            _ => &self.secret,
        };
        let at = match how {
            Signature::Old => now - 301,
            Signature::Early => now + 301,
            _ => now,
        };
        let body = if how == Signature::Changed { json!({ "status": "succeeded" }) } else { body.clone() };
        let signature = provider::sign(secret, at, body.to_string().as_bytes());
        vec![
            (provider::TIMESTAMP, at.to_string()),
            (provider::KEY_ID, id.clone()),
            (provider::SIGNATURE, signature),
        ]
    }
}

fn secret(owner: &Agent<'_>) -> (String, Vec<u8>) {
    let made = owner.post("/webhook-secrets", &json!({})).send().ok();
    let text = |field: &str| made[field].as_str().expect("it is shown once").to_owned();
    (text("id"), URL_SAFE_NO_PAD.decode(text("secret")).expect("base64url"))
}

/// An order of a member, or of gus where there is none, with all that somebody could ask about: a refund that was
/// offered and taken back, a parcel that left, and a return in progress.
pub fn bought(agent: &Agent<'_>, key: &str, (buyer, number): (&str, &str), asked: &Asked) {
    let mut pushed = order(agent.desk_of(), number);
    pushed["customer"] = match buyer {
        "" => json!({ "name": "Gus Guest", "email": "gus@example.com" }),
        member => json!({ "id": member, "name": member, "email": format!("{member}@example.com") }),
    };
    agent.desk_of().push_to(&agent.shop, key, &pushed).send().ok();
    agent.refunds(number, 1, asked, None).ok();
    agent.decides(number, 1, &json!({ "action": "withdraw" })).ok();
    agent.ships(number).ok();
    let items = json!([{ "product": "tea", "quantity": 1 }]);
    let body =
        json!({ "kind": "return", "items": items, "reason": "It broke on the way", "inquiry": asked.id });
    agent.does(number, "returns", &body).ok();
}
