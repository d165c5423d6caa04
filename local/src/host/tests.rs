//! The system put together, over its router.

use axum::body::Body;
use clap::Parser;
use domain::ids::ShopId;
use http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{Host, StartError};
use crate::demo;
use crate::settings::Settings;
use crate::testing::Folder;

type Outcome = Result<(), StartError>;

const URL: &str = "http://127.0.0.1:8787";

async fn started(folder: &Folder) -> Result<std::sync::Arc<Host>, StartError> {
    started_at(folder, URL).await
}

async fn started_at(folder: &Folder, url: &str) -> Result<std::sync::Arc<Host>, StartError> {
    let data = folder.path().join("data").display().to_string();
    let settings = Settings::try_parse_from(["kefu-local", "--data", &data, "--demo-inquiries", "off"])?;
    let host = std::sync::Arc::new(Host::open(settings.clone(), url).await?);
    demo::begin(&host, &settings, url).await?;
    Ok(host)
}

#[tokio::test]
async fn refunds_find_the_demos_backend_on_another_port() -> Outcome {
    let folder = Folder::new("port")?;
    drop(started(&folder).await?);
    let host = started_at(&folder, "http://127.0.0.1:9999").await?;
    let taipei = host.app.store.fresh_shop(&ShopId::parse("taipei")?).await?.ok_or("no shop")?;
    let there = "http://127.0.0.1:9999/local/shop-backend/refunds";
    assert_eq!(taipei.backend.webhook_url.as_deref(), Some(there));
    Ok(())
}

async fn post(host: &Host, path: &str, body: Value) -> Result<(StatusCode, Value), StartError> {
    let request = Request::post(path).header(header::HOST, "127.0.0.1:8787");
    answer(host, request.body(Body::from(body.to_string()))?).await
}

async fn answer(host: &Host, request: Request<Body>) -> Result<(StatusCode, Value), StartError> {
    let response = host.router().oneshot(request).await?;
    let status = response.status();
    let body = response.into_body().collect().await?.to_bytes();
    Ok((status, serde_json::from_slice(&body).unwrap_or_default()))
}

async fn get(host: &Host, path: &str, token: &str) -> Result<(StatusCode, Value), StartError> {
    let request = Request::get(path).header(header::HOST, "localhost:8787");
    answer(host, request.header(header::AUTHORIZATION, format!("Bearer {token}")).body(Body::empty())?).await
}

#[tokio::test]
async fn who_signs_in_is_who_the_api_sees_after_a_restart_too() -> Outcome {
    let folder = Folder::new("host")?;
    let host = started(&folder).await?;
    let (_, signed_in) = post(&host, "/local/sign-in", json!({ "agent": "otto" })).await?;
    let token = signed_in["token"].as_str().ok_or("no token")?;
    for host in [host, started(&folder).await?] {
        let (status, session) = get(&host, "/v1/session", token).await?;
        assert_eq!(status, StatusCode::OK);
        let shops = session["shops"].as_array().ok_or("no shops")?;
        assert_eq!(shops.iter().filter(|shop| shop["service"] == true).count(), 1);
        assert_eq!(shops.len(), 2);
    }
    Ok(())
}

#[tokio::test]
async fn nobody_else_can_sign_in() -> Outcome {
    let folder = Folder::new("host")?;
    let host = started(&folder).await?;
    assert_eq!(post(&host, "/local/sign-in", json!({ "agent": "nobody" })).await?.0, StatusCode::NOT_FOUND);
    assert_eq!(get(&host, "/v1/session", "forged").await?.0, StatusCode::UNAUTHORIZED);
    Ok(())
}

#[tokio::test]
async fn a_members_token_opens_their_own_inquiries() -> Outcome {
    let folder = Folder::new("host")?;
    let host = started(&folder).await?;
    let member = json!({ "shop": "taipei", "id": "ada", "name": "Ada", "email": "ada@example.com" });
    let (_, signed_in) = post(&host, "/local/member-token", member).await?;
    let token = signed_in["token"].as_str().ok_or("no token")?;
    assert_eq!(get(&host, "/v1/shops/taipei/my/inquiries", token).await?.0, StatusCode::OK);
    assert_eq!(get(&host, "/v1/shops/lantern/my/inquiries", token).await?.0, StatusCode::UNAUTHORIZED);
    Ok(())
}

#[tokio::test]
async fn a_shops_last_two_keys_are_good() -> Outcome {
    let folder = Folder::new("host")?;
    let host = started(&folder).await?;
    let mut keys = Vec::new();
    for rotate in [false, false, true, true] {
        let owner = json!({ "id": "zoe", "nickname": "Zoe", "role": "owner" });
        let shop = json!({ "id": "new", "name": "新店", "members": [owner], "rotate_key": rotate });
        let (status, made) = post(&host, "/local/shops", shop).await?;
        assert_eq!(status, StatusCode::OK);
        keys.push(made["key_id"].as_str().ok_or("no key")?.to_owned());
    }
    assert_eq!(keys[0], keys[1], "a change of the shop changes no key");
    let id = domain::ids::ShopId::parse("new")?;
    let shop = host.app.store.shop(&id).await.map_err(|it| it.chain())?.ok_or("no shop")?;
    let kept: Vec<&str> = shop.signing_keys.iter().map(|key| key.id.as_str()).collect();
    assert_eq!(kept, [&keys[2], &keys[3]]);
    Ok(())
}

#[tokio::test]
async fn the_clock_moves_for_everybody_and_never_back() -> Outcome {
    let folder = Folder::new("host")?;
    let host = started(&folder).await?;
    let before = host.app.clock.now();
    let (status, moved) = post(&host, "/local/clock", json!({ "advance_seconds": 86_400 })).await?;
    assert_eq!(status, StatusCode::OK);
    let now: jiff::Timestamp = moved["now"].as_str().ok_or("no time")?.parse()?;
    assert!(now.duration_since(before).as_hours() >= 24);
    let (_, config) = get(&host, "/config.json", "").await?;
    assert_eq!(config["clock_offset_seconds"], 86_400);
    let (status, refused) = post(&host, "/local/clock", json!({ "advance_seconds": -1 })).await?;
    assert_eq!(
        (status, refused["fields"][0]["field"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("advance_seconds"))
    );
    Ok(())
}

#[tokio::test]
async fn pages_from_elsewhere_get_nothing() -> Outcome {
    let folder = Folder::new("host")?;
    let host = started(&folder).await?;
    let rebound = Request::get("/healthz").header(header::HOST, "rebound.example:8787").body(Body::empty())?;
    assert_eq!(answer(&host, rebound).await?.0, StatusCode::FORBIDDEN);
    let foreign = Request::post("/local/sign-in")
        .header(header::HOST, "127.0.0.1:8787")
        .header(header::ORIGIN, "https://evil.example")
        .body(Body::from(r#"{"agent":"mia"}"#))?;
    assert_eq!(answer(&host, foreign).await?.0, StatusCode::FORBIDDEN);
    Ok(())
}

#[tokio::test]
async fn what_it_keeps_is_for_its_owner_only() -> Outcome {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("host")?;
    started(&folder).await?;
    let mode = std::fs::metadata(folder.path().join("data"))?.permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    Ok(())
}
