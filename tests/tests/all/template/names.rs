//! Names: whatever the template refers to is in it, and every parameter and every condition is there for something.

use std::collections::BTreeSet;

use serde_json::Value;

/// What CloudFormation itself knows: account, region and the like.
const OF_AWS: &str = "AWS::";

/// Names that lead nowhere, and what nobody names.
pub fn check(template: &Value) -> Vec<String> {
    let mut used = BTreeSet::new();
    collect(template, &mut used);
    let names = |part: &str| -> BTreeSet<String> {
        template[part].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect()
    };
    let given: BTreeSet<String> = names("Parameters").union(&names("Conditions")).cloned().collect();
    let made = names("Resources");
    let there = |name: &String| name.starts_with(OF_AWS) || given.contains(name) || made.contains(name);
    let nowhere =
        used.iter().filter(|name| !there(name)).map(|name| format!("{name} is named, but not there"));
    let idle = given.difference(&used).map(|name| format!("{name} is there, but nobody asks for it"));
    nowhere.chain(idle).collect()
}

fn collect(value: &Value, used: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                used.extend(referred(key, value));
                collect(value, used);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, used)),
        _ => {}
    }
}

/// The names in one reference; none in whatever is no reference.
fn referred(key: &str, value: &Value) -> Vec<String> {
    match key {
        "Ref" | "Condition" => value.as_str().map(str::to_owned).into_iter().collect(),
        "Fn::GetAtt" | "Fn::If" => value[0].as_str().map(str::to_owned).into_iter().collect(),
        "Fn::Sub" => {
            let text = value.as_str().or_else(|| value[0].as_str()).unwrap_or_default();
            let parts = text.split("${").skip(1).filter_map(|rest| rest.split_once('}'));
            let names = parts.map(|(name, _)| name.split('.').next().unwrap_or_default());
            // A text may bring words of its own.
            names.filter(|name| value[1][*name].is_null()).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn what_is_named_is_read_from_every_kind_of_reference() {
    let template = serde_json::json!({
        "Parameters": { "One": {}, "Idle": {} },
        "Conditions": { "Two": { "Fn::Equals": [{ "Ref": "One" }, ""] } },
        "Resources": { "Three": {
            "Condition": "Two",
            "Name": { "Fn::Sub": ["${Own} ${Three.Arn} ${AWS::Region} ${Lost}", { "Own": "x" }] },
            "Of": { "Fn::If": ["Gone", { "Fn::GetAtt": ["Away", "Arn"] }, ""] },
        } },
    });
    let nowhere = ["Away", "Gone", "Lost"].map(|name| format!("{name} is named, but not there"));
    let idle = ["Idle is there, but nobody asks for it".to_owned()];
    assert_eq!(check(&template), [&nowhere[..], &idle[..]].concat());
}
