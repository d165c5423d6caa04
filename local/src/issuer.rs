//! Who agents are, on one machine: the stand-in for Amazon Cognito. It signs the same access tokens with a
//! key of its own, and publishes the public half where Cognito would. Anybody on this machine may be
//! anybody, which is why it exists only here and only on loopback.

use std::path::Path;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::kept;

/// The client id in its tokens.
pub const CLIENT: &str = "kefu-local";

/// How long a token is good: a working day. Cognito's are good for minutes and renewed silently, which
/// the pages do not do yet.
pub const TOKEN_SECONDS: i64 = 12 * 60 * 60;

/// Signs agents in.
#[derive(Debug)]
pub struct Issuer {
    address: String,
    key: RsaKeyPair,
    key_id: String,
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
        Ok(Self { address: address.into(), key, key_id })
    }

    /// What its tokens say about where they come from.
    pub fn address(&self) -> &str {
        &self.address
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

    /// An access token for this agent, issued at `now` (seconds since 1970).
    pub fn token(&self, agent: &str, now: i64) -> Result<String, IssuerError> {
        let header = json!({ "alg": "RS256", "kid": self.key_id });
        let claims = json!({
            "iss": self.address,
            "sub": agent,
            "username": agent,
            "client_id": CLIENT,
            "token_use": "access",
            "scope": "openid",
            "auth_time": now,
            "iat": now,
            "exp": now + TOKEN_SECONDS,
        });
        let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let mut token = format!("{}.{}", part(&header), part(&claims));
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), token.as_bytes(), &mut signature)?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        Ok(token)
    }
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
        assert_eq!(claims["exp"], 1_000 + TOKEN_SECONDS);
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
