//! Every function of the repository is there, once, with the routes, the schedule or the queue that the code says.

use std::sync::OnceLock;

use http::Method;
use local::catalog::SCHEDULED;
use serde_json::{Map, Value, json};

use super::rights;
use crate::tidy::openapi::{Operation, committed};
use crate::tidy::root;

/// The queues that call functions.
pub const CALLED_BY: [(&str, &str); 3] =
    [("distribute-inquiries", "Arrivals"), ("execute-refund", "Refunds"), ("send-notice", "Notices")];
/// Functions that ask for themselves again, which Lambda would take for a loop.
const AGAIN: [&str; 2] = ["distribute-inquiries", "execute-refund"];
/// What answers browsers that ask before they call: any function could, this one is asked by every page of a shop.
const ASKED_BEFORE: &str = "show-inquiry-form";
/// How long a function that a queue calls may take, in seconds.
pub const QUEUE_SECONDS: u32 = 30;
/// How long one that a schedule calls may take: less than until the next run.
const SCHEDULE_SECONDS: u32 = 55;

/// A function of the repository.
#[derive(Debug)]
pub struct Function {
    /// Its folder.
    pub name: String,
    /// What it answers to, if it is asked over HTTP.
    pub operations: Vec<Operation>,
    /// The queue that calls it.
    pub queue: Option<&'static str>,
    /// Every so many minutes it is called.
    pub minutes: Option<i64>,
}

impl Function {
    /// Its name in the template.
    pub fn resource(&self) -> String {
        pascal(&self.name)
    }
}

/// All of them.
pub fn all() -> &'static [Function] {
    static ALL: OnceLock<Vec<Function>> = OnceLock::new();
    ALL.get_or_init(|| {
        let operations = committed();
        let entries = std::fs::read_dir(root().join("functions")).expect("the functions").flatten();
        let folders = entries.filter(|entry| entry.path().join("Cargo.toml").is_file());
        let mut names: Vec<String> =
            folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort_unstable();
        let function = |name: String| {
            let library = root().join("functions").join(&name).join("src/lib.rs");
            let library = std::fs::read_to_string(library).expect("its library");
            let answers = |it: &&Operation| library.contains(&format!("operation_id = \"{}\"", it.id));
            let operations = operations.iter().filter(answers).cloned().collect();
            let queue = CALLED_BY.iter().find(|it| it.0 == name).map(|it| it.1);
            let rate = SCHEDULED.iter().find(|it| it.0 == name).map(|it| it.1);
            Function { operations, queue, minutes: rate.map(|rate| rate.as_mins()), name }
        };
        names.into_iter().map(function).collect()
    })
}

/// `show-inquiry` and `show_inquiry` as `ShowInquiry`.
pub fn pascal(name: &str) -> String {
    let words = name.split(['-', '_']);
    words.map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}

/// The function that the gateway would call; none where it would answer itself.
pub fn serving(method: &Method, path: &str) -> Option<&'static str> {
    if *method == Method::OPTIONS {
        return Some(ASKED_BEFORE);
    }
    let fits = |pattern: &str| {
        let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
        loop {
            match (wanted.next(), given.next()) {
                (None, None) => return true,
                (Some(wanted), Some(given)) if wanted == given || wanted.starts_with('{') => {}
                _ => return false,
            }
        }
    };
    let operations = all().iter().flat_map(|it| it.operations.iter().map(move |operation| (it, operation)));
    let fitting = operations.filter(|(_, it)| it.method == method.as_str() && fits(&it.path));
    // The more of the path a route says itself, the more it is meant.
    fitting.min_by_key(|(_, it)| it.path.matches('{').count()).map(|(function, _)| function.name.as_str())
}

/// Whether the function checks by itself who asks, so that the gateway lets everybody through.
pub fn is_open(operation: &Operation) -> bool {
    operation.callers.iter().any(|caller| caller != "agent")
}

/// What is wrong with the template's functions.
pub fn check(template: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for (function, expected) in expected() {
        let mut found = template["Resources"][&function.resource()].clone();
        if let Some(properties) = found.get_mut("Properties").and_then(Value::as_object_mut) {
            properties.remove("Description");
        }
        if found != *expected {
            wrong.push(format!("{}: {found:#}\ninstead of\n{expected:#}", function.name));
        }
    }
    let resources = template["Resources"].as_object().into_iter().flatten();
    let functions = resources.filter(|(_, it)| it["Type"] == "AWS::Serverless::Function");
    let others = functions.filter(|(name, _)| !all().iter().any(|it| it.resource() == **name));
    wrong.extend(others.map(|(name, _)| format!("{name} is no function of the repository")));
    if template["Resources"]["Api"]["Properties"]["RouteSettings"] != *throttles() {
        wrong.push(format!("RouteSettings are not {:#}", throttles()));
    }
    wrong
}

fn expected() -> &'static [(&'static Function, Value)] {
    static EXPECTED: OnceLock<Vec<(&'static Function, Value)>> = OnceLock::new();
    EXPECTED.get_or_init(|| all().iter().map(|function| (function, resource(function))).collect())
}

fn resource(function: &Function) -> Value {
    let name = &function.name;
    let mut properties = Map::from_iter([
        ("FunctionName".to_owned(), named(name)),
        ("CodeUri".to_owned(), json!(format!("../target/lambda/{name}/"))),
    ]);
    let mut set = |name: &str, value: Value| properties.insert(name.to_owned(), value);
    let statements = rights::statements(name, function.queue);
    set("Policies", json!([{ "Version": "2012-10-17", "Statement": statements }]));
    let mut events: Map<String, Value> = function.operations.iter().map(route).collect();
    if name == ASKED_BEFORE {
        events.insert("Preflight".to_owned(), event("OPTIONS", "/v1/shops/{shop}/{rest+}", true));
    }
    if function.queue.is_some() {
        set("Timeout", json!(QUEUE_SECONDS));
    }
    if AGAIN.contains(&name.as_str()) {
        set("RecursiveLoop", json!("Allow"));
    }
    if let Some(minutes) = function.minutes {
        set("Timeout", json!(SCHEDULE_SECONDS));
        let failed = json!({ "Type": "SQS", "Destination": dead_letters() });
        set(
            "EventInvokeConfig",
            json!({
                "MaximumRetryAttempts": 0,
                "MaximumEventAgeInSeconds": 300,
                "DestinationConfig": { "OnFailure": failed },
            }),
        );
        events.insert("Schedule".to_owned(), schedule(name, minutes));
    }
    if !events.is_empty() {
        set("Events", Value::Object(events));
    }
    json!({ "Type": "AWS::Serverless::Function", "Properties": properties })
}

fn named(name: &str) -> Value {
    json!({ "Fn::Sub": format!("kefu-${{Stage}}-{name}") })
}

fn dead_letters() -> Value {
    json!({ "Fn::GetAtt": ["SchedulesDeadLetters", "Arn"] })
}

fn route(operation: &Operation) -> (String, Value) {
    (pascal(&operation.id), event(&operation.method, &operation.path, is_open(operation)))
}

fn event(method: &str, path: &str, open: bool) -> Value {
    let mut properties = json!({ "ApiId": { "Ref": "Api" }, "Method": method, "Path": path });
    if open {
        properties["Auth"] = json!({ "Authorizer": "NONE" });
    }
    json!({ "Type": "HttpApi", "Properties": properties })
}

fn schedule(name: &str, minutes: i64) -> Value {
    let unit = if minutes == 1 { "minute" } else { "minutes" };
    json!({
        "Type": "ScheduleV2",
        "Properties": {
            "Name": named(name),
            "ScheduleExpression": format!("rate({minutes} {unit})"),
            "FlexibleTimeWindow": { "Mode": "OFF" },
            "RetryPolicy": { "MaximumEventAgeInSeconds": 300, "MaximumRetryAttempts": 3 },
            "DeadLetterConfig": { "Arn": dead_letters() },
        },
    })
}

/// The limits of the routes that are open, by who asks there: who is nobody yet asks least.
fn throttles() -> &'static Value {
    static THROTTLES: OnceLock<Value> = OnceLock::new();
    THROTTLES.get_or_init(|| {
        let operations = all().iter().flat_map(|it| &it.operations).filter(|it| is_open(it));
        let limited = |it: &Operation| {
            let is = |caller: &str| it.callers.contains(caller);
            let rate = match it.method.as_str() {
                _ if is("api_key") => 50,
                _ if is("webhook_signature") => 20,
                "GET" if is("") => 200,
                _ if is("") => 20,
                _ => 100,
            };
            (format!("{} {}", it.method, it.path), rate)
        };
        let preflight = ("OPTIONS /v1/shops/{shop}/{rest+}".to_owned(), 200);
        let limit = |(route, rate): (String, u32)| {
            (route, json!({ "ThrottlingRateLimit": rate, "ThrottlingBurstLimit": 2 * rate }))
        };
        Value::Object(operations.map(limited).chain([preflight]).map(limit).collect())
    })
}

#[test]
fn every_operation_has_its_function() {
    let name = |it: &Operation| format!("{} {} {}", it.id, it.method, it.path);
    let mut answered: Vec<String> = all().iter().flat_map(|it| &it.operations).map(name).collect();
    let mut described: Vec<String> = committed().iter().map(name).collect();
    answered.sort_unstable();
    described.sort_unstable();
    assert!(!described.is_empty());
    assert_eq!(answered, described, "each is answered by one function, and no function answers to more");
}

#[test]
fn the_gateway_finds_functions_as_the_code_does() {
    let cases = [
        (Method::POST, "/v1/shops/taipei/inquiries", Some("submit-inquiry")),
        (Method::POST, "/v1/shops/taipei/inquiries/bulk", Some("update-inquiries")),
        (Method::GET, "/v1/shops/taipei/inquiries/inq_1", Some("show-inquiry")),
        (Method::POST, "/v1/shops/taipei/inquiries/inq_1/unmerge", Some("merge-inquiry")),
        (Method::OPTIONS, "/v1/shops/taipei/my/inquiries", Some("show-inquiry-form")),
        (Method::DELETE, "/v1/shops/taipei/inquiries", None),
        (Method::GET, "/local/mailbox", None),
    ];
    for (method, path, expected) in cases {
        assert_eq!(serving(&method, path), expected, "{method} {path}");
    }
}
