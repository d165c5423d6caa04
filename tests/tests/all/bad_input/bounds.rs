//! Texts and lists at their bounds and beyond, in characters, whatever their bytes.

use serde_json::{Value, json};

use super::commands::{COMMANDS, Command, Setting, problem, wrong_with};

/// Fields with a bound: the operation, where it is in the body, its name in a problem, and the bound.
const TEXTS: [(&str, &str, &str, usize); 46] = [
    ("submit_inquiry", "/text", "text", 10_000),
    ("submit_inquiry", "/subject", "subject", 200),
    ("submit_inquiry", "/order", "order", 64),
    ("submit_inquiry", "/product", "product", 64),
    ("submit_inquiry", "/product_title", "product_title", 120),
    ("submit_inquiry", "/evidence/error_text", "evidence.error_text", 500),
    ("submit_inquiry", "/evidence/browser", "evidence.browser", 500),
    ("submit_inquiry", "/evidence/time", "evidence.time", 500),
    ("submit_inquiry", "/name", "name", 80),
    ("submit_inquiry", "/phone", "phone", 32),
    ("follow_up_on_inquiry", "/text", "text", 10_000),
    ("rate_inquiry", "/comment", "comment", 1_000),
    ("reply_to_inquiry", "/text", "text", 10_000),
    ("add_note", "/text", "text", 10_000),
    ("assign_inquiry", "/note", "note", 10_000),
    ("close_inquiry", "/detail", "detail", 500),
    ("label_inquiry", "/add_tags/0", "add_tags[0]", 24),
    ("label_inquiry", "/remove_tags/0", "remove_tags[0]", 24),
    ("update_inquiries", "/action/add/0", "action.add[0]", 24),
    ("update_inquiries", "/action/detail", "action.detail", 500),
    ("push_order", "/customer/id", "customer.id", 128),
    ("push_order", "/customer/name", "customer.name", 80),
    ("push_order", "/customer/phone", "customer.phone", 32),
    ("push_order", "/items/0/product", "items[0].product", 64),
    ("push_order", "/items/0/title", "items[0].title", 200),
    ("push_order", "/tracking/carrier", "tracking.carrier", 60),
    ("push_order", "/tracking/number", "tracking.number", 60),
    ("push_order", "/merchant_note", "merchant_note", 2_000),
    ("push_product", "/title", "title", 200),
    ("ship_order", "/carrier", "carrier", 60),
    ("ship_order", "/tracking", "tracking", 60),
    ("note_order", "/text", "text", 10_000),
    ("delay_order", "/terms", "terms", 2_000),
    ("contact_customer", "/text", "text", 10_000),
    ("contact_customer", "/subject", "subject", 200),
    ("refund_order", "/detail", "detail", 300),
    ("decide_refund", "/reason", "reason", 500),
    ("decide_refund", "/reference", "reference", 120),
    ("open_return", "/reason", "reason", 500),
    ("decide_return", "/reason", "reason", 500),
    ("decide_return", "/details", "details", 300),
    ("decide_return", "/carrier", "carrier", 60),
    ("decide_return", "/tracking", "tracking", 60),
    ("make_api_key", "/name", "name", 60),
    ("request_refund", "/detail", "detail", 500),
    ("request_return", "/reason", "reason", 500),
];

/// Texts of several lines.
const LONG: [&str; 6] = ["/text", "/note", "/comment", "/reason", "/terms", "/merchant_note"];

fn long(operation: &str, place: &str) -> bool {
    LONG.contains(&place) || (operation, place) == ("request_refund", "/detail")
}

/// The commands that have the field, as their senders send them, with the field at that value.
fn each(
    setting: &Setting,
    operation: &str,
    place: &str,
    value: &str,
    check: impl Fn(&Command, &crate::support::Answer),
) {
    let mut asked = 0;
    for command in COMMANDS.iter().filter(|it| it.operation == operation) {
        let mut body = setting.body(command);
        if place == "/action/detail" {
            body["action"] = json!({ "type": "close", "reason": "other", "detail": "" });
        }
        let Some(field) = body.pointer_mut(place) else { continue };
        *field = json!(value);
        check(command, &setting.sends(command, body.to_string()));
        asked += 1;
    }
    assert!(asked > 0, "{operation} has no {place}");
}

#[test]
fn a_text_may_be_as_long_as_its_bound_and_no_longer() {
    let setting = Setting::new();
    for (operation, place, name, most) in TEXTS {
        for character in ["a", "客", "😀"] {
            each(&setting, operation, place, &character.repeat(most), |_, answer| {
                assert!(answer.status < 500, "{}", answer.text());
                assert!(
                    ![400, 413, 422].contains(&answer.status),
                    "{operation} {name} {character}: {}",
                    answer.text()
                );
            });
            each(&setting, operation, place, &character.repeat(most + 1), |_, answer| {
                let told = problem(answer);
                assert_eq!(wrong_with(&told, name), "too_long", "{operation} {name}: {told}");
                let detail = told["fields"][0]["detail"].as_str().unwrap_or_default();
                assert!(detail.contains(&most.to_string()), "{detail}");
            });
        }
    }
}

#[test]
fn control_characters_are_refused_and_line_breaks_where_there_is_one_line() {
    let setting = Setting::new();
    let everywhere = ["a\u{0}b", "a\u{1b}[31mb", "a\u{7f}b", "a\u{85}b", "a\u{8}b"];
    let in_a_line = ["a\nb", "a\rb", "a\r\nBcc: x@y.example", "a\tb"];
    for (operation, place, name, _) in TEXTS {
        let long = long(operation, place);
        for value in everywhere.iter().chain(in_a_line.iter().filter(|_| !long)) {
            each(&setting, operation, place, value, |_, answer| {
                let told = problem(answer);
                assert_eq!(
                    wrong_with(&told, name),
                    "control_characters",
                    "{operation} {name} {value:?}: {told}"
                );
            });
        }
        for value in in_a_line.iter().filter(|_| long) {
            each(&setting, operation, place, value, |_, answer| {
                assert!(![400, 422].contains(&answer.status), "{operation} {name}: {}", answer.text());
            });
        }
    }
}

#[test]
fn an_address_is_an_address() {
    let setting = Setting::new();
    let long = format!("{}@example.com", "a".repeat(65));
    let wrong = [
        "ada",
        "ada@",
        "@example.com",
        "ada@example",
        "ada@example..com",
        "a b@example.com",
        "ada@exa mple.com",
        "ada@example.com\r\nBcc: victim@example.com",
        "ada@example.com, ben@example.com",
        "<ada@example.com>",
        "Ada <ada@example.com>",
        "ada@example.com;ben@example.com",
        "ada\u{0}@example.com",
        ".ada@example.com",
        "a..b@example.com",
        "\"ada\"@example.com",
        &long,
    ];
    for value in wrong {
        let told = problem(&setting.with(&COMMANDS[0], |body| body["email"] = json!(value)));
        assert_eq!(wrong_with(&told, "email"), "not_an_email", "{value:?}: {told}");
    }
}

#[test]
fn lists_are_bounded() {
    let setting = Setting::new();
    let many = |count: usize| -> Vec<Value> { (0..count).map(|n| json!(format!("tag {n}"))).collect() };
    let items = |count: usize| vec![json!({ "id": setting.asked.id, "version": 999_999 }); count];
    let cases = [
        ("label_inquiry", "/add_tags", "add_tags", many(11), many(10)),
        ("label_inquiry", "/remove_tags", "remove_tags", many(11), many(10)),
        ("update_inquiries", "/action/add", "action.add", many(11), many(10)),
        ("update_inquiries", "/items", "items", items(51), items(50)),
    ];
    for (operation, place, field, above, at) in cases {
        let command = COMMANDS.iter().find(|it| it.operation == operation).expect("a command");
        let put = |list: Vec<Value>| {
            setting.with(command, |body| *body.pointer_mut(place).expect("a list") = json!(list))
        };
        let told = problem(&put(above));
        assert_eq!(wrong_with(&told, field), "too_many", "{operation}: {told}");
        assert!(![400, 422].contains(&put(at).status), "{operation}");
    }
}

#[test]
fn an_inquiry_has_at_most_ten_tags() {
    let setting = Setting::new();
    let mia = setting.desk.mia();
    let tags = |from: usize, to: usize| json!({ "add_tags": (from..to).map(|n| format!("tag {n}")).collect::<Vec<_>>() });
    mia.labels(&setting.asked, &tags(0, 10));
    mia.tries(&setting.asked, "label", &tags(10, 11)).refused(422, "too_many_tags");
    mia.labels(&setting.asked, &tags(0, 10));
}

#[test]
fn numbers_stay_in_their_range() {
    let setting = Setting::new();
    let bulk = COMMANDS.iter().find(|it| it.operation == "update_inquiries").expect("a command");
    for version in ["-1", "1.5", "4294967296", "1e3", "99999999999999999999999"] {
        let body = setting.body(bulk).to_string().replace("\"version\":1", &format!("\"version\":{version}"));
        let told = problem(&setting.sends(bulk, body));
        assert_eq!(wrong_with(&told, "items[0].version"), "wrong_type", "{version}: {told}");
    }
}
