//! `docs/openapi.json` is what the code says of itself.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{claim, root};

const FILE: &str = "docs/openapi.json";

/// An operation of the API.
#[derive(Debug, Clone)]
pub struct Operation {
    /// `close_inquiry`
    pub id: String,
    /// `POST`
    pub method: String,
    /// `/v1/shops/{shop}/…`
    pub path: String,
    /// Who may call it: names of security schemes; an empty name is everybody.
    pub callers: BTreeSet<String>,
}

/// Every operation of the committed description.
pub fn committed() -> Vec<Operation> {
    let text = std::fs::read_to_string(root().join(FILE)).unwrap_or_default();
    operations(&serde_json::from_str(&text).unwrap_or_default())
}

fn operations(api: &Value) -> Vec<Operation> {
    let mut found = Vec::new();
    for (path, methods) in api["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let named = |scheme: &Value| scheme.as_object().and_then(|it| it.keys().next()).cloned();
            let schemes = operation["security"].as_array().into_iter().flatten();
            found.push(Operation {
                id: operation["operationId"].as_str().unwrap_or_default().to_owned(),
                method: method.to_uppercase(),
                path: path.clone(),
                callers: schemes.map(|scheme| named(scheme).unwrap_or_default()).collect(),
            });
        }
    }
    found
}

#[test]
fn the_committed_description_is_the_codes_own() -> Result<(), Box<dyn std::error::Error>> {
    let described = local::catalog::description()?;
    let file = root().join(FILE);
    if blesses() {
        std::fs::write(&file, &described)?;
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == described, "{FILE} is not what the code says: run `make bless` and commit it");
    Ok(())
}

/// Whether what is committed is to be written anew.
#[expect(clippy::disallowed_methods, reason = "whether to write files is asked of whoever runs the tests")]
pub fn blesses() -> bool {
    std::env::var_os("KEFU_BLESS").is_some_and(|value| value == "1")
}

#[test]
fn every_operation_says_who_may_call_it() -> Result<(), serde_json::Error> {
    let api: Value = serde_json::from_str(&local::catalog::description()?)?;
    let schemes: Vec<&String> = api["components"]["securitySchemes"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name)
        .collect();
    let described = ["agent", "api_key", "guest_session", "member", "webhook_signature"];
    assert_eq!(schemes, described, "local/src/catalog.rs describes them");
    let known = |caller: &String| caller.is_empty() || schemes.contains(&caller);
    let silent =
        operations(&api).into_iter().filter(|it| it.callers.is_empty() || !it.callers.iter().all(known));
    let way_out = "Name it in #[utoipa::path(security(…))]: (\"agent\" = []), (\"member\" = []), \
                   (\"guest_session\" = []), (\"api_key\" = []), (\"webhook_signature\" = []), and () where nobody in particular may call.";
    claim(&silent.map(|it| it.id).collect::<Vec<_>>(), way_out);
    Ok(())
}

#[test]
fn every_operation_describes_its_problems() -> Result<(), serde_json::Error> {
    let api: Value = serde_json::from_str(&local::catalog::description()?)?;
    let mut without = Vec::new();
    for (path, methods) in api["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let problem = &operation["responses"]["default"]["content"]["application/problem+json"];
            if problem["schema"]["$ref"] != "#/components/schemas/Problem" {
                without.push(format!("{method} {path}"));
            }
        }
    }
    let way_out =
        "Add (status = \"default\", body = ProblemDocument, content_type = \"application/problem+json\").";
    claim(&without, way_out);
    Ok(())
}
