//! Bodies that are not what they should be.

use serde_json::{Value, json};

use super::commands::{By, COMMANDS, Setting, fields, problem, wrong_with};

#[test]
fn what_is_no_json_object_is_refused_as_a_body() {
    let setting = Setting::new();
    let deep = "[".repeat(100_000);
    let bodies: [&[u8]; 16] = [
        b"{",
        b"nope",
        b"[]",
        b"[\"t\",\"done\"]",
        b"\"text\"",
        b"1",
        b"true",
        b"null",
        b"{} {}",
        b"{\"text\":\"t\",}",
        b"\xef\xbb\xbf{}",
        b"text=t&then=done",
        b"<text>t</text>",
        b"{\"text\":\"\xff\xfe\"}",
        b"{\"text\":\"\\ud800\"}",
        deep.as_bytes(),
    ];
    for command in COMMANDS {
        for body in bodies {
            let answer = setting.sends(&command, body);
            let told = problem(&answer);
            let case =
                format!("{} {}", command.operation, String::from_utf8_lossy(&body[..body.len().min(30)]));
            assert_eq!((answer.status, &told["code"]), (400, &json!("invalid_body")), "{case}: {told}");
        }
    }
}

#[test]
fn a_field_that_there_is_not_is_named() {
    let setting = Setting::new();
    let names =
        ["zzz", "status", "shop", "version", "customer", "internal_note", "Text", "__proto__", "", "客服"];
    for command in COMMANDS {
        let good = setting.body(&command);
        for name in names.into_iter().filter(|name| good.get(name).is_none()) {
            let answer = setting.with(&command, |body| body[name] = json!("x"));
            let told = problem(&answer);
            assert_eq!(
                (answer.status, wrong_with(&told, name)),
                (422, "unknown_field"),
                "{}: {told}",
                command.operation
            );
        }
    }
    for (operation, place, field) in [
        ("submit_inquiry", "/evidence", "evidence.zzz"),
        ("update_inquiries", "/items/0", "items[0].zzz"),
        ("update_inquiries", "/action", "action.zzz"),
    ] {
        for command in COMMANDS.iter().filter(|it| it.operation == operation) {
            let answer =
                setting.with(command, |body| body.pointer_mut(place).expect("a place")["zzz"] = json!(1));
            let told = problem(&answer);
            assert_eq!(
                (answer.status, wrong_with(&told, field)),
                (422, "unknown_field"),
                "{operation}: {told}"
            );
        }
    }
}

#[test]
fn a_field_of_the_wrong_type_is_named() {
    let setting = Setting::new();
    let values = [json!(1), json!(-1.5), json!(true), json!({ "a": 1 }), json!([1]), json!("a text")];
    let mut asked = 0;
    for command in COMMANDS {
        let good = setting.body(&command);
        for (name, right) in good.as_object().expect("an object") {
            let kind =
                |value: &Value| (value.is_string(), value.is_array(), value.is_object(), value.is_boolean());
            for value in values.iter().filter(|value| kind(value) != kind(right) || right.is_array()) {
                let answer = setting.with(&command, |body| body[name] = value.clone());
                let told = problem(&answer);
                assert_eq!(answer.status, 422, "{} {name} {value}: {told}", command.operation);
                assert!(fields(&told).iter().all(|it| it.starts_with(name.as_str())), "{name}: {told}");
                asked += 1;
            }
        }
    }
    assert!(asked > 150, "{asked}");
}

#[test]
fn an_array_is_no_object_wherever_it_stands() {
    let setting = Setting::new();
    let cases = [
        ("submit_inquiry", "/evidence", json!(["it broke", "a browser", "at noon"]), "evidence"),
        ("update_inquiries", "/items/0", json!([setting.asked.id, 1]), "items[0]"),
        ("update_inquiries", "/action", json!(["assign", "leo"]), "action"),
    ];
    for (operation, place, value, field) in cases {
        for command in COMMANDS.iter().filter(|it| it.operation == operation) {
            let answer =
                setting.with(command, |body| *body.pointer_mut(place).expect("a place") = value.clone());
            assert_eq!(wrong_with(&problem(&answer), field), "wrong_type", "{operation} {place}");
        }
    }
}

#[test]
fn everything_that_is_missing_is_named_at_once() {
    let setting = Setting::new();
    for command in COMMANDS.iter().filter(|command| !command.required.is_empty()) {
        let nothing = command.required.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        for body in ["", "{}", "  {\n} "] {
            let told = problem(&setting.sends(command, body));
            assert_eq!(
                (&told["code"], fields(&told)),
                (&json!("invalid_fields"), nothing.clone()),
                "{}: {told}",
                command.operation
            );
            assert!(nothing.iter().all(|name| wrong_with(&told, name) == "required"), "{told}");
        }
        // Each one on its own, and nothing where it may be nothing.
        for missing in command.required {
            let answer = setting.with(command, |body| {
                body.as_object_mut().expect("an object").remove(*missing);
            });
            assert_eq!(fields(&problem(&answer)), [*missing], "{}", command.operation);
            // `null` puts an inquiry back, and takes it back from a snooze.
            if !["to", "until"].contains(missing) || command.operation == "see_alerts" {
                let answer = setting.with(command, |body| body[*missing] = Value::Null);
                assert_eq!(fields(&problem(&answer)), [*missing], "{}", command.operation);
            }
        }
    }
}

#[test]
fn several_wrong_fields_are_named_at_once() {
    let setting = Setting::new();
    let [guest, ..] = COMMANDS;
    let told = problem(&setting.with(&guest, |body| {
        for (field, value) in
            [("name", "a\nb"), ("email", "nowhere"), ("text", " "), ("website", "spam.example")]
        {
            body[field] = json!(value);
        }
        body["subject"] = json!("s".repeat(201));
        body["evidence"]["browser"] = json!("b".repeat(501));
    }));
    let codes = [
        ("name", "control_characters"),
        ("email", "not_an_email"),
        ("text", "required"),
        ("website", "must_be_empty"),
        ("subject", "too_long"),
        ("evidence.browser", "too_long"),
    ];
    assert_eq!(codes.map(|(field, _)| wrong_with(&told, field)), codes.map(|(_, code)| code), "{told}");
    assert_eq!(fields(&told).len(), codes.len());
}

#[test]
fn a_word_that_there_is_not_is_named() {
    let setting = Setting::new();
    let words = [
        ("submit_inquiry", "/source", "source"),
        ("submit_inquiry", "/category", "category"),
        ("submit_inquiry", "/locale", "locale"),
        ("rate_inquiry", "/rating", "rating"),
        ("reply_to_inquiry", "/then", "then"),
        ("assign_inquiry", "/to", "to"),
        ("close_inquiry", "/reason", "reason"),
        ("label_inquiry", "/category", "category"),
        ("label_inquiry", "/priority", "priority"),
        ("label_inquiry", "/flag", "flag"),
        ("merge_inquiry", "/into", "into"),
        ("update_inquiries", "/action/type", "action.type"),
    ];
    for (operation, place, field) in words {
        for command in COMMANDS.iter().filter(|it| it.operation == operation) {
            for word in ["no such word", "", "Payment", "done ", "none\u{0}", "客服"] {
                if place == "/to" && word == "Payment" {
                    continue; // Somebody could be called so.
                }
                let answer =
                    setting.with(command, |body| *body.pointer_mut(place).expect("a place") = json!(word));
                let told = problem(&answer);
                assert_eq!(
                    (answer.status, wrong_with(&told, field)),
                    (422, "unknown_value"),
                    "{operation} {word:?}: {told}"
                );
            }
        }
    }
}

#[test]
fn a_body_above_256_kib_is_refused_before_it_is_read() {
    let setting = Setting::new();
    let padded = |body: &Value, bytes: usize| {
        let body = body.to_string();
        let padding = " ".repeat(bytes - body.len());
        body + &padding
    };
    for command in COMMANDS {
        let body = setting.body(&command);
        let told = setting.sends(&command, padded(&body, 256 * 1024 + 1));
        assert_eq!(told.status, 413, "{}", command.operation);
        assert_eq!(problem(&told)["code"], "payload_too_large");
        let at_the_bound = setting.sends(&command, padded(&body, 256 * 1024));
        assert!(
            ![400, 413, 422].contains(&at_the_bound.status),
            "{}: {}",
            command.operation,
            at_the_bound.text()
        );
    }
    let endless = setting.sends(&COMMANDS[0], vec![b'x'; 8 * 1024 * 1024]);
    assert_eq!(endless.status, 413);
}

#[test]
fn what_only_robots_fill_in_is_refused_and_nothing_is_kept_or_sent() {
    let setting = Setting::new();
    for command in COMMANDS.iter().filter(|it| it.operation == "submit_inquiry") {
        for trap in ["https://spam.example", " ", "0"] {
            let told = problem(&setting.with(command, |body| body["website"] = json!(trap)));
            assert_eq!(wrong_with(&told, "website"), "must_be_empty");
        }
    }
    assert_eq!(setting.desk.dispatch(), 0);
    assert!(setting.desk.mailbox("a@example.com").is_empty());
    assert_eq!(setting.desk.ada().lists().len(), 2, "only what was there before");
}

#[test]
fn the_read_mark_stands_alone() {
    let setting = Setting::new();
    let label = COMMANDS.iter().find(|it| it.operation == "label_inquiry").expect("the command");
    assert_eq!(label.by, By::Agent);
    let told = problem(&setting.with(label, |body| body["unread"] = json!(false)));
    assert_eq!(wrong_with(&told, "unread"), "must_be_empty");
}

#[test]
fn an_order_of_somebody_else_is_like_one_of_nobody() {
    let setting = Setting::new();
    let desk = &setting.desk;
    let mut answers = Vec::new();
    for (mine, order) in
        [(vec!["A-1", "A-2"], "B-1"), (vec!["A-1"], "no such order"), (vec![], "A-1"), (vec!["A-1"], "a-1")]
    {
        let now = desk.now().as_second();
        let claims = json!({
            "aud": "kefu:taipei", "sub": "ada", "name": "Ada", "email": "ada@example.com", "orders": mine,
            "iat": now, "exp": now + 60,
        });
        let key = crate::support::signing_key("taipei-1");
        let header = jsonwebtoken::Header { kid: Some(key.id), ..jsonwebtoken::Header::default() };
        let token =
            jsonwebtoken::encode(&header, &claims, &jsonwebtoken::EncodingKey::from_secret(&key.secret))
                .expect("a token");
        let ask = |order: &str| {
            let body = json!({ "category": "order", "text": "t", "order": order });
            desk.post("/v1/shops/taipei/inquiries")
                .token(&token)
                .header("accept-language", "en")
                .json(&body)
                .send()
        };
        let mut told = problem(&ask(order));
        assert_eq!(told["status"], 404);
        told["request_id"].take();
        answers.push(told.to_string());
        for order in mine {
            assert_eq!(ask(order).status, 201, "{order} is theirs");
        }
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
}
