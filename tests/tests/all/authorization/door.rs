//! The routers as the cloud serves them, with an issuer of agents' tokens whose key the tests hold, so that
//! they can forge what an attacker would.

use std::collections::HashMap;

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair};
use axum::Router;
use axum::body::Body;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use common::app::App;
use common::auth::{AgentTokens, IssuerKeys};
use common::config::Config;
use http::{Method, Request};
use http_body_util::BodyExt as _;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::DecodingKey;
use serde_json::{Value, json};
use std::sync::Arc;
use tower::ServiceExt as _;

use crate::support::{Answer, Desk};

/// The issuer and the client that the door trusts.
pub const ISSUER: &str = "https://issuer.example/pool";
pub const CLIENT: &str = "kefu-admin";
/// The name of its key.
pub const KEY: &str = "agents-1";

/// The routers over a desk's table and clock.
pub struct Door<'a> {
    pub desk: &'a Desk,
    /// The key that the door trusts.
    pub key: RsaKeyPair,
    /// A key that it does not know.
    pub other_key: RsaKeyPair,
    /// The same parts that the routers have.
    pub app: App,
    router: Router,
    /// When everything is asked: leeways are exact to the second.
    at: Timestamp,
}

impl<'a> Door<'a> {
    pub fn of(desk: &'a Desk) -> Self {
        let at = Timestamp::from_second(desk.now().as_second() + 1).expect("a time");
        let at = at + SignedDuration::from_millis(100);
        desk.wait_until(at);
        let made = || RsaKeyPair::generate(KeySize::Rsa2048).expect("a key");
        let (key, other_key) = (made(), made());
        let trusted = DecodingKey::from_rsa_der(key.public_key().as_ref());
        let keys = IssuerKeys {
            issuer: ISSUER.to_owned(),
            client_id: CLIENT.to_owned(),
            keys: HashMap::from([(KEY.to_owned(), trusted)]),
        };
        let app = with(desk, AgentTokens::Keys(Arc::new(keys)));
        let router = common::http::served(local::catalog::routes(), app.clone());
        Self { desk, key, other_key, app, router, at }
    }

    /// What a request comes back with.
    pub fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&'static str, String)],
        body: Option<&Value>,
    ) -> Answer {
        let mut request =
            Request::builder().method(Method::from_bytes(method.as_bytes()).expect("a method")).uri(path);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        self.desk.wait_until(self.at);
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let request = request.body(body).expect("a well-formed request");
        self.desk.block_on(answered(self.router.clone(), request))
    }

    /// The second at which everything is asked.
    pub fn now(&self) -> i64 {
        self.at.as_second()
    }

    /// An agent's access token, as the issuer writes it; `change` makes it what an attacker would like.
    pub fn agent(&self, id: &str, change: impl FnOnce(&mut Value)) -> String {
        let now = self.now();
        let mut claims = json!({
            "iss": ISSUER, "sub": id, "username": id, "client_id": CLIENT, "token_use": "access",
            "scope": "openid", "iat": now, "exp": now + 900,
        });
        change(&mut claims);
        signed_rs256(&self.key, &json!({ "alg": "RS256", "kid": KEY }), &claims)
    }

    /// The public key as an attacker gets it: in DER, which could be tried as a secret.
    pub fn public_key(&self) -> Vec<u8> {
        let der: aws_lc_rs::encoding::PublicKeyX509Der<'_> =
            self.key.public_key().as_der().expect("a public key");
        der.as_ref().to_vec()
    }
}

/// The desk's parts with another way of checking agents' tokens.
pub fn with(desk: &Desk, agent_tokens: AgentTokens) -> App {
    let parts = &desk.app;
    let config = Config { agent_tokens, ..parts.config.clone() };
    App::new(config, parts.store.clone(), parts.queues(), parts.mailer.clone(), parts.clock.clone())
}

/// What a router answers.
pub async fn answered(router: Router, request: Request<Body>) -> Answer {
    let (parts, body) = router.oneshot(request).await.expect("the router always answers").into_parts();
    let bytes = body.collect().await.expect("a whole body").to_bytes().to_vec();
    Answer { status: parts.status.as_u16(), headers: parts.headers, bytes }
}

/// A part of a token.
pub fn part(json: &Value) -> String {
    URL_SAFE_NO_PAD.encode(json.to_string())
}

/// A token under an RSA key.
pub fn signed_rs256(key: &RsaKeyPair, header: &Value, claims: &Value) -> String {
    let token = format!("{}.{}", part(header), part(claims));
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), token.as_bytes(), &mut signature).expect("a signature");
    format!("{token}.{}", URL_SAFE_NO_PAD.encode(signature))
}
