//! `infra/template.yaml` is what the code needs, no less and no more: it is compared with the functions, the routes and who
//! may ask for them, the schedules, the queues, the settings and the table. `promises.txt` says what else must hold.
//! Nothing here asks AWS; the linters run beside (`infra/check.sh`).

pub mod functions;
mod mutants;
mod promises;
mod queues;
pub mod rights;
mod rules;
mod stored;
mod yaml;

use std::sync::OnceLock;

use serde_json::Value;

use crate::tidy::{claim, root};

/// The template as it is committed.
pub fn template() -> &'static Value {
    static TEMPLATE: OnceLock<Value> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let text = std::fs::read_to_string(root().join("infra/template.yaml")).expect("the template");
        yaml::read(&text).expect("YAML")
    })
}

/// What is wrong with a template.
type Check = fn(&Value) -> Vec<String>;

/// All that is asked of one.
const CHECKS: [(&str, Check); 11] = [
    (
        "functions.rs derives them from functions/, docs/openapi.json and local/src/catalog.rs",
        functions::check,
    ),
    ("queues.rs derives them from local/src/queue.rs and local/src/catalog.rs", queues::check),
    ("stored.rs derives it from infra/table.json", stored::check),
    ("promises.txt says what else must hold, and why", promises::check),
    ("Every resource follows from the code or is in promises.txt", rules::nothing_is_unknown),
    (
        "Globals.Function.Environment is what common/src/config.rs reads",
        rules::settings_are_those_of_the_code,
    ),
    ("A role allows named actions on named things", rules::nothing_is_wild),
    ("The pages' policy is that of local/src/site/headers.rs", rules::pages_may_the_same),
    ("The code at the edge is short; rules.rs says what it has to do", rules::the_edge_does_its_part),
    ("Metrics are made of words of the code: change both together", rules::metrics_are_said),
    ("Whoever deploys or is called reads it", rules::everything_is_explained),
];

#[test]
fn the_template_is_what_the_code_needs() {
    let wrong: Vec<String> = CHECKS
        .iter()
        .flat_map(|(way_out, check)| {
            check(template()).into_iter().map(move |it| format!("{it}\n  ({way_out})"))
        })
        .collect();
    claim(
        &wrong,
        "Mend infra/template.yaml, or decide that it should be so and say it where the checks say.",
    );
}
