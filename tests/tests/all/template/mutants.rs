//! The checks are checked: one property after the other is deleted or damaged, and one thing after the other is added
//! that nobody asked for; somebody has to notice. What was noticed stands in `target/mutants.txt`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::promises::WORDS;
use super::{CHECKS, WRITTEN, template};
use crate::tidy::root;

/// Where it is written down.
const FOUND: &str = "target/mutants.txt";
/// So many of a hundred have to be noticed, of what is deleted or damaged and of what is added.
const NOTICED: usize = 99;
/// So many of a hundred have to be noticed by a comparison with the code or a rule, whatever was written down.
const WITHOUT_LIST: usize = 75;
/// So many there are at the least: fewer, and whole parts were left out.
const MUTANTS: [usize; 2] = [6500, 2000];
/// What is added.
const ADDED: &str = "Added";

type Path = Vec<String>;

/// How a mutant came to be.
#[derive(Clone, Copy)]
enum How {
    Deleted,
    Damaged,
    Added,
}

/// Of mutants: how many were made, noticed at all, and noticed without what was written down.
#[derive(Default)]
struct Count {
    made: usize,
    noticed: usize,
    without_list: usize,
}

/// What became of all: what was deleted or damaged, and what was added.
#[derive(Default)]
struct Tally {
    kinds: BTreeMap<String, [Count; 2]>,
    missed: Vec<String>,
}

impl Tally {
    fn count(&mut self, path: &[String], how: How, mutant: &Value) {
        let finds =
            |checks: &[(&str, super::Check)]| checks.iter().any(|(_, check)| !check(mutant).is_empty());
        let without_list = finds(&CHECKS);
        let noticed = without_list || finds(&WRITTEN);
        let row = &mut self.kinds.entry(kind(path)).or_default()[usize::from(matches!(how, How::Added))];
        row.made += 1;
        row.noticed += usize::from(noticed);
        row.without_list += usize::from(without_list);
        if !noticed {
            let how = match how {
                How::Deleted => "deleted",
                How::Damaged => "damaged",
                How::Added => "added to",
            };
            self.missed.push(format!("{how} {}", path.join(".")));
        }
    }

    fn total(&self, column: usize) -> Count {
        self.kinds.values().map(|row| &row[column]).fold(Count::default(), |sum, row| Count {
            made: sum.made + row.made,
            noticed: sum.noticed + row.noticed,
            without_list: sum.without_list + row.without_list,
        })
    }

    fn table(&self) -> String {
        let mut table = "infra/template.yaml, one thing wrong at a time\n\
                         deleted or damaged: made, noticed, without promises.txt | added: the same\n"
            .to_owned();
        let rows = self.kinds.iter().map(|(kind, row)| (kind.as_str(), [&row[0], &row[1]]));
        let totals = [self.total(0), self.total(1)];
        for (kind, [damaged, added]) in rows.chain([("all", [&totals[0], &totals[1]])]) {
            let columns =
                [damaged, added].map(|it| format!("{:>5} {:>5} {:>5}", it.made, it.noticed, it.without_list));
            // Writing to memory does not fail.
            let _: std::fmt::Result = writeln!(table, "{}  {kind}", columns.join(" |"));
        }
        table
    }
}

/// The service that a resource is of, or the part that is none.
fn kind(path: &[String]) -> String {
    let [part, name, ..] = path else {
        return path.first().map_or_else(|| "the whole".to_owned(), Clone::clone);
    };
    let resource = template()[part.as_str()][name.as_str()]["Type"].as_str().filter(|_| part == "Resources");
    let kind = resource.and_then(|kind| kind.strip_prefix("AWS::")).unwrap_or(part);
    let service = kind.split("::").next().filter(|service| *service != "Serverless");
    service.unwrap_or(kind).to_owned()
}

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
        if WORDS.contains(&key.as_str()) {
            continue;
        }
        let path = [path, &[key]].concat();
        let leaf = !value.is_object() && !value.is_array();
        places(value, &path, found);
        found.push((path, leaf));
    }
}

fn at<'a>(whole: &'a mut Value, path: &[String]) -> &'a mut Value {
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

/// One more property, or one more item.
fn add(value: &mut Value) {
    match value {
        Value::Array(values) => values.push(json!(ADDED)),
        other => other[ADDED] = json!(ADDED),
    }
}

fn take_away(value: &mut Value) {
    match value {
        Value::Array(values) => drop(values.pop()),
        other => drop(taken(other, ADDED)),
    }
}

fn tally() -> Tally {
    let mut whole = template().clone();
    let mut found = vec![(Path::new(), false)];
    places(template(), &[], &mut found);
    let mut tally = Tally::default();
    for (path, leaf) in &found {
        if let Some((key, above)) = path.split_last() {
            let value = taken(at(&mut whole, above), key);
            tally.count(path, How::Deleted, &whole);
            put(at(&mut whole, above), key, value);
        }
        if *leaf {
            let value = at(&mut whole, path).take();
            *at(&mut whole, path) = damaged(&value);
            tally.count(path, How::Damaged, &whole);
            *at(&mut whole, path) = value;
        } else {
            add(at(&mut whole, path));
            tally.count(path, How::Added, &whole);
            take_away(at(&mut whole, path));
        }
    }
    assert_eq!(whole, *template(), "everything is as it was");
    tally
}

#[test]
fn whatever_is_deleted_damaged_or_added_is_noticed() {
    let tally = tally();
    let table = tally.table();
    std::fs::create_dir_all(root().join("target")).expect("a folder");
    std::fs::write(root().join(FOUND), &table).expect("it is written down");
    println!("{table}");
    let totals = [tally.total(0), tally.total(1)];
    for (total, least) in totals.iter().zip(MUTANTS) {
        let Count { made, noticed, .. } = total;
        assert!(*made >= least, "{made} mutants\n{table}");
        assert!(noticed * 100 >= made * NOTICED, "{table}missed: {:#?}", tally.missed);
    }
    let Count { made, without_list, .. } = &totals[0];
    assert!(without_list * 100 >= made * WITHOUT_LIST, "too much is only written down\n{table}");
}
