//! What must hold beyond what follows from the code: `promises.txt`, one promise a line with its reason above.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde_json::Value;

/// A place in the template, from key to key, and what stands there.
struct Promise {
    path: Vec<String>,
    value: Value,
}

fn promises() -> &'static [Promise] {
    static PROMISES: OnceLock<Vec<Promise>> = OnceLock::new();
    PROMISES.get_or_init(|| {
        let lines = include_str!("promises.txt").lines();
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        let promise = |line: &str| {
            let (path, value) = line.split_once(" = ").expect("path = JSON");
            let value = serde_json::from_str(value).expect("JSON");
            let mut path: Vec<String> = path.split('.').map(str::to_owned).collect();
            if !matches!(path.first().map(String::as_str), Some("Globals" | "Conditions")) {
                path.insert(0, "Resources".to_owned());
            }
            Promise { path, value }
        };
        lines.map(promise).collect()
    })
}

/// The resources that something is promised of.
pub fn resources() -> &'static BTreeSet<&'static str> {
    static RESOURCES: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    RESOURCES.get_or_init(|| promises().iter().filter_map(|it| it.path.get(1)).map(String::as_str).collect())
}

/// Which promises a template breaks.
pub fn check(template: &Value) -> Vec<String> {
    let broken = promises().iter().filter_map(|promise| {
        let found = at(template, &promise.path);
        let kept = found == Some(&promise.value);
        (!kept).then(|| format!("{} is {found:?}, not {}", promise.path.join("."), promise.value))
    });
    broken.collect()
}

/// What stands there.
fn at<'a>(whole: &'a Value, path: &[String]) -> Option<&'a Value> {
    path.iter().try_fold(whole, |value, key| match value {
        Value::Array(values) => values.get(key.parse::<usize>().ok()?),
        Value::Object(map) => map.get(key),
        _ => None,
    })
}
