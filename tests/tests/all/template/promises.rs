//! What must hold beyond what follows from the code: `promises.txt`, one promise a line with its reason above. Nothing else
//! stands in the template: what nobody promised and no other check compares is as wrong as a broken promise.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde_json::Value;

use super::{functions, queues, stored};

/// Keys of what is only for people to read, or for the linter.
pub const WORDS: [&str; 6] =
    ["AlarmDescription", "AssertDescription", "Comment", "Description", "Metadata", "Sid"];
/// Parts of the template; a promise that begins otherwise is about a resource.
const PARTS: [&str; 7] =
    ["AWSTemplateFormatVersion", "Conditions", "Globals", "Outputs", "Parameters", "Rules", "Transform"];
/// What checks of the code compare as a whole.
const COMPARED: [&str; 6] = [
    "Resources.Api.Properties.AccessLogSettings.Format",
    "Resources.Api.Properties.RouteSettings",
    "Resources.Dashboard.Properties.DashboardBody",
    "Resources.PageFinder.Properties.FunctionCode",
    "Resources.PagesHeaders.Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentSecurityPolicy",
    "Resources.ViewerTeller.Properties.FunctionCode",
];

/// What is promised, by its place in the template, from key to key.
fn promised() -> &'static BTreeMap<String, Value> {
    static PROMISED: OnceLock<BTreeMap<String, Value>> = OnceLock::new();
    PROMISED.get_or_init(|| {
        let lines = include_str!("promises.txt").lines();
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        let mut all = BTreeMap::new();
        for line in lines {
            let (path, value) = line.split_once(" = ").expect("path = JSON");
            let value: Value = serde_json::from_str(value).expect("JSON");
            let part = path.split('.').next().unwrap_or_default();
            let path = if PARTS.contains(&part) { path.to_owned() } else { format!("Resources.{path}") };
            let mut leaves = BTreeMap::new();
            collect(&value, &path, &mut leaves);
            all.extend(leaves.into_iter().map(|(path, value)| (path, value.clone())));
        }
        all
    })
}

/// The places of resources that follow from the code, as a whole.
fn derived() -> &'static BTreeSet<String> {
    static DERIVED: OnceLock<BTreeSet<String>> = OnceLock::new();
    DERIVED.get_or_init(|| {
        let functions = functions::all().iter().map(functions::Function::resource);
        let names = functions.chain(queues::names()).chain([stored::TABLE.to_owned()]);
        names.map(|name| format!("Resources.{name}")).collect()
    })
}

/// Which promises a template breaks, and what is in it that nobody promised.
pub fn check(template: &Value) -> Vec<String> {
    let mut found = BTreeMap::new();
    collect(template, "", &mut found);
    let promised = promised();
    let broken = promised.iter().filter(|(path, value)| found.get(*path) != Some(value));
    let broken = broken.map(|(path, value)| format!("{path} is {:?}, not {value}", found.get(path)));
    let more = found.iter().filter(|(path, _)| !promised.contains_key(*path));
    let more = more.map(|(path, value)| format!("{path} is {value}, and nobody promised it"));
    broken.chain(more).collect()
}

/// Every value below which there is nothing, by its place; without words and what is compared elsewhere.
fn collect<'a>(value: &'a Value, path: &str, found: &mut BTreeMap<String, &'a Value>) {
    if COMPARED.contains(&path) || derived().contains(path) {
        return;
    }
    let place = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (key, value) in map.iter().filter(|(key, _)| !WORDS.contains(&key.as_str())) {
                collect(value, &place(key), found);
            }
        }
        Value::Array(values) if !values.is_empty() => {
            for (at, value) in values.iter().enumerate() {
                collect(value, &place(&at.to_string()), found);
            }
        }
        _ => {
            found.insert(path.to_owned(), value);
        }
    }
}

#[test]
fn what_nobody_promised_is_told() {
    let mut template = super::template().clone();
    assert_eq!(check(&template), Vec::<String>::new());
    template["Resources"]["SiteBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
        .as_array_mut()
        .expect("statements")
        .push(serde_json::json!({ "Effect": "Allow", "Principal": "*" }));
    let place = "Resources.SiteBucketPolicy.Properties.PolicyDocument.Statement.3";
    let told = ["Effect is \"Allow\"", "Principal is \"*\""];
    assert_eq!(check(&template), told.map(|it| format!("{place}.{it}, and nobody promised it")));
}
