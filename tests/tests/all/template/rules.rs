//! What holds of the whole template.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::functions::CALLED_BY;
use super::rights::list;
use crate::tidy::root;

/// A key's own policy says who may use it, and can name no resource but itself.
const OWN_POLICIES: [&str; 1] = ["Key"];
/// What a policy says the other way round: everything but this.
const ALL_BUT: [&str; 3] = ["NotAction", "NotPrincipal", "NotResource"];
/// Words of the code that metrics are made of: the filter's name, and where they are said.
const SAID: [(&str, &str); 2] = [
    ("OwedNotices", "functions/resend-notices/src/lib.rs"),
    ("UnknownRefunds", "functions/resume-refunds/src/lib.rs"),
];
/// Where a secret's value may stand: what the functions are given, and what CloudFront brings them.
const SECRETS: [&str; 2] = [
    "Globals.Function.Environment.Variables.",
    "Resources.Distribution.Properties.DistributionConfig.Origins.",
];

/// A file of the repository; nothing if it is not there.
pub fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_default()
}

fn resources(template: &Value) -> impl Iterator<Item = (&String, &Value)> {
    template["Resources"].as_object().into_iter().flatten()
}

/// The settings that the code reads are those that the functions are given, each queue under its own name.
pub fn settings_are_those_of_the_code(template: &Value) -> Vec<String> {
    let code = text("common/src/config.rs");
    let words = code.split('"').filter(|it| it.starts_with("KEFU_") && !it.contains(' '));
    let read: BTreeSet<&str> = words.collect();
    let variables = &template["Globals"]["Function"]["Environment"]["Variables"];
    let given: BTreeSet<&str> =
        variables.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    let differ = read.symmetric_difference(&given);
    let differ = differ.map(|name| format!("{name} is read by the code or given to it, not both"));
    let places = CALLED_BY.map(|(_, it)| (format!("KEFU_{}_QUEUE", it.to_uppercase()), format!("{it}Queue")));
    let places = places.into_iter().chain([("KEFU_TABLE".to_owned(), "Table".to_owned())]);
    let elsewhere = places.filter(|(name, place)| variables[name] != json!({ "Ref": place }));
    differ.chain(elsewhere.map(|(name, place)| format!("{name} is not that of {place}"))).collect()
}

/// Nobody is allowed everything, or something on everything, and nothing is allowed to everybody.
pub fn nothing_is_wild(template: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, resource) in resources(template) {
        let mut statements = Vec::new();
        collect_statements(&resource["Properties"], &mut statements);
        let own = OWN_POLICIES.contains(&name.as_str());
        let said = statements.into_iter().flat_map(|statement| wild(statement, own));
        wrong.extend(said.map(|what| format!("{name}: {what}")));
    }
    wrong
}

fn collect_statements<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Object(map) => {
            if map.contains_key("Effect") {
                found.push(value);
            }
            map.values().for_each(|value| collect_statements(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| collect_statements(value, found)),
        _ => {}
    }
}

/// What is too much in one statement of a policy.
fn wild(statement: &Value, own: bool) -> Vec<String> {
    let all_but = ALL_BUT.iter().filter(|key| !statement[**key].is_null());
    let mut wrong: Vec<String> = all_but.map(|key| format!("{key} is all but something")).collect();
    if statement["Effect"] == "Deny" {
        return wrong;
    }
    if texts(&statement["Principal"]).iter().any(|it| it == "*") && statement["Condition"].is_null() {
        wrong.push("everybody is allowed something".to_owned());
    }
    if own {
        return wrong;
    }
    let actions = texts(&statement["Action"]);
    wrong.extend(actions.iter().filter(|it| it.contains('*')).map(|it| format!("{it} is allowed")));
    if list(&statement["Resource"]).is_empty() {
        wrong.push("something is allowed on what is not said".to_owned());
    }
    let on = texts(&statement["Resource"]);
    // What is in a bucket is as good as named.
    let named = |text: &str| text.strip_suffix(".Arn}/*").unwrap_or(text).to_owned();
    wrong.extend(
        on.iter().filter(|it| named(it).contains('*')).map(|it| format!("something is allowed on {it}")),
    );
    wrong
}

/// Every text in it, also where it is put together; not the names of what is referred to.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(map) => {
            let parts = map.iter().filter(|(key, _)| !matches!(key.as_str(), "Ref" | "Fn::GetAtt"));
            parts.flat_map(|(_, value)| texts(value)).collect()
        }
        _ => Vec::new(),
    }
}

/// A secret's value stands where it is needed and nowhere else: no output, no log and no name shows it.
pub fn secrets_are_kept(template: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect_resolved(template, "", &mut found);
    let shown = found.into_iter().filter(|path| !SECRETS.iter().any(|place| path.starts_with(place)));
    shown.map(|path| format!("{path} shows a secret")).collect()
}

fn collect_resolved(value: &Value, path: &str, found: &mut Vec<String>) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Value::String(text) if text.contains("{{resolve:") => found.push(path.to_owned()),
        Value::Object(map) => {
            map.iter().for_each(|(key, value)| collect_resolved(value, &below(key), found));
        }
        Value::Array(values) => {
            values.iter().for_each(|value| collect_resolved(value, path, found));
        }
        _ => {}
    }
}

/// What metrics are made of is still said: the words, and the number beside them.
pub fn metrics_are_said(template: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, path) in SAID {
        let properties = &template["Resources"][name]["Properties"];
        let words = properties["FilterPattern"].as_str().and_then(|it| it.split('"').nth(1)).unwrap_or("?");
        let value = properties["MetricTransformations"][0]["MetricValue"].as_str();
        let number = value.and_then(|it| it.strip_prefix("$.fields.")).unwrap_or("?");
        let said = format!("{number}, \"{words}\")");
        if !text(path).split_whitespace().collect::<Vec<_>>().join(" ").contains(&said) {
            wrong.push(format!("{name}: {path} does not say {said}"));
        }
    }
    let filters = resources(template).filter(|(_, it)| it["Type"] == "AWS::Logs::MetricFilter");
    let unknown = filters.filter(|(name, _)| !SAID.iter().any(|(it, _)| it == name));
    wrong.extend(unknown.map(|(name, _)| format!("{name}: rules.rs does not know who says it")));
    wrong
}

/// The dashboard can be read, and what it shows of our own metrics is made.
pub fn the_dashboard_shows_something(template: &Value) -> Vec<String> {
    let body = &template["Resources"]["Dashboard"]["Properties"]["DashboardBody"];
    let text = body["Fn::Sub"].as_str().filter(|_| body.as_object().is_some_and(|it| it.len() == 1));
    let shown: Value = text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let widgets = shown["widgets"].as_array().into_iter().flatten();
    let metrics: Vec<&Value> =
        widgets.filter_map(|it| it["properties"]["metrics"].as_array()).flatten().collect();
    let mut wrong = Vec::new();
    if metrics.is_empty() {
        wrong.push("the dashboard shows nothing".to_owned());
    }
    let transformations =
        resources(template).filter_map(|(_, it)| it["Properties"]["MetricTransformations"].as_array());
    let made: BTreeSet<&str> = transformations.flatten().filter_map(|it| it["MetricName"].as_str()).collect();
    let own = metrics.into_iter().filter(|it| it[0] == "Kefu/${Stage}").filter_map(|it| it[1].as_str());
    wrong.extend(own.filter(|it| !made.contains(it)).map(|it| format!("nobody makes the metric {it}")));
    wrong
}

/// Who deploys reads what each parameter and each output is; who is called reads what to do.
pub fn everything_is_explained(template: &Value) -> Vec<String> {
    let parts = ["Parameters", "Outputs"].map(|part| template[part].as_object().into_iter().flatten());
    let silent =
        parts.into_iter().flatten().filter(|(_, it)| it["Description"].as_str().is_none_or(str::is_empty));
    let mut wrong: Vec<String> = silent.map(|(name, _)| format!("{name} has no description")).collect();
    for (name, alarm) in resources(template).filter(|(_, it)| it["Type"] == "AWS::CloudWatch::Alarm") {
        if alarm["Properties"]["AlarmDescription"].as_str().is_none_or(str::is_empty) {
            wrong.push(format!("{name} does not say what is wrong"));
        }
        if alarm["Properties"]["AlarmActions"] != json!([{ "Ref": "AlarmTopic" }]) {
            wrong.push(format!("{name} tells nobody"));
        }
        if !alarm["Properties"]["ActionsEnabled"].is_null() {
            wrong.push(format!("{name} may be silent: an alarm is there or it is not"));
        }
    }
    wrong
}

#[test]
fn what_is_wild_is_told() {
    let arn = json!({ "Fn::Sub": "${SiteBucket.Arn}/*" });
    let all =
        json!({ "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": "s3:GetObject", "Resource": arn });
    let put_together =
        json!({ "Effect": "Allow", "Action": ["sqs:SendMessage"], "Resource": { "Fn::Sub": "arn:${X}:*" } });
    let but = json!({ "Effect": "Allow", "NotAction": "s3:GetObject", "Resource": arn });
    for (statement, times) in [(all, 1), (put_together, 1), (but, 1)] {
        assert_eq!(wild(&statement, false).len(), times, "{statement}");
    }
    let condition = json!({ "StringEquals": { "aws:SourceArn": "arn" } });
    let one = json!({
        "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": arn, "Condition": condition,
    });
    assert_eq!(wild(&one, false), Vec::<String>::new());
}
