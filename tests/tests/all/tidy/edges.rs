//! What may name what: the line of dependencies, and the edges where the world comes in.

use super::metadata::own;
use super::{TextFile, claim, files};

/// Code that runs in the cloud.
const CLOUD: [&str; 3] = ["domain/", "common/", "functions/"];

/// What only some files may name: the words, where they may stand (a file or a folder), and the way out.
const EDGES: [(&[&str], &[&str], &str); 7] = [
    (
        &["aws_sdk_dynamodb"],
        &["common/src/store/table.rs", "common/src/store/table/", "common/src/app.rs"],
        "Ask `common::store::table::Table`; what it cannot do yet is added there.",
    ),
    (&["aws_sdk_sqs"], &["common/src/queue.rs", "common/src/app.rs"], "Use `common::queue::Queue`."),
    (
        &["aws_sdk_sesv2"],
        &["common/src/mail.rs", "common/src/mail/", "common/src/app.rs"],
        "Use `common::mail::Mailer`.",
    ),
    (
        &["hyper::", "hyper_util::", "rustls::", "reqwest::", "TcpStream"],
        &["common/src/provider/"],
        "Use `common::provider::Webhook`, which guards where connections go.",
    ),
    (
        &["std::env::", "env::var"],
        &["common/src/config.rs", "common/src/mail/folder/tests.rs"],
        "Read the environment in `common::config` and hand the setting down in `Config`.",
    ),
    (
        &["Timestamp::now", "Zoned::now", "SystemTime::now", "Instant::now"],
        // The cache of tallies measures how long it has kept something, which is not Kefu's time.
        &["common/src/clock.rs", "common/src/store/tallies.rs"],
        "Take `now` from `app.clock` once per request and pass it down.",
    ),
    (
        &[" rand::", "(rand::", "SystemRandom", "getrandom", "fastrand"],
        &["common/src/ids.rs"],
        "Take randomness from `common::ids`.",
    ),
];

fn rust_of(folders: &'static [&'static str]) -> impl Iterator<Item = &'static TextFile> {
    files().iter().filter(|file| file.path.ends_with(".rs") && file.is_in(folders))
}

#[test]
fn only_the_edges_name_the_world() {
    for (words, places, way_out) in EDGES {
        let outside = rust_of(&CLOUD).filter(|file| !file.is_in(places));
        let lines = outside.flat_map(|file| words.iter().flat_map(|word| file.lines_with(word)));
        claim(&lines.collect::<Vec<_>>(), way_out);
    }
}

#[test]
fn every_place_that_may_name_the_world_still_does() {
    let mut unused = Vec::new();
    for (words, places, _) in EDGES {
        for place in places {
            let mut there = files().iter().filter(|file| file.path.starts_with(place));
            if !there.any(|file| words.iter().any(|word| file.text.contains(word))) {
                unused.push((*place).to_owned());
            }
        }
    }
    claim(&unused, "Take it out of the list in tidy/edges.rs: no exception outlives its reason.");
}

#[test]
fn the_local_host_reads_its_surroundings_in_one_place() {
    let others =
        rust_of(&["local/"]).filter(|file| !file.is_in(&["local/src/settings.rs", "local/src/testing.rs"]));
    let lines = others.flat_map(|file| file.lines_with("std::env::"));
    claim(&lines.collect::<Vec<_>>(), "Make it a field of `local::settings::Settings`.");
}

#[test]
fn the_domain_depends_on_nothing_but_time_currencies_and_errors() {
    let domain = own().filter(|package| package.name == "domain");
    let others = domain.flat_map(|domain| &domain.dependencies);
    let others =
        others.filter(|name| !["iso_currency", "jiff", "thiserror"].contains(&name.as_str())).cloned();
    let way_out = "Rules are pure: what needs that crate belongs to `common` or to a function.";
    claim(&others.collect::<Vec<_>>(), way_out);
}

#[test]
fn dependencies_point_one_way() {
    let own_names: Vec<&str> = own().map(|package| package.name.as_str()).collect();
    let mut crossing = Vec::new();
    for package in own() {
        let folder = package.folder.as_deref().unwrap_or_default();
        let may: &[&str] = match folder {
            "domain" => &[],
            "common" => &["domain"],
            _ if folder.starts_with("functions/") => &["domain", "common"],
            _ => continue,
        };
        let names = package.dependencies.iter().map(String::as_str);
        let wrong = names.filter(|name| own_names.contains(name) && !may.contains(name));
        crossing.extend(wrong.map(|name| format!("{folder} depends on {name}")));
    }
    let way_out =
        "Functions never depend on each other: a need that they share goes to `common`, a rule to `domain`.";
    claim(&crossing, way_out);
}

#[test]
fn every_crate_has_the_lints_of_the_workspace() {
    let manifests = files().iter().filter(|file| file.path.ends_with("/Cargo.toml"));
    let without = manifests.filter(|file| !file.text.contains("[lints]\nworkspace = true"));
    let without: Vec<_> = without.map(|file| file.path.clone()).collect();
    claim(&without, "Add `[lints]` with `workspace = true` at its end.");
}
