//! The issuer, over HTTP, as a browser and the admin site speak with it.

use std::sync::Arc;

use axum::body::Body;
use clap::Parser;
use http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::demo;
use crate::host::{Host, StartError};
use crate::settings::Settings;
use crate::testing::Folder;

type Outcome = Result<(), StartError>;

const URL: &str = "http://127.0.0.1:8787";
/// The example of RFC 7636.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// What the admin site asks for; the test may ask for something else.
fn asked(other: &[(&str, &str)]) -> String {
    let mut all = vec![
        ("client_id", "kefu-local"),
        ("redirect_uri", "http://127.0.0.1:8787/admin/"),
        ("response_type", "code"),
        ("scope", "openid"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
        ("state", "mine"),
        ("nonce", "once"),
    ];
    for (name, value) in other {
        all.retain(|(known, _)| known != name);
        all.push((*name, *value));
    }
    written(&all)
}

fn written(pairs: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

struct Browser {
    host: Arc<Host>,
    _folder: Folder,
    cookie: String,
}

impl Browser {
    async fn open() -> Result<Self, StartError> {
        let folder = Folder::new("provider")?;
        let data = folder.path().join("data").display().to_string();
        let settings = Settings::try_parse_from(["kefu-local", "--data", &data, "--demo-inquiries", "off"])?;
        let host = Arc::new(Host::open(settings.clone(), URL).await?);
        demo::begin(&host, &settings, URL).await?;
        Ok(Self { host, _folder: folder, cookie: String::new() })
    }

    async fn send(&mut self, method: &str, path: &str, body: String) -> Result<Response<String>, StartError> {
        let request = Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:8787");
        let request = request.header(header::COOKIE, &self.cookie).body(Body::from(body))?;
        let (parts, body) = self.host.router().oneshot(request).await?.into_parts();
        if let Some(set) = parts.headers.get(header::SET_COOKIE) {
            let text = set.to_str()?;
            self.cookie = text.split(';').next().unwrap_or_default().to_owned();
        }
        let body = String::from_utf8(body.collect().await?.to_bytes().to_vec())?;
        Ok(Response::from_parts(parts, body))
    }

    async fn authorize(&mut self, other: &[(&str, &str)]) -> Result<Response<String>, StartError> {
        self.send("GET", &format!("/local/issuer/authorize?{}", asked(other)), String::new()).await
    }

    async fn choose(&mut self, agent: &str) -> Result<Response<String>, StartError> {
        let path = format!("/local/issuer/authorize?{}", asked(&[]));
        self.send("POST", &path, written(&[("agent", agent)])).await
    }

    /// The code that somebody who chose brings back.
    async fn code(&mut self, agent: &str) -> Result<String, StartError> {
        Ok(answer(&self.choose(agent).await?, "code").ok_or("no code")?)
    }

    async fn token(&mut self, pairs: &[(&str, &str)]) -> Result<(StatusCode, Value), StartError> {
        let response = self.send("POST", "/local/issuer/token", written(pairs)).await?;
        Ok((response.status(), serde_json::from_str(response.body())?))
    }

    async fn exchange(&mut self, code: &str, verifier: &str) -> Result<(StatusCode, Value), StartError> {
        self.token(&[
            ("grant_type", "authorization_code"),
            ("client_id", "kefu-local"),
            ("redirect_uri", "http://127.0.0.1:8787/admin/"),
            ("code", code),
            ("code_verifier", verifier),
        ])
        .await
    }

    async fn renew(&mut self, token: &Value) -> Result<(StatusCode, Value), StartError> {
        let token = token.as_str().ok_or("no token")?;
        let pairs = [("grant_type", "refresh_token"), ("client_id", "kefu-local"), ("refresh_token", token)];
        self.token(&pairs).await
    }

    async fn give_back(&mut self, token: &str) -> Result<Response<String>, StartError> {
        let body = written(&[("client_id", "kefu-local"), ("token", token)]);
        self.send("POST", "/local/issuer/revoke", body).await
    }

    async fn advance(&mut self, seconds: u64) -> Outcome {
        let body = json!({ "advance_seconds": seconds }).to_string();
        assert_eq!(self.send("POST", "/local/clock", body).await?.status(), StatusCode::OK);
        Ok(())
    }

    async fn session(&self, token: &Value) -> Result<StatusCode, StartError> {
        let bearer = format!("Bearer {}", token.as_str().unwrap_or_default());
        let request = Request::get("/v1/session").header(header::HOST, "127.0.0.1:8787");
        let request = request.header(header::AUTHORIZATION, bearer).body(Body::empty())?;
        Ok(self.host.router().oneshot(request).await?.status())
    }
}

fn location(response: &Response<String>) -> &str {
    response.headers().get(header::LOCATION).and_then(|it| it.to_str().ok()).unwrap_or_default()
}

/// What the browser brings back to the admin site.
fn answer(response: &Response<String>, name: &str) -> Option<String> {
    let query = location(response).strip_prefix("http://127.0.0.1:8787/admin/?")?;
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs.find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn who_chooses_gets_tokens_that_open_the_api() -> Outcome {
    let mut browser = Browser::open().await?;
    let page = browser.authorize(&[]).await?;
    assert_eq!(page.status(), StatusCode::OK);
    assert!(page.body().contains("以 小米 登入"));
    for part in ["aria-describedby=\"at-1\"", "id=\"at-1\""] {
        assert_eq!(page.body().matches(part).count(), 1, "{part}");
    }
    let chosen = browser.choose("mia").await?;
    assert_eq!(answer(&chosen, "state").as_deref(), Some("mine"));
    assert_eq!(answer(&chosen, "iss").as_deref(), Some("http://127.0.0.1:8787/local/issuer"));
    let code = answer(&chosen, "code").ok_or("no code")?;
    let (status, tokens) = browser.exchange(&code, VERIFIER).await?;
    assert_eq!((status, &tokens["expires_in"]), (StatusCode::OK, &json!(900)));
    assert_eq!(browser.session(&tokens["access_token"]).await?, StatusCode::OK);
    assert_eq!(browser.session(&tokens["id_token"]).await?, StatusCode::UNAUTHORIZED);
    Ok(())
}

#[tokio::test]
async fn a_code_is_good_once_and_for_its_verifier() -> Outcome {
    let mut browser = Browser::open().await?;
    let code = browser.code("mia").await?;
    let (_, tokens) = browser.exchange(&code, VERIFIER).await?;
    let refused = (StatusCode::BAD_REQUEST, json!({ "error": "invalid_grant" }));
    assert_eq!(browser.exchange(&code, VERIFIER).await?, refused);
    assert_eq!(
        browser.renew(&tokens["refresh_token"]).await?,
        refused,
        "the code was known to somebody else"
    );
    let code = browser.code("mia").await?;
    assert_eq!(browser.exchange(&code, &"x".repeat(43)).await?, refused);
    let code = browser.code("mia").await?;
    browser.advance(61).await?;
    assert_eq!(browser.exchange(&code, VERIFIER).await?, refused);
    Ok(())
}

#[tokio::test]
async fn renewing_goes_on_past_the_tokens_end_and_each_token_renews_once() -> Outcome {
    let mut browser = Browser::open().await?;
    let code = browser.code("mia").await?;
    let (_, first) = browser.exchange(&code, VERIFIER).await?;
    browser.advance(16 * 60 + 1).await?;
    assert_eq!(browser.session(&first["access_token"]).await?, StatusCode::UNAUTHORIZED);
    let (_, second) = browser.renew(&first["refresh_token"]).await?;
    assert_eq!(browser.session(&second["access_token"]).await?, StatusCode::OK);
    let refused = (StatusCode::BAD_REQUEST, json!({ "error": "invalid_grant" }));
    assert_eq!(browser.renew(&first["refresh_token"]).await?, refused);
    assert_eq!(browser.renew(&second["refresh_token"]).await?, refused);
    Ok(())
}

#[tokio::test]
async fn nothing_is_sent_to_a_stranger() -> Outcome {
    let mut browser = Browser::open().await?;
    for stranger in ["https://evil.example/admin/", "http://127.0.0.1:8787/storefront/", ""] {
        let refused = browser.authorize(&[("redirect_uri", stranger)]).await?;
        assert_eq!((refused.status(), location(&refused)), (StatusCode::BAD_REQUEST, ""), "{stranger}");
        let path =
            format!("/local/issuer/logout?client_id=kefu-local&{}", written(&[("logout_uri", stranger)]));
        let refused = browser.send("GET", &path, String::new()).await?;
        assert_eq!((refused.status(), location(&refused)), (StatusCode::BAD_REQUEST, ""), "{stranger}");
    }
    let refused = browser.authorize(&[("client_id", "another")]).await?;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    assert_eq!(browser.choose("nobody").await?.status(), StatusCode::BAD_REQUEST);
    Ok(())
}

#[tokio::test]
async fn what_is_asked_wrongly_is_told_to_the_asker() -> Outcome {
    let mut browser = Browser::open().await?;
    for (name, value, error) in [
        ("response_type", "token", "unsupported_response_type"),
        ("scope", "email", "invalid_scope"),
        ("code_challenge_method", "plain", "invalid_request"),
        ("code_challenge", "", "invalid_request"),
        ("prompt", "none", "login_required"),
    ] {
        let told = browser.authorize(&[(name, value)]).await?;
        assert_eq!(answer(&told, "error").as_deref(), Some(error), "{name}={value}");
        assert_eq!(answer(&told, "state").as_deref(), Some("mine"));
    }
    let (_, said) = browser.token(&[("grant_type", "password"), ("client_id", "kefu-local")]).await?;
    assert_eq!(said, json!({ "error": "unsupported_grant_type" }));
    Ok(())
}

#[tokio::test]
async fn who_is_signed_in_is_not_asked_again_until_they_sign_out() -> Outcome {
    let mut browser = Browser::open().await?;
    let code = browser.code("mia").await?;
    let (_, tokens) = browser.exchange(&code, VERIFIER).await?;
    assert!(answer(&browser.authorize(&[]).await?, "code").is_some());
    assert!(answer(&browser.authorize(&[("prompt", "none")]).await?, "code").is_some());
    assert_eq!(browser.authorize(&[("prompt", "login")]).await?.status(), StatusCode::OK);
    let home = written(&[("post_logout_redirect_uri", "http://127.0.0.1:8787/admin/")]);
    let path = format!("/local/issuer/logout?client_id=kefu-local&{home}");
    let out = browser.send("GET", &path, String::new()).await?;
    assert_eq!(location(&out), "http://127.0.0.1:8787/admin/");
    assert_eq!(browser.authorize(&[]).await?.status(), StatusCode::OK, "they are asked again");
    assert_eq!(browser.renew(&tokens["refresh_token"]).await?.0, StatusCode::BAD_REQUEST);
    Ok(())
}

#[tokio::test]
async fn what_is_given_back_renews_nothing_and_the_issuer_still_knows_who_it_was() -> Outcome {
    let mut browser = Browser::open().await?;
    let code = browser.code("mia").await?;
    let (_, tokens) = browser.exchange(&code, VERIFIER).await?;
    for token in ["unknown", tokens["refresh_token"].as_str().ok_or("no token")?] {
        let told = browser.give_back(token).await?;
        assert_eq!((told.status(), told.body().as_str()), (StatusCode::OK, ""));
        assert!(told.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN));
    }
    assert_eq!(browser.renew(&tokens["refresh_token"]).await?.0, StatusCode::BAD_REQUEST);
    assert!(answer(&browser.authorize(&[]).await?, "code").is_some());
    Ok(())
}

#[tokio::test]
async fn it_says_where_everything_is() -> Outcome {
    let mut browser = Browser::open().await?;
    let path = "/local/issuer/.well-known/openid-configuration";
    let found = browser.send("GET", path, String::new()).await?;
    assert_eq!(
        found.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN).map(|it| it.as_bytes()),
        Some(&b"*"[..])
    );
    let said: Value = serde_json::from_str(found.body())?;
    assert_eq!(said["issuer"], "http://127.0.0.1:8787/local/issuer");
    for endpoint in ["jwks_uri", "authorization_endpoint", "token_endpoint", "revocation_endpoint"] {
        let path = said[endpoint].as_str().and_then(|it| it.strip_prefix(URL)).ok_or("elsewhere")?.to_owned();
        assert_ne!(browser.send("GET", &path, String::new()).await?.status(), StatusCode::NOT_FOUND);
    }
    Ok(())
}
