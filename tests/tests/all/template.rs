//! `infra/template.yaml` is what the code needs, no less and no more: it is compared with the functions, the routes and who
//! may ask for them, the schedules, the queues, the settings and the table. `promises.txt` says what else must hold.
//! Nothing here asks AWS; the linters run beside (`infra/check.sh`).

mod front;
pub mod functions;
mod mutants;
mod names;
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

/// What follows from the code, or is asked of any template; and what to do about it.
const CHECKS: [(&str, Check); 12] = [
    (
        "functions.rs derives them from functions/, docs/openapi.json and local/src/catalog.rs",
        functions::check,
    ),
    ("queues.rs derives them from local/src/queue.rs and local/src/catalog.rs", queues::check),
    ("stored.rs derives it from infra/table.json", stored::check),
    (
        "Globals.Function.Environment is what common/src/config.rs reads",
        rules::settings_are_those_of_the_code,
    ),
    ("What is named is there, and what is there is named", names::check),
    ("A policy allows somebody named actions on something named", rules::nothing_is_wild),
    ("A secret's value stands where rules.rs says", rules::secrets_are_kept),
    ("Metrics are made of words of the code: change both together", rules::metrics_are_said),
    ("The dashboard's body is JSON, and shows metrics that are made", rules::the_dashboard_shows_something),
    ("Whoever deploys or is called reads it", rules::everything_is_explained),
    ("The pages' policy is that of local/src/site/headers.rs", front::pages_may_the_same),
    ("The code at the edge is short; front.rs says what it has to do", front::the_edge_does_its_part),
];
/// What people decided, and that nothing else is there.
const WRITTEN: [(&str, Check); 2] = [
    ("front.rs says what the access log may hold", front::the_access_log_is_discreet),
    ("promises.txt says what else must hold, and why", promises::check),
];

#[test]
fn the_template_is_what_the_code_needs() {
    let wrong: Vec<String> = CHECKS
        .iter()
        .chain(&WRITTEN)
        .flat_map(|(way_out, check)| {
            check(template()).into_iter().map(move |it| format!("{it}\n  ({way_out})"))
        })
        .collect();
    claim(
        &wrong,
        "Mend infra/template.yaml, or decide that it should be so and say it where the checks say.",
    );
}
