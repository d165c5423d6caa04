//! Call-backs about refunds that are signed well and say nothing that can be used, and keys that there are not.

use http::Method;
use serde_json::{Value, json};

use super::commands::{Setting, problem, wrong_with};
use crate::support::{Answer, Provider};

struct Told {
    setting: Setting,
    provider: Provider,
}

impl Told {
    fn new() -> Self {
        let setting = Setting::new();
        let provider = setting.desk.provider();
        Self { setting, provider }
    }

    /// Signed well, whatever it says.
    fn tells(&self, body: &Value, event: &str) -> Answer {
        let at = self.setting.desk.now().as_second();
        let (key, signature) = self.provider.signs(at, body);
        let call = self.setting.desk.call_back(&key, at, &signature, event, body);
        call.header("accept-language", "en").send()
    }
}

#[test]
fn what_a_signed_call_back_lacks_is_named() {
    let told = Told::new();
    let good = json!({ "refund": "A-1-R1", "attempt": 1, "status": "succeeded", "reference": "r" });
    let but = |field: &str, value: Value| {
        let mut body = good.clone();
        body[field] = value;
        body
    };
    for (body, field, code) in [
        (but("attempt", Value::Null), "attempt", "required"),
        (but("status", json!("paid")), "status", "unknown_value"),
        (but("status", Value::Null), "status", "unknown_value"),
    ] {
        let answer = problem(&told.tells(&body, "event"));
        assert_eq!((&answer["status"], wrong_with(&answer, field)), (&json!(422), code), "{body}: {answer}");
    }
    for body in [
        json!([]),
        json!("text"),
        but("attempt", json!("1")),
        but("attempt", json!(-1)),
        but("zzz", json!(1)),
    ] {
        let answer = problem(&told.tells(&body, "event"));
        assert_eq!(answer["code"], "invalid_body", "{body}: {answer}");
    }
    for refund in [json!(null), json!(""), json!("A-1"), json!("客-R1"), json!("A-9-R1"), json!("A-1-R")] {
        let answer = problem(&told.tells(&but("refund", refund.clone()), "event"));
        assert_eq!(answer["code"], "not_found", "{refund}: {answer}");
    }
    for event in ["", &"e".repeat(129)] {
        let answer = problem(&told.tells(&good, event));
        assert_eq!(wrong_with(&answer, "Kefu-Event"), "required", "{answer}");
    }
    assert_eq!(problem(&told.tells(&good, "event"))["code"], "never_asked");
}

#[test]
fn a_signature_that_is_not_written_as_it_should_be_is_none() {
    let told = Told::new();
    let desk = &told.setting.desk;
    let body = json!({ "refund": "A-1-R1", "attempt": 1, "status": "succeeded" });
    let at = desk.now().as_second();
    let (key, good) = told.provider.signs(at, &body);
    let hex = good.trim_start_matches("v1=");
    let wrong = [
        String::new(),
        "v1=".to_owned(),
        hex.to_owned(),
        format!("v2={hex}"),
        format!("v1={}", &hex[..62]),
        format!("v1={}", &hex[..63]),
        format!("v1={hex}00"),
        format!("v1={hex},v1={hex}"),
        format!("v1={}", hex.replace(|it: char| it.is_ascii_hexdigit(), "x")),
        "v1=客".to_owned(),
    ];
    for signature in wrong {
        let answer =
            desk.call_back(&key, at, &signature, "event", &body).header("accept-language", "en").send();
        assert_eq!(problem(&answer)["code"], "unauthorized", "{signature}");
    }
    for twice in ["kefu-timestamp", "kefu-key-id", "kefu-signature"] {
        let call = desk.call_back(&key, at, &good, "event", &body).header("accept-language", "en");
        let again = match twice {
            "kefu-timestamp" => at.to_string(),
            "kefu-key-id" => key.clone(),
            _ => good.clone(),
        };
        assert_eq!(problem(&call.header(twice, again).send())["code"], "unauthorized", "{twice} twice");
    }
    let missing = desk.post("/v1/shops/taipei/refund-results").json(&body).header("accept-language", "en");
    assert_eq!(problem(&missing.send())["code"], "unauthorized");
}

#[test]
fn what_there_is_not_cannot_be_revoked_and_a_shop_has_ten_keys() {
    let setting = Setting::new();
    let otto = setting.desk.otto();
    for id in ["none", "%20", "..%2F..", "客", "%ff"] {
        let id = id.replace('客', "%E5%AE%A2");
        for (method, path) in [
            (Method::DELETE, format!("/v1/shops/taipei/api-keys/{id}")),
            (Method::DELETE, format!("/v1/shops/taipei/webhook-secrets/{id}")),
            (Method::POST, format!("/v1/shops/taipei/webhook-secrets/{id}/activate")),
        ] {
            let call = setting.desk.call(method, path.clone()).token(&otto.token);
            assert_eq!(problem(&call.header("accept-language", "en").send())["code"], "not_found", "{path}");
        }
    }
    // One was made for the orders of the setting.
    for _ in 0..9 {
        setting.desk.makes_key("taipei");
    }
    let more = otto.post("/api-keys", &json!({ "name": "n" })).header("accept-language", "en").send();
    assert_eq!(wrong_with(&problem(&more), "name"), "too_many");
}
