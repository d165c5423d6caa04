//! Everything that is linked or shipped may be, under the licences that `deny.toml` allows.

use serde_json::Value;

use super::metadata::packages;
use super::{claim, files, root};

/// Tools of the frontend under a licence that suits a tool, since nothing of them is shipped.
const TOOLS: [(&str, &str); 1] = [("Python-2.0", "argparse")];

fn allowed() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("deny.toml")).unwrap_or_default();
    let list = text.split("allow = [").nth(1).and_then(|rest| rest.split(']').next()).unwrap_or_default();
    let names = list.split(',').map(|name| name.trim().trim_matches('"').to_owned());
    names.filter(|name| !name.is_empty()).collect()
}

/// Whether an SPDX expression can be met with what is allowed. `/` is Cargo's old word for OR.
fn is_met(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let met = any(&words, &mut at, allowed);
    met && at == words.len()
}

fn any(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut met = all(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        met |= all(words, at, allowed);
    }
    met
}

fn all(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut met = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        met &= one(words, at, allowed);
    }
    met
}

fn one(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if *word == "(" {
        let met = any(words, at, allowed);
        *at += 1;
        return met;
    }
    let mut name = (*word).to_owned();
    if words.get(*at) == Some(&"WITH") {
        name = format!("{name} WITH {}", words.get(*at + 1).unwrap_or(&""));
        *at += 2;
    }
    allowed.contains(&name)
}

#[test]
fn every_crate_has_a_licence_that_is_allowed() {
    let allowed = allowed();
    let refused = packages().iter().filter(|package| !is_met(&package.licence, &allowed));
    let refused: Vec<_> = refused.map(|it| format!("{}: {:?}", it.name, it.licence)).collect();
    claim(&refused, "Use another crate, or decide on the licence and add it to deny.toml.");
}

#[test]
fn every_npm_package_has_a_licence_that_is_allowed() -> Result<(), serde_json::Error> {
    let allowed = allowed();
    let mut refused = Vec::new();
    for file in files().iter().filter(|file| file.path.ends_with("package-lock.json")) {
        let lock: Value = serde_json::from_str(&file.text)?;
        for (path, package) in lock["packages"].as_object().into_iter().flatten() {
            let Some((_, name)) = path.rsplit_once("node_modules/") else { continue };
            let licence = package["license"].as_str().unwrap_or_default();
            let tool = TOOLS.contains(&(licence, name));
            if package["link"] != true && !tool && !is_met(licence, &allowed) {
                refused.push(format!("{name}: {licence:?}"));
            }
        }
    }
    claim(&refused, "Use another package, or decide on the licence and add it to deny.toml.");
    Ok(())
}

#[test]
fn expressions_are_read_as_spdx_means_them() {
    let allowed = ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
    let good = [
        "MIT",
        "GPL-3.0 OR MIT",
        "GPL-3.0/MIT",
        "(MIT OR GPL-3.0) AND ISC",
        "Apache-2.0 WITH LLVM-exception",
    ];
    for met in good {
        assert!(is_met(met, &allowed), "{met}");
    }
    for refused in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR ISC) AND GPL-3.0", "Apache-2.0", "MIT ISC"] {
        assert!(!is_met(refused, &allowed), "{refused}");
    }
}
