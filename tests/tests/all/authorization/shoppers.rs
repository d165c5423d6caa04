//! The orders of the scene, and what the shops' backends have to show.

use common::provider;
use serde_json::{Value, json};

use crate::support::{Agent, Asked, Desk, LANTERN, Secret, TAIPEI, order};

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
    /// With a secret that was deleted once another signed in its place.
    Replaced,
}

/// Keys and secrets of both shops' backends.
#[derive(Debug)]
pub struct Backends {
    pub key: String,
    pub other_shops_key: String,
    pub revoked_key: String,
    secret: Secret,
    other_shops_secret: Secret,
    replaced_secret: Secret,
}

impl Backends {
    /// The owners make them, and revoke one.
    pub fn set(desk: &Desk) -> Self {
        let (revoked, revoked_key) = desk.makes_key(TAIPEI);
        let otto = desk.otto();
        let gone = desk.call(http::Method::DELETE, format!("/v1/shops/{TAIPEI}/api-keys/{revoked}"));
        assert_eq!(gone.token(&otto.token).send().status, 204);
        let (replaced_secret, secret) = (desk.makes_secret(TAIPEI), desk.makes_secret(TAIPEI));
        desk.activates_secret(&secret.0).ok();
        desk.deletes_secret(&replaced_secret.0).ok();
        Self {
            key: desk.makes_key(TAIPEI).1,
            other_shops_key: desk.makes_key(LANTERN).1,
            revoked_key,
            secret,
            other_shops_secret: desk.makes_secret(LANTERN),
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
