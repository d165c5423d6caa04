//! What is wrong with commands about orders, refunds and returns in particular.

use serde_json::{Value, json};

use super::commands::{COMMANDS, Command, Setting, fields, problem, wrong_with};
use crate::support::{SignedDuration, hours, seconds};

fn commands(operation: &str) -> impl Iterator<Item = &'static Command> {
    static ALL: [Command; COMMANDS.len()] = COMMANDS;
    let operation = operation.to_owned();
    ALL.iter().filter(move |it| it.operation == operation)
}

/// The commands that have the place, with the value in it; answers with how many there were.
fn with(setting: &Setting, operation: &str, place: &str, value: &Value, field: &str, code: &str) -> usize {
    let mut asked = 0;
    for command in commands(operation) {
        let mut body = setting.body(command);
        let Some(there) = body.pointer_mut(place) else { continue };
        *there = value.clone();
        let told = problem(&setting.sends(command, body.to_string()));
        assert_eq!(
            (&told["status"], wrong_with(&told, field)),
            (&json!(422), code),
            "{operation} {value}: {told}"
        );
        asked += 1;
    }
    asked
}

#[test]
fn what_was_seen_of_an_older_order_is_refused_with_the_order_as_it_is() {
    let setting = Setting::new();
    for command in COMMANDS.iter().filter(|it| it.of_an_order()) {
        let answer = setting.bare(command).seeing(1).json(&setting.body(command)).send();
        let told = problem(&answer);
        assert_eq!((answer.status, &told["code"]), (409, &json!("order_moved_on")), "{}", command.operation);
        assert!(told["order"]["version"].as_u64().is_some_and(|it| it > 1), "{}: {told}", command.operation);
    }
}

#[test]
fn a_field_within_a_field_is_named_where_it_stands() {
    let setting = Setting::new();
    let places = [
        ("push_order", "/customer", "customer"),
        ("push_order", "/items/0", "items[0]"),
        ("push_order", "/tracking", "tracking"),
        ("push_orders", "/orders/0", "orders[0]"),
        ("push_orders", "/orders/0/order", "orders[0].order"),
        ("push_products", "/products/0", "products[0]"),
        ("refund_order", "/amount", "amount"),
        ("decide_refund", "/amount", "amount"),
        ("decide_return", "/amount", "amount"),
        ("open_return", "/items/0", "items[0]"),
        ("request_return", "/items/0", "items[0]"),
        ("update_order_settings", "/arrivals/0", "arrivals[0]"),
    ];
    for (operation, place, field) in places {
        let mut asked = 0;
        for command in commands(operation) {
            let mut body = setting.body(command);
            let Some(there) = body.pointer_mut(place) else { continue };
            there["zzz"] = json!(1);
            let told = problem(&setting.sends(command, body.to_string()));
            assert_eq!(wrong_with(&told, &format!("{field}.zzz")), "unknown_field", "{operation}: {told}");
            *body.pointer_mut(place).expect("a place") = json!(["a", 1]);
            let told = problem(&setting.sends(command, body.to_string()));
            assert_eq!(wrong_with(&told, field), "wrong_type", "{operation} {place}: {told}");
            asked += 1;
        }
        assert_eq!(asked, 1, "{operation} {place}");
    }
}

#[test]
fn a_word_that_there_is_not_is_named() {
    let setting = Setting::new();
    let words = [
        ("push_order", "/payment_method", "payment_method"),
        ("push_order", "/currency", "currency"),
        ("push_product", "/currency", "currency"),
        ("refund_order", "/reason", "reason"),
        ("refund_order", "/amount/currency", "amount.currency"),
        ("decide_refund", "/action", "action"),
        ("open_return", "/kind", "kind"),
        ("decide_return", "/action", "action"),
        ("request_refund", "/reason", "reason"),
        ("request_return", "/kind", "kind"),
        ("update_order_settings", "/payer", "payer"),
        ("update_order_settings", "/arrivals/0/unit", "arrivals[0].unit"),
        ("update_order_settings", "/arrivals/0/payment_method", "arrivals[0].payment_method"),
    ];
    for (operation, place, field) in words {
        for word in ["no such word", "", "twd", "Late", "agree ", "webhook\u{0}", "客服"] {
            assert!(
                with(&setting, operation, place, &json!(word), field, "unknown_value") > 0,
                "{operation}"
            );
        }
    }
}

#[test]
fn amounts_and_counts_stay_in_their_range() {
    let setting = Setting::new();
    let beyond = json!(1_000_000_000_001_u64);
    let large = [
        ("push_order", "/total", "total"),
        ("push_order", "/shipping", "shipping"),
        ("push_order", "/paid", "paid"),
        ("push_order", "/items/0/unit_price", "items[0].unit_price"),
        ("push_product", "/price", "price"),
        ("refund_order", "/amount/minor", "amount.minor"),
        ("decide_refund", "/amount/minor", "amount.minor"),
        ("update_order_settings", "/second_person_above", "second_person_above"),
    ];
    for (operation, place, field) in large {
        assert_eq!(with(&setting, operation, place, &beyond, field, "too_large"), 1);
        for value in [json!(-1), json!(1.5), json!(1e30), json!("1"), json!(true)] {
            assert_eq!(with(&setting, operation, place, &value, field, "wrong_type"), 1);
        }
    }
    let counted = [
        ("push_order", "/days_to_ship", "days_to_ship", 366),
        ("push_order", "/items/0/quantity", "items[0].quantity", 0),
        ("push_order", "/items/0/quantity", "items[0].quantity", 1_000_001),
        ("update_order_settings", "/transit_days", "transit_days", 91),
        ("update_order_settings", "/arrivals/0/to", "arrivals[0].to", 0),
        ("update_order_settings", "/arrivals/0/to", "arrivals[0].to", 91),
        ("update_order_settings", "/arrivals/0/from", "arrivals[0].to", 3),
    ];
    for (operation, place, field, value) in counted {
        assert_eq!(
            with(&setting, operation, place, &json!(value), field, "out_of_range"),
            1,
            "{place} {value}"
        );
    }
}

#[test]
fn lists_are_bounded() {
    let setting = Setting::new();
    let thing = |place: &str, operation: &str| {
        let command = commands(operation).next().expect("a command");
        setting.body(command).pointer(place).cloned().expect("a thing")
    };
    for (operation, place, most) in [
        ("push_orders", "/orders", 50),
        ("push_products", "/products", 50),
        ("push_order", "/items", 100),
        ("open_return", "/items", 100),
        ("request_return", "/items", 100),
    ] {
        let one = thing(&format!("{place}/0"), operation);
        let field = place.trim_start_matches('/');
        let many = Value::from(vec![one.clone(); most + 1]);
        assert_eq!(with(&setting, operation, place, &many, field, "too_many"), 1, "{operation}");
        let command = commands(operation).next().expect("a command");
        let at = setting.with(command, |body| body[field] = Value::from(vec![one; most]));
        assert!(![400, 413].contains(&at.status), "{operation}: {}", at.text());
        assert!(wrong_with(&at.json(), field) != "too_many", "{operation}: {}", at.text());
    }
    for (operation, field) in [("push_order", "items"), ("open_return", "items")] {
        assert_eq!(with(&setting, operation, &format!("/{field}"), &json!([]), field, "required"), 1);
    }
}

#[test]
fn days_and_moments_are_written_in_one_way() {
    let setting = Setting::new();
    for day in ["tomorrow", "2027-4-1", "2027-02-30", "2027-04-01T00:00:00Z", "20270401", ""] {
        assert_eq!(with(&setting, "delay_order", "/date", &json!(day), "date", "wrong_type"), 1, "{day}");
    }
    for field in ["created_at", "paid_at", "shipped_at", "delivered_at", "cancelled_at"] {
        for at in ["now", "2027-03-01", "2027-02-30T00:00:00Z", "1969-12-31T23:59:59Z", ""] {
            let place = format!("/{field}");
            assert_eq!(
                with(&setting, "push_order", &place, &json!(at), field, "wrong_type"),
                1,
                "{field} {at}"
            );
        }
    }
}

#[test]
fn no_time_lies_more_than_a_day_ahead_and_what_arrived_has_left() {
    let setting = Setting::new();
    let ahead = |span: SignedDuration| json!((setting.desk.now() + span).to_string());
    let push = commands("push_order").next().expect("a command");
    for field in ["created_at", "paid_at", "shipped_at", "delivered_at", "cancelled_at"] {
        let place = format!("/{field}");
        let beyond = ahead(hours(24) + seconds(60));
        assert_eq!(with(&setting, "push_order", &place, &beyond, field, "too_far"), 1);
        let within = ahead(hours(24) - seconds(60));
        let answer = setting.with(push, |body| body[field] = within);
        assert!(answer.json()["fields"].is_null(), "{field}: {}", answer.text());
    }
    let told = problem(&setting.with(push, |body| body["shipped_at"] = Value::Null));
    assert_eq!((wrong_with(&told, "shipped_at"), fields(&told).len()), ("required", 1), "{told}");
    let told = problem(&setting.with(push, |body| body["shipped_at"] = json!("now")));
    assert_eq!((wrong_with(&told, "shipped_at"), fields(&told).len()), ("wrong_type", 1), "{told}");
}

#[test]
fn what_is_wrong_with_a_products_id_is_said_once() {
    let setting = Setting::new();
    let product = setting.body(commands("push_product").next().expect("a command"));
    let push = commands("push_products").next().expect("a command");
    for (id, code) in [
        (Value::Null, "required"),
        (json!(""), "required"),
        (json!("a#b"), "wrong_type"),
        (json!("a".repeat(65)), "too_long"),
    ] {
        let many = json!([{ "id": id, "product": product }]);
        let told = setting.with(push, |body| body["products"] = many).json();
        let told = &told["results"][0]["problem"];
        assert_eq!((wrong_with(told, "id"), fields(told).len()), (code, 1), "{id}: {told}");
    }
}

#[test]
fn each_action_takes_its_own_fields_only() {
    let setting = Setting::new();
    let amount = json!({ "minor": 1, "currency": "TWD" });
    let cases = [
        ("decide_refund", json!({ "action": "agree", "reason": "r" }), "reason"),
        ("decide_refund", json!({ "action": "agree", "reference": "r" }), "reference"),
        ("decide_refund", json!({ "action": "reject", "reason": "r", "amount": amount }), "amount"),
        ("decide_refund", json!({ "action": "withdraw", "proof": 1 }), "proof"),
        ("decide_refund", json!({ "action": "retry", "amount": amount }), "amount"),
        ("decide_return", json!({ "action": "accept", "reason": "r" }), "reason"),
        ("decide_return", json!({ "action": "receive", "amount": amount }), "amount"),
        ("decide_return", json!({ "action": "reject", "reason": "r", "details": "d" }), "details"),
        ("decide_return", json!({ "action": "refund", "carrier": "c" }), "carrier"),
        ("decide_return", json!({ "action": "withdraw", "tracking": "t" }), "tracking"),
    ];
    for (operation, body, field) in cases {
        let command = commands(operation).next().expect("a command");
        let told = problem(&setting.sends(command, body.to_string()));
        assert_eq!(wrong_with(&told, field), "must_be_empty", "{body}: {told}");
    }
    let missing = [
        ("decide_refund", json!({ "action": "confirm" }), "reference"),
        ("decide_return", json!({ "action": "arrange_pick_up" }), "details"),
        ("decide_return", json!({ "action": "replace", "tracking": "t" }), "carrier"),
        ("decide_return", json!({ "action": "replace", "carrier": "c" }), "tracking"),
        ("answer_proposal", json!({ "agrees": true }), "refund"),
    ];
    for (operation, body, field) in missing {
        let command = commands(operation).next().expect("a command");
        let told = problem(&setting.sends(command, body.to_string()));
        assert_eq!(wrong_with(&told, field), "required", "{body}: {told}");
    }
    for (operation, body, field) in [
        ("answer_proposal", json!({ "refund": 1, "delay": "2027-03-10", "agrees": true }), "delay"),
        ("withdraw_request", json!({ "refund": 1, "return": 1 }), "return"),
    ] {
        let command = commands(operation).next().expect("a command");
        let told = problem(&setting.sends(command, body.to_string()));
        assert_eq!(wrong_with(&told, field), "must_be_empty", "{body}: {told}");
    }
}

#[test]
fn webhooks_go_to_public_addresses_only() {
    let setting = Setting::new();
    let wrong = [
        "shop.example/refunds",
        "http://shop.example/refunds",
        "ftp://shop.example/refunds",
        "https://",
        "https://10.0.0.1/refunds",
        "https://192.168.1.1/refunds",
        "https://169.254.169.254/latest/meta-data",
        "https://[fd00::1]/refunds",
        "https://[::ffff:10.0.0.1]/refunds",
        "https://0x0a000001/refunds",
        "https://user:secret@shop.example/refunds",
        "javascript:alert(1)",
        "file:///etc/passwd",
    ];
    for url in wrong {
        let asked = with(
            &setting,
            "update_order_settings",
            "/webhook_url",
            &json!(url),
            "webhook_url",
            "not_an_address",
        );
        assert_eq!(asked, 1);
    }
    let none =
        with(&setting, "update_order_settings", "/webhook_url", &Value::Null, "webhook_url", "required");
    assert_eq!(none, 1, "a backend that pays has an address");
}

#[test]
fn a_number_that_no_order_has_is_no_path() {
    let setting = Setting::new();
    let (mia, ada) = (setting.desk.mia(), setting.desk.ada());
    let long = "9".repeat(65);
    for number in ["%E5%AE%A2", "a%20b", "..", "%2e%2e", "a%2Fb", "a%00", long.as_str()] {
        for answer in [
            mia.get(&format!("/orders/{number}")).send(),
            ada.get(&format!("/my/orders/{number}")).send(),
            mia.post(&format!("/orders/{number}/contact"), &json!({ "text": "t" })).send(),
        ] {
            assert_eq!(answer.status, 404, "{number}: {}", answer.text());
        }
    }
    for part in ["0", "01", "+1", "-1", "1.0", "x", "4294967296", "2"] {
        let decided = json!({ "action": "withdraw" });
        for rest in [format!("A-1/refunds/{part}"), format!("A-2/returns/{part}")] {
            let answer = mia.post(&format!("/orders/{rest}"), &decided).seeing(999_999).send();
            assert_eq!(answer.status, 404, "{rest}: {}", answer.text());
        }
    }
    let number = "a%20b";
    let pushed = setting.body(commands("push_order").next().expect("a command"));
    let path = format!("/v1/shops/taipei/orders/{number}");
    let push = setting.desk.call(http::Method::PUT, path).token(setting.desk.api_key());
    let told = problem(&push.header("accept-language", "en").json(&pushed).send());
    assert_eq!(wrong_with(&told, "number"), "wrong_type");
}

#[test]
fn lists_are_asked_for_with_words_that_there_are() {
    let setting = Setting::new();
    let mia = setting.desk.mia();
    for (path, field, code) in [
        ("/orders?list=all", "list", "unknown_value"),
        ("/orders?list=TO_SHIP", "list", "unknown_value"),
        ("/orders?limit=0", "limit", "too_many"),
        ("/orders?limit=101", "limit", "too_many"),
        ("/orders?limit=x", "limit", "wrong_type"),
        ("/orders?cursor=x", "cursor", "unknown_value"),
        ("/orders?cursor=0000000000001~", "cursor", "unknown_value"),
        ("/orders?zzz=1", "zzz", "unknown_field"),
        ("/refunds?tab=all", "tab", "unknown_value"),
        ("/refunds?limit=101", "limit", "too_many"),
        ("/refunds?cursor=x", "cursor", "unknown_value"),
        ("/refunds?zzz=1", "zzz", "unknown_field"),
        ("/products?zzz=1", "zzz", "unknown_field"),
    ] {
        let told = problem(&mia.get(path).header("accept-language", "en").send());
        assert_eq!(wrong_with(&told, field), code, "{path}: {told}");
    }
    let long = format!("/products?search={}", "a".repeat(101));
    assert_eq!(
        wrong_with(&problem(&mia.get(&long).header("accept-language", "en").send()), "search"),
        "too_long"
    );
    for good in [
        "/orders?list=&cursor=&limit=100",
        "/orders?list=overdue&cursor=0000000000001~A-1",
        "/orders?list=overdue&cursor=9999999999999~A-1",
        "/orders?list=shipped&cursor=9999999999999~A-1",
        "/orders?list=reverse&cursor=9999999999999~A-1",
        "/refunds?tab=agreed&cursor=9999999999999~A-1-R1",
        "/products?search=%E8%8C%B6&cursor=%E8%8C%B6",
        "/products?cursor=zzz",
    ] {
        let answer = mia.get(good).send();
        assert_eq!(answer.status, 200, "{good}: {}", answer.text());
    }
}
