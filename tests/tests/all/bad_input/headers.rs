//! Headers that are not what they should be.

use serde_json::json;

use super::commands::{By, COMMANDS, Setting, problem, wrong_with};

#[test]
fn a_command_that_does_not_say_what_it_saw_is_told_to() {
    let setting = Setting::new();
    for command in COMMANDS.iter().filter(|it| it.versioned) {
        let answer = setting.bare(command).json(&setting.body(command)).send();
        assert_eq!(answer.status, 428, "{}: {}", command.operation, answer.text());
        assert_eq!(problem(&answer)["code"], "precondition_required");
    }
}

#[test]
fn a_version_is_a_number_in_quotes() {
    let setting = Setting::new();
    let wrong = [
        "",
        "\"\"",
        "abc",
        "\"abc\"",
        "*",
        "W/\"1\"",
        "-1",
        "1.5",
        "\"1\", \"2\"",
        "99999999999",
        "１",
        "0x1",
    ];
    for command in COMMANDS.iter().filter(|it| it.by == By::Agent) {
        for value in wrong {
            let answer = setting.bare(command).header("if-match", value).json(&setting.body(command)).send();
            let told = problem(&answer);
            assert_eq!(
                (answer.status, wrong_with(&told, "If-Match")),
                (422, "wrong_type"),
                "{} {value:?}",
                command.operation
            );
        }
    }
}

#[test]
fn an_older_version_gets_what_happened_since() {
    let setting = Setting::new();
    let (mia, leo) = (setting.desk.mia(), setting.desk.leo());
    leo.keeps_open(&setting.asked, "It left today");
    let commands = COMMANDS.iter().filter(|it| it.of_an_inquiry() && it.operation != "unmerge_inquiry");
    for command in commands {
        let answer = setting.bare(command).seeing(1).json(&setting.body(command)).send();
        assert_eq!(answer.status, 409, "{}: {}", command.operation, answer.text());
        let told = problem(&answer);
        assert_eq!((&told["code"], &told["current"]["version"]), (&json!("inquiry_moved_on"), &json!(3)));
        assert_eq!(told["entries"].as_array().map(Vec::len), Some(2), "the reply, and whose it is since");
    }
    assert_eq!(mia.version(&setting.asked), 3, "nothing was carried out");
}

#[test]
fn an_idempotency_key_is_short_and_visible() {
    let setting = Setting::new();
    let long = "k".repeat(129);
    for command in COMMANDS {
        for key in ["", &long, "客服", "a\tb"] {
            let answer = setting.bare(&command).key(key).seeing(999_999).json(&setting.body(&command)).send();
            let told = problem(&answer);
            assert_eq!(
                (answer.status, told["fields"][0]["field"].as_str()),
                (422, Some("Idempotency-Key")),
                "{} {key:?}: {told}",
                command.operation
            );
        }
        let good =
            setting.bare(&command).key("k".repeat(128)).seeing(999_999).json(&setting.body(&command)).send();
        assert!(good.json()["fields"].is_null(), "{}: {}", command.operation, good.text());
    }
}

#[test]
fn a_key_that_was_used_for_something_else_is_refused() {
    let setting = Setting::new();
    let desk = &setting.desk;
    let (ada, mia) = (desk.ada(), desk.mia());
    let ask = |text: &str| ada.submission(json!({ "text": text })).key("one").send();
    let first = ask("Where is my parcel?").ok();
    assert_eq!(ask("Where is my parcel?").ok(), first, "a repeated sending finds what it made");
    ask("Where is my money?").refused(422, "idempotency_key_reused");
    let write =
        |text: &str| ada.command(&setting.asked, "messages", &json!({ "text": text })).key("two").send();
    write("Hello?").ok();
    write("Hello?").ok();
    write("Hello!").refused(422, "idempotency_key_reused");
    let version = mia.version(&setting.asked);
    let reply = |text: &str| {
        let body = json!({ "text": text, "then": "done" });
        mia.command(&setting.asked, "reply", &body).key("three").seeing(version).send()
    };
    let first = reply("It left today").ok();
    assert_eq!(reply("It left today").ok()["inquiry"]["version"], first["inquiry"]["version"]);
    reply("It left yesterday").refused(422, "idempotency_key_reused");
    assert_eq!(mia.events(&setting.asked).iter().filter(|event| *event == "agent_replied").count(), 1);
}

#[test]
fn strange_headers_change_nothing() {
    let setting = Setting::new();
    let [guest, ..] = COMMANDS;
    for (name, value) in [
        ("content-type", "text/plain"),
        ("content-type", "multipart/form-data; boundary=x"),
        ("accept", "image/png"),
        ("accept-language", "\u{1}"),
        ("x-forwarded-for", "203.0.113.7"),
        ("x-http-method-override", "DELETE"),
        ("host", "evil.example"),
        ("transfer-encoding", "identity"),
    ] {
        if value.bytes().all(|byte| byte >= 32) {
            let answer = setting.bare(&guest).header(name, value).json(&setting.body(&guest)).send();
            assert_eq!(answer.status, 201, "{name}: {value}: {}", answer.text());
        }
    }
}
