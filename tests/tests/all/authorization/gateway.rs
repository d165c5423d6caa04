//! In the cloud the gateway checks agents' tokens: the function believes the gateway's claims and nothing
//! that the caller sends.

use axum::body::Body;
use common::auth::AgentTokens;
use serde_json::{Value, json};

use super::door::{Door, answered, with};
use crate::support::{Answer, Desk};

/// A request as the gateway hands it over.
fn event(path: &str, authorization: Option<&str>, claims: Option<Value>) -> Value {
    let mut headers = json!({ "host": "api.kefu.example", "accept-language": "en" });
    if let Some(authorization) = authorization {
        headers["authorization"] = json!(authorization);
    }
    let mut context = json!({
        "accountId": "1", "apiId": "1", "domainName": "api.kefu.example", "domainPrefix": "api",
        "http": {
            "method": "GET", "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "test",
        },
        "requestId": "1", "routeKey": "$default", "stage": "$default",
        "time": "01/Mar/2027:01:00:00 +0000", "timeEpoch": 1_803_862_800_000_i64,
    });
    if let Some(claims) = claims {
        context["authorizer"] = json!({ "jwt": { "claims": claims, "scopes": null } });
    }
    json!({
        "version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": "", "headers": headers,
        "requestContext": context, "isBase64Encoded": false,
    })
}

fn asked(desk: &Desk, event: &Value) -> Answer {
    let app = with(desk, AgentTokens::Gateway);
    let router = common::http::served(local::catalog::routes(), app);
    let request = lambda_http::request::from_str(&event.to_string()).expect("an event of the gateway");
    let request = request.map(|body| Body::from(body.to_vec()));
    desk.block_on(answered(router, request))
}

#[test]
fn the_gateways_claims_open_the_api_and_only_those_of_an_access_token() {
    let desk = Desk::open();
    let path = "/v1/shops/taipei/inquiries";
    let claims = |token_use: &str, sub: &str| Some(json!({ "sub": sub, "token_use": token_use }));
    let cases = [
        (claims("access", "mia"), 200),
        (claims("access", "nora"), 404),
        (claims("access", "zed"), 404),
        (claims("id", "mia"), 401),
        (Some(json!({ "sub": "mia" })), 401),
        // Issuers that do not say what a token is used for.
        (Some(json!({ "sub": "mia", "scope": "openid" })), 200),
        (Some(json!({ "sub": "mia", "scp": "openid offline_access" })), 200),
        (Some(json!({ "sub": "mia", "scope": "openid", "token_use": "id" })), 401),
        (Some(json!({ "sub": "mia", "scope": "openid", "nonce": "n" })), 401),
        (Some(json!({ "sub": "mia", "scope": "openid", "at_hash": "h" })), 401),
        (Some(json!({ "sub": "mia", "scope": "openid", "typ": "ID" })), 401),
        (Some(json!({ "sub": "auth0|mia", "scope": "openid" })), 404),
        (Some(json!({ "token_use": "access" })), 401),
        (claims("access", ""), 401),
        (claims("access", "mia#x"), 401),
        (None, 401),
    ];
    for (claims, status) in cases {
        let answer = asked(&desk, &event(path, None, claims.clone()));
        assert_eq!(answer.status, status, "{claims:?}: {}", answer.text());
    }
}

#[test]
fn a_bearer_token_alone_opens_nothing_behind_the_gateway() {
    let desk = Desk::open();
    let door = Door::of(&desk);
    for token in [desk.mia().token, door.agent("mia", |_| {})] {
        let event = event("/v1/shops/taipei/inquiries", Some(&format!("Bearer {token}")), None);
        asked(&desk, &event).refused(401, "unauthorized");
    }
}

#[test]
fn a_storefronts_token_is_checked_by_the_function_itself() {
    let desk = Desk::open();
    let asks = |token: &str| {
        asked(&desk, &event("/v1/shops/taipei/my/inquiries", Some(&format!("Bearer {token}")), None))
    };
    assert_eq!(asks(&desk.ada().token.unwrap_or_default()).status, 200);
    asks("nonsense").refused(401, "unauthorized");
    // The gateway's claims about an agent make nobody a customer.
    let claims = json!({ "sub": "mia", "token_use": "access" });
    asked(&desk, &event("/v1/shops/taipei/my/inquiries", None, Some(claims))).refused(401, "unauthorized");
}
