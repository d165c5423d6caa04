//! What Cargo knows of the workspace's packages.

use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use super::root;

/// A package of the workspace, or one that it depends on.
#[derive(Debug)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its folder from the root, if it belongs to the workspace.
    pub folder: Option<String>,
    /// Its licence, as an SPDX expression.
    pub licence: String,
    /// Names of what its code depends on; not those of its tests.
    pub dependencies: Vec<String>,
}

/// Every package that is built here.
pub fn packages() -> &'static [Package] {
    static PACKAGES: OnceLock<Vec<Package>> = OnceLock::new();
    PACKAGES.get_or_init(|| {
        let platform = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
        let arguments = ["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform"];
        let asked = Command::new(env!("CARGO")).args(arguments).arg(platform).current_dir(root()).output();
        let answer = asked.map(|asked| serde_json::from_slice(&asked.stdout).unwrap_or_default());
        let answer: Value = answer.unwrap_or_default();
        answer["packages"].as_array().map(|all| all.iter().map(package).collect()).unwrap_or_default()
    })
}

/// The packages of the workspace.
pub fn own() -> impl Iterator<Item = &'static Package> {
    packages().iter().filter(|package| package.folder.is_some())
}

fn package(json: &Value) -> Package {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let own = json["source"].is_null();
    let manifest = text(&json["manifest_path"]);
    let here = root().canonicalize().unwrap_or_default();
    let folder = std::path::Path::new(&manifest).parent().and_then(|folder| folder.strip_prefix(here).ok());
    let of_code = |dependency: &&Value| dependency["kind"].is_null();
    let dependencies = json["dependencies"].as_array().map(Vec::as_slice).unwrap_or_default();
    Package {
        name: text(&json["name"]),
        folder: folder.filter(|_| own).map(|folder| folder.to_string_lossy().into_owned()),
        licence: text(&json["license"]),
        dependencies: dependencies.iter().filter(of_code).map(|it| text(&it["name"])).collect(),
    }
}

#[test]
fn cargo_tells_what_is_built() {
    assert!(
        own().count() > 20,
        "`cargo metadata --offline --locked` does not answer: run `cargo build` once, and commit Cargo.lock"
    );
}
