//! Who agents are, on one machine: the stand-in for Amazon Cognito. It signs the same tokens with a key of
//! its own, publishes the public half where Cognito would, and is asked as any issuer of OpenID Connect is
//! ([`provider`]). Anybody on this machine may be anybody, which is why it exists only here and only on
//! loopback.

pub mod grants;
pub mod provider;

use std::path::Path;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use common::ids;
use serde_json::{Value, json};

use crate::kept;
use grants::Grants;

/// The client id in its tokens.
pub const CLIENT: &str = "kefu-local";

/// Where it is, below the address of the pages.
const PLACE: &str = "/local/issuer";

/// How long an access token of the admin site is good.
pub const ACCESS_SECONDS: i64 = 15 * 60;
/// How long an identity token is good.
const IDENTITY_SECONDS: i64 = 60 * 60;
/// How long the token of a script is good, which renews nothing: a working day.
pub const SCRIPT_SECONDS: i64 = 12 * 60 * 60;

/// Signs agents in.
#[derive(Debug)]
pub struct Issuer {
    address: String,
    homes: Vec<String>,
    key: RsaKeyPair,
    key_id: String,
    grants: Grants,
}

/// The key could not be made, kept or used.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum IssuerError {
    #[error("the key file cannot be used: {0}")]
    File(#[from] std::io::Error),
    #[error("the key file holds no key: {0}")]
    Key(#[from] aws_lc_rs::error::KeyRejected),
    #[error("signing failed")]
    Signing(#[from] aws_lc_rs::error::Unspecified),
}

impl Issuer {
    /// The issuer at this address, with the key in this file, which the first start makes.
    pub fn open(key: &Path, address: impl Into<String>) -> Result<Self, IssuerError> {
        let der = kept::or_made(key, || {
            let made = RsaKeyPair::generate(KeySize::Rsa2048)?;
            let der = AsDer::<aws_lc_rs::encoding::Pkcs8V1Der<'_>>::as_der(&made)?;
            Ok::<_, IssuerError>(der.as_ref().to_vec())
        })?;
        let key = RsaKeyPair::from_pkcs8(&der)?;
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, key.public_key().as_ref());
        let key_id = URL_SAFE_NO_PAD.encode(&digest.as_ref()[..12]);
        let address: String = address.into();
        Ok(Self { homes: homes(origin_of(&address)), address, key, key_id, grants: Grants::default() })
    }

    /// What its tokens say about where they come from.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Whose pages it belongs to: `http://127.0.0.1:8787`.
    pub fn origin(&self) -> &str {
        origin_of(&self.address)
    }

    /// Its public key, as published at `/.well-known/jwks.json`.
    pub fn keys(&self) -> Value {
        let public = self.key.public_key();
        json!({ "keys": [{
            "kty": "RSA",
            "use": "sig",
            "alg": "RS256",
            "kid": self.key_id,
            "n": URL_SAFE_NO_PAD.encode(public.modulus().big_endian_without_leading_zero()),
            "e": URL_SAFE_NO_PAD.encode(public.exponent().big_endian_without_leading_zero()),
        }] })
    }

    /// The access token of a script in this agent's name, issued at `now` (seconds since 1970).
    pub fn token(&self, agent: &str, now: i64) -> Result<String, IssuerError> {
        self.access(agent, now, now, SCRIPT_SECONDS)
    }

    /// The access token of the admin site. The agent signed in at `since`.
    fn access_token(&self, agent: &str, since: i64, now: i64) -> Result<String, IssuerError> {
        self.access(agent, since, now, ACCESS_SECONDS)
    }

    fn access(&self, agent: &str, since: i64, now: i64, seconds: i64) -> Result<String, IssuerError> {
        self.signed(&json!({
            "iss": self.address,
            "sub": agent,
            "username": agent,
            "client_id": CLIENT,
            "token_use": "access",
            "scope": "openid",
            "auth_time": since,
            "iat": now,
            "exp": now + seconds,
            "jti": ids::random_text(),
        }))
    }

    /// What tells the admin site who signed in. It opens nothing.
    fn identity_token(
        &self,
        agent: &str,
        nonce: Option<&str>,
        since: i64,
        now: i64,
    ) -> Result<String, IssuerError> {
        let mut claims = json!({
            "iss": self.address,
            "sub": agent,
            "aud": CLIENT,
            "token_use": "id",
            "auth_time": since,
            "iat": now,
            "exp": now + IDENTITY_SECONDS,
        });
        if let Some(nonce) = nonce {
            claims["nonce"] = nonce.into();
        }
        self.signed(&claims)
    }

    fn signed(&self, claims: &Value) -> Result<String, IssuerError> {
        let header = json!({ "alg": "RS256", "kid": self.key_id });
        let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let mut token = format!("{}.{}", part(&header), part(claims));
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), token.as_bytes(), &mut signature)?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        Ok(token)
    }
}

fn origin_of(address: &str) -> &str {
    address.strip_suffix(PLACE).unwrap_or(address)
}

/// Where the admin site may be: on the host, by its address or its name, and at its development server.
fn homes(origin: &str) -> Vec<String> {
    let port = origin.rsplit(':').next().unwrap_or_default();
    let origins = [
        origin.to_owned(),
        format!("http://localhost:{port}"),
        "http://localhost:5173".to_owned(),
        "http://127.0.0.1:5173".to_owned(),
    ];
    origins.map(|origin| format!("{origin}/admin/")).to_vec()
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::jwk::JwkSet;
    use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};

    use super::*;
    use crate::testing::Folder;

    type Outcome = Result<(), Box<dyn std::error::Error>>;

    fn accepted(issuer: &Issuer, token: &str) -> Result<Value, Box<dyn std::error::Error>> {
        let keys: JwkSet = serde_json::from_value(issuer.keys())?;
        let header = decode_header(token)?;
        let key = keys.find(&header.kid.ok_or("no kid")?).ok_or("unknown key")?;
        let mut rules = Validation::new(Algorithm::RS256);
        rules.set_issuer(&[issuer.address()]);
        rules.validate_exp = false;
        rules.validate_aud = false;
        rules.set_required_spec_claims(&["iss", "sub", "exp"]);
        Ok(decode::<Value>(token, &DecodingKey::from_jwk(key)?, &rules)?.claims)
    }

    #[test]
    fn a_token_is_accepted_with_the_published_key() -> Outcome {
        let folder = Folder::new("issuer")?;
        let issuer = Issuer::open(&folder.path().join("issuer.key"), "http://127.0.0.1:8787/local/issuer")?;
        let claims = accepted(&issuer, &issuer.token("mia", 1_000)?)?;
        assert_eq!(claims["sub"], "mia");
        assert_eq!(claims["token_use"], "access");
        assert_eq!(claims["exp"], 1_000 + SCRIPT_SECONDS);
        Ok(())
    }

    #[test]
    fn the_admin_sites_tokens_say_for_how_long_and_for_what() -> Outcome {
        let folder = Folder::new("issuer")?;
        let issuer = Issuer::open(&folder.path().join("issuer.key"), "http://127.0.0.1:8787/local/issuer")?;
        let access = accepted(&issuer, &issuer.access_token("mia", 1_000, 2_000)?)?;
        assert_eq!((&access["auth_time"], &access["exp"]), (&json!(1_000), &json!(2_000 + ACCESS_SECONDS)));
        let identity = accepted(&issuer, &issuer.identity_token("mia", Some("once"), 1_000, 2_000)?)?;
        assert_eq!((&identity["token_use"], &identity["nonce"]), (&json!("id"), &json!("once")));
        Ok(())
    }

    #[test]
    fn tokens_stay_good_over_a_restart_and_are_not_good_elsewhere() -> Outcome {
        let folder = Folder::new("issuer")?;
        let open = |name: &str| Issuer::open(&folder.path().join(name), "http://127.0.0.1:8787/local/issuer");
        let token = open("issuer.key")?.token("mia", 1_000)?;
        assert!(accepted(&open("issuer.key")?, &token).is_ok());
        assert!(accepted(&open("other.key")?, &token).is_err());
        Ok(())
    }
}
