//! Tokens, good and forged.

use common::auth::MemberClaims;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;
use serde_json::{Value, json};

use super::door::{Door, KEY, part, signed_rs256};
use crate::support::{LANTERN, TAIPEI, signing_key};

/// A member's claims, valid now.
pub fn claims(door: &Door<'_>, shop: &str, sub: &str) -> MemberClaims {
    let now = door.now();
    MemberClaims {
        aud: format!("kefu:{shop}"),
        sub: sub.to_owned(),
        name: sub.to_owned(),
        email: format!("{sub}@example.com"),
        phone: None,
        orders: None,
        iat: now,
        exp: now + 3_600,
    }
}

/// A token under a secret, with that algorithm and `kid`.
pub fn hmac(algorithm: Algorithm, kid: Option<&str>, secret: &[u8], claims: &impl Serialize) -> String {
    let header = Header { kid: kid.map(str::to_owned), ..Header::new(algorithm) };
    jsonwebtoken::encode(&header, claims, &EncodingKey::from_secret(secret)).expect("a token")
}

/// A member's token as the storefront of the shop signs it.
pub fn member(shop: &str, claims: &MemberClaims) -> String {
    let key = signing_key(&format!("{shop}-1"));
    hmac(Algorithm::HS256, Some(&key.id), &key.secret, claims)
}

/// A token that claims to need no signature.
fn unsigned(header: &Value, claims: &impl Serialize) -> String {
    format!("{}.{}.", part(header), part(&json!(claims)))
}

/// Every way in which a member's token of the first shop can be wrong, by what is wrong with it.
pub fn wrong_members(door: &Door<'_>) -> Vec<(&'static str, String)> {
    let now = door.now();
    let ada = || claims(door, TAIPEI, "ada");
    let but = |change: fn(&mut MemberClaims, i64)| {
        let mut claims = ada();
        change(&mut claims, now);
        member(TAIPEI, &claims)
    };
    let (taipei, lantern) = (signing_key("taipei-1").secret, signing_key("lantern-1").secret);
    let under = |kid: Option<&str>, secret: &[u8]| hmac(Algorithm::HS256, kid, secret, &ada());
    let good = member(TAIPEI, &ada());
    let (head, signature) = good.rsplit_once('.').expect("three parts");
    let other = part(&json!(claims(door, TAIPEI, "ben")));
    let header = head.split('.').next().unwrap_or_default();
    vec![
        ("ended, leeway and all", but(|it, now| (it.iat, it.exp) = (now - 3_000, now - 61))),
        ("ended just now, leeway and all", but(|it, now| (it.iat, it.exp) = (now - 3_000, now - 60))),
        ("not yet valid", but(|it, now| (it.iat, it.exp) = (now + 61, now + 600))),
        ("lives longer than an hour", but(|it, now| it.exp = now + 3_601)),
        ("ends before it begins", but(|it, now| it.exp = now - 1)),
        ("ends at the end of time", but(|it, _| it.exp = i64::MAX)),
        ("begins at the end of time", but(|it, _| (it.iat, it.exp) = (i64::MAX - 10, i64::MAX))),
        ("for another shop", but(|it, _| it.aud = format!("kefu:{LANTERN}"))),
        ("for another product", but(|it, _| TAIPEI.clone_into(&mut it.aud))),
        ("of nobody", but(|it, _| it.sub.clear())),
        ("of somebody with too long an id", but(|it, _| it.sub = "a".repeat(129))),
        ("with a line break in the name", but(|it, _| it.name = "Ada\r\nBcc: x@example.com".to_owned())),
        ("without a name", but(|it, _| it.name.clear())),
        ("without an address", but(|it, _| it.email = "ada".to_owned())),
        ("under another shop's key, named as its own", under(Some("lantern-1"), &lantern)),
        ("under another shop's key, named as this one's", under(Some("taipei-1"), &lantern)),
        ("under this shop's key, named as another's", under(Some("lantern-1"), &taipei)),
        ("under a key that was replaced", under(Some("taipei-0"), &signing_key("taipei-0").secret)),
        ("without the key's name", under(None, &taipei)),
        ("under the secret of guests' links", under(None, &door.app.config.link_secrets[0].0)),
        ("signed with HS384", hmac(Algorithm::HS384, Some("taipei-1"), &taipei, &ada())),
        ("signed with HS512", hmac(Algorithm::HS512, Some("taipei-1"), &taipei, &ada())),
        (
            "signed by the agents' issuer",
            signed_rs256(&door.key, &json!({ "alg": "RS256", "kid": "taipei-1" }), &json!(ada())),
        ),
        ("without a signature", unsigned(&json!({ "alg": "none", "kid": "taipei-1" }), &ada())),
        (
            "without a signature, in other letters",
            unsigned(&json!({ "alg": "NoNe", "kid": "taipei-1" }), &ada()),
        ),
        ("with its signature cut off", format!("{head}.")),
        ("with another's claims", format!("{header}.{other}.{signature}")),
        ("of two parts", head.to_owned()),
        ("that is none", "nonsense".to_owned()),
        ("that is empty", String::new()),
        ("that is very long", "a.".repeat(4_000)),
        ("that is not ASCII", "客服.客服.客服".to_owned()),
    ]
}

/// Every way in which an agent's token can be wrong, by what is wrong with it.
pub fn wrong_agents(door: &Door<'_>) -> Vec<(&'static str, String)> {
    let now = door.now();
    let header = json!({ "alg": "RS256", "kid": KEY });
    let good = door.agent("otto", |_| {});
    let parts: Vec<&str> = good.split('.').collect();
    let claims: Value = json!({
        "iss": super::door::ISSUER, "sub": "otto", "client_id": super::door::CLIENT, "token_use": "access",
        "exp": now + 900,
    });
    let other =
        part(&json!({ "iss": super::door::ISSUER, "sub": "mia", "token_use": "access", "exp": now + 900 }));
    let public_key = door.public_key();
    vec![
        ("an ID token", door.agent("otto", |it| it["token_use"] = json!("id"))),
        ("of another issuer", door.agent("otto", |it| it["iss"] = json!("https://issuer.example/other"))),
        ("of another client", door.agent("otto", |it| it["client_id"] = json!("another-app"))),
        ("without a client", door.agent("otto", |it| it["client_id"] = Value::Null)),
        ("ended, leeway and all", door.agent("otto", |it| it["exp"] = json!(now - 61))),
        ("without an end", door.agent("otto", |it| it["exp"] = Value::Null)),
        ("ends at the end of time", door.agent("otto", |it| it["exp"] = json!(i64::MAX))),
        ("of nobody", door.agent("", |_| {})),
        ("of somebody who cannot be", door.agent("otto#lantern", |_| {})),
        ("under another key of the same name", signed_rs256(&door.other_key, &header, &claims)),
        (
            "under a key of another name",
            signed_rs256(&door.key, &json!({ "alg": "RS256", "kid": "agents-2" }), &claims),
        ),
        ("without the key's name", signed_rs256(&door.key, &json!({ "alg": "RS256" }), &claims)),
        ("signed with the public key as a secret", hmac(Algorithm::HS256, Some(KEY), &public_key, &claims)),
        ("said to be RS512", signed_rs256(&door.key, &json!({ "alg": "RS512", "kid": KEY }), &claims)),
        ("without a signature", unsigned(&json!({ "alg": "none", "kid": KEY }), &claims)),
        ("with another's claims", format!("{}.{other}.{}", parts[0], parts[2])),
        ("with its signature cut off", format!("{}.{}.", parts[0], parts[1])),
        (
            "a storefront's",
            hmac(Algorithm::HS256, Some("taipei-1"), &signing_key("taipei-1").secret, &claims),
        ),
    ]
}
