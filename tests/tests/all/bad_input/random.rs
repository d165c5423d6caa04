//! Anything at all, at every route: never an error of the machine, and whatever is refused is refused in the
//! one form.

use http::Method;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use super::commands::{COMMANDS, Setting};
use crate::tidy::openapi::{Operation, committed};

/// Requests that are tried.
const CASES: u32 = 3_000;

/// A request that somebody might send.
#[derive(Debug, Clone)]
struct Request {
    operation: Operation,
    shop: String,
    id: String,
    order: String,
    query: String,
    who: usize,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
    ];
    let name = prop_oneof![
        prop::sample::select(vec![
            "amount", "proof", "items", "agrees", "action", "date", "inquiry", "currency", "version", "kind",
            "text", "then", "category", "subject", "to", "note", "items", "action", "type", "add", "token",
            "rating", "evidence", "unread", "flag", "add_tags", "into", "name", "email", "website", "order",
            "reason",
        ])
        .prop_map(str::to_owned),
        ".{0,10}",
    ];
    leaf.prop_recursive(4, 40, 8, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            vec((name.clone(), inner), 0..8)
                .prop_map(|fields| fields.into_iter().collect::<serde_json::Map<_, _>>().into()),
        ]
    })
}

/// A good body with one value replaced, one of many bodies, or bytes.
fn body(good: Vec<Value>) -> impl Strategy<Value = Vec<u8>> {
    let bent = (prop::sample::select(good), any::<prop::sample::Index>(), json()).prop_map(
        |(mut body, at, value)| {
            let names: Vec<String> =
                body.as_object().map(|it| it.keys().cloned().collect()).unwrap_or_default();
            if !names.is_empty() {
                body[at.get(&names).as_str()] = value;
            }
            body.to_string().into_bytes()
        },
    );
    prop_oneof![4 => bent, 2 => json().prop_map(|it| it.to_string().into_bytes()), 1 => vec(any::<u8>(), 0..200)]
}

fn headers() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let names = prop::sample::select(vec![
        "if-match",
        "idempotency-key",
        "accept-language",
        "authorization",
        "origin",
        "if-none-match",
        "content-type",
    ]);
    let value = prop_oneof!["[ -~]{0,40}", "\"[0-9]{1,12}\"", "[à-ÿ]{1,10}", "Bearer [a-zA-Z0-9_.-]{0,60}"];
    vec((names, value), 0..4)
}

/// Any text, as it may stand in an address.
fn escaped() -> impl Strategy<Value = String> {
    vec(any::<u8>(), 0..30).prop_map(|bytes| bytes.iter().map(|byte| format!("%{byte:02x}")).collect())
}

fn query() -> impl Strategy<Value = String> {
    let names = prop::sample::select(vec![
        "list", "filter", "category", "status", "agent", "tag", "from", "to", "sort", "limit", "cursor",
        "counts", "before", "source", "zzz",
    ]);
    let value = prop_oneof![
        escaped(),
        "[0-9]{1,20}",
        "[a-z_]{1,12}",
        "[01]\\.[0-9]{13}_[0-9a-z]{0,13}",
        Just("true".to_owned()),
        Just("all".to_owned()),
        Just("history".to_owned()),
    ];
    vec((names, value), 0..5).prop_map(|pairs| {
        pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    })
}

fn request(setting: &Setting) -> impl Strategy<Value = Request> + use<> {
    let good: Vec<Value> = COMMANDS.iter().map(|command| setting.body(command)).collect();
    let shop = prop_oneof![6 => Just("taipei".to_owned()), 1 => Just("lantern".to_owned()), 1 => escaped()];
    let own = setting.asked.id.clone();
    let id = prop_oneof![6 => Just(own), 2 => "inq_[0-9a-z]{26}", 1 => escaped()];
    let order = prop_oneof![4 => Just("A-1".to_owned()), 4 => Just("A-2".to_owned()), 1 => escaped()];
    let parts =
        (prop::sample::select(committed()), shop, (id, order), query(), 0..5_usize, headers(), body(good));
    parts.prop_map(|(operation, shop, (id, order), query, who, headers, body)| Request {
        operation,
        shop,
        id,
        order,
        query,
        who,
        headers,
        body,
    })
}

#[test]
fn nothing_that_anybody_sends_breaks_the_machine() {
    let setting = Setting::new();
    let desk = &setting.desk;
    let key = Some(desk.api_key().to_owned());
    let tokens = [None, desk.ada().token, Some(desk.mia().token), Some(desk.otto().token), key];
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&request(&setting), |request| {
        let path = request.operation.path.replace("{shop}", &request.shop).replace("{id}", &request.id);
        let path = path.replace("{order}", &request.order).replace("{refund}", "1").replace("{return}", "1");
        let method = Method::from_bytes(request.operation.method.as_bytes()).expect("a method");
        let mut call = desk.call(method, format!("{path}?{}", request.query)).raw(request.body.clone());
        if let Some(token) = &tokens[request.who] {
            call = call.token(token);
        }
        for (name, value) in &request.headers {
            call = call.header(name, value.clone());
        }
        let answer = call.send();
        prop_assert!(answer.status < 500, "{} {}", answer.status, answer.text());
        prop_assert!(!answer.header("x-request-id").is_empty());
        prop_assert_eq!(answer.header("x-content-type-options"), "nosniff");
        if answer.status >= 400 {
            let told = answer.json();
            prop_assert_eq!(answer.header("content-type"), "application/problem+json");
            prop_assert_eq!(&told["status"], answer.status);
            let code = told["code"].as_str().unwrap_or_default();
            prop_assert_eq!(told["type"].as_str().unwrap_or_default(), format!("urn:kefu:problem:{code}"));
        }
        Ok(())
    });
    outcome.expect("every answer is one that a caller can read");
}
