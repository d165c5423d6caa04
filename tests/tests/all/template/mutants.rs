//! The checks are checked: one property after the other is deleted or damaged, and somebody has to notice.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{CHECKS, template};

/// What is damaged: what is deployed. Parameters and outputs are words.
const PARTS: [&str; 3] = ["Conditions", "Globals", "Resources"];
/// What is only for people to read, or for the linter.
const WORDS: [&str; 7] =
    ["AlarmDescription", "Comment", "DashboardBody", "Description", "Format", "Metadata", "Sid"];
/// Looked at by people only.
const LOOKED_AT: &str = "Dashboard";
/// So many of a hundred have to be noticed.
const NOTICED: usize = 99;

type Path = Vec<String>;

/// Every property, and whether nothing is below it.
fn places(value: &Value, path: &[String], found: &mut Vec<(Path, bool)>) {
    let below: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(values) => {
            values.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect()
        }
        _ => Vec::new(),
    };
    for (key, value) in below {
        if WORDS.contains(&key.as_str()) || key == LOOKED_AT {
            continue;
        }
        let path = [path, &[key]].concat();
        let leaf = !value.is_object() && !value.is_array();
        places(value, &path, found);
        found.push((path, leaf));
    }
}

fn parent<'a>(whole: &'a mut Value, path: &[String]) -> &'a mut Value {
    path.iter().fold(whole, |value, key| match value {
        Value::Array(values) => &mut values[key.parse::<usize>().expect("a place")],
        other => &mut other[key.as_str()],
    })
}

fn taken(parent: &mut Value, key: &str) -> Value {
    match parent {
        Value::Array(values) => values.remove(key.parse().expect("a place")),
        other => other.as_object_mut().and_then(|map| map.remove(key)).expect("a property"),
    }
}

fn put(parent: &mut Value, key: &str, value: Value) {
    match parent {
        Value::Array(values) => values.insert(key.parse().expect("a place"), value),
        other => other[key] = value,
    }
}

/// The same, but wrong.
fn damaged(value: &Value) -> Value {
    match value {
        Value::Bool(truth) => json!(!truth),
        Value::Number(number) => json!(number.as_f64().unwrap_or_default() + 1.5),
        Value::String(_) => json!("damaged"),
        _ => json!(1),
    }
}

fn noticed(mutant: &Value) -> bool {
    CHECKS.iter().any(|(_, check)| !check(mutant).is_empty())
}

/// The kind of a resource, or the part that is none.
fn kind(path: &[String]) -> String {
    let resource = &template()[path[0].as_str()][path.get(1).map_or("", String::as_str)]["Type"];
    resource.as_str().unwrap_or(&path[0]).to_owned()
}

#[test]
fn whatever_is_deleted_or_damaged_is_noticed() {
    let mut found = Vec::new();
    for part in PARTS {
        places(&template()[part], &[part.to_owned()], &mut found);
    }
    let mut whole = template().clone();
    assert!(!noticed(&whole), "nothing is wrong at first");
    let mut table: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut missed = Vec::new();
    let mut count = |path: &[String], how: &str, seen: bool| {
        let row = table.entry(kind(path)).or_default();
        row.0 += 1;
        row.1 += usize::from(seen);
        if !seen {
            missed.push(format!("{how} {}", path.join(".")));
        }
    };
    for (path, leaf) in &found {
        let (key, above) = path.split_last().expect("a path");
        let value = taken(parent(&mut whole, above), key);
        count(path, "deleted", noticed(&whole));
        put(parent(&mut whole, above), key, value.clone());
        if *leaf {
            *parent(&mut whole, path) = damaged(&value);
            count(path, "damaged", noticed(&whole));
            *parent(&mut whole, path) = value;
        }
    }
    assert_eq!(whole, *template(), "everything is as it was");
    let all: usize = table.values().map(|row| row.0).sum();
    let seen: usize = table.values().map(|row| row.1).sum();
    for (kind, (made, noticed)) in &table {
        println!("{noticed:>5} of {made:>5}  {kind}");
    }
    println!("{seen:>5} of {all:>5}  mutants noticed; missed: {missed:#?}");
    assert!(all >= 200, "{all} mutants");
    assert!(seen * 100 >= all * NOTICED, "{seen} of {all} noticed; missed: {missed:#?}");
}
