//! Every command of the API, with a body that it takes.

use http::Method;
use serde_json::Value;

use super::order_commands::ORDERS;
use crate::support::{Answer, Asked, Call, Desk};
use crate::tidy::openapi::committed;

/// Who sends a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A guest, or whoever holds a link.
    Guest,
    /// ada, a member.
    Member,
    /// mia, an agent, who names the version that she saw.
    Agent,
    /// sue, a supervisor.
    Supervisor,
    /// otto, an owner, who names the version that he saw.
    Owner,
    /// The shop's backend, with its API key.
    Backend,
}

/// A command.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    pub operation: &'static str,
    pub by: By,
    path: &'static str,
    body: &'static str,
    /// The fields that have to be there.
    pub required: &'static [&'static str],
    /// Whether it has to name a version.
    pub versioned: bool,
}

pub const fn command(
    operation: &'static str,
    by: By,
    path: &'static str,
    body: &'static str,
    required: &'static [&'static str],
) -> Command {
    let versioned = matches!(by, By::Agent | By::Owner);
    Command { operation, by, path, body, required, versioned }
}

impl Command {
    /// The same without naming a version.
    pub const fn unversioned(self) -> Self {
        Self { versioned: false, ..self }
    }

    /// What replaces a whole is put, all else is posted.
    pub fn method(&self) -> Method {
        let whole = [
            "update_desk",
            "update_service_settings",
            "update_profile",
            "set_digest",
            "push_order",
            "push_product",
            "update_order_settings",
        ];
        if whole.contains(&self.operation) { Method::PUT } else { Method::POST }
    }

    /// Whether it is about an inquiry, whose version it names.
    pub fn of_an_inquiry(&self) -> bool {
        self.versioned && self.path.starts_with("/inquiries/{id}")
    }

    /// Whether it is about an order, whose version it names.
    pub fn of_an_order(&self) -> bool {
        self.versioned && self.path.starts_with("/orders/A-")
    }
}

/// All of them. The bodies hold every field that there is.
pub const COMMANDS: [Command; INQUIRIES.len() + ORDERS.len()] = {
    let mut all = [INQUIRIES[0]; INQUIRIES.len() + ORDERS.len()];
    let mut at = 0;
    while at < all.len() {
        all[at] = if at < INQUIRIES.len() { INQUIRIES[at] } else { ORDERS[at - INQUIRIES.len()] };
        at += 1;
    }
    all
};

const INQUIRIES: [Command; 26] = [
    command(
        "submit_inquiry",
        By::Guest,
        "/inquiries",
        r#"{"source":"order","category":"payment","subject":"s","text":"t","order":"o","product":"p","product_title":"pt",
            "locale":"en","evidence":{"error_text":"e","browser":"b","time":"t"},"name":"n","email":"a@example.com",
            "phone":"1","website":""}"#,
        &["category", "email", "name", "text"],
    ),
    command(
        "submit_inquiry",
        By::Member,
        "/inquiries",
        r#"{"source":"order","category":"payment","subject":"s","text":"t","order":"o","product":"p","product_title":"pt",
            "locale":"en","evidence":{"error_text":"e","browser":"b","time":"t"},"website":""}"#,
        &["category", "text"],
    ),
    command("confirm_inquiry", By::Guest, "/inquiries/confirm", r#"{"token":"t"}"#, &["token"]),
    command("open_guest_session", By::Guest, "/guest-sessions", r#"{"token":"t"}"#, &["token"]),
    command("follow_up_on_inquiry", By::Member, "/my/inquiries/{id}/messages", r#"{"text":"t"}"#, &["text"]),
    command("settle_inquiry", By::Member, "/my/inquiries/{id}/settle", "{}", &[]),
    command(
        "rate_inquiry",
        By::Member,
        "/my/inquiries/{id}/rating",
        r#"{"rating":"neutral","comment":"c"}"#,
        &["rating"],
    ),
    command(
        "reply_to_inquiry",
        By::Agent,
        "/inquiries/{id}/reply",
        r#"{"text":"t","then":"done"}"#,
        &["text", "then"],
    ),
    Command {
        versioned: false,
        ..command(
            "add_note",
            By::Agent,
            "/inquiries/{id}/notes",
            r#"{"text":"t","ask":{"agent":"leo"}}"#,
            &["text"],
        )
    },
    command("assign_inquiry", By::Agent, "/inquiries/{id}/assign", r#"{"to":"leo","note":"n"}"#, &["to"]),
    command("close_inquiry", By::Agent, "/inquiries/{id}/close", r#"{"reason":"other","detail":"d"}"#, &[]),
    command("reopen_inquiry", By::Agent, "/inquiries/{id}/reopen", "{}", &[]),
    command(
        "label_inquiry",
        By::Agent,
        "/inquiries/{id}/label",
        r#"{"category":"refund","priority":"urgent","flag":"red","add_tags":["t"],"remove_tags":["u"]}"#,
        &[],
    ),
    command("merge_inquiry", By::Agent, "/inquiries/{id}/merge", r#"{"into":"{other}"}"#, &["into"]),
    command("unmerge_inquiry", By::Agent, "/inquiries/{id}/unmerge", "{}", &[]),
    Command {
        versioned: false,
        ..command(
            "update_inquiries",
            By::Agent,
            "/inquiries/bulk",
            r#"{"items":[{"id":"{id}","version":1}],"action":{"type":"tag","add":["t"]}}"#,
            &["action", "items"],
        )
    },
    Command {
        versioned: false,
        ..command(
            "keep_presence",
            By::Agent,
            "/presence",
            r#"{"tab":"t","viewing":"{id}","typing":true,"receiving":true,"leaving":false}"#,
            &["tab"],
        )
    },
    command(
        "update_desk",
        By::Supervisor,
        "/agents/mia/desk",
        r#"{"capacity":7,"categories":["payment"],"shifts":[{"day":"monday","from":"09:00","to":"18:00"}]}"#,
        &[],
    ),
    command(
        "snooze_inquiry",
        By::Agent,
        "/inquiries/{id}/snooze",
        r#"{"until":"2027-03-05T00:00:00Z"}"#,
        &["until"],
    ),
    Command {
        versioned: false,
        ..command("answer_question", By::Agent, "/inquiries/{id}/questions/1/answered", "{}", &[])
    },
    command("reopen_by_link", By::Guest, "/inquiries/reopen", r#"{"token":"t"}"#, &["token"]),
    command(
        "update_service_settings",
        By::Owner,
        "/service-settings",
        r#"{"reply_clock":"wall","business_hours":[{"day":"monday","from":"09:00","to":"18:00"}],
            "holidays":["2027-01-01"],"duty_required":false,"reminder_hours":24,
            "departments":[{"name":"d","agents":["leo"]}]}"#,
        &["business_hours", "departments", "duty_required", "holidays", "reminder_hours", "reply_clock"],
    ),
    Command {
        versioned: false,
        ..command(
            "see_alerts",
            By::Agent,
            "/alerts/seen",
            r#"{"until":"1803862800000-0000000000000-000001"}"#,
            &["until"],
        )
    },
    Command {
        versioned: false,
        ..command(
            "update_profile",
            By::Agent,
            "/me",
            r#"{"nickname":"n","avatar":"data:image/png;base64,iVBORw0KGgo="}"#,
            &[],
        )
    },
    Command {
        versioned: false,
        ..command("set_digest", By::Agent, "/me/digest", r#"{"digest":true}"#, &["digest"])
    },
    command(
        "decide_proposal",
        By::Supervisor,
        "/proposals/leo",
        r#"{"approve":true,"proposal":"1"}"#,
        &["approve", "proposal"],
    ),
];

/// A desk with two inquiries of ada's and two orders of hers, `A-1` with an offer of a refund and `A-2`, which
/// left and comes back; and requests about the first inquiry, and about both orders.
pub struct Setting {
    pub desk: Desk,
    pub asked: Asked,
    pub other: Asked,
}

impl Setting {
    pub fn new() -> Self {
        let desk = Desk::open();
        let (asked, other) = (desk.ada().submits("Where is my parcel?"), desk.ada().submits("Where is it?"));
        super::order_commands::set(&desk, &other);
        Self { desk, asked, other }
    }

    /// A body that the command takes.
    pub fn body(&self, command: &Command) -> Value {
        let body = command.body.replace("{id}", &self.asked.id).replace("{other}", &self.other.id);
        serde_json::from_str(&body).expect("a body")
    }

    /// The command's path.
    pub fn path(&self, command: &Command) -> String {
        format!("/v1/shops/taipei{}", command.path.replace("{id}", &self.asked.id))
    }

    /// The command as its sender sends it, without a version and a body.
    pub fn bare(&self, command: &Command) -> Call<'_> {
        let call = self.desk.call(command.method(), self.path(command)).header("accept-language", "en");
        match command.by {
            By::Guest => call,
            By::Member => call.token(self.desk.ada().token.as_deref().unwrap_or_default()),
            By::Agent => call.token(&self.desk.mia().token),
            By::Supervisor => call.token(&self.desk.sue().token),
            By::Owner => call.token(&self.desk.otto().token),
            By::Backend => call.token(self.desk.api_key()),
        }
    }

    /// The command with these bytes as its body; it names a version that nobody saw, so that nothing is
    /// carried out.
    pub fn sends(&self, command: &Command, body: impl Into<Vec<u8>>) -> Answer {
        let call = self.bare(command).raw(body);
        let call = if matches!(command.by, By::Agent | By::Owner) { call.seeing(999_999) } else { call };
        call.send()
    }

    /// The command with its body changed.
    pub fn with(&self, command: &Command, change: impl FnOnce(&mut Value)) -> Answer {
        let mut body = self.body(command);
        change(&mut body);
        self.sends(command, body.to_string())
    }
}

/// The names of the fields that a problem is about, in order.
pub fn fields(problem: &Value) -> Vec<String> {
    let fields = problem["fields"].as_array().into_iter().flatten();
    let mut names: Vec<String> =
        fields.map(|it| it["field"].as_str().unwrap_or_default().to_owned()).collect();
    names.sort();
    names
}

/// What is wrong with one field.
pub fn wrong_with<'a>(problem: &'a Value, field: &str) -> &'a str {
    let mut fields = problem["fields"].as_array().into_iter().flatten();
    fields.find(|it| it["field"] == field).and_then(|it| it["code"].as_str()).unwrap_or_default()
}

/// An answer that is a problem document, whole and in English.
#[track_caller]
pub fn problem(answer: &Answer) -> Value {
    let problem = answer.json();
    let code = problem["code"].as_str().unwrap_or_default();
    assert!((400..500).contains(&answer.status), "{} {}", answer.status, answer.text());
    assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.text());
    assert_eq!(answer.header("content-language"), "en");
    assert_eq!(problem["type"], format!("urn:kefu:problem:{code}"));
    assert_eq!(problem["status"], answer.status);
    assert_eq!(problem["request_id"], answer.header("x-request-id"));
    for words in ["title", "detail"] {
        assert!(problem[words].as_str().is_some_and(|it| it.is_ascii() && it.len() > 5), "{problem}");
    }
    problem
}

#[test]
fn every_command_of_the_api_is_asked() {
    // Two have no body, the other is signed: `call_backs.rs`.
    let others = ["revoke_api_key", "delete_webhook_secret", "receive_refund_result"];
    let commands = committed().into_iter().filter(|it| it.method != "GET");
    let mut described: Vec<String> =
        commands.map(|it| it.id).filter(|it| !others.contains(&it.as_str())).collect();
    let mut asked: Vec<String> = COMMANDS.iter().map(|it| it.operation.to_owned()).collect();
    described.sort();
    asked.sort();
    asked.dedup();
    assert_eq!(asked, described, "name the command in bad_input/commands.rs");
}

#[test]
fn the_bodies_are_good() {
    let setting = Setting::new();
    for command in COMMANDS {
        let answer = setting.with(&command, |_| {});
        let problem = answer.json();
        assert!(problem["fields"].is_null() && answer.status != 400, "{command:?}: {}", answer.text());
    }
    let events = ["submitted", "customer_wrote", "settled", "rated"];
    assert_eq!(setting.desk.mia().events(&setting.asked), events, "only what names no version");
}
