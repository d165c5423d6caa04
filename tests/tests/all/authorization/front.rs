//! Behind a front nobody comes around it, and quotas go by the address that the front saw.

use axum::Router;
use axum::body::Body;
use common::app::App;
use common::config::{Config, LIMITS, Secret};
use common::store::Limits;
use domain::limits::Rate;
use http::Request;
use serde_json::json;

use super::door::answered;
use crate::support::{Answer, Desk, hours};

fn behind_a_front(desk: &Desk) -> Router {
    let parts = &desk.app;
    let limits = Limits { per_network_address: Rate { most: 1, per: hours(1) }, ..LIMITS };
    let front_secrets = vec![Secret(b"a-secret".to_vec())];
    let config = Config { front_secrets, limits, ..parts.config.clone() };
    let app =
        App::new(config, parts.store.clone(), parts.queues(), parts.mailer.clone(), parts.clock.clone());
    common::http::served(local::catalog::routes(), app)
}

fn asked(desk: &Desk, router: &Router, method: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().method(method).uri("/v1/shops/taipei/form");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).expect("a request");
    desk.block_on(answered(router.clone(), request))
}

#[test]
fn who_comes_around_the_front_is_refused() {
    let desk = Desk::open();
    let router = behind_a_front(&desk);
    assert_eq!(asked(&desk, &router, "GET", &[("x-kefu-origin", "a-secret")]).status, 200);
    let nothing: &[(&str, &str)] = &[];
    for around in [nothing, &[("x-kefu-origin", "another")], &[("x-kefu-viewer", "192.0.2.1")]] {
        asked(&desk, &router, "GET", around).refused(403, "forbidden");
        let preflight = asked(&desk, &router, "OPTIONS", around);
        assert_eq!((preflight.status, preflight.header("access-control-allow-origin")), (403, ""));
    }
}

#[test]
fn quotas_go_by_the_address_that_the_front_saw() {
    let desk = Desk::open();
    let router = behind_a_front(&desk);
    let submits = |viewer: &str, key: &str| {
        let body =
            json!({ "category": "logistics", "text": "Hello", "name": "Gus", "email": "gus@example.org" });
        let request = Request::builder()
            .method("POST")
            .uri("/v1/shops/taipei/inquiries")
            .header("content-type", "application/json")
            .header("idempotency-key", key)
            .header("x-kefu-origin", "a-secret")
            .header("x-kefu-viewer", viewer)
            .body(Body::from(body.to_string()))
            .expect("a request");
        desk.block_on(answered(router.clone(), request)).status
    };
    let statuses =
        [submits("192.0.2.1", "first"), submits("192.0.2.1", "second"), submits("192.0.2.2", "third")];
    assert_eq!(statuses, [201, 429, 201]);
}
